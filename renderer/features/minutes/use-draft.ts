import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Failure } from '#shared/contract/errors.ts'
import type { Minutes, MinutesDraft, MinutesFields, MinutesPlace, Sentence } from '#shared/domain/minutes.ts'
import { asFailure, call } from '../../app/client.ts'
import { onClosing } from '../../app/closing.ts'
import { useComposing } from './composing.ts'
import { History } from './history.ts'
import { bringTogether } from './wording.ts'

/** Saved this long after the last change, and never later than `latestMs` after the first one that is not saved. */
const idleMs = 400
const latestMs = 800
/** A save that failed for the disk's sake is tried again after this time, twice as long each time, at most `longestMs`. */
const retryMs = 1_000
const longestMs = 30_000

/** Somebody else stored another wording meanwhile, and both changed the same: a person decides, field by field. */
export interface Conflict {
  readonly base: MinutesDraft
  readonly theirs: MinutesDraft
  readonly by: string
  readonly at: string
}

export interface Draft {
  readonly fields: MinutesFields
  readonly sentences: readonly Sentence[]
  /** `kept`: not in the minutes yet, but on the disk beside them. */
  readonly state: 'saved' | 'unsaved' | 'saving' | 'kept'
  readonly failure: Failure | null
  readonly conflict: Conflict | null
  /** Changes of somebody else that were taken in because they touched nothing of ours. */
  readonly taken: { readonly by: string; readonly count: number } | null
  /** Where the account stood writing when the session ended; null when no text was open. */
  readonly left: MinutesPlace | null
  readonly change: (edit: (sentences: readonly Sentence[]) => readonly Sentence[], label?: string) => void
  readonly setField: <N extends keyof MinutesFields>(name: N, value: MinutesFields[N]) => void
  readonly undo: () => void
  readonly redo: () => void
  /** Writes what is not saved yet; false when it was refused. */
  readonly save: () => Promise<boolean>
  /** Takes a decided wording over and saves it. */
  readonly settle: (draft: MinutesDraft) => void
  /** Says which text is open and where its caret stands; null when the person closed it. */
  readonly stand: (place: MinutesPlace | null) => void
  /** Lets the place of the open text be asked for whenever it is kept: a caret moves without telling. */
  readonly locate: (where: () => MinutesPlace | null) => () => void
  /** The wording at this very moment, also before it is drawn. */
  readonly read: () => MinutesDraft
  /** Runs at once whenever the wording changes other than by typing: undo, redo, another account. */
  readonly watch: (follower: () => void) => () => void
}

const wordingOf = ({ version, fields, sentences }: MinutesDraft): MinutesDraft => ({ version, fields, sentences })

/**
 * The wording being edited: on the disk within a second of a change, on Ctrl+S, and before the session ends. Nobody's
 * words are written over: what another account stored meanwhile is taken in where it touches nothing of ours, and asked
 * about where it does. Until then ours are kept beside the minutes, so that a lock or a kill loses nothing.
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
  const [taken, setTaken] = useState<Draft['taken']>(null)
  const [left, setLeft] = useState<MinutesPlace | null>(null)
  const composing = useComposing()
  /** What the archive holds as far as this screen knows; in a conflict, what both sides began from. */
  const stored = useRef<MinutesDraft>(past.now)
  const open = useRef<Conflict | null>(null)
  const kept = useRef<MinutesDraft | null>(null)
  const place = useRef<{ now: MinutesPlace | null; told: MinutesPlace | null }>({ now: null, told: null })
  const where = useRef<(() => MinutesPlace | null) | null>(null)
  const writing = useRef<Promise<boolean> | null>(null)
  const followers = useRef(new Set<() => void>())
  const timers = useRef<{ idle?: number; latest?: number; retry?: number; wait: number }>({ wait: retryMs })

  const dirty = useCallback(
    () => past.now.fields !== stored.current.fields || past.now.sentences !== stored.current.sentences,
    [past],
  )
  const standing = useCallback((): MinutesPlace | null => {
    place.current.now = where.current?.() ?? place.current.now
    return place.current.now
  }, [])
  const show = useCallback(() => setWording(past.now), [past])
  /** The wording changed under an open text: it follows in the same moment, before another key can come. */
  const replaced = useCallback(() => {
    for (const follower of followers.current) follower()
    show()
  }, [show])

  const keep = useCallback(async (): Promise<void> => {
    if (kept.current !== past.now) {
      const mine = past.now
      const now = standing()
      await call('minutes.keep', {
        caseId,
        minutesId,
        kept: { base: mutable(stored.current), mine: mutable(mine) },
        place: now,
      })
      kept.current = mine
    }
    setState(kept.current === past.now ? 'kept' : 'unsaved')
  }, [caseId, minutesId, past, standing])

  /** Brings our wording together with the one stored meanwhile; true when we may go on saving. */
  const meet = useCallback(async (): Promise<boolean> => {
    const theirs = (await call('minutes.list', { caseId })).find((one) => one.id === minutesId)
    // A composition is never disturbed: the next save meets them again.
    if (theirs === undefined || composing()) return false
    const sides = { base: stored.current, mine: past.now, theirs: wordingOf(theirs) }
    const { draft, taken: count, clashes } = bringTogether(sides)
    if (clashes > 0) {
      open.current = { base: sides.base, theirs: sides.theirs, by: theirs.savedBy, at: theirs.savedAt }
      setConflict(open.current)
      return false
    }
    stored.current = sides.theirs
    past.take(draft)
    replaced()
    setTaken(count === 0 ? null : { by: theirs.savedBy, count })
    return true
  }, [caseId, minutesId, past, composing, replaced])

  /** `later`: to be tried again by itself; `stays`: a person has to act first. */
  const write = useCallback(async (): Promise<'done' | 'later' | 'stays'> => {
    while (dirty()) {
      if (open.current !== null) {
        await keep()
        return 'stays'
      }
      const sent = past.now
      setState('saving')
      try {
        const known = new Map(stored.current.sentences.map((one) => [one.id, one]))
        const now = standing()
        const { version } = await call('minutes.save', {
          caseId,
          minutesId,
          version: stored.current.version,
          fields: sent.fields,
          order: sent.sentences.map((one) => one.id),
          put: sent.sentences.filter((one) => known.get(one.id) !== one),
          place: now,
        })
        stored.current = { ...sent, version }
        place.current.told = now
        kept.current = null
        timers.current.wait = retryMs
        setFailure(null)
      } catch (error) {
        const refusal = asFailure(error)
        if (refusal.code !== 'minutes.changed' && refusal.code !== 'minutes.notDraft') throw error
        await keep()
        if (refusal.code === 'minutes.notDraft') {
          setFailure(refusal)
          return 'stays'
        }
        if (!(await meet())) return open.current === null ? 'later' : 'stays'
      }
    }
    setState('saved')
    return 'done'
  }, [caseId, minutesId, past, dirty, standing, keep, meet])

  const save = useCallback(async (): Promise<boolean> => {
    const { idle, latest, retry } = timers.current
    for (const timer of [idle, latest, retry]) window.clearTimeout(timer)
    timers.current = { wait: timers.current.wait }
    if (writing.current !== null) await writing.current
    const again = (): false => {
      window.clearTimeout(timers.current.retry)
      timers.current.retry = window.setTimeout(() => void save(), timers.current.wait)
      timers.current.wait = Math.min(timers.current.wait * 2, longestMs)
      return false
    }
    if (!dirty()) {
      const now = standing()
      const { told } = place.current
      if (now?.at === told?.at && now?.caret === told?.caret) return true
      place.current.told = now
      await call('minutes.keep', { caseId, minutesId, kept: null, place: now }).catch(() => undefined)
      return true
    }
    writing.current = write()
      .then((outcome) => (outcome === 'later' ? again() : outcome === 'done'))
      .catch((error) => {
        setFailure(asFailure(error))
        setState('unsaved')
        return again()
      })
      .finally(() => {
        writing.current = null
      })
    return writing.current
  }, [caseId, minutesId, write, dirty, standing])

  const soon = useCallback(() => {
    window.clearTimeout(timers.current.idle)
    timers.current.idle = window.setTimeout(() => void save(), idleMs)
    timers.current.latest ??= window.setTimeout(() => void save(), latestMs)
  }, [save])
  const changed = useCallback(() => {
    setState('unsaved')
    soon()
  }, [soon])

  const put = useCallback(
    (next: MinutesDraft, label: string | undefined) => {
      if (!writable) return
      past.put(next, label)
      show()
      changed()
    },
    [past, show, changed, writable],
  )

  // A newer wording from the archive is taken over only while nothing is unsaved here and nobody composes.
  useEffect(() => {
    const adopt = () => {
      if (composing() || dirty() || minutes.version <= stored.current.version) return
      stored.current = wordingOf(minutes)
      past.take(stored.current)
      replaced()
    }
    adopt()
    const later = () => window.setTimeout(adopt)
    window.addEventListener('compositionend', later)
    return () => window.removeEventListener('compositionend', later)
  }, [minutes, dirty, past, replaced, composing])

  // What was kept when the archive refused it comes back, laid over what stands there now; so does the open text.
  useEffect(() => {
    if (!writable) return
    let current = true
    // Whoever began something while the answer was on its way keeps the keys there.
    let begun = false
    const begin = () => {
      begun = true
    }
    const begins = ['keydown', 'pointerdown'] as const
    for (const kind of begins) window.addEventListener(kind, begin, true)
    void call('minutes.kept', { caseId, minutesId })
      .then((before) => {
        if (!current) return
        const back = begun ? place.current.now : before.place
        place.current = { now: back, told: before.place }
        if (!begun) setLeft(back)
        if (before.kept === null || dirty()) return
        stored.current = before.kept.base
        past.take(before.kept.mine)
        replaced()
        changed()
      })
      .catch(() => undefined)
      .finally(() => {
        for (const kind of begins) window.removeEventListener(kind, begin, true)
      })
    return () => {
      current = false
      for (const kind of begins) window.removeEventListener(kind, begin, true)
    }
  }, [caseId, minutesId, past, dirty, replaced, changed, writable])

  useEffect(() => {
    const withdraw = onClosing(async () => void (await save()))
    return () => {
      withdraw()
      void save()
    }
  }, [save])

  const acts = useMemo(
    () => ({
      change: ((edit, label) => {
        const before = past.now.sentences
        const sentences = edit(before)
        const same = sentences.length === before.length && sentences.every((one, index) => one === before[index])
        if (!same) put({ ...past.now, sentences: [...sentences] }, label)
      }) satisfies Draft['change'] as Draft['change'],
      setField: ((name, value) => {
        if (past.now.fields[name] === value) return
        put({ ...past.now, fields: { ...past.now.fields, [name]: value } }, `field:${name}`)
      }) satisfies Draft['setField'] as Draft['setField'],
      undo: () => {
        if (!writable || !past.undo()) return
        replaced()
        changed()
      },
      redo: () => {
        if (!writable || !past.redo()) return
        replaced()
        changed()
      },
      settle: (draft: MinutesDraft) => {
        if (open.current === null) return
        stored.current = open.current.theirs
        open.current = null
        past.take(draft)
        setConflict(null)
        replaced()
        changed()
        void save()
      },
      stand: (now: MinutesPlace | null) => {
        place.current.now = now
        if (writable && now?.at !== place.current.told?.at) soon()
      },
      locate: (asked: () => MinutesPlace | null) => {
        where.current = asked
        return () => {
          if (where.current === asked) where.current = null
        }
      },
      read: () => past.now,
      watch: (follower: () => void) => {
        followers.current.add(follower)
        return () => followers.current.delete(follower)
      },
    }),
    [past, put, replaced, changed, save, soon, writable],
  )
  const { fields, sentences } = wording
  return { fields, sentences, state, failure, conflict, taken, left, save, ...acts }
}

/** A copy the contract takes: its arrays are its own. */
function mutable({ version, fields, sentences }: MinutesDraft): MinutesDraft {
  return { version, fields: { ...fields }, sentences: sentences.map((one) => ({ ...one, sources: [...one.sources] })) }
}
