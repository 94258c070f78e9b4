import type { Knex } from 'knex'
import type { Stage } from '#shared/domain/cases.ts'
import type { Level } from '#shared/domain/secrecy.ts'
import { casesWithClosedNotice, type Knower } from './scope.ts'

/** A case as the list shows it. `enterprises` and `numbers` are JSON lists; the filter looks through `hay` and the numbers. */
export interface LineRow {
  readonly case_id: string
  readonly state: Stage
  readonly office: string
  readonly officer_id: string
  readonly form: 'individual' | 'collective'
  readonly matter: string
  readonly enterprises: string
  readonly numbers: string
  readonly next_code: string
  readonly next_role: string | null
  readonly next_article: number
  readonly next_due: string | null
  /** 暂定: the day runs over a year whose holidays are not announced. */
  readonly next_provisional: 0 | 1
  /** The earliest day of what an enterprise still owes: its 工作方案, or an open 整改事项. */
  readonly owed_due: string | null
  /** The earlier of the two: of the next step and of what is owed. */
  readonly first_due: string | null
  readonly first_provisional: 0 | 1
  readonly level: Level
  readonly hay: string
  readonly created_at: string
  readonly updated_at: string
}

/** What a person may ask of the list; every part narrows it. */
export interface LineFilter {
  readonly text: string
  readonly stage: Stage | null
  readonly office: string
  readonly level: Level | null
  /** Only the cases of this 承办人. */
  readonly officerId: string | null
  /** Only cases whose next step is due on this day or earlier. */
  readonly dueBy: string | null
}

/** Ids of cases whose line no longer tells the truth, at most `limit`. */
export async function staleCases(trx: Knex.Transaction, limit: number): Promise<string[]> {
  const rows: { case_id: string }[] = await trx('case_stale').limit(limit).select('case_id')
  return rows.map((row) => row.case_id)
}

/** Writes lines anew; they are no longer stale. */
export async function writeLines(trx: Knex.Transaction, rows: readonly LineRow[]): Promise<void> {
  for (const row of rows) {
    await trx<LineRow>('case_lines').insert(row).onConflict('case_id').merge()
    await trx('case_stale').where({ case_id: row.case_id }).delete()
  }
}

/** The lines inside the 知悉范围 of an account. */
function linesFor(trx: Knex.Transaction, accountId: string): Knex.QueryBuilder<LineRow, LineRow[]> {
  return trx<LineRow, LineRow[]>('case_lines').whereRaw(
    `EXISTS (SELECT 1 FROM case_scope s WHERE s.case_id = case_lines.case_id AND s.account_id = ?
      AND s.removed_at IS NULL)`,
    [accountId],
  )
}

function narrowed(trx: Knex.Transaction, account: Knower, filter: LineFilter): Knex.QueryBuilder<LineRow, LineRow[]> {
  const query = linesFor(trx, account.id)
  if (filter.stage !== null) query.where('state', filter.stage)
  if (filter.office !== '') query.where('office', filter.office)
  if (filter.level !== null) query.where('level', filter.level)
  if (filter.officerId !== null) query.where('officer_id', filter.officerId)
  // Number and days stand on the notice: what is closed to the account finds no case for it either (保密法 21).
  const closed = () => casesWithClosedNotice(trx, account)
  if (filter.dueBy !== null) query.where('first_due', '<=', filter.dueBy).whereNotIn('case_id', closed())
  for (const word of filter.text.toLowerCase().split(/\s+/).filter(Boolean))
    query.where((any) => {
      any.whereRaw('instr(hay, ?) > 0', [word])
      any.orWhere((number) => number.whereRaw('instr(lower(numbers), ?) > 0', [word]).whereNotIn('case_id', closed()))
    })
  return query
}

/** One page of the list, the last changed first or the nearest due first, and how many there are in all. */
export async function pageOfLines(
  trx: Knex.Transaction,
  account: Knower,
  filter: LineFilter,
  page: { readonly order: 'updated' | 'due'; readonly offset: number; readonly limit: number },
): Promise<{ rows: LineRow[]; total: number }> {
  const query = narrowed(trx, account, filter).limit(page.limit).offset(page.offset)
  if (page.order === 'due') await byDue(trx, account, query)
  else query.orderByRaw('updated_at DESC, case_id')
  const [counted]: { total: number }[] = await narrowed(trx, account, filter).select(trx.raw('count(*) AS total'))
  // Ids first, which an index alone answers; then the wide rows of this page.
  const ids: { case_id: string }[] = await query.select('case_id')
  const rows = await inOrder(
    trx<LineRow, LineRow[]>('case_lines'),
    ids.map((row) => row.case_id),
  )
  return { rows, total: counted?.total ?? 0 }
}

/** The nearest due first; of a case with a closed notice the place in the list does not tell the day. */
async function byDue(trx: Knex.Transaction, account: Knower, query: Knex.QueryBuilder): Promise<void> {
  const closed: { case_id: string }[] = await casesWithClosedNotice(trx, account)
  if (closed.length > 0) {
    const ids = JSON.stringify(closed.map((row) => row.case_id))
    query.orderByRaw('case_id IN (SELECT value FROM json_each(?))', [ids])
  }
  query.orderByRaw('first_due IS NULL, first_due, case_id')
}

/** Lines whose next step is a role's, the nearest due first; `own` narrows to what is this account's among them. */
export async function linesOfRole(
  trx: Knex.Transaction,
  accountId: string,
  role: string,
  own: Partial<Pick<LineRow, 'officer_id' | 'office'>>,
  limit: number,
): Promise<LineRow[]> {
  return linesFor(trx, accountId)
    .where('next_role', role)
    .where(own)
    .whereNot('state', 'withdrawn')
    .orderByRaw('next_due IS NULL, next_due, updated_at DESC, case_id')
    .limit(limit)
    .select('*')
}

/** Cases of an office that nobody has taken since a moment. */
export async function untouchedLines(
  trx: Knex.Transaction,
  accountId: string,
  office: string,
  before: string,
): Promise<LineRow[]> {
  return linesFor(trx, accountId)
    .where({ state: 'intake', office })
    .where('created_at', '<=', before)
    .orderBy('created_at')
    .limit(100)
    .select('*')
}

/** Cases of which an enterprise owes something by a day (Art. 11, 12), the nearest due first. */
export async function owingCases(trx: Knex.Transaction, accountId: string, limit: number): Promise<string[]> {
  const rows = await linesFor(trx, accountId)
    .whereNotNull('owed_due')
    .orderBy(['owed_due', 'case_id'])
    .limit(limit)
    .select('case_id')
  return rows.map((row) => row.case_id)
}

/** Lines of the given ids inside the scope, in the order of the ids. */
export async function linesById(trx: Knex.Transaction, accountId: string, ids: readonly string[]): Promise<LineRow[]> {
  return inOrder(linesFor(trx, accountId), ids)
}

/** Most values of one statement stay far below SQLite's own limit. */
const batch = 5000

async function inOrder(query: Knex.QueryBuilder<LineRow, LineRow[]>, ids: readonly string[]): Promise<LineRow[]> {
  const known = new Map<string, LineRow>()
  for (let at = 0; at < ids.length; at += batch)
    for (const row of await query
      .clone()
      .whereIn('case_id', ids.slice(at, at + batch))
      .select('*'))
      known.set(row.case_id, row)
  return ids.flatMap((id) => known.get(id) ?? [])
}

/** Offices that hold cases in the scope of an account. */
export async function officesOfLines(trx: Knex.Transaction, accountId: string): Promise<string[]> {
  const rows: { office: string }[] = await linesFor(trx, accountId).distinct('office').orderBy('office')
  return rows.map((row) => row.office)
}

/** The cases an account last did something in, the latest first. */
export async function handledLately(trx: Knex.Transaction, accountId: string, count: number): Promise<string[]> {
  const rows: { case_id: string }[] = await trx('case_events')
    .where({ account_id: accountId })
    // Signing a paper drawn from many cases handles none of them.
    .whereRaw("kind NOT LIKE 'compilations.%'")
    .orderBy('at', 'desc')
    .limit(count * 20)
    .select('case_id')
  return [...new Set(rows.map((row) => row.case_id))].slice(0, count)
}
