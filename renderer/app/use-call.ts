import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { VerbInput, VerbName, VerbOutput } from '#shared/contract/bridge.ts'
import type { Failure } from '#shared/contract/errors.ts'
import { asFailure, call } from './client.ts'

const watchers = new Set<() => void>()
let revision = 0

/** Tells every mounted query that something in the archive changed. */
export function touchArchive(): void {
  revision += 1
  for (const watcher of watchers) watcher()
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

export interface Loaded<T> {
  /** The last answer; stays on the screen while a newer one is fetched (UX principle 7). */
  readonly data: T | null
  readonly failure: Failure | null
  readonly reload: () => void
}

/**
 * Asks a reading verb when its input changes and after every act of this window. Answers that arrive out of order are
 * dropped; a null input asks nothing.
 */
export function useCall<N extends VerbName>(verb: N, input: VerbInput<N> | null): Loaded<VerbOutput<N>> {
  const [data, setData] = useState<VerbOutput<N> | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [asked, setAsked] = useState(0)
  const changed = useSyncExternalStore(subscribe, () => revision)
  const key = input === null ? null : JSON.stringify(input)
  const latest = useRef(input)
  latest.current = input
  const shown = useRef<string | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the input; asked and changed ask again
  useEffect(() => {
    const wanted = latest.current
    if (wanted === null) return
    // Another object must never be shown under this one's heading, however short the moment.
    if (shown.current !== key) setData(null)
    shown.current = key
    let current = true
    call(verb, wanted).then(
      (value) => {
        if (!current) return
        setData(value)
        setFailure(null)
      },
      (error) => {
        if (current) setFailure(asFailure(error))
      },
    )
    return () => {
      current = false
    }
  }, [verb, key, asked, changed])
  const reload = useCallback(() => setAsked((n) => n + 1), [])
  return { data: key === null ? null : data, failure, reload }
}

export interface Act {
  readonly busy: boolean
  readonly failure: Failure | null
  readonly clear: () => void
  /** Runs an act and answers its value, or null when it was refused (the reason then stands in `failure`). */
  readonly run: <N extends VerbName>(verb: N, input: VerbInput<N>) => Promise<VerbOutput<N> | null>
}

/** One act at a time: a second click while the first is under way does nothing. */
export function useAct(): Act {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const running = useRef(false)
  const run = useCallback(async <N extends VerbName>(verb: N, input: VerbInput<N>): Promise<VerbOutput<N> | null> => {
    if (running.current) return null
    running.current = true
    setBusy(true)
    setFailure(null)
    try {
      const value = await call(verb, input)
      // Signing in or out changes no case, and the window is about to be replaced.
      if (!verb.startsWith('session.')) touchArchive()
      return value
    } catch (error) {
      setFailure(asFailure(error))
      return null
    } finally {
      running.current = false
      setBusy(false)
    }
  }, [])
  const clear = useCallback(() => setFailure(null), [])
  return { busy, failure, clear, run }
}
