import type { Knex } from 'knex'
import type { ScopeRequest } from '#shared/domain/secrecy.ts'

// 知悉范围 by person: who stands in it, who asks for it, who is taken out (保密法 21).

/** Verbs that show the content of a case to a person; their log lines are the register of reading. */
const readingActs = ['cases.get', 'notices.list', 'interviews.get', 'minutes.list', 'papers.preview', 'copies.take']

/** Who has read a case, how often and when last, from the copies of the log in `office.db` (实施条例 20). */
export async function readsOfCase(
  office: Knex,
  caseId: string,
): Promise<Map<string, { readonly times: number; readonly last: string }>> {
  const rows: { account: string; times: number; last: string }[] = await office('log')
    .where({ object_kind: 'case', object_id: caseId, result: 'ok' })
    .whereIn('action', readingActs)
    .groupBy('account')
    .select('account')
    .count('* as times')
    .max('at as last')
  return new Map(rows.map((row) => [row.account, { times: row.times, last: row.last }]))
}

const requestColumns = {
  id: 'id',
  caseId: 'case_id',
  accountId: 'account_id',
  reason: 'reason',
  requesterId: 'requester_id',
  at: 'at',
  state: 'state',
  deciderId: 'decider_id',
  decidedAt: 'decided_at',
  opinion: 'opinion',
}

export async function insertScopeRequest(trx: Knex.Transaction, value: ScopeRequest): Promise<void> {
  await trx('scope_requests').insert({
    id: value.id,
    case_id: value.caseId,
    account_id: value.accountId,
    reason: value.reason,
    requester_id: value.requesterId,
    at: value.at,
    state: value.state,
    decider_id: value.deciderId,
    decided_at: value.decidedAt,
    opinion: value.opinion,
  })
}

export async function findScopeRequest(trx: Knex.Transaction, id: string): Promise<ScopeRequest | undefined> {
  return trx('scope_requests').where({ id }).first(requestColumns)
}

/** Requests of a set of cases, the undecided first. */
export async function scopeRequests(trx: Knex.Transaction, ids: Knex.QueryBuilder): Promise<ScopeRequest[]> {
  return trx('scope_requests')
    .whereIn('case_id', ids)
    .orderByRaw("state <> 'requested', id DESC")
    .select(requestColumns)
}

export async function decideScopeRequest(
  trx: Knex.Transaction,
  id: string,
  value: Pick<ScopeRequest, 'state' | 'deciderId' | 'decidedAt' | 'opinion'>,
): Promise<void> {
  await trx('scope_requests').where({ id }).update({
    state: value.state,
    decider_id: value.deciderId,
    decided_at: value.decidedAt,
    opinion: value.opinion,
  })
}
