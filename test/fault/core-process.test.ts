import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import type { Result } from '#shared/contract/errors.ts'
import { type CoreUnderTest, startCore } from '../support/core-process.ts'
import { temporaryFolder } from '../support/folders.ts'
import { foundTrial } from '../support/office.ts'

/** One trial archive for the file: founding twelve accounts takes seconds; every test works on a copy. */
const pattern = mkdtempSync(join(realpathSync(tmpdir()), 'yuetan-pattern-'))

beforeAll(async () => {
  await foundTrial({ folder: join(pattern, 'archive'), machineFolder: join(pattern, 'machine') })
  return () => rmSync(pattern, { recursive: true, force: true })
}, 120_000)

function copy(): { archive: string; machine: string } {
  const folder = temporaryFolder()
  cpSync(pattern, folder, { recursive: true })
  return { archive: join(folder, 'archive'), machine: join(folder, 'machine') }
}

const signIn = (core: CoreUnderTest, login = 'chengban', password = trialPassword): Promise<Result<unknown>> =>
  core.call('signin', 'session.signIn', { login, password })

const refused = (code: string) => expect.objectContaining({ ok: false, error: expect.objectContaining({ code }) })

describe('the core as a process', { timeout: 60_000 }, () => {
  test('signs in, answers, locks, signs in again, stops', async () => {
    const { archive, machine } = copy()
    const core = await startCore(machine, archive)
    expect(await core.call('signin', 'session.status')).toMatchObject({
      ok: true,
      value: { state: 'ready', kind: 'trial' },
    })
    expect(await signIn(core)).toMatchObject({ ok: true, value: { account: { login: 'chengban' } } })
    expect(await core.state()).toBe('open')
    expect(await core.call('case', 'session.current')).toMatchObject({ ok: true, value: { kind: 'trial' } })
    expect(await core.call('case', 'session.lock', { reason: 'lock' })).toEqual({ ok: true, value: {} })
    expect(await core.state()).toBe('locked')
    expect(await core.exited).toBe(0)

    const next = await startCore(machine, archive)
    expect(await next.call('case', 'session.current')).toEqual(refused('session.none'))
    expect(await signIn(next, 'shenji')).toMatchObject({ ok: true })
    expect(await next.state()).toBe('open')
    expect(await next.call('case', 'audit.verify', { job: 'check' })).toMatchObject({
      ok: true,
      value: { intact: true, fault: null },
    })
    const listed = await next.call('case', 'audit.list', { before: null, action: 'session' })
    expect(listed).toMatchObject({ ok: true })
    expect(JSON.stringify(listed)).toContain('session.lock')
    expect(await next.stop()).toBe(0)
  })

  test('a second process is told that the archive is open, and gets it when the first was killed', async () => {
    const { archive, machine } = copy()
    const first = await startCore(machine, archive)
    const second = await startCore(machine, archive)
    const status = await second.call('signin', 'session.status')
    expect(status).toMatchObject({ ok: true, value: { state: 'refused', refusal: { code: 'folder.inUse' } } })
    await first.kill()
    expect(await second.call('signin', 'session.choose', { folder: archive })).toMatchObject({
      ok: true,
      value: { state: 'ready' },
    })
  })

  test('killed in mid-work: acts answered for are there, the chain is whole, the tail is marked', async () => {
    const { archive, machine } = copy()
    const core = await startCore(machine, archive)
    await signIn(core, 'zhuyao')
    await core.state()
    let answered = 0
    const calls = Array.from({ length: 200 }, () =>
      core.call('case', 'accounts.list').then((result) => {
        if (result.ok) answered += 1
      }),
    )
    await Promise.race([calls[40], core.exited])
    const before = answered
    await core.kill()
    const again = await startCore(machine, archive)
    expect(await signIn(again, 'shenji')).toMatchObject({ ok: true })
    await again.state()
    expect(await again.call('case', 'audit.verify', { job: 'check' })).toMatchObject({
      ok: true,
      value: { intact: true },
    })
    const listed = await again.call('case', 'audit.list', { before: null, action: 'accounts.list' })
    const total = listed.ok ? (listed.value as { total: number }).total : 0
    expect(total).toBeGreaterThanOrEqual(before)
    expect(await again.call('case', 'audit.list', { before: null, action: 'log.unsignedTail' })).toMatchObject({
      value: { total: 1 },
    })
  })

  test('an office.db put back from an older copy is marked: this machine saw a later one', async () => {
    const { archive, machine } = copy()
    const old = readFileSync(join(archive, 'office.db'))
    const core = await startCore(machine, archive)
    await signIn(core, 'chengban')
    await core.stop()
    writeFileSync(join(archive, 'office.db'), old)
    for (const suffix of ['-wal', '-shm']) rmSync(join(archive, `office.db${suffix}`), { force: true })
    const again = await startCore(machine, archive)
    await signIn(again, 'shenji')
    await again.state()
    expect(await again.call('case', 'audit.list', { before: null, action: 'log.behind' })).toMatchObject({
      ok: true,
      value: { total: 1 },
    })
  })

  test.each(['office.db', 'cases.db'])('a missing %s is named and never made anew', async (name) => {
    const { archive, machine } = copy()
    rmSync(join(archive, name))
    const core = await startCore(machine, archive)
    expect(await core.call('signin', 'session.status')).toMatchObject({ value: { state: 'refused' } })
    expect(await signIn(core)).toEqual(refused('db.missing'))
    expect(existsSync(join(archive, name))).toBe(false)
  })

  test.each(['office.db', 'cases.db'])('a flipped byte in the first page of %s stops the sign-in', async (name) => {
    const { archive, machine } = copy()
    const file = join(archive, name)
    const bytes = readFileSync(file)
    bytes[60] = (bytes[60] ?? 0) ^ 1
    writeFileSync(file, bytes)
    const core = await startCore(machine, archive)
    expect(await signIn(core)).toEqual(refused('db.wrongKey'))
    expect(readFileSync(file).equals(bytes)).toBe(true)
    expect(await core.call('signin', 'session.status')).toMatchObject({ ok: true })
  })

  test('nothing typed at the door stands in any file of the archive [attack 10]', async () => {
    const { archive, machine } = copy()
    const core = await startCore(machine, archive)
    await signIn(core, 'chengban', '错误口令甲乙丙丁')
    await core.call('signin', '错误口令甲乙丙丁')
    await core.call('case', 'cases.get', { caseId: '错误口令甲乙丙丁' })
    await core.stop()
    for (const name of readdirSync(archive, { recursive: true, withFileTypes: true })) {
      if (name.isFile()) expect(readFileSync(join(name.parentPath, name.name)).includes('错误口令')).toBe(false)
    }
    expect(readFileSync(join(archive, 'door.log'), 'utf8')).toContain('door.unknownVerb')
  })
})

test('started by hand, the core says so and ends', async () => {
  const { spawnSync } = await import('node:child_process')
  const result = spawnSync(process.execPath, ['electron/core/entry.ts'], { encoding: 'utf8' })
  expect(result.status).toBe(64)
})
