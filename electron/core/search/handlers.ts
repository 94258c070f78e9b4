import type { Knex } from 'knex'
import { casesInScope } from '#db/repositories/cases.ts'
import { compilationsInScope } from '#db/repositories/compilations.ts'
import { closedIds } from '#db/repositories/scope.ts'
import { findTexts, holdersAt, indexStale, type Search, type SearchText, textsAt } from '#db/repositories/search.ts'
import { holdsAny } from '#shared/domain/accounts.ts'
import { compilationReaders } from '#shared/domain/compilations.ts'
import { countLimit, excerpt, marked, searchKinds, searchPage } from '#shared/domain/search.ts'
import type { Context, Handlers } from '../context.ts'

/** Texts indexed before one search; a long record is some thousands, and the answer must not wait for more. */
const indexedAtOnce = 2000

/** Rows made from one day to another; a day in Asia/Shanghai begins eight hours before the day in UTC. */
function madeBetween(query: Knex.QueryBuilder, since: string | null, until: string | null): void {
  if (since !== null) query.whereRaw("created_at >= strftime('%Y-%m-%dT%H:%M:%fZ', ?, '-8 hours')", [since])
  if (until !== null) query.whereRaw("created_at < strftime('%Y-%m-%dT%H:%M:%fZ', ?, '+1 day', '-8 hours')", [until])
}

type Find = (narrowed?: Partial<Pick<Search, 'kind' | 'limit'>>) => Promise<number[]>

/**
 * Finds what is open to the account. What is closed is asked for in the cases of the hits alone, over an archive of many cases
 * the least of them; where it turns out that a case holds something closed, the search is made again without it.
 */
function finder({ trx, account }: Context, search: Omit<Search, 'closed'>): Find {
  const asked = new Set<string>()
  let closed: ReadonlySet<string> = new Set()
  return async (narrowed = {}) => {
    for (;;) {
      const found = await findTexts(trx, { ...search, ...narrowed, closed })
      const fresh = (await holdersAt(trx, found)).filter((id) => !asked.has(id))
      for (const id of fresh) asked.add(id)
      const more = await closedIds(trx, account, fresh)
      if (more.size === 0) return found
      closed = new Set([...closed, ...more])
    }
  }
}

/** The rowids to show: all in one order, or kind by kind in the order of what says most about a case. */
async function shown(find: Find, newest: readonly number[], byKind: boolean): Promise<number[]> {
  if (!byKind) return newest.slice(0, searchPage)
  const ids: number[] = []
  for (const kind of searchKinds) {
    if (ids.length >= searchPage) break
    ids.push(...(await find({ kind, limit: searchPage - ids.length })))
  }
  return ids
}

export const searchHandlers = {
  'search.query': async (context, { query, kind, caseId, since, until, order }) => {
    const { trx, account } = context
    const pending = await indexStale(trx, indexedAtOnce)
    const cases = casesInScope(trx, account.id)
    if (caseId !== null) cases.where('case_id', caseId)
    const reads = holdsAny(account, compilationReaders)
    const compilations = reads && caseId === null ? (await compilationsInScope(trx, account))() : null
    if (since !== null || until !== null) {
      const made = (table: string) => trx(table).select('id').modify(madeBetween, since, until)
      cases.whereIn('case_id', made('cases'))
      compilations?.whereIn('compilations.id', made('compilations'))
    }
    const find = finder(context, { query, kind, cases, compilations, limit: countLimit + 1 })
    const found = await find()
    const texts = await textsAt(trx, await shown(find, found, order === 'best' && kind === null))
    return {
      hits: texts.map((one) => ({
        caseId: one.kind === 'compilation' ? null : one.holder_id,
        kind: one.kind,
        ref: one.ref,
        within: one.within,
        title: one.title,
        excerpt: around(one, query),
      })),
      count: Math.min(found.length, countLimit),
      more: found.length > countLimit,
      pending,
    }
  },
} satisfies Partial<Handlers>

/** Where the words stand; a text found only by its other names shows those. */
function around({ title, text, words }: SearchText, query: string) {
  const shown = excerpt(text, query)
  const elsewhere = shown.marks.length === 0 && marked(title, query).marks.length === 0
  const { text: said, marks } = elsewhere ? excerpt(words, query) : shown
  return { text: said, marks: marks.map(([from, to]): [number, number] => [from, to]) }
}
