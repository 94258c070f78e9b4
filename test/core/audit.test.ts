import type { Knex } from 'knex'
import { describe, expect, test } from 'vitest'
import { recordAct, validActs } from '#electron/core/audit/acts.ts'
import { type LogHead, verifyLog } from '#electron/core/audit/heads.ts'
import { openAudit } from '#electron/core/audit/index.ts'
import type { LogLine, LogRow } from '#electron/core/audit/log.ts'
import type { OpenArchive } from '#electron/core/session/types.ts'
import { makeTestArchive, testIds } from '../support/archive.ts'

const now = () => '2026-03-01T02:00:00.000Z'
const line = (action: string): LogLine => ({
  at: now(),
  account: testIds.officer,
  roles: ['caseOfficer'],
  action,
  objectKind: 'case',
  objectId: testIds.case,
  level: null,
  result: 'ok',
  detail: { field: 'only ids and codes' },
})

async function opened(witness: (head: LogHead) => void = () => undefined) {
  const maker = await makeTestArchive()
  const archive = await maker.open()
  const { cases, office } = archive
  if (!cases) throw new Error('business account')
  return { maker, archive, cases, office, audit: await openAudit({ archive, now, witness }) }
}

/** What somebody with the key can do to the file: the guards against change are dropped first. */
async function tamper(db: Knex, change: (db: Knex) => Promise<unknown>): Promise<void> {
  for (const table of ['log', 'log_heads']) {
    await db.raw(`DROP TRIGGER IF EXISTS ${table}_no_update`)
    await db.raw(`DROP TRIGGER IF EXISTS ${table}_no_delete`)
  }
  await change(db)
}

const report = (db: Knex, archive: OpenArchive, witnessed: readonly LogHead[] = []) =>
  verifyLog(db, 'cases', archive.ledger, witnessed)

describe('the chained log', () => {
  test('lines stand in both databases, the details only where they belong', async () => {
    const { archive, cases, office, audit } = await opened()
    for (let n = 0; n < 5; n += 1) await audit.record('cases', line('cases.get'))
    await audit.settle()
    await audit.settle()
    const copies = await office.knex<LogRow>('log').where({ source: 'cases', action: 'cases.get' })
    const lines = await cases.knex<LogRow>('log').where({ action: 'cases.get' }).orderBy('seq')
    expect(copies.map((row) => [row.source_seq, row.object_id, JSON.parse(row.detail)])).toEqual(
      [2, 3, 4, 5, 6].map((seq, index) => [seq, testIds.case, { line: lines[index]?.hash }]),
    )
    expect(await report(cases.knex, archive)).toEqual({ lines: 6, signedTo: 6, fault: null, clockBack: null })
    expect((await verifyLog(office.knex, 'office', archive.ledger)).fault).toBeNull()
    await audit.close()
  })

  test('signs after 64 lines without being asked', async () => {
    const { archive, cases, audit } = await opened()
    for (let n = 0; n < 64; n += 1) await audit.record('cases', line('cases.get'))
    await expect.poll(async () => (await report(cases.knex, archive)).signedTo).toBe(65)
    await audit.close()
  })

  test('lines a crash left unsigned are marked at the next sign-in', async () => {
    const { maker, archive, cases, audit } = await opened()
    await audit.record('cases', line('cases.get'))
    await audit.record('cases', line('cases.get'))
    await archive.office.close()
    await cases.close()
    const later = await maker.open()
    const next = await openAudit({ archive: later, now, witness: () => undefined })
    const marks = await later.cases?.knex<LogRow>('log').where({ action: 'log.unsignedTail' })
    expect(marks?.map((row) => JSON.parse(row.detail))).toEqual([{ from: 2, to: 3 }])
    await next.close()
  })

  test.each<[string, (db: Knex) => Promise<unknown>, { seq: number; reason: string }]>([
    ['a changed line', (db) => db('log').where({ seq: 3 }).update({ result: 'door.role' }), { seq: 3, reason: 'hash' }],
    ['a removed line', (db) => db('log').where({ seq: 3 }).delete(), { seq: 3, reason: 'gap' }],
    [
      'two lines exchanged',
      async (db) => {
        await db('log').where({ seq: 3 }).update({ seq: 99 })
        await db('log').where({ seq: 4 }).update({ seq: 3 })
        await db('log').where({ seq: 99 }).update({ seq: 4 })
      },
      { seq: 3, reason: 'chain' },
    ],
    ['a cut end', (db) => db('log').where('seq', '>', 4).delete(), { seq: 5, reason: 'behind' }],
    [
      'a forged signature',
      (db) => db('log_heads').update({ signer: testIds.classifier }),
      { seq: 1, reason: 'signature' },
    ],
  ])('%s is found and named', async (_name, change, fault) => {
    const { archive, cases, audit } = await opened()
    for (let n = 0; n < 5; n += 1) await audit.record('cases', line('cases.get'))
    await audit.close()
    await tamper(cases.knex, change)
    expect((await report(cases.knex, archive)).fault).toEqual(fault)
  })

  test('a chain rebuilt by somebody who holds the key breaks on the signed head [attack 8]', async () => {
    const { archive, cases, audit } = await opened()
    for (let n = 0; n < 3; n += 1) await audit.record('cases', line('cases.get'))
    await audit.close()
    const { hashRow } = await import('#electron/core/audit/log.ts')
    await tamper(cases.knex, async (db) => {
      let prev = ''
      for (const row of await db<LogRow>('log').orderBy('seq')) {
        const changed = { ...row, prev: prev || row.prev, result: row.seq === 2 ? 'door.role' : row.result }
        const hash = hashRow(changed)
        await db('log').where({ seq: row.seq }).update({ prev: changed.prev, result: changed.result, hash })
        prev = hash
      }
    })
    expect((await report(cases.knex, archive)).fault).toEqual({ seq: 4, reason: 'head' })
  })

  test('a line in the name of somebody who is not signed in is named, though its signer signed the head over it [attack 8]', async () => {
    const { archive, cases, audit } = await opened()
    await audit.record('cases', { ...line('secrecy.decide'), account: testIds.classifier })
    await audit.close()
    expect((await report(cases.knex, archive)).fault).toEqual({ seq: 2, reason: 'foreign' })
  })

  test('lines written under a clock that was set back are named', async () => {
    const { archive, cases, audit } = await opened()
    await audit.record('cases', line('cases.get'))
    await audit.record('cases', { ...line('cases.get'), at: '2026-02-28T02:00:00.000Z' })
    await audit.close()
    expect(await report(cases.knex, archive)).toMatchObject({ fault: null, clockBack: 3 })
  })

  test('100 lines cut and regrown by one who may sign are found through a head seen elsewhere [attack 8]', async () => {
    const seen: LogHead[] = []
    const { archive, cases, office, audit } = await opened((head) => seen.push(head))
    for (let n = 0; n < 100; n += 1) await audit.record('cases', line('cases.get'))
    await audit.settle()
    await tamper(office.knex, (db) => db('log_heads').where({ database: 'cases' }).where('seq', '>', 1).delete())
    await tamper(cases.knex, async (db) => {
      await db('log_heads').where('seq', '>', 1).delete()
      await db('log').where('seq', '>', 1).delete()
    })
    for (let n = 0; n < 100; n += 1) await audit.record('cases', line('today.get'))
    await audit.close()
    expect((await report(cases.knex, archive)).fault).toBeNull()
    expect((await report(cases.knex, archive, seen)).fault).toMatchObject({ reason: 'head' })
  })

  test('a tail cut together with its heads is found through a head seen elsewhere', async () => {
    const seen: LogHead[] = []
    const { archive, cases, office, audit } = await opened((head) => seen.push(head))
    for (let n = 0; n < 3; n += 1) await audit.record('cases', line('cases.get'))
    await audit.close()
    await tamper(cases.knex, async (db) => {
      await db('log_heads').where('seq', '>', 1).delete()
      await db('log').where('seq', '>', 1).delete()
    })
    expect((await report(cases.knex, archive)).fault).toBeNull()
    expect((await report(cases.knex, archive, seen)).fault).toEqual({ seq: 2, reason: 'behind' })
    const known = await office.knex<LogHead>('log_heads').where({ database: 'cases' })
    expect((await report(cases.knex, archive, known)).fault).toEqual({ seq: 2, reason: 'behind' })
  })
})

describe('binding acts', () => {
  const act = { kind: 'secrecy.decide', objectKind: 'notice', objectId: testIds.case, objectHash: 'cd'.repeat(32) }

  test('an act counts when its signature and its line agree; a row written into the file does not', async () => {
    const { archive, cases, audit } = await opened()
    await cases.transaction(async (trx) => {
      await recordAct(trx, archive.identity, act, now())
      await audit.append(trx, 'cases', line('secrecy.decide'))
    })
    const found = await validActs(cases.knex, archive.ledger, 'notice', testIds.case)
    expect(found).toMatchObject([{ ...act, accountId: testIds.officer, logSeq: 2 }])

    const row: Record<string, unknown> = await cases.knex('acts').first()
    for (const forged of [
      { account_id: testIds.classifier },
      { object_hash: 'ef'.repeat(32) },
      { log_seq: 1 },
      { at: '2026-03-02T02:00:00.000Z' },
      { account_id: 'unknown' },
    ]) {
      await cases.knex('acts').insert({ ...row, id: JSON.stringify(forged), ...forged })
    }
    expect(await validActs(cases.knex, archive.ledger, 'notice', testIds.case)).toHaveLength(1)
    await audit.close()
  })

  test('an act whose transaction failed leaves neither row nor line', async () => {
    const { archive, cases, audit } = await opened()
    await expect(
      cases.transaction(async (trx) => {
        await recordAct(trx, archive.identity, act, now())
        throw new Error('later')
      }),
    ).rejects.toThrow('later')
    expect(await cases.knex('acts').select()).toEqual([])
    await audit.close()
  })
})
