import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { build } from 'vite'
import { expect, test } from 'vitest'
import { root } from '#build/paths.ts'
import { openKeyFile } from '#electron/crypto/keyring.ts'
import { signBody, verifyBody } from '#electron/crypto/signature.ts'
import { temporaryFolder } from '#test/support/folders.ts'
import { testElectron } from '#test/support/window.ts'

/** Bundles the probe and runs it in Electron started as plain Node; its answer is JSON. */
async function runInElectron(entry: string, electron: string) {
  const outDir = temporaryFolder()
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: join(root, entry),
      target: 'node20',
      outDir,
      rollupOptions: { output: { entryFileNames: 'probe.mjs' } },
    },
  })
  const env = { PATH: process.env.PATH ?? '', ELECTRON_RUN_AS_NODE: '1' }
  return JSON.parse(execFileSync(electron, [join(outDir, 'probe.mjs')], { env, encoding: 'utf8' }))
}

test.skipIf(testElectron === null)(
  "[electron] BoringSSL gives the known answers, and Node opens what Electron's Node sealed and signed",
  async () => {
    if (testElectron === null) return
    const made = await runInElectron('test/fixtures/jobs/electron-crypto.ts', testElectron)
    expect(made.runtime).toMatch(/^\d+\./)
    expect(made.failed).toEqual([])
    expect(made.verified).toBe(true)
    const genesis = 'ab'.repeat(32)
    const body = { text: '约谈' }
    const opened = await openKeyFile(made.file, '演练口令-2026', Buffer.alloc(32, 7))
    expect(verifyBody(made.publicKey, 'proof', genesis, body, made.signature)).toBe(true)
    // PKCS#1 v1.5 signatures are a function of key and text: the two libraries must agree bit by bit.
    expect(signBody(opened.signing, 'proof', genesis, body)).toBe(made.signature)
  },
)
