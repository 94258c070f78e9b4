import type { Knex } from 'knex'
import type { Level } from '#shared/domain/secrecy.ts'

/** A loan as it is kept, with its volume; accounts by id. */
export interface StoredBorrowing {
  readonly id: string
  readonly caseId: string
  readonly volumeId: string
  readonly borrowerId: string
  readonly purpose: string
  readonly days: number
  readonly at: string
  readonly state: 'requested' | 'approved' | 'declined'
  readonly deciderId: string | null
  readonly decidedAt: string | null
  readonly opinion: string
  readonly until: string | null
  readonly givenBackAt: string | null
}

/** With what the register says of the volume. */
export interface ListedBorrowing extends StoredBorrowing {
  readonly archivalCode: string
  readonly title: string
  readonly level: Level
}

const columns = {
  id: 'b.id',
  caseId: 'b.case_id',
  volumeId: 'b.volume_id',
  borrowerId: 'b.borrower_id',
  purpose: 'b.purpose',
  days: 'b.days',
  at: 'b.at',
  state: 'b.state',
  deciderId: 'b.decider_id',
  decidedAt: 'b.decided_at',
  opinion: 'b.opinion',
  until: 'b.until',
  givenBackAt: 'b.given_back_at',
  archivalCode: 'v.code',
  title: 'v.title',
}

const listed = (trx: Knex): Knex.QueryBuilder =>
  trx('borrowings as b')
    .join('volumes as v', 'v.id', 'b.volume_id')
    .select(columns, trx.raw("json_extract(v.fields, '$.level') AS level"))

/** Loans of the account and of a set of cases, the last first. */
export async function listBorrowings(
  trx: Knex.Transaction,
  accountId: string,
  ids: Knex.QueryBuilder,
): Promise<ListedBorrowing[]> {
  return listed(trx)
    .where((query) => void query.where('b.borrower_id', accountId).orWhereIn('b.case_id', ids))
    .orderBy('b.id', 'desc')
    .limit(500)
}

/** Loans of a set of cases that wait for an answer, and those of the account that run on a day, ISO; the oldest first. */
export async function standingBorrowings(
  trx: Knex.Transaction,
  accountId: string,
  ids: Knex.QueryBuilder,
  today: string,
): Promise<ListedBorrowing[]> {
  return listed(trx)
    .where((query) => {
      query.where((asked) => void asked.where('b.state', 'requested').whereIn('b.case_id', ids))
      query.orWhere((own) => {
        own.where({ 'b.state': 'approved', 'b.borrower_id': accountId }).whereNull('b.given_back_at')
        own.where('b.until', '>=', today)
      })
    })
    .orderBy('b.id')
}

export async function findBorrowing(
  trx: Knex.Transaction,
  caseId: string,
  id: string,
): Promise<ListedBorrowing | undefined> {
  return listed(trx).where({ 'b.id': id, 'b.case_id': caseId }).first()
}

/** True while the account has a loan of the case that runs on the day, ISO: what the door asks. */
export async function borrows(db: Knex, accountId: string, caseId: string, today: string): Promise<boolean> {
  const row = await db('borrowings')
    .where({ borrower_id: accountId, case_id: caseId, state: 'approved' })
    .whereNull('given_back_at')
    .where('until', '>=', today)
    .first('id')
  return row !== undefined
}

/** A volume by its 档号 that somebody may borrow: filed or sealed. */
export async function filedVolume(
  trx: Knex.Transaction,
  code: string,
): Promise<{ readonly id: string; readonly caseId: string } | undefined> {
  return trx('volumes').where({ code }).whereIn('state', ['filed', 'sealed']).first({ id: 'id', caseId: 'case_id' })
}

export async function insertBorrowing(trx: Knex.Transaction, value: StoredBorrowing): Promise<void> {
  await trx('borrowings').insert({
    id: value.id,
    case_id: value.caseId,
    volume_id: value.volumeId,
    borrower_id: value.borrowerId,
    purpose: value.purpose,
    days: value.days,
    at: value.at,
    state: value.state,
    opinion: value.opinion,
  })
}

export async function decideBorrowing(
  trx: Knex.Transaction,
  id: string,
  value: Pick<StoredBorrowing, 'state' | 'deciderId' | 'decidedAt' | 'opinion' | 'until'>,
): Promise<void> {
  await trx('borrowings').where({ id }).update({
    state: value.state,
    decider_id: value.deciderId,
    decided_at: value.decidedAt,
    opinion: value.opinion,
    until: value.until,
  })
}

export async function endBorrowing(trx: Knex.Transaction, id: string, at: string, by: string): Promise<void> {
  await trx('borrowings').where({ id }).update({ given_back_at: at, given_back_by: by })
}
