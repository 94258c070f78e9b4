import { join } from 'node:path'
import { FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses'
import type { AfterPackContext } from 'electron-builder'

/** electron-builder's afterPack hook: turns off what a packaged program must not offer, before anything is signed. */
export default async function afterPack({
  appOutDir,
  packager,
  electronPlatformName,
}: AfterPackContext): Promise<void> {
  const names: Readonly<Record<string, string>> = {
    darwin: `${packager.appInfo.productFilename}.app`,
    win32: `${packager.appInfo.productFilename}.exe`,
  }
  const name = names[electronPlatformName] ?? packager.config.executableName ?? packager.appInfo.productFilename
  const binary = join(appOutDir, name)
  // Younger than the Electron some tests pack with; where the wire has it, it is set like the others.
  const wasmTraps = FuseV1Options.WasmTrapHandlers in (await getCurrentFuseWire(binary))
  await flipFuses(binary, {
    version: FuseVersion.V1,
    // A fuse that a newer Electron adds stops the build until somebody has decided on it.
    strictlyRequireAllFuses: true,
    resetAdHocDarwinSignature: electronPlatformName === 'darwin',
    // The program is no Node for others: neither by environment nor by flag, and no debugger attaches to it.
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
    [FuseV1Options.EnableCookieEncryption]: true,
    // Integrity covers the archive only, so nothing may be loaded from beside it (CVE-2025-55305).
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    ...(wasmTraps ? { [FuseV1Options.WasmTrapHandlers]: true } : {}),
  })
}
