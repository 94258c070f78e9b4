import type { Knex } from 'knex'
import type { ScopeRequest } from '#shared/domain/secrecy.ts'

// 知悉范围 by person: who stands in it, who asks for it, who is taken out (保密法 21).

/** Verbs that show the content of a case to a person; their log lines are the register of reading. */
const readingActs = [
  'cases.get',
  'notices.list',
  'interviews.get',
  'minutes.list',
  'papers.preview',
  'copies.take',
  'copies.takeAll',
  'borrowings.read',
  'borrowings.file',
]

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

/**
 * Ids an account inside a case must not ask for: papers whose own 知悉范围 leaves it out (保密法 19, 21), with everything that
 * stands for them (decision, change, frozen paper, referral that lists it, ticket, copy). The decision in force counts; before the first one the
 * proposal does, because a draft is protected at once. Proposer and approver know what they wrote and decided, 定密责任人
 * reads what waits for a decision, and whoever was let into the case later was approved for all of it. `cases` is one case,
 * some, or null for all there are: a page of a list asks for its own only.
 */
export async function closedIds(
  db: Knex,
  account: Knower,
  cases: string | readonly string[] | null,
): Promise<ReadonlySet<string>> {
  const objects: { id: string }[] = await closedDecisions(db, account)
    .modify((query) => void (cases !== null && query.whereIn('c.case_id', typeof cases === 'string' ? [cases] : cases)))
    .distinct('c.object_id as id')
  const closed = new Set(objects.map((row) => row.id))
  if (closed.size === 0) return closed
  for (const [table, naming] of standIns) {
    const named = table === 'tickets' ? ['id', 'batch_id'] : ['id']
    const rows: Record<string, string>[] = await db(table)
      .whereRaw(naming, { ids: JSON.stringify([...closed]) })
      .select(named)
    for (const row of rows) for (const id of Object.values(row)) closed.add(id)
  }
  return closed
}

/**
 * Cases in which a paper is closed to an account, whether it stands in their 知悉范围 or not; among `cases`, or among all there
 * are, which reads every decision of the archive.
 */
export async function closedCases(db: Knex, account: Knower, cases: Knex.QueryBuilder | null): Promise<string[]> {
  const rows: { id: string }[] = await closedDecisions(db, account)
    .modify((query) => void (cases !== null && query.whereIn('c.case_id', cases)))
    .distinct('c.case_id as id')
  return rows.map((row) => row.id)
}

/** Whoever asks, by id and roles. */
export interface Knower {
  readonly id: string
  readonly roles: readonly string[]
}

/** Decisions whose own 知悉范围 leaves an account out; only cases of `narrowed_cases` can hold one. */
function closedDecisions(db: Knex, account: Knower): Knex.QueryBuilder {
  return db('classifications as c')
    .whereIn('c.case_id', db('narrowed_cases').select('case_id'))
    .whereNot('c.level', 'none')
    .where((query) => {
      query.where('c.state', 'approved')
      if (account.roles.includes('classifier')) return
      query.orWhere((draft) => {
        draft
          .where('c.state', 'proposed')
          .whereNotExists(
            db('classifications as a')
              .whereRaw('a.object_kind = c.object_kind AND a.object_id = c.object_id')
              .where('a.state', 'approved')
              .select('a.id'),
          )
      })
    })
    .whereRaw("c.proposer_id <> ? AND ifnull(c.approver_id, '') <> ?", [account.id, account.id])
    .whereRaw('? NOT IN (SELECT value FROM json_each(c.scope))', [account.id])
    .whereNotExists(
      db('case_scope as s')
        .whereRaw('s.case_id = c.case_id AND s.added_at > c.proposed_at')
        .where('s.account_id', account.id)
        .whereNull('s.removed_at')
        .select('s.id'),
    )
}

/** Cases with a notice closed to an account: its number and its days are closed with it. A query, to be part of another. */
export function casesWithClosedNotice(db: Knex, account: Knower): Knex.QueryBuilder {
  // The sign keeps the planner off the index of the kind: nearly half of all decisions are of notices.
  return closedDecisions(db, account).whereRaw("+c.object_kind = 'notice'").select('c.case_id')
}

/** Cases some ids name a notice of. */
export async function casesOfNotices(db: Knex, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows: { case_id: string }[] = await db('notices').whereIn('id', ids).distinct('case_id')
  return new Set(rows.map((row) => row.case_id))
}

const these = '(SELECT value FROM json_each(:ids))'
const listing = `EXISTS (SELECT 1 FROM json_each(fields, '$.pieces') AS p WHERE json_extract(p.value, '$.paperId') IN ${these})`
/** A 催办函 bears the mark of its notice, and is known to those who know that, until it has a decision of its own. */
const reminding = `kind = 'reminder' AND (case_id, enterprise_id) IN
    (SELECT n.case_id, n.enterprise_id FROM notices AS n WHERE n.id IN ${these})
  AND NOT EXISTS (SELECT 1 FROM classifications AS o WHERE o.object_id = rectification_entries.id
    AND o.state IN ('proposed', 'approved'))`

/** Volumes of the cases the papers are of: the way to them by index. */
const volumesNear = `SELECT v.id FROM volumes AS v WHERE v.case_id IN (SELECT case_id FROM papers WHERE id IN ${these})`

/** What stands for a paper, by the condition under which a row names it; each line builds on the ones before. */
const standIns = [
  ['utterances', `interview_id IN ${these}`],
  ['classifications', `object_id IN ${these}`],
  ['notice_changes', `notice_id IN ${these}`],
  ['rectification_entries', reminding],
  ['papers', `object_id IN ${these}`],
  // A referral lists its pieces by their titles, and so do its own papers.
  ['referrals', listing],
  ['discipline_referrals', listing],
  // So do the receipt of a volume that changed hands and its 卷内文件目录; the 备考表 names the copies that left.
  [
    'volume_custody',
    `volume_id IN (${volumesNear}) AND EXISTS (
      SELECT 1 FROM json_each(contents) AS p WHERE json_extract(p.value, '$.paperId') IN ${these})`,
  ],
  ['papers', `object_id IN ${these}`],
  [
    'papers',
    `object_kind = 'volume' AND kind = 'contents' AND object_id IN (${volumesNear}
      AND EXISTS (SELECT 1 FROM volume_items AS i WHERE i.volume_id = v.id AND i.paper_id IN ${these}))`,
  ],
  [
    'papers',
    `object_kind = 'volume' AND kind = 'referenceSheet' AND object_id IN (SELECT v.id FROM volumes AS v JOIN referrals AS r ON r.case_id = v.case_id
      WHERE r.id IN ${these})`,
  ],
  ['tickets', `paper_id IN ${these}`],
  ['copies', `paper_id IN ${these}`],
  ['paper_finals', `paper_id IN ${these}`],
  // What was struck shows the paper itself; the redacted paper has a 知悉范围 of its own.
  ['redactions', `paper_id IN ${these}`],
] as const

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
