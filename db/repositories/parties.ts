import type { Knex } from 'knex'
import type { Enterprise, EnterpriseInput, Merge, Office, Person, Post, PostInput } from '#shared/domain/parties.ts'

interface EnterpriseRow {
  readonly id: string
  readonly name: string
  readonly short_name: string
  readonly code: string | null
  readonly parent_id: string | null
  readonly pinyin: string
  readonly merged_into: string | null
}

const enterpriseColumns = ['id', 'name', 'short_name', 'code', 'parent_id', 'pinyin']
const searchLimit = 50

function toEnterprise(row: EnterpriseRow): Enterprise {
  return {
    id: row.id,
    name: row.name,
    shortName: row.short_name,
    code: row.code ?? '',
    parentId: row.parent_id,
    pinyin: row.pinyin,
  }
}

/** `%` and `_` are letters of a query, not wildcards. */
export function likePattern(query: string): string {
  return `%${query.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
}

/** An enterprise found, with the name of a merged entry or of a person and post when it was found by that. */
export type FoundEnterprise = Enterprise & { readonly alias: string; readonly person: string }

/**
 * Enterprises whose name, short name, code or pinyin initials hold the query, and behind them those where somebody of such
 * a name or initials holds or held a post; the first 50 of each by pinyin. One that was merged is found as the one it was
 * merged into, under its own name as alias.
 */
export async function searchEnterprises(trx: Knex.Transaction, query: string): Promise<FoundEnterprise[]> {
  const found = trx('enterprises').select([...enterpriseColumns, 'merged_into'])
  if (query === '') found.where('state', 'active')
  else {
    const pattern = likePattern(query)
    found
      .whereRaw("(state = 'active' OR merged_into IS NOT NULL)")
      .whereRaw(
        "(name LIKE ? ESCAPE '\\' OR short_name LIKE ? ESCAPE '\\' OR code LIKE ? ESCAPE '\\' OR pinyin LIKE ? ESCAPE '\\')",
        [pattern, pattern, pattern, pattern],
      )
  }
  const rows: EnterpriseRow[] = await found.orderBy(['pinyin', 'id']).limit(searchLimit)
  const shown = new Map<string, FoundEnterprise>()
  for (const row of rows.filter((one) => one.merged_into === null))
    shown.set(row.id, { ...toEnterprise(row), alias: '', person: '' })
  for (const row of rows) {
    if (row.merged_into === null) continue
    const [root] = await enterprisesById(trx, [await rootOf(trx, 'enterprises', row.id)])
    if (root && !shown.has(root.id)) shown.set(root.id, { ...root, alias: row.name, person: '' })
  }
  if (query === '') return [...shown.values()]
  for (const { enterpriseId, person } of await postsNaming(trx, query)) {
    if (shown.has(enterpriseId)) continue
    const [one] = await enterprisesById(trx, [await rootOf(trx, 'enterprises', enterpriseId)])
    if (one && !shown.has(one.id)) shown.set(one.id, { ...one, alias: '', person })
  }
  return [...shown.values()]
}

/** Posts of persons whose name or initials, also under a merged entry, hold the query; by enterprise, those held now first. */
async function postsNaming(
  trx: Knex.Transaction,
  query: string,
): Promise<{ readonly enterpriseId: string; readonly person: string }[]> {
  const pattern = likePattern(query)
  return trx('posts')
    .join('people as p', 'p.id', 'posts.person_id')
    .leftJoin('people as q', 'q.id', 'p.merged_into')
    .join('enterprises as e', 'e.id', 'posts.enterprise_id')
    .whereRaw(
      `(p.name LIKE ? ESCAPE '\\' OR p.pinyin LIKE ? ESCAPE '\\'
        OR q.name LIKE ? ESCAPE '\\' OR q.pinyin LIKE ? ESCAPE '\\')`,
      [pattern, pattern, pattern, pattern],
    )
    .orderByRaw('posts.until IS NOT NULL, e.pinyin, posts.id')
    .limit(searchLimit)
    .select('e.id as enterpriseId', trx.raw("p.name || ' ' || posts.title AS person"))
}

/** The enterprises of the given ids, in that order; unknown ids are left out. */
export async function enterprisesById(trx: Knex.Transaction, ids: readonly string[]): Promise<Enterprise[]> {
  const rows: EnterpriseRow[] = await trx('enterprises').select(enterpriseColumns).whereIn('id', ids)
  const byId = new Map(rows.map((row) => [row.id, toEnterprise(row)]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** Every enterprise that stands for itself, by pinyin. */
export async function activeEnterprises(trx: Knex.Transaction): Promise<Enterprise[]> {
  const rows: EnterpriseRow[] = await trx('enterprises')
    .select(enterpriseColumns)
    .where('state', 'active')
    .orderBy(['pinyin', 'id'])
  return rows.map(toEnterprise)
}

/** The given enterprises and everything below them, nearest first. */
export async function withSubsidiaries(trx: Knex.Transaction, ids: readonly string[]): Promise<string[]> {
  const rows: { id: string }[] = await trx.raw(
    `WITH RECURSIVE below (id, depth) AS (
       SELECT id, 0 FROM enterprises WHERE id IN (${ids.map(() => '?').join(',')})
       UNION SELECT e.id, below.depth + 1 FROM enterprises e JOIN below ON e.parent_id = below.id WHERE below.depth < 20)
     SELECT id FROM below GROUP BY id ORDER BY min(depth), id`,
    [...ids],
  )
  return rows.map((row) => row.id)
}

/** Parents of all enterprises, by id. */
export async function parentsOf(trx: Knex.Transaction): Promise<Map<string, string | null>> {
  const rows: { id: string; parent_id: string | null }[] = await trx('enterprises').select('id', 'parent_id')
  return new Map(rows.map((row) => [row.id, row.parent_id]))
}

export async function enterpriseCodeTaken(trx: Knex.Transaction, code: string, except = ''): Promise<boolean> {
  return (await trx('enterprises').where({ code }).whereNot({ id: except }).first('id')) !== undefined
}

export async function enterpriseNameTaken(trx: Knex.Transaction, name: string, except = ''): Promise<boolean> {
  return (await trx('enterprises').where({ name, state: 'active' }).whereNot({ id: except }).first('id')) !== undefined
}

const chunk = 200

async function insertMany(trx: Knex.Transaction, table: string, rows: readonly object[]): Promise<void> {
  for (let at = 0; at < rows.length; at += chunk) await trx(table).insert(rows.slice(at, at + chunk))
}

export async function insertEnterprises(
  trx: Knex.Transaction,
  list: readonly Enterprise[],
  now: string,
): Promise<void> {
  await insertMany(
    trx,
    'enterprises',
    list.map((value) => ({
      id: value.id,
      name: value.name,
      short_name: value.shortName,
      code: value.code === '' ? null : value.code,
      parent_id: value.parentId,
      pinyin: value.pinyin,
      state: 'active',
      created_at: now,
    })),
  )
}

export async function updateEnterprise(
  trx: Knex.Transaction,
  id: string,
  value: EnterpriseInput & { readonly pinyin: string },
): Promise<void> {
  await trx('enterprises')
    .where({ id })
    .update({
      name: value.name,
      short_name: value.shortName,
      code: value.code === '' ? null : value.code,
      parent_id: value.parentId,
      pinyin: value.pinyin,
    })
}

/** Persons with a present post in the enterprise. */
export async function peopleOf(trx: Knex.Transaction, enterpriseId: string): Promise<Person[]> {
  return trx('posts')
    .join('people', 'people.id', 'posts.person_id')
    .where('posts.enterprise_id', enterpriseId)
    .whereNull('posts.until')
    .whereNull('people.merged_into')
    .orderBy('posts.id')
    .select('people.id', 'people.name', 'posts.title', 'posts.enterprise_id as enterpriseId', 'people.pinyin')
}

export async function findPerson(
  trx: Knex.Transaction,
  id: string,
): Promise<{ id: string; name: string; merged_into: string | null } | undefined> {
  return trx('people').where({ id }).first('id', 'name', 'merged_into')
}

export async function insertPeople(
  trx: Knex.Transaction,
  list: readonly { readonly id: string; readonly name: string; readonly pinyin: string }[],
  now: string,
): Promise<void> {
  await insertMany(
    trx,
    'people',
    list.map(({ id, name, pinyin }) => ({ id, name, pinyin, created_at: now })),
  )
}

export interface PostRow extends PostInput {
  readonly id: string
  readonly personId: string
  readonly enterpriseId: string
}

export async function insertPosts(trx: Knex.Transaction, list: readonly PostRow[]): Promise<void> {
  await insertMany(
    trx,
    'posts',
    list.map(({ id, personId, enterpriseId, title, since, until }) => ({
      id,
      person_id: personId,
      enterprise_id: enterpriseId,
      title,
      since,
      until,
    })),
  )
}

/** False when there is no such post. */
export async function updatePost(trx: Knex.Transaction, id: string, value: PostInput): Promise<boolean> {
  return (await trx('posts').where({ id }).update(value)) === 1
}

/** Posts in any of the enterprises, of any of the persons, or all; the latest first. A merged person is named as who remains. */
export async function postsWhere(
  trx: Knex.Transaction,
  where: { readonly enterpriseIds: readonly string[] } | { readonly personIds: readonly string[] } | 'all',
): Promise<Post[]> {
  const query = trx('posts')
    .join('people as p', 'p.id', 'posts.person_id')
    .leftJoin('people as q', 'q.id', 'p.merged_into')
    .join('enterprises as e', 'e.id', 'posts.enterprise_id')
    .orderByRaw('posts.until IS NOT NULL, posts.until DESC, posts.since DESC, posts.id')
    .select(
      'posts.id',
      trx.raw('coalesce(q.id, p.id) AS "personId"'),
      trx.raw('coalesce(q.name, p.name) AS "personName"'),
      'posts.enterprise_id as enterpriseId',
      'e.name as enterpriseName',
      'posts.title',
      'posts.since',
      'posts.until',
    )
  if (where === 'all') return query
  return 'enterpriseIds' in where
    ? query.whereIn('posts.enterprise_id', where.enterpriseIds)
    : query.whereIn('posts.person_id', where.personIds)
}

type PartyTable = 'enterprises' | 'people'

/** The entry that stands for an entry now: itself, or the one it was merged into. */
export async function rootOf(trx: Knex.Transaction, table: PartyTable, id: string): Promise<string> {
  let at = id
  for (;;) {
    const row: { merged_into: string | null } | undefined = await trx(table).where({ id: at }).first('merged_into')
    if (!row?.merged_into) return at
    at = row.merged_into
  }
}

/** The given entries with everything that was merged into the same ones: cases keep pointing to what they named. */
export async function familyOf(trx: Knex.Transaction, table: PartyTable, ids: readonly string[]): Promise<string[]> {
  const found = new Set<string>()
  for (const id of ids) found.add(await rootOf(trx, table, id))
  for (let fresh = [...found]; fresh.length > 0; ) {
    const rows: { id: string }[] = await trx(table).whereIn('merged_into', fresh).select('id')
    fresh = rows.map((row) => row.id).filter((id) => !found.has(id))
    for (const id of fresh) found.add(id)
  }
  return [...found]
}

export async function setMerged(
  trx: Knex.Transaction,
  table: PartyTable,
  id: string,
  into: string | null,
): Promise<void> {
  const state = table === 'enterprises' ? { state: into === null ? 'active' : 'retired' } : {}
  await trx(table)
    .where({ id })
    .update({ merged_into: into, ...state })
}

interface MergeRow {
  readonly id: string
  readonly kind: Merge['kind']
  readonly from_id: string
  readonly into_id: string
  readonly reason: string
  readonly at: string
  readonly account_id: string
  readonly undone_at: string | null
  readonly undone_by: string | null
  readonly undone_reason: string | null
}

export type { MergeRow }

export async function insertMerge(
  trx: Knex.Transaction,
  row: Omit<MergeRow, 'undone_at' | 'undone_by' | 'undone_reason'>,
): Promise<void> {
  await trx('party_merges').insert(row)
}

export async function findMerge(trx: Knex.Transaction, id: string): Promise<MergeRow | undefined> {
  return trx<MergeRow>('party_merges').where({ id }).first()
}

/** Merges any of the entries had a part in, the latest first. */
export async function mergesOf(trx: Knex.Transaction, ids: readonly string[]): Promise<MergeRow[]> {
  return trx<MergeRow>('party_merges').whereIn('from_id', ids).orWhereIn('into_id', ids).orderBy('id', 'desc')
}

export async function undoMerge(
  trx: Knex.Transaction,
  id: string,
  value: { readonly at: string; readonly by: string; readonly reason: string },
): Promise<void> {
  await trx('party_merges')
    .where({ id })
    .update({ undone_at: value.at, undone_by: value.by, undone_reason: value.reason })
}

export async function listOffices(trx: Knex.Transaction): Promise<Office[]> {
  const rows: { name: string; duties: string }[] = await trx('offices').orderBy('name').select('name', 'duties')
  return rows.map((row) => ({ name: row.name, duties: JSON.parse(row.duties) }))
}

export async function saveOffice(
  trx: Knex.Transaction,
  value: Office,
  by: { readonly at: string; readonly accountId: string },
): Promise<void> {
  await trx('offices')
    .insert({ name: value.name, duties: JSON.stringify(value.duties), at: by.at, account_id: by.accountId })
    .onConflict('name')
    .merge()
}
