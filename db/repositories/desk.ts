import type { Knex } from 'knex'
import type { CaseRow } from './cases.ts'
import type { ChangeRow } from './notice-changes.ts'
import type { NoticeRow } from './notices.ts'

/** Narrows to the cases an account answers for: its own as 承办人, or those of its office. */
export interface OwnCases {
  readonly officer_id?: string
  readonly office?: string
}

/** Inside the 知悉范围 of an account; the query has the case as `c`. */
const inScope = `EXISTS (SELECT 1 FROM case_scope s WHERE s.case_id = c.id AND s.account_id = ?
  AND s.removed_at IS NULL)`

/** A case, and the rules it is pinned to. */
export type PinnedCase = Pick<CaseRow, 'id' | 'profile' | 'profile_version' | 'profile_hash'>
const pinned = ['c.id', 'c.profile', 'c.profile_version', 'c.profile_hash'] as const

/** Each case once, in the order of the rows. */
function once(rows: readonly PinnedCase[]): PinnedCase[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()]
}

/** Cases with a notice that waits for 审签: sent to this account, or to any leader in the scope (Art. 4). */
export async function casesToSign(trx: Knex.Transaction, accountId: string, limit: number): Promise<PinnedCase[]> {
  const rows: PinnedCase[] = await trx('notices as n')
    .join('cases as c', 'c.id', 'n.case_id')
    .where('n.state', 'submitted')
    .whereRaw(inScope, [accountId])
    .whereRaw("ifnull(json_extract(n.fields, '$.addressedTo'), ?) = ?", [accountId, accountId])
    .orderBy('n.submitted_at')
    .limit(limit)
    .select(pinned)
  return once(rows)
}

/** Cases with a 改期 or 取消 paper that stands in a state, the oldest first. */
export async function casesWithChange(
  trx: Knex.Transaction,
  accountId: string,
  state: ChangeRow['state'],
  own: OwnCases,
  limit: number,
): Promise<PinnedCase[]> {
  const rows: PinnedCase[] = await trx('notice_changes as h')
    .join('cases as c', 'c.id', 'h.case_id')
    .where({ 'h.state': state, 'c.state': 'interview' })
    .where(own)
    .whereRaw(inScope, [accountId])
    .orderBy('h.id')
    .limit(limit)
    .select(pinned)
  return once(rows)
}

/** Cases with a 定稿 that waits for one of these signers, the oldest first. */
export async function casesWithFinal(
  trx: Knex.Transaction,
  accountId: string,
  signers: readonly string[],
  limit: number,
): Promise<string[]> {
  const rows: { id: string }[] = await trx('paper_finals as f')
    .join('cases as c', 'c.id', 'f.case_id')
    .where('f.state', 'submitted')
    .whereIn('f.signer_id', signers)
    .whereNot('f.brought_by', accountId)
    .whereRaw(inScope, [accountId])
    .orderBy('f.id')
    .limit(limit)
    .select('c.id')
  return [...new Set(rows.map((row) => row.id))]
}

/** Redacted versions that wait for a reviewer who is not their author, the oldest first. */
export async function redactionsToReview(
  trx: Knex.Transaction,
  accountId: string,
  limit: number,
): Promise<{ readonly id: string; readonly caseId: string }[]> {
  return trx('redactions as r')
    .join('cases as c', 'c.id', 'r.case_id')
    .where('r.state', 'submitted')
    .whereNot('r.author_id', accountId)
    .whereRaw(inScope, [accountId])
    .orderBy('r.id')
    .limit(limit)
    .select({ id: 'r.id', caseId: 'r.case_id' })
}

/** A notice that went out while its interview has not begun, and what the enterprise has answered (Art. 10). */
export interface PreparingRow {
  readonly id: string
  readonly case_id: string
  readonly fields: string
  readonly confirmed: 0 | 1
  readonly material: 0 | 1
  readonly statement: 0 | 1
}

/** Notices before the first interview of their case, the latest issued last. */
export async function preparingNotices(
  trx: Knex.Transaction,
  accountId: string,
  own: OwnCases,
  limit: number,
): Promise<PreparingRow[]> {
  const sent = (kind: 'material' | 'statement'): string =>
    `EXISTS (SELECT 1 FROM rectification_documents d WHERE d.case_id = n.case_id
      AND d.enterprise_id = n.enterprise_id AND d.kind = '${kind}') AS ${kind}`
  return trx('cases as c')
    .join('notices as n', 'n.case_id', 'c.id')
    .where({ 'c.state': 'interview', 'n.state': 'issued' })
    .where(own)
    .whereRaw(inScope, [accountId])
    .whereRaw("NOT EXISTS (SELECT 1 FROM interviews i WHERE i.case_id = c.id AND i.state <> 'planned')")
    .orderBy('n.id')
    .limit(limit)
    .select(
      'n.id',
      'n.case_id',
      'n.fields',
      trx.raw(`ifnull((SELECT a.attendance FROM confirmations a WHERE a.notice_id = n.id
        AND a.at > ifnull((SELECT max(h.issued_at) FROM notice_changes h WHERE h.notice_id = n.id), '')
        ORDER BY a.at DESC, a.id DESC LIMIT 1) IN ('promised', 'replacement'), 0) AS confirmed`),
      trx.raw(sent('material')),
      trx.raw(sent('statement')),
    )
}

/** Notices that stand of the cases whose first interview is still ahead. */
export async function noticesAhead(
  trx: Knex.Transaction,
  ids: Knex.QueryBuilder,
): Promise<Pick<NoticeRow, 'id' | 'case_id' | 'state' | 'fields'>[]> {
  return trx('cases as c')
    .join('notices as n', 'n.case_id', 'c.id')
    .whereIn('c.id', ids)
    .whereIn('c.state', ['notice', 'interview'])
    .whereNot('n.state', 'cancelled')
    .whereRaw("NOT EXISTS (SELECT 1 FROM interviews i WHERE i.case_id = c.id AND i.state <> 'planned')")
    .select('n.id', 'n.case_id', 'n.state', 'n.fields')
}

/** 改期 papers of some notices, the oldest first. */
export async function changesOfNotices(trx: Knex.Transaction, noticeIds: readonly string[]): Promise<ChangeRow[]> {
  return trx<ChangeRow>('notice_changes').whereIn('notice_id', noticeIds).orderBy('id')
}
