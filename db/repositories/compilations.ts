import type { Knex } from 'knex'
import type {
  CompilationFigures,
  CompilationState,
  CompilationSubject,
  CompilationTexts,
  InspectionEntry,
} from '#shared/domain/compilations.ts'
import type { Bound, Level, Term } from '#shared/domain/secrecy.ts'
import { closedCases } from './scope.ts'

// Papers of the office that are drawn from several cases (Art. 17, 19), and what follows a 专项核查.

export interface StoredCompilation {
  readonly id: string
  readonly subject: CompilationSubject
  readonly texts: CompilationTexts
  readonly figures: CompilationFigures
  readonly title: string
  /** Of the accountability office that drew it. */
  readonly office: string
  /** As it was signed; what binds it now, `boundOf` says. */
  readonly level: Level
  readonly term: Term | null
  /** The last 重新定密; null while it is bound as it was signed. */
  readonly reclassified: Reclassified | null
  readonly state: CompilationState
  readonly version: number
  readonly drafterId: string
  readonly createdAt: string
  readonly updatedAt: string
  readonly submittedAt: string | null
  readonly deciderId: string | null
  readonly decidedAt: string | null
  readonly opinion: string
}

/** 重新定密 after a source rose: what binds from then on, and who decided it why. */
export interface Reclassified extends Bound {
  readonly id: string
  readonly reason: string
  readonly at: string
  readonly by: string
}

/** Level and term that bind a compilation now. */
export function boundOf({ level, term, reclassified }: StoredCompilation): Bound {
  return reclassified === null ? { level, term } : { level: reclassified.level, term: reclassified.term }
}

const columns = {
  id: 'id',
  subject: 'subject',
  texts: 'texts',
  figures: 'figures',
  title: 'title',
  office: 'office',
  level: 'level',
  term: 'term',
  state: 'state',
  version: 'version',
  drafterId: 'drafter_id',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  submittedAt: 'submitted_at',
  deciderId: 'decider_id',
  decidedAt: 'decided_at',
  opinion: 'opinion',
}

const lastReclassified = `(SELECT json_object('id', l.id, 'level', l.level, 'term', json(l.term), 'reason', l.reason,
  'at', l.at, 'by', l.account_id) FROM compilation_levels l WHERE l.compilation_id = compilations.id
  ORDER BY l.id DESC LIMIT 1) AS reclassified`

function stored(trx: Knex.Transaction): Knex.QueryBuilder {
  return trx('compilations').select(columns).select(trx.raw(lastReclassified))
}

type Row = Omit<StoredCompilation, 'subject' | 'texts' | 'figures' | 'term' | 'reclassified'> &
  Record<'subject' | 'texts' | 'figures', string> &
  Record<'term' | 'reclassified', string | null>

function toCompilation(row: Row): StoredCompilation {
  return {
    ...row,
    subject: JSON.parse(row.subject),
    texts: JSON.parse(row.texts),
    figures: JSON.parse(row.figures),
    term: row.term === null ? null : JSON.parse(row.term),
    reclassified: row.reclassified === null ? null : JSON.parse(row.reclassified),
  }
}

const rowOf = (value: StoredCompilation) => ({
  kind: value.subject.kind,
  subject: JSON.stringify(value.subject),
  texts: JSON.stringify(value.texts),
  figures: JSON.stringify(value.figures),
  title: value.title,
  office: value.office,
  level: value.level,
  term: value.term === null ? null : JSON.stringify(value.term),
  state: value.state,
  version: value.version,
  updated_at: value.updatedAt,
  submitted_at: value.submittedAt,
  decider_id: value.deciderId,
  decided_at: value.decidedAt,
  opinion: value.opinion,
})

export async function insertCompilation(trx: Knex.Transaction, value: StoredCompilation): Promise<void> {
  const made = { id: value.id, drafter_id: value.drafterId, created_at: value.createdAt }
  await trx('compilations').insert({ ...made, ...rowOf(value) })
}

/** Writes a draft anew, or takes it a step on; what was approved is refused by the database itself. */
export async function changeCompilation(trx: Knex.Transaction, value: StoredCompilation): Promise<void> {
  await trx('compilations').where({ id: value.id }).update(rowOf(value))
}

export async function findCompilation(trx: Knex.Transaction, id: string): Promise<StoredCompilation | undefined> {
  const row: Row | undefined = await stored(trx).where({ id }).first()
  return row && toCompilation(row)
}

/** The compilations of a set of ids, the last made first. */
export async function listCompilations(trx: Knex.Transaction, ids: Knex.QueryBuilder): Promise<StoredCompilation[]> {
  const rows: Row[] = await stored(trx).whereIn('id', ids).orderBy('id', 'desc')
  return rows.map(toCompilation)
}

/** Compilations that wait for somebody's 审签, drawn by others than this account, the oldest first. */
export async function waitingCompilations(
  trx: Knex.Transaction,
  ids: Knex.QueryBuilder,
  accountId: string,
): Promise<StoredCompilation[]> {
  const rows: Row[] = await stored(trx)
    .whereIn('id', ids)
    .where({ state: 'submitted' })
    .whereNot('drafter_id', accountId)
    .orderBy('submitted_at')
  return rows.map(toCompilation)
}

export async function insertReclassified(
  trx: Knex.Transaction,
  compilationId: string,
  { id, level, term, reason, at, by }: Reclassified,
): Promise<void> {
  const bound = { level, term: term === null ? null : JSON.stringify(term) }
  await trx('compilation_levels').insert({ id, compilation_id: compilationId, ...bound, reason, at, account_id: by })
}

/** Approved ones of a set a source of which was classified, or proposed to be, since they were bound; the oldest first. */
export async function compilationsTouched(trx: Knex.Transaction, ids: Knex.QueryBuilder): Promise<StoredCompilation[]> {
  const rows: Row[] = await stored(trx)
    .whereIn('id', ids)
    .where({ state: 'approved' })
    .whereRaw(`EXISTS (SELECT 1 FROM compilation_sources s JOIN classifications k ON k.case_id = s.case_id
      WHERE s.compilation_id = compilations.id AND k.state IN ('approved', 'proposed')
        AND ifnull(k.approved_at, k.proposed_at) >= ifnull(
          (SELECT max(l.at) FROM compilation_levels l WHERE l.compilation_id = compilations.id), compilations.decided_at))`)
    .orderBy('decided_at')
  return rows.map(toCompilation)
}

/** Notices of a 专项核查, of a set, that were signed and have not gone out, the oldest first. */
export async function unissuedInspections(trx: Knex.Transaction, ids: Knex.QueryBuilder): Promise<StoredCompilation[]> {
  const rows: Row[] = await stored(trx)
    .whereIn('id', ids)
    .where({ state: 'approved', kind: 'inspectionNotice' })
    .whereNotExists(trx('papers as p').whereRaw('p.compilation_id = compilations.id'))
    .orderBy('decided_at')
  return rows.map(toCompilation)
}

/** 专项核查 of a set whose notice went out and which have not ended. */
export async function runningInspections(trx: Knex.Transaction, ids: Knex.QueryBuilder): Promise<StoredCompilation[]> {
  const rows: Row[] = await stored(trx)
    .whereIn('id', ids)
    .where({ state: 'approved', kind: 'inspectionNotice' })
    .whereExists(trx('papers as p').whereRaw('p.compilation_id = compilations.id'))
    .whereNotExists(
      trx('inspection_entries as e').whereRaw("e.compilation_id = compilations.id AND e.kind = 'closure'"),
    )
    .orderBy('decided_at')
  return rows.map(toCompilation)
}

/** Cases a compilation is drawn from, in the order they were opened. */
export async function sourcesOf(trx: Knex.Transaction, compilationId: string): Promise<string[]> {
  const rows: { case_id: string }[] = await trx('compilation_sources')
    .where({ compilation_id: compilationId })
    .orderBy('case_id')
    .select('case_id')
  return rows.map((row) => row.case_id)
}

export async function setSources(trx: Knex.Transaction, compilationId: string, ids: readonly string[]): Promise<void> {
  await trx('compilation_sources').where({ compilation_id: compilationId }).delete()
  const rows = [...new Set(ids)].map((caseId) => ({ compilation_id: compilationId, case_id: caseId }))
  await trx.batchInsert('compilation_sources', rows, 400)
}

/**
 * Compilations an account may know: every case they are drawn from lies in its 知悉范围, and none holds a paper that is
 * closed to it (保密法 21).
 */
export async function compilationsInScope(
  db: Knex,
  account: { readonly id: string; readonly roles: readonly string[] },
): Promise<() => Knex.QueryBuilder> {
  const closed = await closedCases(db, account, db('compilation_sources').distinct('case_id'))
  const sources = () => db('compilation_sources as s').whereRaw('s.compilation_id = compilations.id')
  const inside = () =>
    db('case_scope as k').whereRaw('k.case_id = s.case_id').where('k.account_id', account.id).whereNull('k.removed_at')
  return () =>
    db('compilations')
      .whereExists(sources())
      .whereNotExists(sources().whereNotExists(inside()))
      .whereNotExists(sources().whereIn('s.case_id', closed))
      .select('compilations.id')
}

export async function insertInspectionEntry(
  trx: Knex.Transaction,
  compilationId: string,
  { id, enterpriseId, kind, text, day, at, by }: InspectionEntry,
): Promise<void> {
  const row = { id, enterprise_id: enterpriseId, kind, text, day, at, account_id: by }
  await trx('inspection_entries').insert({ ...row, compilation_id: compilationId })
}

/** What followed a 专项核查, in the order it was entered; accounts by id. */
export async function inspectionEntries(trx: Knex.Transaction, compilationId: string): Promise<InspectionEntry[]> {
  return trx('inspection_entries').where({ compilation_id: compilationId }).orderBy('id').select({
    id: 'id',
    enterpriseId: 'enterprise_id',
    kind: 'kind',
    text: 'text',
    day: 'day',
    at: 'at',
    by: 'account_id',
  })
}
