import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appendRecord, confirmRecord, Ledger, type LedgerRecord, recordHash } from '#electron/core/accounts/ledger.ts'
import type { Body, Kind } from '#electron/core/accounts/ledger-kinds.ts'
import { createTrial, trialPassword } from '#electron/core/accounts/trial.ts'
import { casesKeyOf, openOffice, proveAccount, unlockArchive } from '#electron/core/accounts/unlock.ts'
import { archiveLayout } from '#electron/core/session/folder.ts'
import { suiteFolder } from '#test/support/folders.ts'
import { runOutside } from '#test/support/sqlcipher.ts'

const now = '2026-11-24T01:00:00.000Z'
const { folder: root, remove } = suiteFolder()
const original = join(root, 'archive')
const machineFolder = join(root, 'machine')

/** What the holder of an account has: its private key, the key of office.db, and the true records. */
async function holder(folder: string, login: string) {
  const { file, keys } = await proveAccount({ folder, machineFolder, login, password: trialPassword, now })
  const { office, ledger, key } = await openOffice(archiveLayout(folder).officeDatabase, file, keys)
  const records = await office.knex<LedgerRecord>('ledger').orderBy('seq')
  await office.close()
  return { id: file.id, key: keys.signing, officeKey: key, ledger, records }
}
type Holder = Awaited<ReturnType<typeof holder>>

let clerk: Holder
let security: Holder
let admin: Holder
let auditor: Holder
let leader: Holder

beforeAll(async () => {
  await createTrial({ folder: original, machineFolder, unit: '某市国资委', now })
  clerk = await holder(original, 'chengban')
  security = await holder(original, 'anquan')
  admin = await holder(original, 'xitong')
  auditor = await holder(original, 'shenji')
  leader = await holder(original, 'zhuyao')
})
afterAll(remove)

let copies = 0
function copyOf(): string {
  copies += 1
  const folder = join(root, `copy-${copies}`)
  cpSync(original, folder, { recursive: true })
  return folder
}

const insertSql = 'INSERT INTO ledger (seq, prev, kind, body, signer, signature) VALUES (?, ?, ?, ?, ?, ?)'
function insert(record: LedgerRecord) {
  const { seq, prev, kind, body, signer, signature } = record
  return { sql: insertSql, values: [seq, prev, kind, body, signer, signature] }
}

/** Writes rows into a copy's office.db from outside the program, then signs in as somebody else. */
async function plant(records: readonly LedgerRecord[], login = 'jilu') {
  const folder = copyOf()
  const outcome = await runOutside(archiveLayout(folder).officeDatabase, auditor.officeKey, records.map(insert))
  expect(outcome).not.toHaveProperty('error')
  const { archive } = await unlockArchive({ folder, machineFolder, login, password: trialPassword, now })
  await Promise.all([archive.office.close(), archive.cases?.close()])
  return archive
}

function compose<K extends Kind>(kind: K, body: Body<K>, by: Holder, after: Ledger = by.ledger): LedgerRecord {
  return after.compose(kind, body, by.id, by.key)
}

/** Records as their signers would write them one after the other, each checked by nobody. */
function chain(...acts: readonly ((ledger: Ledger) => LedgerRecord)[]): LedgerRecord[] {
  const records: LedgerRecord[] = []
  let last = auditor.records.at(-1)
  for (const act of acts) {
    const record = act(auditor.ledger)
    if (!last) throw new Error('no ledger')
    last = { ...record, seq: last.seq + 1, prev: recordHash(last) }
    records.push(last)
  }
  return records
}

const grant = (account: string, role: Body<'role'>['role']): Body<'role'> => ({ account, role, grant: true, at: now })
const next = () => auditor.records.length + 1

describe('a record written by a key holder outside the program', () => {
  test('a true record is obeyed, so that the refusals below mean something', async () => {
    const archive = await plant([compose('role', grant(clerk.id, 'archivist'), security)])
    expect(archive.ledger.holds(clerk.id, 'archivist')).toBe(true)
  })

  test('without a signature it stops the sign-in and is named [attack 1]', async () => {
    const [record] = chain(() => compose('role', grant(auditor.id, 'caseOfficer'), security))
    if (!record) throw new Error('no record')
    await expect(plant([{ ...record, signature: '' }])).rejects.toMatchObject({
      code: 'ledger.invalid',
      params: { seq: next(), reason: 'signature' },
    })
  })

  test.each([
    ['a role signed by the auditor', () => compose('role', grant(clerk.id, 'archivist'), auditor), 'notEntitled'],
    ['a role signed by its own bearer', () => compose('role', grant(clerk.id, 'archivist'), clerk), 'ownRole'],
    [
      'an office made by one officer alone',
      () => compose('role', grant(clerk.id, 'systemAdmin'), security),
      'officerRole',
    ],
    [
      'the auditor put out of office',
      () => compose('role', { ...grant(auditor.id, 'auditor'), grant: false }, security),
      'officerRole',
    ],
    ['a business role for an officer', () => compose('role', grant(admin.id, 'archivist'), security), 'separation'],
    [
      'a policy below the floor',
      () => compose('policy', { name: 'idleSeconds', value: 86_400, at: now }, security),
      'belowFloor',
    ],
    [
      'the key of cases.db handed over by an officer',
      () =>
        compose(
          'handOver',
          {
            account: admin.id,
            database: 'cases',
            keyId: admin.ledger.keyId('cases'),
            wrapHash: '0'.repeat(64),
            at: now,
          },
          security,
        ),
      'notEntitled',
    ],
    [
      'the key of cases.db handed to an officer',
      () =>
        compose(
          'handOver',
          {
            account: admin.id,
            database: 'cases',
            keyId: admin.ledger.keyId('cases'),
            wrapHash: '0'.repeat(64),
            at: now,
          },
          leader,
        ),
      'officerKey',
    ],
    [
      'another database key',
      () =>
        compose(
          'handOver',
          { account: clerk.id, database: 'office', keyId: '0'.repeat(64), wrapHash: '0'.repeat(64), at: now },
          security,
        ),
      'foreignKey',
    ],
    [
      'the auditor disabled by one officer',
      () => compose('disable', { account: auditor.id, reason: 'x', at: now }, security),
      'officerRole',
    ],
    [
      'an account disabled by a clerk',
      () => compose('disable', { account: leader.id, reason: 'x', at: now }, clerk),
      'notEntitled',
    ],
    [
      'a kind no program carries out yet',
      () => compose('partnerAuthority', { unit: '某单位', fingerprint: '0'.repeat(64), at: now }, clerk),
      'notYet',
    ],
    [
      'a confirmation of nothing',
      () => compose('confirm', { of: 1, hash: '0'.repeat(64), at: now }, admin),
      'confirmsNothing',
    ],
    [
      'a second genesis',
      () => ({ ...compose('confirm', { of: 1, hash: '0'.repeat(64), at: now }, admin), ...genesisAgain() }),
      'genesis',
    ],
  ])('%s is named, never obeyed', async (_name, make, reason) => {
    await expect(plant([make()])).rejects.toMatchObject({ code: 'ledger.invalid', params: { seq: next(), reason } })
  })

  test('a true grant repeated after its revocation is refused [attack 1]', async () => {
    const granted = auditor.records.find((record) => record.kind === 'role' && record.body.includes(clerk.id))
    if (!granted) throw new Error('no grant')
    const revoked = compose('role', { account: clerk.id, role: 'caseOfficer', grant: false, at: now }, security)
    const again = { ...granted, seq: revoked.seq + 1, prev: recordHash(revoked) }
    await expect(plant([revoked, again])).rejects.toMatchObject({
      params: { seq: again.seq, reason: 'signature' },
    })
  })

  test('a record with another predecessor is refused', async () => {
    const record = compose('role', grant(clerk.id, 'archivist'), security)
    await expect(plant([{ ...record, prev: '0'.repeat(64) }])).rejects.toMatchObject({ params: { reason: 'chain' } })
    await expect(plant([{ ...record, seq: record.seq + 1 }])).rejects.toMatchObject({ params: { reason: 'sequence' } })
  })

  test('定密责任人 has no effect before a 主要负责同志 confirms, and one account cannot sign twice', async () => {
    const record = compose('role', grant(clerk.id, 'classifier'), security)
    const waiting = await plant([record])
    expect(waiting.ledger.holds(clerk.id, 'classifier')).toBe(false)

    const ahead = security.ledger.fork()
    ahead.accept(record)
    const confirmation = { of: record.seq, hash: recordHash(record), at: now }
    const twice = ahead.compose('confirm', confirmation, security.id, security.key)
    await expect(plant([record, twice])).rejects.toMatchObject({ params: { reason: 'signedTwice' } })
    const stranger = ahead.compose('confirm', confirmation, auditor.id, auditor.key)
    await expect(plant([record, stranger])).rejects.toMatchObject({ params: { reason: 'notEntitled' } })
    const confirmed = await plant([record, ahead.compose('confirm', confirmation, leader.id, leader.key)])
    expect(confirmed.ledger.holds(clerk.id, 'classifier')).toBe(true)
  })

  test('the ledger cannot be shortened or rewritten without the schema telling', async () => {
    const folder = copyOf()
    const file = archiveLayout(folder).officeDatabase
    const last = auditor.records.length
    expect(
      await runOutside(file, auditor.officeKey, [{ sql: 'DELETE FROM ledger WHERE seq = ?', values: [last] }]),
    ).toHaveProperty('error')
    const triggers = await runOutside(file, auditor.officeKey, [
      { sql: "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger'" },
    ])
    const names = 'rows' in triggers ? (triggers.rows[0] ?? []).map((row) => String(row.name)) : []
    expect(names.length).toBeGreaterThan(0)
    await runOutside(
      file,
      auditor.officeKey,
      names.map((name) => ({ sql: `DROP TRIGGER "${name}"` })),
    )
    await expect(
      unlockArchive({ folder, machineFolder, login: 'jilu', password: trialPassword, now }),
    ).rejects.toMatchObject({ code: 'db.schemaDiffers' })
  })

  test("another archive's ledger, valid in itself, is not this archive's", async () => {
    const foreign = join(root, 'foreign')
    await createTrial({ folder: foreign, machineFolder, unit: '另一国资委', now })
    const { records } = await holder(foreign, 'shenji')
    expect(() => Ledger.replay(records, null)).not.toThrow()
    expect(() => Ledger.replay(records, auditor.ledger.genesis)).toThrow(
      expect.objectContaining({ params: { seq: 1, reason: 'foreignGenesis' } }),
    )
  })

  test('a genesis that one founder has not confirmed founds nothing', () => {
    for (const length of [1, 2, 3]) {
      expect(() => Ledger.replay(auditor.records.slice(0, length), null)).toThrow(
        expect.objectContaining({ params: { seq: 1, reason: 'genesis' } }),
      )
    }
    expect(() => Ledger.replay(auditor.records.slice(0, 4), null)).not.toThrow()
  })
})

function genesisAgain(): Pick<LedgerRecord, 'kind' | 'body' | 'signer'> {
  const [genesis] = auditor.records
  if (!genesis) throw new Error('no genesis')
  const { kind, body, signer } = genesis
  return { kind, body, signer }
}

describe('the keys of the officers', () => {
  test('open office.db in a second SQLCipher and never cases.db; without a key nothing opens', async () => {
    const layout = archiveLayout(copyOf())
    const count = [{ sql: 'SELECT count(*) AS n FROM sqlite_master' }]
    for (const officer of [admin, security, auditor]) {
      expect(await runOutside(layout.officeDatabase, officer.officeKey, count)).toHaveProperty('rows')
      expect(await runOutside(layout.casesDatabase, officer.officeKey, count)).toHaveProperty('error')
    }
    expect(await runOutside(layout.officeDatabase, null, count)).toHaveProperty('error')
    expect(await runOutside(layout.casesDatabase, null, count)).toHaveProperty('error')
  })

  test('a clerk holds the key of cases.db, an officer has none to give', async () => {
    const folder = copyOf()
    const open = (login: string) => unlockArchive({ folder, machineFolder, login, password: trialPassword, now })
    const { archive } = await open('chengban')
    const key = casesKeyOf(archive)
    await Promise.all([archive.office.close(), archive.cases?.close()])
    const read = await runOutside(archiveLayout(folder).casesDatabase, key, [
      { sql: 'SELECT count(*) AS n FROM cases' },
    ])
    expect(read).toEqual({ rows: [[{ n: 0 }]] })
    const officer = await open('xitong')
    expect(() => casesKeyOf(officer.archive)).toThrow(expect.objectContaining({ code: 'accounts.noKey' }))
    await officer.archive.office.close()
  })
})

describe('the ledger in memory', () => {
  test('follows its file: a rolled-back record is gone, the next one stands in its place', async () => {
    const folder = copyOf()
    const { file, keys } = await proveAccount({
      folder,
      machineFolder,
      login: 'anquan',
      password: trialPassword,
      now,
    })
    const { office, ledger } = await openOffice(archiveLayout(folder).officeDatabase, file, keys)
    const signer = { id: security.id, key: security.key }
    const before = ledger.head()
    await expect(
      office.transaction(async (trx) => {
        await appendRecord(trx, ledger, 'role', grant(clerk.id, 'archivist'), signer)
        expect(ledger.holds(clerk.id, 'archivist')).toBe(false)
        throw new Error('rolled back')
      }),
    ).rejects.toThrow('rolled back')
    expect(ledger.head()).toEqual(before)

    await office.transaction(async (trx) => {
      const record = await appendRecord(trx, ledger, 'role', grant(clerk.id, 'classifier'), signer)
      await confirmRecord(trx, ledger, record, now, { id: leader.id, key: leader.key })
    })
    expect(ledger.holds(clerk.id, 'classifier')).toBe(true)
    expect(ledger.head().seq).toBe(before.seq + 2)
    const records = await office.knex<LedgerRecord>('ledger').orderBy('seq')
    await office.close()
    expect(Ledger.replay(records, keys.token.genesis).head()).toEqual(ledger.head())
  })

  test('writes nothing that the next sign-in would refuse', async () => {
    const folder = copyOf()
    const { file, keys } = await proveAccount({
      folder,
      machineFolder,
      login: 'anquan',
      password: trialPassword,
      now,
    })
    const { office, ledger } = await openOffice(archiveLayout(folder).officeDatabase, file, keys)
    const signer = { id: security.id, key: security.key }
    await expect(
      office.transaction((trx) => appendRecord(trx, ledger, 'role', grant(admin.id, 'archivist'), signer)),
    ).rejects.toMatchObject({ code: 'ledger.invalid', params: { reason: 'separation' } })
    expect(await office.knex('ledger').count({ n: '*' }).first()).toEqual({ n: auditor.records.length })
    await office.close()
  })
})
