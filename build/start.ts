import { spawn } from 'node:child_process'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { bundle } from './bundle.ts'
import { openPreview } from './preview/shell.ts'
import { electronArguments, findChromium, findElectron, hasDisplay, installElectron, napiOf } from './runtime.ts'

// `npm start`: builds and opens the window, Electron when its runtime is there, otherwise the preview shell.
if (!hasDisplay()) {
  console.error('yuetan: no display to open a window on; run `npm run demo` to see the whole job without one')
  process.exit(1)
}
await bundle()
const electron = findElectron() ?? (await installElectron())
if (electron !== null) {
  const napi = napiOf(electron, { ...process.env, ELECTRON_RUN_AS_NODE: '1' })
  console.log(
    `yuetan: opening Electron (${electron.includes('node_modules') ? 'official runtime' : 'ELECTRON_OVERRIDE_DIST_PATH'})`,
  )
  const env = { ...process.env, ...(napi >= 10 ? {} : { YUETAN_CORE_NODE: process.execPath }) }
  const child = spawn(electron, electronArguments(), {
    stdio: 'inherit',
    env,
  })
  child.once('exit', (code) => process.exit(code ?? 1))
} else {
  const chromium = findChromium(true)
  if (chromium === null) {
    console.error(
      'yuetan: neither the Electron runtime nor a Chromium is to be had; install chromium or set CHROME_PATH',
    )
    process.exit(1)
  }
  console.log(
    'yuetan: opening the preview shell: the Electron runtime is not installed and its download cannot be reached',
  )
  console.log(
    'yuetan: the preview opens trial archives only; choose 新建演练档案 for sample accounts and a sample case',
  )
  const preview = await openPreview({
    chromium,
    node: process.execPath,
    machineFolder: process.env.YUETAN_MACHINE ?? join(homedir(), '.config', 'yuetan', 'machine'),
    archiveFolder: process.env.YUETAN_ARCHIVE ?? null,
    headless: false,
  })
  await preview.ended
}
