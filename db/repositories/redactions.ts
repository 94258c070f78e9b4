import type { Knex } from 'knex'
import type { RedactionState, Strike, Survivor } from '#shared/domain/redactions.ts'

/** A redacted version as it is kept; accounts by id. */
export interface StoredRedaction {
  readonly id: string
  readonly caseId: string
  readonly paperId: string
  readonly sourceHash: string
  readonly strikes: readonly Strike[]
  readonly kept: readonly Survivor[]
  readonly reason: string
  readonly state: RedactionState
  readonly authorId: string
  readonly at: string
  readonly reviewerId: string | null
  readonly reviewedAt: string | null
  readonly opinion: string
}

type Row = Omit<StoredRedaction, 'strikes' | 'kept'> & { readonly strikes: string; readonly kept: string }

const columns = {
  id: 'id',
  caseId: 'case_id',
  paperId: 'paper_id',
  sourceHash: 'source_hash',
  strikes: 'strikes',
  kept: 'kept',
  reason: 'reason',
  state: 'state',
  authorId: 'author_id',
  at: 'at',
  reviewerId: 'reviewer_id',
  reviewedAt: 'reviewed_at',
  opinion: 'opinion',
}

const toRedaction = (row: Row): StoredRedaction => ({
  ...row,
  strikes: JSON.parse(row.strikes),
  kept: JSON.parse(row.kept),
})

export async function insertRedaction(trx: Knex.Transaction, value: StoredRedaction): Promise<void> {
  await trx('redactions').insert({
    id: value.id,
    case_id: value.caseId,
    paper_id: value.paperId,
    source_hash: value.sourceHash,
    strikes: JSON.stringify(value.strikes),
    kept: JSON.stringify(value.kept),
    reason: value.reason,
    state: value.state,
    author_id: value.authorId,
    at: value.at,
    reviewer_id: value.reviewerId,
    reviewed_at: value.reviewedAt,
    opinion: value.opinion,
  })
}

/** Redacted versions of a case in the order they were sent for review. */
export async function redactionsOfCase(trx: Knex.Transaction, caseId: string): Promise<StoredRedaction[]> {
  const rows: Row[] = await trx('redactions').where({ case_id: caseId }).orderBy('id').select(columns)
  return rows.map(toRedaction)
}

export async function findRedaction(
  trx: Knex.Transaction,
  caseId: string,
  id: string,
): Promise<StoredRedaction | undefined> {
  const row: Row | undefined = await trx('redactions').where({ id, case_id: caseId }).first(columns)
  return row && toRedaction(row)
}

export async function reviewRedaction(
  trx: Knex.Transaction,
  id: string,
  value: Pick<StoredRedaction, 'state' | 'kept' | 'reviewerId' | 'reviewedAt' | 'opinion'>,
): Promise<void> {
  await trx('redactions')
    .where({ id })
    .update({
      state: value.state,
      kept: JSON.stringify(value.kept),
      reviewer_id: value.reviewerId,
      reviewed_at: value.reviewedAt,
      opinion: value.opinion,
    })
}

/** The proposal of its level was returned: nothing of it leaves. */
export async function returnRedaction(trx: Knex.Transaction, id: string): Promise<void> {
  await trx('redactions').where({ id }).update({ state: 'returned' })
}
