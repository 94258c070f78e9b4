import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { renewedFile } from '#db/renew.ts'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import { unlockArchive } from '#electron/core/accounts/unlock.ts'
import { archiveLayout } from '#electron/core/session/folder.ts'
import { openOffice } from '#test/support/office.ts'
import { sitting } from '#test/support/seat.ts'

const script = fileURLToPath(new URL('../support/unlock-once.ts', import.meta.url))
const rows = 400
/** Each row 100 kB: the copy takes long enough to be killed in. */
const rowSize = 100_000

async function open(place: Awaited<ReturnType<typeof openOffice>>, login = 'jilu') {
  const now = new Date().toISOString()
  const { archive } = await unlockArchive({ ...place, login, password: trialPassword, now })
  return { archive, close: () => Promise.all([archive.office.close(), archive.cases?.close()]) }
}

test.each([
  ['cases', 'zhuyao', 'fenguan'],
  ['office', 'xitong', 'anquan'],
] as const)(
  'kill -9 at any step of the renewal of %s.db loses nothing, and the next sign-in ends it',
  async (database, first, second) => {
    const place = await openOffice()
    const layout = archiveLayout(place.folder)
    const file = database === 'cases' ? layout.casesDatabase : layout.officeDatabase
    const filled = await open(place)
    const target = database === 'cases' ? filled.archive.cases : filled.archive.office
    await target?.transaction(async (trx) => {
      for (let n = 0; n < rows; n += 1)
        await trx('meta').insert({ key: `fill-${n}`, value: String.fromCharCode(97 + (n % 26)).repeat(rowSize) })
    })
    await filled.close()
    await sitting(place, first, (seat) => seat.call('accounts.renewKey', { database }))
    await sitting(place, second, async (seat) => {
      const [act] = await seat.call('accounts.waiting', {})
      if (!act) throw new Error('nothing waits')
      await seat.call('accounts.confirm', { seq: act.seq, hash: act.hash })
    })

    const part = renewedFile(file)
    const size = () => statSync(part, { throwIfNoEntry: false })?.size ?? 0
    const moments: readonly (() => boolean)[] = [
      () => existsSync(part),
      () => size() > (rows * rowSize) / 2,
      // The copy is whole and is being re-keyed: its rollback journal stands beside it.
      () => existsSync(`${part}-journal`),
    ]
    let killed = 0
    for (const moment of moments) {
      const child = spawn(process.execPath, [script, place.folder, place.machineFolder, 'jilu'], { stdio: 'ignore' })
      const ended = once(child, 'exit')
      while (!moment() && child.exitCode === null) await wait(1)
      child.kill('SIGKILL')
      const [, signal] = await ended
      if (signal === 'SIGKILL') killed += 1
    }
    expect(killed).toBe(moments.length)

    const { archive, close } = await open(place)
    const opened = database === 'cases' ? archive.cases : archive.office
    const found = await opened
      ?.knex('meta')
      .where('key', 'like', 'fill-%')
      .count({ n: '*' })
      .sum({ s: opened.knex.raw('length(value)') })
      .first()
    await close()
    expect(found).toEqual({ n: rows, s: rows * rowSize })
    expect(readdirSync(place.folder).filter((name) => name.includes('renewed'))).toEqual([])
    for (const login of ['chengban', 'zhuyao', 'shenji']) await (await open(place, login)).close()
  },
)
