import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { lockFolder } from '#electron/core/session/folder.ts'
import { temporaryFolder } from '../support/folders.ts'

const refusal = (code: string) => expect.objectContaining({ code })
const source = fileURLToPath(new URL('../../electron/core/session/folder.ts', import.meta.url))

describe('the archive folder', () => {
  test('that is missing, a file, or below a file', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'file'), '')
    expect(() => lockFolder(join(folder, 'none'))).toThrow(refusal('folder.missing'))
    expect(() => lockFolder(join(folder, 'file'))).toThrow(refusal('folder.isFile'))
    expect(() => lockFolder(join(folder, 'file', 'below'))).toThrow(refusal('folder.missing'))
    expect(readdirSync(folder)).toEqual(['file'])
  })

  test('is taken once, and free again after release', () => {
    const folder = temporaryFolder()
    const first = lockFolder(folder)
    expect(() => lockFolder(folder)).toThrow(refusal('folder.inUse'))
    first.release()
    first.release()
    lockFolder(folder).release()
    expect(readdirSync(folder)).toEqual(['lock'])
  })

  test('is refused while another process holds it, and free as soon as that one is killed', async () => {
    const folder = temporaryFolder()
    const script = `import { lockFolder } from ${JSON.stringify(source)}
      lockFolder(${JSON.stringify(folder)}); process.stdout.write('held'); setInterval(() => undefined, 1000)`
    const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(holder.stdout, 'data')
    expect(() => lockFolder(folder)).toThrow(refusal('folder.inUse'))
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    lockFolder(folder).release()
  })

  test('whose lock is a folder', () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'lock'))
    expect(() => lockFolder(folder)).toThrow(refusal('folder.disk'))
  })
})

/** Real file systems of its own kind; only root can mount them. */
describe.runIf(process.platform === 'linux' && process.getuid?.() === 0)('on a file system that refuses', () => {
  test('read-only', () => {
    const mount = temporaryFolder()
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro,size=1m', 'tmpfs', mount])
    try {
      expect(() => lockFolder(mount)).toThrow(refusal('folder.readOnly'))
    } finally {
      execFileSync('umount', ['-l', mount])
    }
  })

  test('full', () => {
    const mount = temporaryFolder()
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,nr_inodes=2', 'tmpfs', mount])
    try {
      writeFileSync(join(mount, 'filler'), '')
      expect(() => lockFolder(mount)).toThrow(refusal('folder.full'))
    } finally {
      execFileSync('umount', ['-l', mount])
    }
  })
})
