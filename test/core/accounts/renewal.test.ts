import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readKeyFile } from '#electron/core/accounts/key-files.ts'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import { unlockArchive } from '#electron/core/accounts/unlock.ts'
import type { JobProgress } from '#electron/core/jobs/runner.ts'
import { archiveLayout } from '#electron/core/session/folder.ts'
import { casesKeyForTest } from '#test/support/cases-key.ts'
import { openOffice } from '#test/support/office.ts'
import { type Seat, sitting } from '#test/support/seat.ts'
import { runOutside } from '#test/support/sqlcipher.ts'

type Place = Awaited<ReturnType<typeof openOffice>>
const count = [{ sql: 'SELECT count(*) AS n FROM log' }]

/** Signs the act that waits for this account. */
async function sign(seat: Seat, kind: string): Promise<void> {
  const act = (await seat.call('accounts.waiting', {})).find((one) => one.kind === kind && one.mine)
  if (!act) throw new Error(`no ${kind} waits`)
  await seat.call('accounts.confirm', { seq: act.seq, hash: act.hash })
}

async function unlock(place: Place, login: string, progress: (told: JobProgress) => void = () => undefined) {
  const now = new Date().toISOString()
  const { archive } = await unlockArchive({ ...place, login, password: trialPassword, now, progress })
  const casesKey = archive.cases ? Buffer.from(casesKeyForTest(archive)) : null
  const { id } = archive.identity
  await Promise.all([archive.office.close(), archive.cases?.close()])
  return { id, casesKey }
}

describe('a new key for a database', () => {
  test('cases.db: two key holders in turn; what a leaver kept opens nothing any more [attack 6]', async () => {
    const place = await openOffice()
    const layout = archiveLayout(place.folder)
    await sitting(place, 'chengban', (seat) => seat.call('today.get', {}))
    const leaver = await unlock(place, 'chengban')
    const stolen = { file: readKeyFile(layout.accounts, leaver.id), key: leaver.casesKey }

    await sitting(place, 'anquan', async (seat) => {
      expect(await seat.call('settings.duties', {})).toMatchObject({ renewals: [] })
      await seat.call('accounts.disable', { accountId: leaver.id, reason: '调离' })
      expect(await seat.call('settings.duties', {})).toMatchObject({ renewals: ['cases', 'office'] })
      await expect(seat.call('accounts.renewKey', { database: 'cases' })).rejects.toMatchObject({
        code: 'accounts.noKey',
      })
    })
    await sitting(place, 'zhuyao', async (seat) => {
      await seat.call('accounts.renewKey', { database: 'cases' })
      await expect(seat.call('accounts.renewKey', { database: 'cases' })).rejects.toMatchObject({
        code: 'waiting.already',
      })
    })
    // Proposed alone it changes nothing.
    expect((await unlock(place, 'jilu')).casesKey).toEqual(stolen.key)
    await sitting(place, 'fenguan', (seat) => sign(seat, 'databaseKey'))

    const told: JobProgress[] = []
    const renewed = await unlock(place, 'jilu', (one) => told.push(one))
    expect([...new Set(told.map((one) => one.step))]).toEqual([
      'renew.copy',
      'renew.rekey',
      'renew.check',
      'renew.rename',
    ])
    expect(told.every(({ done, total }) => done <= total)).toBe(true)
    expect(renewed.casesKey).not.toEqual(stolen.key)
    expect(await runOutside(layout.casesDatabase, renewed.casesKey, count)).toHaveProperty('rows')
    expect(await runOutside(layout.casesDatabase, stolen.key, count)).toHaveProperty('error')
    for (const login of ['zhuyao', 'fenguan', 'dangan', 'xitong']) await unlock(place, login)

    // The old key file put back beside the renewed database, the account enabled or not: nothing opens.
    writeFileSync(join(layout.accounts, `${leaver.id}.key`), JSON.stringify(stolen.file))
    await expect(unlock(place, 'chengban')).rejects.toMatchObject({ code: 'signin.disabled' })
    await sitting(place, 'anquan', async (seat) => {
      expect(await seat.call('settings.duties', {})).toMatchObject({ renewals: ['office'] })
    })
  })

  test('office.db: both officers in turn, and everybody signs in afterwards', async () => {
    const place = await openOffice()
    await sitting(place, 'xitong', (seat) => seat.call('accounts.renewKey', { database: 'office' }))
    await expect(sitting(place, 'shenji', (seat) => sign(seat, 'databaseKey'))).rejects.toThrow('no databaseKey waits')
    await sitting(place, 'anquan', (seat) => sign(seat, 'databaseKey'))
    for (const login of ['shenji', 'chengban', 'zhuyao', 'xitong', 'anquan']) await unlock(place, login)
    await sitting(place, 'shenji', async (seat) => {
      expect(await seat.call('audit.verify', { job: 'check' })).toMatchObject({ intact: true })
    })
  })

  test('an old cases.db under the old key, put back after the renewal, is a rollback and is named', async () => {
    const place = await openOffice()
    await sitting(place, 'chengban', (seat) => seat.call('today.get', {}))
    const layout = archiveLayout(place.folder)
    const before = { database: readFileSync(layout.casesDatabase), accounts: join(place.outside, 'accounts-old') }
    cpSync(layout.accounts, before.accounts, { recursive: true })
    await sitting(place, 'zhuyao', (seat) => seat.call('accounts.renewKey', { database: 'cases' }))
    await sitting(place, 'fenguan', (seat) => sign(seat, 'databaseKey'))
    await unlock(place, 'jilu')
    writeFileSync(layout.casesDatabase, before.database)
    await expect(unlock(place, 'jilu')).rejects.toMatchObject({ code: 'db.wrongKey' })
    cpSync(before.accounts, layout.accounts, { recursive: true })
    await expect(unlock(place, 'jilu')).rejects.toMatchObject({ code: 'keyring.foreignKey' })
  })
})
