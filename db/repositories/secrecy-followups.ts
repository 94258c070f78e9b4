import type { Knex } from 'knex'
import type { ReviewConclusion } from '#shared/domain/secrecy.ts'

// What follows from a classification: written notices, yearly reviews, reports of 不明确事项.

export interface NoticeToHolder {
  readonly id: string
  readonly classificationId: string
  readonly caseId: string
  readonly accountId: string
  readonly at: string
  readonly acknowledgedAt: string | null
}

const noticeColumns = {
  id: 'id',
  classificationId: 'classification_id',
  caseId: 'case_id',
  accountId: 'account_id',
  at: 'at',
  acknowledgedAt: 'acknowledged_at',
}

/** One written notice for each person who must know of a change or release (实施条例 21). */
export async function insertHolderNotices(
  trx: Knex.Transaction,
  notices: readonly Omit<NoticeToHolder, 'acknowledgedAt'>[],
): Promise<void> {
  for (const one of notices) {
    await trx('classification_notices').insert({
      id: one.id,
      classification_id: one.classificationId,
      case_id: one.caseId,
      account_id: one.accountId,
      at: one.at,
    })
  }
}

/** Notices to one person, the unread first. */
export async function noticesToAccount(trx: Knex.Transaction, accountId: string): Promise<NoticeToHolder[]> {
  return trx('classification_notices')
    .where({ account_id: accountId })
    .orderByRaw('acknowledged_at IS NOT NULL, id DESC')
    .select(noticeColumns)
}

/** Returns false when the notice is not this person's or was acknowledged before. */
export async function acknowledgeNotice(
  trx: Knex.Transaction,
  id: string,
  accountId: string,
  at: string,
): Promise<boolean> {
  const changed = await trx('classification_notices')
    .where({ id, account_id: accountId })
    .whereNull('acknowledged_at')
    .update({ acknowledged_at: at })
  return changed === 1
}

export interface Review {
  readonly classificationId: string
  readonly year: number
  readonly conclusion: ReviewConclusion
  readonly note: string
  readonly accountId: string
  readonly at: string
}

/** Returns false when this decision was reviewed in this year already. */
export async function insertReview(trx: Knex.Transaction, id: string, value: Review): Promise<boolean> {
  const inserted: unknown[] = await trx('classification_reviews')
    .insert({
      id,
      classification_id: value.classificationId,
      year: value.year,
      conclusion: value.conclusion,
      note: value.note,
      account_id: value.accountId,
      at: value.at,
    })
    .onConflict(['classification_id', 'year'])
    .ignore()
    .returning('id')
  return inserted.length === 1
}

/** The last review of each decision of a set of cases. */
export async function lastReviews(trx: Knex.Transaction, ids: Knex.QueryBuilder): Promise<Map<string, Review>> {
  const rows: Review[] = await trx('classification_reviews')
    .whereIn('classification_id', trx('classifications').whereIn('case_id', ids).select('id'))
    .orderBy('year')
    .select({
      classificationId: 'classification_id',
      year: 'year',
      conclusion: 'conclusion',
      note: 'note',
      accountId: 'account_id',
      at: 'at',
    })
  return new Map(rows.map((row) => [row.classificationId, row]))
}

/** Report of a 不明确事项 and the reply to it (实施条例 25). */
export interface UnclearReport {
  readonly classificationId: string
  readonly reportedOn: string
  readonly reportedTo: string
  readonly number: string
  readonly repliedOn: string | null
  readonly reply: string
}

export async function putReport(trx: Knex.Transaction, value: UnclearReport): Promise<void> {
  await trx('classification_reports')
    .insert({
      classification_id: value.classificationId,
      reported_on: value.reportedOn,
      reported_to: value.reportedTo,
      number: value.number,
      replied_on: value.repliedOn,
      reply: value.reply,
    })
    .onConflict('classification_id')
    .merge()
}

export async function reportsOf(trx: Knex.Transaction, ids: Knex.QueryBuilder): Promise<Map<string, UnclearReport>> {
  const rows: UnclearReport[] = await trx('classification_reports')
    .whereIn('classification_id', trx('classifications').whereIn('case_id', ids).select('id'))
    .select({
      classificationId: 'classification_id',
      reportedOn: 'reported_on',
      reportedTo: 'reported_to',
      number: 'number',
      repliedOn: 'replied_on',
      reply: 'reply',
    })
  return new Map(rows.map((row) => [row.classificationId, row]))
}

/** Who was told of a change or a release in writing, and who has signed for it (实施条例 21). */
export async function noticesAbout(trx: Knex.Transaction, classificationId: string): Promise<NoticeToHolder[]> {
  return trx('classification_notices')
    .where({ classification_id: classificationId })
    .orderBy('id')
    .select(noticeColumns)
}
