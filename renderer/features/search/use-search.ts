import { useEffect, useRef, useState } from 'react'
import type { VerbInput, VerbOutput } from '#shared/contract/bridge.ts'
import type { Failure } from '#shared/contract/errors.ts'
import { longestQuery, matchExpression } from '#shared/domain/search.ts'
import { useCall } from '../../app/use-call.ts'
import { searchText as text } from './text.ts'

export type SearchInput = VerbInput<'search.query'>
export type Found = VerbOutput<'search.query'>

/** Time after the last character before the archive is asked, in ms. */
const pause = 200

interface Searching {
  readonly input: SearchInput
  readonly found: Found | null
  readonly failure: Failure | null
  /** Why nothing is asked, in words; null when the query can be looked for. */
  readonly refusal: { readonly title: string; readonly detail: string } | null
  readonly type: (query: string) => void
  readonly put: (part: Partial<SearchInput>) => void
}

/** A query with its filters. Typing waits a moment; texts that are still being indexed are asked for again. */
export function useSearch(first: string): Searching {
  const [input, setInput] = useState<SearchInput>({ query: first })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const refusal = refusalOf(input.query)
  const { data, failure, reload } = useCall('search.query', refusal === null ? input : null)
  useEffect(() => {
    if (data !== null && data.pending > 0) reload()
  }, [data, reload])
  const put = (part: Partial<SearchInput>) => setInput((before) => ({ ...before, ...part }))
  return {
    input,
    found: refusal === null ? data : null,
    failure: refusal === null ? failure : null,
    refusal,
    put,
    type: (query) => {
      clearTimeout(timer.current)
      timer.current = setTimeout(() => put({ query: query.trim() }), pause)
    },
  }
}

function refusalOf(query: string): Searching['refusal'] {
  if (query === '') return { title: text.start, detail: text.startText }
  if (query.length > longestQuery) return { title: text.tooLong(longestQuery), detail: text.startText }
  if (matchExpression(query, null) === null) return { title: text.signsOnly, detail: text.signsOnlyText }
  return null
}
