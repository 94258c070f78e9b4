import type { Knex } from 'knex'
import type { Enterprise, Person } from '#shared/domain/parties.ts'

interface EnterpriseRow {
  readonly id: string
  readonly name: string
  readonly short_name: string
  readonly code: string | null
  readonly parent_id: string | null
  readonly pinyin: string
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

/** Active enterprises whose name, short name, code or pinyin initials hold the query; the first 50 by pinyin. */
export async function searchEnterprises(trx: Knex.Transaction, query: string): Promise<Enterprise[]> {
  const found = trx('enterprises').select(enterpriseColumns).where('state', 'active')
  if (query !== '') {
    const pattern = likePattern(query)
    found.whereRaw(
      "(name LIKE ? ESCAPE '\\' OR short_name LIKE ? ESCAPE '\\' OR code LIKE ? ESCAPE '\\' OR pinyin LIKE ? ESCAPE '\\')",
      [pattern, pattern, pattern, pattern],
    )
  }
  const rows: EnterpriseRow[] = await found.orderBy(['pinyin', 'id']).limit(searchLimit)
  return rows.map(toEnterprise)
}

/** The enterprises of the given ids, in that order; unknown ids are left out. */
export async function enterprisesById(trx: Knex.Transaction, ids: readonly string[]): Promise<Enterprise[]> {
  const rows: EnterpriseRow[] = await trx('enterprises').select(enterpriseColumns).whereIn('id', ids)
  const byId = new Map(rows.map((row) => [row.id, toEnterprise(row)]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

export async function enterpriseCodeTaken(trx: Knex.Transaction, code: string): Promise<boolean> {
  return (await trx('enterprises').where({ code }).first('id')) !== undefined
}

export async function enterpriseNameTaken(trx: Knex.Transaction, name: string): Promise<boolean> {
  return (await trx('enterprises').where({ name, state: 'active' }).first('id')) !== undefined
}

export async function insertEnterprise(trx: Knex.Transaction, value: Enterprise, now: string): Promise<void> {
  await trx('enterprises').insert({
    id: value.id,
    name: value.name,
    short_name: value.shortName,
    code: value.code === '' ? null : value.code,
    parent_id: value.parentId,
    pinyin: value.pinyin,
    state: 'active',
    created_at: now,
  })
}

/** Persons with a present post in the enterprise. */
export async function peopleOf(trx: Knex.Transaction, enterpriseId: string): Promise<Person[]> {
  return trx('posts')
    .join('people', 'people.id', 'posts.person_id')
    .where('posts.enterprise_id', enterpriseId)
    .whereNull('posts.until')
    .orderBy('posts.id')
    .select('people.id', 'people.name', 'posts.title', 'posts.enterprise_id as enterpriseId', 'people.pinyin')
}

export async function insertPerson(
  trx: Knex.Transaction,
  value: Person,
  post: { readonly id: string; readonly enterpriseId: string },
  now: string,
): Promise<void> {
  await trx('people').insert({ id: value.id, name: value.name, pinyin: value.pinyin, created_at: now })
  await trx('posts').insert({
    id: post.id,
    person_id: value.id,
    enterprise_id: post.enterpriseId,
    title: value.title,
    since: null,
    until: null,
  })
}
