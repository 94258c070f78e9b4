import { useCallback, useEffect, useRef, useState } from 'react'
import type { Failure } from '#shared/contract/errors.ts'
import type { Minutes, MinutesDraft, MinutesFields, Sentence } from '#shared/domain/minutes.ts'
import { asFailure, call } from '../../app/client.ts'
import { onClosing } from '../../app/closing.ts'
import { History } from './history.ts'
import { type Reconciled, reconcile } from './reconcile.ts'

/** Saved this long after the last change, and never later than `latestMs` after the first one that is not saved. */
const idleMs = 400
const latestMs = 800

/** Somebody else stored another wording meanwhile: what has to be decided, and what stands in the archive. */
export interface Conflict extends Reconciled {
  readonly theirs: MinutesDraft
}

export interface Draft {
  readonly fields: MinutesFields
  readonly sentences: readonly Sentence[]
  readonly state: 'saved' | 'unsaved' | 'saving'
  readonly failure: Failure | null
  readonly conflict: Conflict | null
  readonly change: (edit: (sentences: readonly Sentence[]) => readonly Sentence[], label?: string) => void
  readonly setField: <N extends keyof MinutesFields>(name: N, value: MinutesFields[N]) => void
  readonly undo: () => void
  readonly redo: () => void
  /** Writes what is not saved yet; false when it was refused. */
  readonly save: () => Promise<boolean>
  /** Takes a decided wording over and saves it. */
  readonly settle: (draft: MinutesDraft) => void
}

const wordingOf = ({ version, fields, sentences }: Minutes): MinutesDraft => ({ version, fields, sentences })

/**
 * The wording being edited: on the disk within a second of a change, on Ctrl+S, and before the session ends. What the
 * archive refuses because somebody was faster is kept beside it, so that a lock or a kill loses nothing.
 */
export function useDraft(minutes: Minutes, writable: boolean): Draft {
  const { caseId, id: minutesId } = minutes
  const history = useRef<History<MinutesDraft> | null>(null)
  history.current ??= new History(wordingOf(minutes))
  const past = history.current
  const [wording, setWording] = useState<MinutesDraft>(past.now)
  const [state, setState] = useState<Draft['state']>('saved')
  const [failure, setFailure] = useState<Failure | null>(null)
  const [conflict, setConflict] = useState<Conflict | null>(null)
  /** What the archive holds as far as this screen knows. */
  const stored = useRef<MinutesDraft>(past.now)
  const blocked = useRef(false)
  const writing = useRef<Promise<boolean> | null>(null)
  const timers = useRef<{ idle: number | undefined; latest: number | undefined }>({
    idle: undefined,
    latest: undefined,
  })

  const dirty = useCallback(
    () => past.now.fields !== stored.current.fields || past.now.sentences !== stored.current.sentences,
    [past],
  )
  const show = useCallback(() => setWording(past.now), [past])

  const clash = useCallback(
    async (base: MinutesDraft | null): Promise<boolean> => {
      await call('minutes.keep', { caseId, minutesId, draft: mutable(past.now) })
      const theirs = (await call('minutes.list', { caseId })).find((one) => one.id === minutesId)
      if (theirs === undefined) return false
      const answer = reconcile(base, past.now, wordingOf(theirs))
      if (answer.clashes.length === 0) {
        stored.current = wordingOf(theirs)
        past.take(answer.merged)
        show()
        return true
      }
      blocked.current = true
      setConflict({ ...answer, theirs: wordingOf(theirs) })
      return false
    },
    [caseId, minutesId, past, show],
  )

  const write = useCallback(async (): Promise<boolean> => {
    while (dirty() && !blocked.current) {
      const sent = past.now
      setState('saving')
      try {
        const known = new Map(stored.current.sentences.map((one) => [one.id, one]))
        const { version } = await call('minutes.save', {
          caseId,
          minutesId,
          version: stored.current.version,
          fields: sent.fields,
          order: sent.sentences.map((one) => one.id),
          put: sent.sentences.filter((one) => known.get(one.id) !== one),
        })
        stored.current = { ...sent, version }
        setFailure(null)
      } catch (error) {
        const refusal = asFailure(error)
        const stale = refusal.code === 'minutes.changed' || refusal.code === 'minutes.notDraft'
        const merged = stale && (await clash(stored.current).catch(() => false))
        if (merged) continue
        setFailure(stale ? null : refusal)
        setState('unsaved')
        return false
      }
    }
    setState(dirty() ? 'unsaved' : 'saved')
    return !dirty()
  }, [caseId, minutesId, past, dirty, clash])

  const save = useCallback(async (): Promise<boolean> => {
    window.clearTimeout(timers.current.idle)
    window.clearTimeout(timers.current.latest)
    timers.current = { idle: undefined, latest: undefined }
    if (writing.current !== null) await writing.current
    if (!dirty()) return true
    writing.current = write().finally(() => {
      writing.current = null
    })
    return writing.current
  }, [write, dirty])

  const changed = useCallback(() => {
    show()
    setState('unsaved')
    window.clearTimeout(timers.current.idle)
    timers.current.idle = window.setTimeout(() => void save(), idleMs)
    timers.current.latest ??= window.setTimeout(() => void save(), latestMs)
  }, [save, show])

  const put = useCallback(
    (next: MinutesDraft, label: string | undefined) => {
      if (!writable || blocked.current) return
      past.put(next, label)
      changed()
    },
    [past, changed, writable],
  )

  // A newer wording from the archive is taken over only while nothing is unsaved here.
  useEffect(() => {
    if (dirty() || minutes.version <= stored.current.version) return
    stored.current = wordingOf(minutes)
    past.take(stored.current)
    show()
  }, [minutes, dirty, past, show])

  // What was kept when the archive refused it comes back: at once when nobody else wrote, else to be decided.
  useEffect(() => {
    if (!writable) return
    let current = true
    void call('minutes.kept', { caseId, minutesId })
      .then(async (kept) => {
        if (!current || kept === null) return
        const base = kept.version === stored.current.version ? stored.current : null
        past.take(kept)
        show()
        if (base !== null) changed()
        else if (await clash(null)) changed()
      })
      .catch(() => undefined)
    return () => {
      current = false
    }
  }, [caseId, minutesId, past, show, changed, clash, writable])

  useEffect(() => {
    const withdraw = onClosing(async () => void (await save()))
    return () => {
      withdraw()
      void save()
    }
  }, [save])

  const change = useCallback<Draft['change']>(
    (edit, label) => put({ ...past.now, sentences: [...edit(past.now.sentences)] }, label),
    [past, put],
  )
  const setField = useCallback<Draft['setField']>(
    (name, value) => put({ ...past.now, fields: { ...past.now.fields, [name]: value } }, `field:${name}`),
    [past, put],
  )
  const undo = useCallback(() => {
    if (writable && past.undo()) changed()
  }, [past, changed, writable])
  const redo = useCallback(() => {
    if (writable && past.redo()) changed()
  }, [past, changed, writable])
  const settle = useCallback(
    (draft: MinutesDraft) => {
      if (conflict === null) return
      stored.current = conflict.theirs
      blocked.current = false
      past.take(draft)
      setConflict(null)
      changed()
    },
    [conflict, past, changed],
  )
  const { fields, sentences } = wording
  return { fields, sentences, state, failure, conflict, change, setField, undo, redo, save, settle }
}

/** A copy the contract takes: its arrays are its own. */
function mutable({ version, fields, sentences }: MinutesDraft): MinutesDraft {
  return { version, fields: { ...fields }, sentences: sentences.map((one) => ({ ...one, sources: [...one.sources] })) }
}
