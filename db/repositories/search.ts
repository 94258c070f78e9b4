import type { Knex } from 'knex'
import { indexTerms, matchExpression, type SearchKind, searchKinds } from '#shared/domain/search.ts'

/** A text that can be found. */
export interface SearchText {
  readonly kind: SearchKind
  /** Id of the row it stands in; a sentence of minutes is `minutes/sentence`. */
  readonly ref: string
  /** The case it stands in; a compilation holds itself. */
  readonly holder_id: string
  /** What the text belongs to inside its case: the interview, the minutes, the notice itself. */
  readonly within: string | null
  readonly title: string
  /** What an excerpt is taken from. */
  readonly text: string
  /** Other names, initials and numbers it is found by. */
  readonly words: string
}

/** How many holders of a 知悉范围 are looked through one by one. */
const oneByOne = 1500
/** Rowid of a text: number of its holder, then 24 bits inside the holder. */
const inHolder = 2 ** 24
/** Rows of one INSERT: bindings of one statement are limited. */
const rowsAtOnce = 200

const names = `(SELECT group_concat(e.name || ' ' || e.short_name || ' ' || e.pinyin, ' ') FROM case_enterprises c
  JOIN enterprises e ON e.id = c.enterprise_id WHERE c.case_id = cases.id)`
const people = `(SELECT group_concat(p.name || ' ' || p.title || ' ' || p.unit || ' ' || ifnull(k.pinyin, ''), ' ')
  FROM case_people p LEFT JOIN people k ON k.id = p.person_id WHERE p.case_id = cases.id)`
const links = `(SELECT group_concat(l.number || ' ' || l.issuer || ' ' || l.gist, ' ') FROM case_links l
  WHERE l.case_id = cases.id)`
const triggerNotes = `(SELECT group_concat(t.note, ' ') FROM case_triggers t WHERE t.case_id = cases.id)`
const words = (json: string): string =>
  `(SELECT group_concat(atom, ' ') FROM json_tree(${json}) WHERE type = 'text' AND key IS NOT 'kind')`
const given = `(SELECT '监管约谈函〔' || n.year || '〕' || n.n || '号' FROM numbers n
  WHERE n.compilation_id = compilations.id AND n.state = 'used')`
const examined = `(SELECT group_concat(e.name || ' ' || e.short_name || ' ' || e.pinyin, ' ') FROM enterprises e
  WHERE e.id IN (SELECT atom FROM json_tree(compilations.subject) WHERE type = 'text'))`
const counted = `(SELECT group_concat(atom, ' ') FROM json_tree(compilations.figures)
  WHERE type = 'text' AND key IN ('enterprise', 'name', 'number', 'cause'))`

const form = (field: string): string => `ifnull(json_extract(o.fields, '$.form.${field}'), '')`

/** How the texts of each kind are read; a notice answers to all three of its names (Art. 4, template, number). */
const readers: Readonly<Record<SearchKind, string>> = {
  case: `SELECT cases.id AS ref, cases.id AS holder_id, NULL AS within, cases.matter AS title,
    cases.facts || ' ' || cases.sources || ' ' || ifnull(${words('cases.instructions')}, '') AS text,
    ifnull(${names}, '') || ' ' || ifnull(${people}, '') || ' ' || ifnull(${links}, '') || ' ' ||
      ifnull(${triggerNotes}, '') || ' ' || cases.office AS words
    FROM cases WHERE cases.id IN `,
  notice: `SELECT o.id AS ref, o.case_id AS holder_id, o.id AS within, '责任约谈通知书（' || e.name || '）' AS title,
    ${['matter', 'place', 'unit', 'hostName', 'materials'].map(form).join(" || ' ' || ")} AS text,
    '责任约谈通知书 责任约谈通知 ' || e.name || ' ' || e.short_name || ' ' || e.pinyin ||
      ifnull(' 监管约谈函〔' || n.year || '〕' || n.n || '号 ', ' ') ||
      ${['addressee', 'contact', 'telephone'].map(form).join(" || ' ' || ")} || ' ' ||
      ifnull(${words("json_extract(o.fields, '$.form.persons')")}, '') AS words
    FROM notices o JOIN enterprises e ON e.id = o.enterprise_id LEFT JOIN numbers n ON n.id = o.number_id
    WHERE o.id IN `,
  minutes: `SELECT s.minutes_id || '/' || s.id AS ref, m.case_id AS holder_id, m.id AS within, '约谈纪要（' || e.name || '）' AS title, s.text,
    '' AS words
    FROM minutes_sentences s JOIN minutes m ON m.id = s.minutes_id JOIN enterprises e ON e.id = m.enterprise_id
    WHERE s.minutes_id || '/' || s.id IN `,
  compilation: `SELECT compilations.id AS ref, compilations.id AS holder_id, NULL AS within, compilations.title,
    ifnull(${words('compilations.texts')}, '') AS text,
    ifnull(${given}, '') || ' ' || ifnull(${examined}, '') || ' ' || ifnull(${counted}, '') || ' ' || compilations.office AS words
    FROM compilations WHERE compilations.state <> 'withdrawn' AND compilations.id IN `,
  document: `SELECT d.id AS ref, d.case_id AS holder_id, NULL AS within, d.title, trim(d.title || ' ' || d.note || ' ' || ifnull(x.text, '')) AS text,
    e.name || ifnull(' ' || b.name, '') AS words
    FROM rectification_documents d JOIN enterprises e ON e.id = d.enterprise_id LEFT JOIN blobs b ON b.id = d.blob_id
    LEFT JOIN blob_texts x ON x.blob_id = d.blob_id WHERE d.id IN `,
  attachment: `SELECT a.id AS ref, a.case_id AS holder_id, NULL AS within, a.title, trim(a.title || ' ' || ifnull(x.text, '')) AS text, b.name AS words
    FROM papers a JOIN blobs b ON b.id = a.blob_id LEFT JOIN blob_texts x ON x.blob_id = a.blob_id WHERE a.kind = 'attachment' AND a.id IN `,
  utterance: `SELECT u.id AS ref, i.case_id AS holder_id, i.id AS within, c.matter AS title,
    ifnull(t.name || '：', '') || u.text AS text, '' AS words
    FROM utterances u JOIN interviews i ON i.id = u.interview_id JOIN cases c ON c.id = i.case_id
    LEFT JOIN attendance t ON t.id = u.speaker_id WHERE u.id IN `,
}

async function readTexts(trx: Knex.Transaction, kind: SearchKind, refs: readonly string[]): Promise<SearchText[]> {
  if (refs.length === 0) return []
  // A sentence has a key of two columns: its minutes narrow first, so that the key is used.
  const narrow = kind === 'minutes' ? ` AND s.minutes_id IN (SELECT substr(value, 1, 26) FROM json_each(?))` : ''
  const list = JSON.stringify(refs)
  const sql = `${readers[kind]}(SELECT value FROM json_each(?))${narrow}`
  const rows: Omit<SearchText, 'kind'>[] = await trx.raw(sql, narrow === '' ? [list] : [list, list])
  return rows.map((row) => ({ ...row, kind }))
}

/**
 * Writes the terms of at most `limit` texts that changed since they were indexed, in the order they changed, and
 * returns how many are left.
 */
export async function indexStale(trx: Knex.Transaction, limit: number): Promise<number> {
  const stale: { id: number; kind: SearchKind; ref: string }[] = await trx('search_stale')
    .orderBy('id')
    .limit(limit)
    .select('id', 'kind', 'ref')
  for (const kind of searchKinds) {
    const refs = stale.filter((one) => one.kind === kind).map((one) => one.ref)
    if (refs.length > 0) await indexTexts(trx, kind, refs)
  }
  const last = stale.at(-1)
  if (last === undefined) return 0
  await trx('search_stale').where('id', '<=', last.id).delete()
  const [left]: { n: number }[] = await trx('search_stale').select(trx.raw('count(*) AS n'))
  return left?.n ?? 0
}

async function indexTexts(trx: Knex.Transaction, kind: SearchKind, refs: readonly string[]): Promise<void> {
  const known: { id: number; ref: string }[] = await trx('search_texts')
    .where({ kind })
    .whereRaw('ref IN (SELECT value FROM json_each(?))', [JSON.stringify(refs)])
    .select('id', 'ref')
  const idOf = new Map(known.map((one) => [one.ref, one.id]))
  if (known.length > 0)
    await trx.raw('DELETE FROM search_index WHERE rowid IN (SELECT value FROM json_each(?))', [
      JSON.stringify(known.map((one) => one.id)),
    ])
  const texts = new Map((await readTexts(trx, kind, refs)).map((text) => [text.ref, text]))
  const gone = known.filter((one) => !texts.has(one.ref)).map((one) => one.id)
  if (gone.length > 0)
    await trx.raw('DELETE FROM search_texts WHERE id IN (SELECT value FROM json_each(?))', [JSON.stringify(gone)])
  const numbers = await numberHolders(trx, new Set([...texts.values()].map((text) => text.holder_id)))
  const fresh: { id: number; kind: SearchKind; ref: string }[] = []
  const rows: { rowid: number; one: string; two: string; kind: SearchKind }[] = []
  for (const ref of refs) {
    const text = texts.get(ref)
    const numbered = text && numbers.get(text.holder_id)
    if (!text || !numbered) continue
    let id = idOf.get(ref)
    if (id === undefined) {
      id = numbered.no * inHolder + numbered.next
      numbered.next += 1
      fresh.push({ id, kind, ref })
    }
    rows.push({ rowid: id, ...indexTerms(`${text.title} ${text.text} ${text.words}`), kind })
  }
  for (let at = 0; at < fresh.length; at += rowsAtOnce)
    await trx('search_texts').insert(fresh.slice(at, at + rowsAtOnce))
  for (let at = 0; at < rows.length; at += rowsAtOnce) await trx('search_index').insert(rows.slice(at, at + rowsAtOnce))
  for (const { no, next } of numbers.values()) await trx('search_holders').where({ no }).update({ next })
}

/** The numbers of holders in the index; one that has none is given the next. */
async function numberHolders(
  trx: Knex.Transaction,
  ids: ReadonlySet<string>,
): Promise<Map<string, { no: number; next: number }>> {
  const list = JSON.stringify([...ids].sort())
  await trx.raw(
    `INSERT INTO search_holders (holder_id, next) SELECT value, 0 FROM json_each(?)
      WHERE value NOT IN (SELECT holder_id FROM search_holders)`,
    [list],
  )
  const rows: { no: number; holder_id: string; next: number }[] = await trx('search_holders').whereRaw(
    'holder_id IN (SELECT value FROM json_each(?))',
    [list],
  )
  return new Map(rows.map(({ no, holder_id, next }) => [holder_id, { no, next }]))
}

export interface Search {
  readonly query: string
  readonly kind: SearchKind | null
  /** Ids of the cases that may be looked through, as `case_scope` holds them. */
  readonly cases: Knex.QueryBuilder
  /** Ids of the compilations that may be looked through; null for none. */
  readonly compilations: Knex.QueryBuilder | null
  /** Papers whose own 知悉范围 leaves the account out: neither shown nor counted. */
  readonly closed: ReadonlySet<string>
  /** Most rowids returned. */
  readonly limit: number
}

/**
 * Rowids of the texts that hold the query, the newest holder and the newest text first. `few` holders are looked through one
 * by one; with more of them the index is read in one go.
 */
export async function findTexts(trx: Knex.Transaction, search: Search, few = oneByOne): Promise<number[]> {
  const match = matchExpression(search.query, search.kind)
  if (match === null) return []
  // The closed papers themselves, and what was said in a record that is one of them.
  const open =
    search.closed.size === 0
      ? ''
      : ` AND search_index.rowid NOT IN (SELECT id FROM search_texts
          WHERE (kind IN ('notice', 'minutes') AND substr(ref, 1, 26) IN (SELECT value FROM json_each(?)))
            OR (kind = 'utterance' AND ref IN (SELECT id FROM utterances
              WHERE interview_id IN (SELECT value FROM json_each(?)))))`
  const closed = JSON.stringify([...search.closed])
  const without = open === '' ? [] : [closed, closed]
  const own = await someHolders(trx, search, few + 1)
  const found: { id: number }[] =
    own.length <= few
      ? await trx.raw(
          `SELECT search_index.rowid AS id FROM json_each(?) AS own CROSS JOIN search_index
            WHERE search_index MATCH ? AND search_index.rowid BETWEEN own.value * ${inHolder}
              AND own.value * ${inHolder} + ${inHolder - 1}${open}
            ORDER BY search_index.rowid DESC LIMIT ?`,
          [JSON.stringify(own), match, ...without, search.limit],
        )
      : await trx('search_index')
          .whereRaw(`search_index MATCH ?${open}`, [match, ...without])
          .whereExists(holderOfHit(trx, search))
          .orderBy('search_index.rowid', 'desc')
          .limit(search.limit)
          .select('search_index.rowid as id')
  return found.map((one) => one.id)
}

/** Numbers of the holders that may be looked through, at most `limit`: read as they come, never all of them first. */
async function someHolders(
  trx: Knex.Transaction,
  { cases, compilations }: Search,
  limit: number,
): Promise<readonly number[]> {
  const numbered = (ids: Knex.QueryBuilder, id: string) =>
    trx.from(ids.clone().as('own')).join('search_holders as h', 'h.holder_id', `own.${id}`).select('h.no')
  const query = numbered(cases, 'case_id')
  if (compilations !== null) query.unionAll(numbered(compilations, 'id'))
  const rows: { no: number }[] = await trx.from(query.as('holders')).limit(limit).select('no')
  return rows.map((row) => row.no)
}

/**
 * The holder of a hit, when it may be looked through. Asked hit by hit: the newest thousand of a common word are found in a
 * moment, while the list of all cases of a leader takes ten times as long to write down.
 */
function holderOfHit(trx: Knex.Transaction, { cases, compilations }: Search): Knex.QueryBuilder {
  return trx('search_holders as h')
    .whereRaw(`h.no = search_index.rowid / ${inHolder}`)
    .where((own) => {
      own.whereExists(cases.clone().whereRaw('case_scope.case_id = h.holder_id'))
      if (compilations !== null) own.orWhereExists(compilations.clone().whereRaw('compilations.id = h.holder_id'))
    })
    .select(trx.raw('1'))
}

/** Ids of the holders of rowids: cases, and compilations. */
export async function holdersAt(trx: Knex.Transaction, ids: readonly number[]): Promise<string[]> {
  const numbers = [...new Set(ids.map((id) => Math.floor(id / inHolder)))]
  const rows: { holder_id: string }[] = await trx('search_holders')
    .whereRaw('no IN (SELECT value FROM json_each(?))', [JSON.stringify(numbers)])
    .select('holder_id')
  return rows.map((row) => row.holder_id)
}

/** The texts of rowids, in the order of the rowids. */
export async function textsAt(trx: Knex.Transaction, ids: readonly number[]): Promise<SearchText[]> {
  const rows: { id: number; kind: SearchKind; ref: string }[] = await trx('search_texts').whereIn('id', ids)
  const texts = new Map<string, SearchText>()
  for (const kind of searchKinds) {
    const refs = rows.filter((row) => row.kind === kind).map((row) => row.ref)
    for (const text of await readTexts(trx, kind, refs)) texts.set(`${kind} ${text.ref}`, text)
  }
  const byId = new Map(rows.map((row) => [row.id, texts.get(`${row.kind} ${row.ref}`)]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}
