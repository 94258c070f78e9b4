import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import { unlockArchive } from '#electron/core/accounts/unlock.ts'
import type { LogRow } from '#electron/core/audit/log.ts'
import { openOffice } from '#test/support/office.ts'
import { type Seat, sitting } from '#test/support/seat.ts'

type Place = Awaited<ReturnType<typeof openOffice>>
const databases = ['office.db', 'cases.db'] as const

/** Some work of a clerk, so that every log has lines and heads. */
const work = (place: Place, now?: () => string) => sitting(place, 'chengban', (seat) => seat.call('today.get', {}), now)

function take(place: Place, names: readonly string[]): Map<string, Buffer> {
  return new Map(names.map((name) => [name, readFileSync(join(place.folder, name))]))
}

/** Puts older files in place of the newer ones, as a restored copy or a thief of time would. */
function putBack(place: Place, files: ReadonlyMap<string, Buffer>): void {
  for (const [name, bytes] of files) {
    for (const suffix of ['-wal', '-shm']) rmSync(join(place.folder, `${name}${suffix}`), { force: true })
    writeFileSync(join(place.folder, name), bytes)
  }
}

const findings = async (seat: Seat) => (await seat.call('session.current', {})).findings

/** 系统管理员 proposes, 安全审计员 confirms, each at a sign-in of their own. */
async function restore(place: Place): Promise<void> {
  await sitting(place, 'xitong', (seat) => seat.call('settings.proposeRestore', { reason: '换回备份，已核对' }))
  await sitting(place, 'shenji', async (seat) => {
    const [act] = await seat.call('accounts.waiting', {})
    if (!act) throw new Error('nothing waits')
    expect(act).toMatchObject({ kind: 'restore', mine: true, missing: [['auditor']] })
    expect(await seat.call('accounts.confirm', { seq: act.seq, hash: act.hash })).toEqual({
      kind: 'restore',
      complete: true,
    })
  })
}

describe('files of an earlier day', () => {
  test.each([
    ['cases.db', ['cases.db'], [{ kind: 'behind', database: 'cases' }]],
    ['office.db', ['office.db'], [{ kind: 'behind', database: 'office' }]],
    [
      'both',
      databases,
      [
        { kind: 'behind', database: 'office' },
        { kind: 'behind', database: 'cases' },
      ],
    ],
  ])('an old %s stops business until both have checked; then it goes on [attack 7]', async (_name, names, expected) => {
    const place = await openOffice()
    await work(place)
    const old = take(place, names)
    await work(place)
    putBack(place, old)

    await sitting(place, 'chengban', async (seat) => {
      expect(await findings(seat)).toMatchObject(expected)
      await expect(seat.call('today.get', {})).rejects.toMatchObject({ code: 'halt.stopped' })
      await expect(seat.call('settings.proposeRestore', { reason: '我自己来' })).rejects.toMatchObject({
        code: 'door.role',
      })
    })
    // One signature is not enough.
    await sitting(place, 'xitong', (seat) => seat.call('settings.proposeRestore', { reason: '换回备份' }))
    await sitting(place, 'xitong', async (seat) => {
      const [act] = await seat.call('accounts.waiting', {})
      expect(act).toMatchObject({ kind: 'restore', mine: false, retractable: true })
      if (!act) throw new Error('nothing waits')
      const one = { seq: act.seq, hash: act.hash }
      await expect(seat.call('accounts.confirm', one)).rejects.toMatchObject({ code: 'waiting.notYours' })
      await seat.call('accounts.withdraw', { ...one, reason: '再核一遍' })
      expect(await seat.call('accounts.waiting', {})).toEqual([])
    })
    await restore(place)
    await sitting(place, 'chengban', async (seat) => {
      expect(await findings(seat)).toEqual([])
      expect(await seat.call('today.get', {})).toMatchObject({ mine: [] })
    })
    // The chain that goes on is whole, the auditor sees the new lines, and the next rollback is found again.
    await sitting(place, 'shenji', async (seat) => {
      expect(await seat.call('audit.verify', { job: 'check' })).toMatchObject({ intact: true })
      const listed = await seat.call('audit.list', { before: null, action: 'today.get' })
      expect(listed.lines.filter((line) => line.result === 'ok').length).toBeGreaterThanOrEqual(2)
    })
    putBack(place, old)
    await sitting(place, 'chengban', async (seat) => expect(await findings(seat)).not.toEqual([]))
  })

  test('with the machine folder put back too, only a paper tells; what it tells stops business [attack 7]', async () => {
    const place = await openOffice()
    await work(place)
    const old = take(place, databases)
    const machine = join(place.outside, 'machine-old')
    cpSync(place.machineFolder, machine, { recursive: true })
    const anchor = await sitting(place, 'shenji', (seat) => seat.call('audit.checkpoint', { note: '月末' }))
    putBack(place, old)
    cpSync(machine, place.machineFolder, { recursive: true })

    await work(place)
    await sitting(place, 'shenji', async (seat) => {
      const typed = { database: 'office', seq: anchor.seq, anchor: anchor.head.slice(0, 25).toUpperCase() } as const
      await expect(seat.call('audit.anchor', { ...typed, anchor: 'abc' })).rejects.toMatchObject({
        code: 'audit.anchorForm',
      })
      expect(await seat.call('audit.anchor', typed)).toMatchObject({ verdict: expect.stringMatching(/behind|differs/) })
    })
    await expect(work(place)).rejects.toMatchObject({ code: 'halt.stopped' })
    await restore(place)
    await work(place)
  })

  test('a paper that fits is told so and stops nothing, a line of cases.db too', async () => {
    const place = await openOffice()
    await work(place)
    const now = new Date().toISOString()
    const { archive } = await unlockArchive({ ...place, login: 'chengban', password: trialPassword, now })
    const line: LogRow | undefined = await archive.cases?.knex<LogRow>('log').where({ action: 'today.get' }).first()
    await Promise.all([archive.office.close(), archive.cases?.close()])
    if (!line) throw new Error('no line')
    await sitting(place, 'shenji', async (seat) => {
      const typed = { database: 'cases', seq: line.seq, anchor: line.hash.slice(0, 25) } as const
      expect(await seat.call('audit.anchor', typed)).toMatchObject({ verdict: 'fits' })
    })
    await work(place)
  })

  test('on a machine that never saw the archive business waits for both officers', async () => {
    const place = await openOffice()
    await work(place)
    rmSync(join(place.machineFolder, 'witness.json'))
    await sitting(place, 'chengban', async (seat) =>
      expect(await findings(seat)).toMatchObject([{ kind: 'newMachine' }]),
    )
    await restore(place)
    await work(place)
  })
})

describe('the clock', () => {
  const at = (day: string) => () => `${day}T03:00:00.000Z`

  test('one day back stops business; set right it goes on without anybody [attack 7]', async () => {
    const place = await openOffice(at('2027-03-02'))
    await work(place, at('2027-03-02'))
    await expect(work(place, at('2027-03-01'))).rejects.toMatchObject({ code: 'halt.stopped' })
    // The second attempt under the wrong clock must not take the first one for the present.
    await expect(work(place, at('2027-03-01'))).rejects.toMatchObject({ code: 'halt.stopped' })
    await work(place, at('2027-03-03'))
  })

  test('a clock that ran ahead is set right by 安全保密管理员 alone, and its next step back is found', async () => {
    const place = await openOffice(at('2027-03-01'))
    await work(place, at('2030-01-01'))
    await expect(work(place, at('2027-03-02'))).rejects.toMatchObject({ code: 'halt.stopped' })
    await sitting(
      place,
      'anquan',
      (seat) => seat.call('settings.setClock', { reason: '主板电池更换后时钟错误' }),
      at('2027-03-02'),
    )
    await work(place, at('2027-03-02'))
    await work(place, at('2027-03-04'))
    await expect(work(place, at('2027-03-03'))).rejects.toMatchObject({ code: 'halt.stopped' })
  })
})
