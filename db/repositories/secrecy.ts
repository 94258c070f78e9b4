import type { Knex } from 'knex'
import type { Classification, ClassificationAct, ClassifiedObject, Level, Term } from '#shared/domain/secrecy.ts'

interface ClassificationRow {
  readonly id: string
  readonly case_id: string
  readonly object_kind: ClassifiedObject
  readonly object_id: string
  readonly act: ClassificationAct
  readonly replaces: string | null
  readonly state: Classification['state']
  readonly level: Level
  readonly term: string
  readonly basis: string
  readonly reason: string
  readonly scope: string
  /** JSON of `points`, `sources`, `unclear`. */
  readonly detail: string
  readonly proposer_id: string
  readonly proposed_at: string
  readonly approver_id: string | null
  readonly approved_at: string | null
  readonly opinion: string | null
}

function toClassification(row: ClassificationRow): Classification {
  return {
    id: row.id,
    caseId: row.case_id,
    objectKind: row.object_kind,
    objectId: row.object_id,
    act: row.act,
    replaces: row.replaces,
    state: row.state,
    level: row.level,
    term: JSON.parse(row.term),
    basis: row.basis,
    reason: row.reason,
    scope: JSON.parse(row.scope),
    ...JSON.parse(row.detail),
    proposerId: row.proposer_id,
    proposedAt: row.proposed_at,
    approverId: row.approver_id,
    approvedAt: row.approved_at,
    opinion: row.opinion ?? '',
  }
}

export async function insertClassification(trx: Knex.Transaction, value: Classification): Promise<void> {
  await trx<ClassificationRow>('classifications').insert({
    id: value.id,
    case_id: value.caseId,
    object_kind: value.objectKind,
    object_id: value.objectId,
    act: value.act,
    replaces: value.replaces,
    state: value.state,
    level: value.level,
    term: JSON.stringify(value.term),
    basis: value.basis,
    reason: value.reason,
    scope: JSON.stringify(value.scope),
    detail: JSON.stringify({ points: value.points, sources: value.sources, unclear: value.unclear }),
    proposer_id: value.proposerId,
    proposed_at: value.proposedAt,
    approver_id: value.approverId,
    approved_at: value.approvedAt,
    opinion: value.opinion,
  })
}

export async function findClassification(trx: Knex.Transaction, id: string): Promise<Classification | undefined> {
  const row = await trx<ClassificationRow>('classifications').where({ id }).first()
  return row && toClassification(row)
}

export async function classificationsOfCase(trx: Knex.Transaction, caseId: string): Promise<Classification[]> {
  const rows: ClassificationRow[] = await trx<ClassificationRow>('classifications')
    .where({ case_id: caseId })
    .orderBy('id', 'desc')
  return rows.map(toClassification)
}

/** The decision that holds for an object now, or undefined while none is approved. */
export async function approvedClassification(
  trx: Knex.Transaction,
  objectKind: ClassifiedObject,
  objectId: string,
): Promise<Classification | undefined> {
  const row = await trx<ClassificationRow>('classifications')
    .where({ object_kind: objectKind, object_id: objectId, state: 'approved' })
    .orderBy('id', 'desc')
    .first()
  return row && toClassification(row)
}

/** The decision in force on an object of a case, whatever kind it is, and the first proposal that waits for one. */
export async function decisionsOn(
  trx: Knex.Transaction,
  caseId: string,
  objectId: string,
): Promise<{ readonly inForce: Classification | undefined; readonly waiting: Classification | undefined }> {
  const own = (await classificationsOfCase(trx, caseId)).filter((one) => one.objectId === objectId)
  return {
    inForce: own.find((one) => one.state === 'approved'),
    waiting: own.find((one) => one.state === 'proposed' && one.act === 'initial'),
  }
}

/** What binds a case: its decisions in force, what is proposed in it, and what the intake proposed. */
export interface BoundRow {
  readonly case_id: string
  readonly state: 'approved' | 'proposed' | 'intake'
  readonly level: Level
  readonly term: Term | null
}

export async function boundRows(trx: Knex.Transaction, ids: () => Knex.QueryBuilder): Promise<BoundRow[]> {
  const rows: (Omit<BoundRow, 'term'> & { term: string })[] = await trx('classifications')
    .whereIn('case_id', ids())
    .whereIn('state', ['approved', 'proposed'])
    .select('case_id', 'state', 'level', 'term')
  const intakes: { id: string; level: Level }[] = await trx('cases')
    .whereIn('id', ids())
    .whereNotNull('proposed_level')
    .select('id', 'proposed_level as level')
  return [
    ...rows.map((row) => ({ ...row, term: JSON.parse(row.term) })),
    ...intakes.map(({ id, level }) => ({ case_id: id, state: 'intake' as const, level, term: null })),
  ]
}

/** Proposals of a set of cases that nobody has decided yet, the oldest first. */
export async function waitingClassifications(trx: Knex.Transaction, ids: Knex.QueryBuilder): Promise<Classification[]> {
  const rows: ClassificationRow[] = await trx<ClassificationRow>('classifications')
    .whereIn('case_id', ids)
    .where('state', 'proposed')
    .orderBy('id')
  return rows.map(toClassification)
}

/** What was proposed or approved for an object before gives way to a new proposal. */
export async function supersede(
  trx: Knex.Transaction,
  objectKind: ClassifiedObject,
  objectId: string,
  states: readonly Classification['state'][],
): Promise<void> {
  await trx<ClassificationRow>('classifications')
    .where({ object_kind: objectKind, object_id: objectId })
    .whereIn('state', states)
    .update({ state: 'superseded' })
}

export async function decideClassification(
  trx: Knex.Transaction,
  id: string,
  value: Pick<Classification, 'state' | 'approverId' | 'approvedAt' | 'opinion'>,
): Promise<void> {
  await trx<ClassificationRow>('classifications').where({ id }).update({
    state: value.state,
    approver_id: value.approverId,
    approved_at: value.approvedAt,
    opinion: value.opinion,
  })
}

/** Everything that was decided in a set of cases, what gave way since included, in the order it was decided. */
export async function decidedClassifications(trx: Knex.Transaction, ids: Knex.QueryBuilder): Promise<Classification[]> {
  const rows: ClassificationRow[] = await trx<ClassificationRow>('classifications')
    .whereIn('case_id', ids)
    .whereIn('state', ['approved', 'superseded'])
    .whereNotNull('approved_at')
    .orderBy('approved_at')
  return rows.map(toClassification)
}

/** Decisions that hold now for a set of cases, state secrets only: those whose terms run. */
export async function runningSecrets(trx: Knex.Transaction, ids: Knex.QueryBuilder): Promise<Classification[]> {
  const rows: ClassificationRow[] = await trx<ClassificationRow>('classifications')
    .whereIn('case_id', ids)
    .where('state', 'approved')
    .whereIn('level', ['secret', 'confidential'])
    .orderBy('id')
  return rows.map(toClassification)
}
