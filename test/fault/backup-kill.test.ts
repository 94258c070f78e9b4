import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { temporaryFolder } from '#test/support/folders.ts'
import { openOffice } from '#test/support/office.ts'
import { sitting } from '#test/support/seat.ts'

const script = fileURLToPath(new URL('../support/backup-once.ts', import.meta.url))
/** Attachments no row knows are copied like others: enough of them to be killed among. */
const loose = 300

async function archive() {
  const office = await openOffice()
  mkdirSync(join(office.folder, 'blobs'), { recursive: true })
  for (let n = 0; n < loose; n += 1)
    writeFileSync(
      join(office.folder, 'blobs', `01JN8Z6M2T4V7W9X1Y3Z5${String(n).padStart(5, '0')}`),
      Buffer.alloc(50_000),
    )
  return { folder: office.folder, machineFolder: office.machineFolder }
}

async function die(args: readonly string[], moment: () => boolean): Promise<void> {
  const child = spawn(process.execPath, [script, ...args], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  while (!moment() && child.exitCode === null && child.signalCode === null) await wait(1)
  child.kill('SIGKILL')
  expect((await ended)[1]).toBe('SIGKILL')
}

test('kill -9 at any step of a backup or a restore: what is whole has its name, everything else is .part and goes next time', async () => {
  const here = await archive()
  const place = temporaryFolder()
  const root = join(place, 'yuetan-backups')
  const names = () => readdirSync(root).filter((name) => name !== 'blobs')
  const copied = () => (existsSync(join(root, 'blobs')) ? readdirSync(join(root, 'blobs')).length : 0)
  const make = ['make', here.folder, here.machineFolder, '', place]
  await die(make, () => existsSync(root) && names().length > 0)
  expect(names().every((name) => name.endsWith('.part'))).toBe(true)
  await die(make, () => copied() > loose / 2)
  expect(names().every((name) => name.endsWith('.part'))).toBe(true)
  // Whole and named, but the program ended before the register heard of it.
  await die([...make, 'named'], () => false)
  expect(names().filter((name) => !name.endsWith('.part'))).toHaveLength(1)

  const made = await sitting(here, 'xitong', (seat) => seat.call('backups.make', { folder: place, job: 'backup' }))
  expect(made.drills[0]?.passed).toBe(true)
  expect(names().filter((name) => name.endsWith('.part'))).toEqual([])
  expect(copied()).toBe(loose)
  await sitting(here, 'shenji', async (seat) => {
    const { backups } = await seat.call('backups.list', {})
    expect(backups.map((one) => one.name).sort()).toEqual(names().sort())
  })

  const target = join(temporaryFolder(), 'restored')
  const restore = ['restore', here.folder, here.machineFolder, join(root, made.name), target]
  await die(restore, () => existsSync(join(`${target}.part`, 'accounts')))
  await die(restore, () => existsSync(join(`${target}.part`, 'blobs')))
  expect(existsSync(target)).toBe(false)
  await die([...restore, 'named'], () => false)
  expect(existsSync(`${target}.part`)).toBe(false)
  await sitting({ ...here, folder: target }, 'xitong', async (seat) => {
    expect((await seat.call('session.current', {})).findings.map((one) => one.database)).toContain('office')
  })
}, 600_000)

test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
  'a full medium is named with what it would need, and nothing is left that looks like a backup',
  async () => {
    const here = await archive()
    const place = temporaryFolder()
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', place])
    try {
      await sitting(here, 'xitong', async (seat) => {
        await expect(seat.call('backups.make', { folder: place, job: 'backup' })).rejects.toThrow(
          expect.objectContaining({ code: 'backups.full', params: { needed: expect.any(Number) } }),
        )
        expect((await seat.call('backups.list', {})).backups).toEqual([])
      })
      expect(readdirSync(join(place, 'yuetan-backups'))).toEqual(['blobs'])
    } finally {
      execFileSync('umount', ['-l', place])
    }
  },
  600_000,
)
