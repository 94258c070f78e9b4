import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { beforeAll, expect, test } from 'vitest'
import { bundle } from '#build/bundle.ts'
import { certificateFingerprint } from '#electron/crypto/certificates.ts'
import { makeCast, sealSample } from '#test/support/bundles.ts'
import { openDisplay } from '#test/support/display.ts'
import { electronLaunch, testElectron } from '#test/support/window.ts'

beforeAll(() => bundle())

test.skipIf(testElectron === null)('[electron] --verify answers on the console and opens no window', async () => {
  const cast = makeCast()
  const { folder, tar, sealed } = await sealSample(cast)
  const display = await openDisplay()
  const verify = async (...words: string[]): Promise<{ code: number; said: string }> => {
    const { executablePath, args, env } = electronLaunch(folder, null, display)
    const child = spawn(executablePath, [...args, ...words], { env, stdio: ['ignore', 'pipe', 'ignore'] })
    let said = ''
    child.stdout.on('data', (data: Buffer) => {
      said += data.toString()
    })
    const [code] = await once(child, 'close')
    return { code, said }
  }
  try {
    const good = await verify('--verify', tar, '--ca', certificateFingerprint(cast.authority.certificate))
    expect(JSON.parse(good.said)).toMatchObject({ colour: 'green' })
    expect(good.code).toBe(0)
    expect((await verify('--verify', tar)).code).toBe(1)
    expect((await verify('--verify', sealed)).code).toBe(2)
  } finally {
    display.stop()
  }
})
