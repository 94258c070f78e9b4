import { casesInScope } from '#db/repositories/cases.ts'
import { searchText } from '#db/repositories/search.ts'
import type { Handlers } from '../context.ts'

const before = 20
const after = 60

/** The words around the first place where the query stands. */
function excerpt(text: string, query: string): string {
  const at = Math.max(0, text.toLowerCase().indexOf(query.toLowerCase()))
  const from = Math.max(0, at - before)
  const to = Math.min(text.length, at + query.length + after)
  return `${from > 0 ? '…' : ''}${text.slice(from, to).toWellFormed()}${to < text.length ? '…' : ''}`
}

export const searchHandlers = {
  'search.query': async ({ trx, account }, { query }) => {
    if (query === '') return []
    const hits = await searchText(trx, casesInScope(trx, account.id), query)
    return hits.map(({ caseId, kind, title, text }) => ({ caseId, kind, title, excerpt: excerpt(text, query) }))
  },
} satisfies Partial<Handlers>
