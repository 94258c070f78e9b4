import { randomBytes } from 'node:crypto'
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '#db/connection.ts'
import { activateAccount } from '#electron/core/accounts/activation.ts'
import { wrapFor } from '#electron/core/accounts/founding.ts'
import { readKeyFile, writeKeyFile } from '#electron/core/accounts/key-files.ts'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import { ledgerOf, openOffice as openLedger, proveAccount, unlockArchive } from '#electron/core/accounts/unlock.ts'
import { archiveLayout } from '#electron/core/session/folder.ts'
import { keyId } from '#electron/crypto/fingerprint.ts'
import { openOffice } from '#test/support/office.ts'
import { sitting } from '#test/support/seat.ts'
import { runOutside } from '#test/support/sqlcipher.ts'

// What an officer can do who has the folder, an own account and tools of his own: set-up, act, refused by name.

const by = (login: string) => ({ login, password: trialPassword })
const at = () => new Date().toISOString()

test('an officer plants a cases.db of his own, under a key wrapped and signed for a clerk: its key is not the ledger’s [attack 2]', async () => {
  const place = await openOffice()
  const layout = archiveLayout(place.folder)
  const { archive } = await unlockArchive({ ...place, ...by('anquan'), now: at() })
  const { ledger, signer } = ledgerOf(archive)
  const clerk = ledger.accounts().find((one) => one.login === 'jilu')
  if (!clerk) throw new Error('no clerk')
  const planted = randomBytes(32)
  for (const file of ['', '-wal', '-shm']) rmSync(`${layout.casesDatabase}${file}`, { force: true })
  const own = await openDatabase({
    file: layout.casesDatabase,
    key: () => Buffer.from(planted),
    schema: 'cases',
    create: true,
  })
  await own.close()
  const wrap = wrapFor(clerk, 'cases', planted, ledger.genesis, signer)
  const file = readKeyFile(layout.accounts, clerk.id)
  writeKeyFile(layout.accounts, { ...file, wraps: { ...file.wraps, cases: wrap } })

  // Named in the ledger the key would be believed: an officer can neither make one nor hand one over.
  for (const record of [
    ledger.fork().compose('databaseKey', { database: 'cases', keyId: keyId(planted), at: at() }, signer.id, signer.key),
    ledger
      .fork()
      .compose(
        'handOver',
        { account: clerk.id, database: 'cases', keyId: keyId(planted), wrapHash: '0'.repeat(64), at: at() },
        signer.id,
        signer.key,
      ),
  ])
    expect(() => ledger.fork().accept(record)).toThrow(
      expect.objectContaining({ code: 'ledger.invalid', params: { seq: record.seq, reason: 'notEntitled' } }),
    )
  await archive.office.close()
  await expect(unlockArchive({ ...place, ...by('jilu'), now: at() })).rejects.toMatchObject({
    code: 'keyring.foreignKey',
  })
})

test('both officers swap the keys of a pending account before its slip is typed: the paper names other keys [attack 3]', async () => {
  const place = await openOffice()
  const activate = (password: string) =>
    activateAccount({
      ...place,
      now: at(),
      systemAdmin: by('xitong'),
      securityOfficer: by('anquan'),
      login: 'yin',
      name: '尹某某',
      office: '监督处',
      roles: ['caseOfficer'],
      password,
    })
  const { accountId, slip } = await activate(trialPassword)
  // Same account, same login, a key pair that the officers keep.
  const swapped = await activate('guanliyuan-2026')
  expect(swapped.accountId).toBe(accountId)
  await sitting(place, 'zhuyao', async (seat) => {
    await expect(seat.call('accounts.handOver', { accountId, slip })).rejects.toMatchObject({ code: 'slip.differs' })
  })
  await expect(unlockArchive({ ...place, ...by('yin'), password: 'guanliyuan-2026', now: at() })).rejects.toMatchObject(
    {
      code: 'signin.pending',
    },
  )
})

test('a trigger that deletes log lines as they come: the schema is another one, and nobody is let in [attack 4]', async () => {
  const place = await openOffice()
  const admin = await proveAccount({ ...place, ...by('xitong'), now: at() })
  const opened = await openLedger(archiveLayout(place.folder).officeDatabase, admin.file, admin.keys)
  await opened.office.close()
  const folder = join(place.outside, 'planted')
  cpSync(place.folder, folder, { recursive: true })
  const planted = await runOutside(archiveLayout(folder).officeDatabase, opened.key, [
    { sql: 'CREATE TRIGGER quiet AFTER INSERT ON log BEGIN DELETE FROM log WHERE seq = new.seq; END' },
  ])
  expect(planted).not.toHaveProperty('error')
  for (const login of ['shenji', 'jilu'])
    await expect(unlockArchive({ ...place, folder, ...by(login), now: at() })).rejects.toMatchObject({
      code: 'db.schemaDiffers',
      params: { database: 'office', object: 'trigger quiet', difference: 'added' },
    })
})
