import type { Knex } from 'knex'
import type { EntryBody, ReceivedDocument } from '#shared/domain/rectification.ts'
import { wasHeld } from './interviews.ts'
import { standing } from './rectification.ts'

// What ledgers and sheets read, of many cases with a fixed number of statements.

/** An enterprise whose notice was issued; a later 改期 keeps the first day of issue, 取消 the notice itself. */
export interface IssuedRow {
  readonly case_id: string
  readonly enterprise_id: string
  readonly enterprise: string
  readonly matter: string
  readonly office: string
  readonly state: string
  readonly notice_state: string
  readonly amount_fen: number | null
  readonly issued_at: string
  readonly year: number | null
  readonly n: number | null
  readonly profile: string
  readonly profile_version: string
  readonly profile_hash: string
  readonly created_at: string
}

export async function issuedRows(trx: Knex.Transaction, ids: Knex.QueryBuilder): Promise<IssuedRow[]> {
  return trx('notices as o')
    .join('cases as c', 'c.id', 'o.case_id')
    .join('enterprises as e', 'e.id', 'o.enterprise_id')
    .leftJoin('numbers as x', 'x.id', 'o.number_id')
    .whereIn('o.case_id', ids)
    .whereNotNull('o.issued_at')
    .orderBy(['o.issued_at', 'o.id'])
    .select(
      'o.case_id',
      'o.enterprise_id',
      'e.name as enterprise',
      'c.matter',
      'c.office',
      'c.state',
      'o.state as notice_state',
      'c.amount_fen',
      'o.issued_at',
      'x.year',
      'x.n',
      'c.profile',
      'c.profile_version',
      'c.profile_hash',
      'c.created_at',
    )
}

export interface SentRow {
  readonly case_id: string
  readonly enterprise_id: string
  readonly kind: ReceivedDocument['kind']
  readonly received_at: string
}

/** Papers of the enterprises that were not returned, the oldest first. */
export async function sentRows(trx: Knex.Transaction, ids: Knex.QueryBuilder): Promise<SentRow[]> {
  return trx('rectification_documents')
    .whereIn('case_id', ids)
    .whereNot('state', 'returned')
    .orderBy(['received_at', 'id'])
    .select('case_id', 'enterprise_id', 'kind', 'received_at')
}

/** Interviews that were held, with each enterprise of theirs, the first first. */
export async function heldRows(
  trx: Knex.Transaction,
  ids: Knex.QueryBuilder,
): Promise<
  { readonly id: string; readonly case_id: string; readonly enterprise_id: string; readonly started_at: string }[]
> {
  return trx('interviews as i')
    .join('case_enterprises as c', 'c.case_id', 'i.case_id')
    .whereIn('i.case_id', ids)
    .whereNull('c.left_at')
    .whereRaw(wasHeld('i'))
    .orderBy('i.id')
    .select('i.id', 'i.case_id', 'c.enterprise_id', 'i.started_at')
}

/**
 * Who of the enterprises came to the interviews of some cases, or was heard in them; each person once an interview. An
 * expected person who spoke was there.
 */
export async function heardRows(
  trx: Knex.Transaction,
  ids: Knex.QueryBuilder,
): Promise<
  { readonly interviewId: string; readonly enterpriseId: string; readonly name: string; readonly post: string }[]
> {
  return trx('attendance as a')
    .join('interviews as i', 'i.id', 'a.interview_id')
    .whereIn('i.case_id', ids)
    .where('a.delegation', 'enterprise')
    .whereNotNull('a.enterprise_id')
    .whereRaw(wasHeld('i'))
    .whereRaw(`(a.state IN ('present', 'late', 'left') OR (a.state = 'expected' AND EXISTS (
      SELECT 1 FROM utterances u WHERE u.interview_id = a.interview_id AND u.speaker_id = a.id)))`)
    .distinct('a.interview_id as interviewId', 'a.enterprise_id as enterpriseId', 'a.name', 'a.title as post')
    .orderBy(['a.interview_id', 'a.name'])
}

export interface StandingRow {
  readonly case_id: string
  readonly enterprise_id: string
  readonly body: EntryBody
  readonly at: string
}

/** Entries that stand, the oldest first. */
export async function standingRows(trx: Knex.Transaction, ids: Knex.QueryBuilder): Promise<StandingRow[]> {
  const rows: (Omit<StandingRow, 'body'> & { body: string })[] = await trx('rectification_entries')
    .whereIn('case_id', ids)
    .whereNot('kind', 'struck')
    .whereRaw(standing)
    .orderBy('id')
    .select('case_id', 'enterprise_id', 'body', 'at')
  return rows.map((row) => ({ ...row, body: JSON.parse(row.body) }))
}
