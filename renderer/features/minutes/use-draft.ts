import { useCallback, useEffect, useRef, useState } from 'react'
import type { Failure } from '#shared/contract/errors.ts'
import type { Minutes, Sentence } from '#shared/domain/minutes.ts'
import { asFailure, call } from '../../app/client.ts'
import { onClosing } from '../../app/closing.ts'

const idleMs = 1_200

interface Draft {
  readonly sentences: readonly Sentence[]
  readonly state: 'saved' | 'unsaved' | 'saving'
  readonly failure: Failure | null
  readonly change: (edit: (sentences: readonly Sentence[]) => Sentence[]) => void
  /** Writes what is not saved yet; false when it was refused. */
  readonly save: () => Promise<boolean>
}

/** The sentences being edited: saved by themselves after a pause, on Ctrl+S, and before the session ends. */
export function useDraft(minutes: Minutes): Draft {
  const [sentences, setSentences] = useState<readonly Sentence[]>(minutes.sentences)
  const [state, setState] = useState<Draft['state']>('saved')
  const [failure, setFailure] = useState<Failure | null>(null)
  const current = useRef<readonly Sentence[]>(minutes.sentences)
  const version = useRef(minutes.version)
  const dirty = useRef(false)
  const writing = useRef<Promise<boolean> | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const { caseId, id: minutesId } = minutes

  // A newer version from the archive is taken over only while nothing is unsaved here.
  useEffect(() => {
    if (dirty.current || minutes.version <= version.current) return
    version.current = minutes.version
    current.current = minutes.sentences
    setSentences(minutes.sentences)
  }, [minutes])

  const write = useCallback(async (): Promise<boolean> => {
    while (dirty.current) {
      dirty.current = false
      setState('saving')
      try {
        const kept = current.current.filter((one) => one.text.trim() !== '')
        const saved = await call('minutes.save', { caseId, minutesId, version: version.current, sentences: kept })
        version.current = saved.version
        setFailure(null)
      } catch (error) {
        dirty.current = true
        setFailure(asFailure(error))
        setState('unsaved')
        return false
      }
    }
    setState('saved')
    return true
  }, [caseId, minutesId])

  const save = useCallback(async (): Promise<boolean> => {
    if (timer.current !== null) clearTimeout(timer.current)
    timer.current = null
    if (writing.current !== null) await writing.current
    if (!dirty.current) return true
    writing.current = write().finally(() => {
      writing.current = null
    })
    return writing.current
  }, [write])

  const change = useCallback<Draft['change']>(
    (edit) => {
      current.current = edit(current.current)
      dirty.current = true
      setSentences(current.current)
      setState('unsaved')
      if (timer.current !== null) clearTimeout(timer.current)
      timer.current = setTimeout(() => void save(), idleMs)
    },
    [save],
  )

  useEffect(() => {
    const withdraw = onClosing(async () => void (await save()))
    return () => {
      withdraw()
      void save()
    }
  }, [save])

  return { sentences, state, failure, change, save }
}
