import { casesInScope } from '#db/repositories/cases.ts'
import { closedIds } from '#db/repositories/scope.ts'
import { findTexts, indexStale, type Search, type SearchText, textsAt } from '#db/repositories/search.ts'
import { countLimit, excerpt, marked, searchKinds, searchPage } from '#shared/domain/search.ts'
import type { Context, Handlers } from '../context.ts'

/** Texts indexed before one search; a long record is some thousands, and the answer must not wait for more. */
const indexedAtOnce = 2000

/** The rowids to show: all in one order, or kind by kind in the order of what says most about a case. */
async function shown(trx: Context['trx'], search: Search, newest: readonly number[], best: boolean): Promise<number[]> {
  if (!best || search.kind !== null) return newest.slice(0, searchPage)
  const ids: number[] = []
  for (const kind of searchKinds) {
    if (ids.length >= searchPage) break
    ids.push(...(await findTexts(trx, { ...search, kind, limit: searchPage - ids.length })))
  }
  return ids
}

export const searchHandlers = {
  'search.query': async ({ trx, account }, { query, kind, caseId, since, until, order }) => {
    const pending = await indexStale(trx, indexedAtOnce)
    const cases = casesInScope(trx, account.id)
    if (caseId !== null) cases.where('case_id', caseId)
    if (since !== null || until !== null) {
      // A day in Asia/Shanghai begins eight hours before the day in UTC.
      const opened = trx('cases').select('id')
      if (since !== null) opened.whereRaw("created_at >= strftime('%Y-%m-%dT%H:%M:%fZ', ?, '-8 hours')", [since])
      if (until !== null)
        opened.whereRaw("created_at < strftime('%Y-%m-%dT%H:%M:%fZ', ?, '+1 day', '-8 hours')", [until])
      cases.whereIn('case_id', opened)
    }
    const closed = await closedIds(trx, account, caseId)
    const search: Search = { query, kind, cases, closed, limit: countLimit + 1 }
    const found = await findTexts(trx, search)
    const texts = await textsAt(trx, await shown(trx, search, found, order === 'best'))
    return {
      hits: texts.map((one) => ({
        caseId: one.case_id,
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
