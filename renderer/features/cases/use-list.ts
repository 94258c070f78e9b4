import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { VerbInput, VerbOutput } from '#shared/contract/bridge.ts'
import type { Failure } from '#shared/contract/errors.ts'
import { asFailure, call } from '../../app/client.ts'
import { useCall } from '../../app/use-call.ts'

export type ListRow = VerbOutput<'cases.list'>['rows'][number]
export type ListQuery = Omit<VerbInput<'cases.list'>, 'offset' | 'limit'>

/** Rows asked for at once. */
const page = 100

/**
 * The cases of a filter as one long list of which only the looked-at pages are here. The first page is asked for again
 * after every act of this window; further pages follow the scrolling.
 */
export function useList(query: ListQuery): {
  readonly rows: readonly (ListRow | undefined)[]
  readonly total: number | null
  readonly failure: Failure | null
  readonly show: (first: number, last: number) => void
} {
  const first = useCall('cases.list', { ...query, offset: 0, limit: page })
  const key = JSON.stringify(query)
  const [more, setMore] = useState<{ readonly key: string; readonly pages: ReadonlyMap<number, ListRow[]> }>({
    key,
    pages: new Map(),
  })
  const [failure, setFailure] = useState<Failure | null>(null)
  const asked = useRef(new Set<string>())
  const latest = useRef(query)
  latest.current = query
  // A changed archive makes the pages further down old as well.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new first page is the sign
  useEffect(() => {
    asked.current.clear()
    setMore({ key, pages: new Map() })
  }, [key, first.data])
  const show = useCallback((from: number, to: number) => {
    const wanted = latest.current
    const now = JSON.stringify(wanted)
    for (let index = Math.max(1, Math.floor(from / page)); index <= Math.floor(to / page); index += 1) {
      const mark = `${now}/${index}`
      if (asked.current.has(mark)) continue
      asked.current.add(mark)
      call('cases.list', { ...wanted, offset: index * page, limit: page }).then(
        ({ rows }) =>
          setMore((before) =>
            before.key === now ? { key: now, pages: new Map(before.pages).set(index, rows) } : before,
          ),
        (error) => {
          asked.current.delete(mark)
          setFailure(asFailure(error))
        },
      )
    }
  }, [])
  const total = first.data?.total ?? null
  const rows = useMemo(() => {
    const all: (ListRow | undefined)[] = Array.from({ length: total ?? 0 })
    const put = (offset: number, some: readonly ListRow[]) => {
      for (const [index, row] of some.entries()) if (offset + index < all.length) all[offset + index] = row
    }
    put(0, first.data?.rows ?? [])
    if (more.key === key) for (const [index, some] of more.pages) put(index * page, some)
    return all
  }, [first.data, more, key, total])
  return { rows, total, failure: first.failure ?? failure, show }
}
