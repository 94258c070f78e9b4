import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { build } from 'vite'
import { expect, test } from 'vitest'
import { root } from '#build/paths.ts'
import { findElectron } from '#build/runtime.ts'
import { temporaryFolder } from '#test/support/folders.ts'

const electron = findElectron()

/** Bundles the probe into one file: an older Electron's Node does not read TypeScript. */
async function bundleProbe(folder: string): Promise<string> {
  await build({
    configFile: false,
    root,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: {
      ssr: join(root, 'test', 'support', 'crypto-probe.ts'),
      target: 'node20',
      outDir: folder,
      emptyOutDir: false,
      rollupOptions: { output: { entryFileNames: 'probe.mjs' } },
    },
  })
  return join(folder, 'probe.mjs')
}

function answersOf(program: string, file: string): Record<string, unknown> {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
  return JSON.parse(execFileSync(program, [file], { encoding: 'utf8', env })) as Record<string, unknown>
}

// BoringSSL is not OpenSSL: what passes in Node can fail in Electron (TECH §10).
test.skipIf(electron === null)("Electron's own Node gives the same answers as this one", async () => {
  const file = await bundleProbe(temporaryFolder())
  const here = answersOf(process.execPath, file)
  const there = answersOf(electron ?? '', file)
  expect(here).toMatchObject({ electron: null, failed: [], sealed: '密', wrapped: true, signed: true })
  expect(there).toEqual({ ...here, electron: expect.stringMatching(/^\d+\./) })
})
