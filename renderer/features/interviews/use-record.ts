import { useEffect, useState, useSyncExternalStore } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import type { Failure } from '#shared/contract/errors.ts'
import { asFailure, call } from '../../app/client.ts'
import { LiveRecord, type RecordSnapshot, type RecordVerbs } from './live-record.ts'

const verbs: RecordVerbs = {
  keep: (input) => window.yuetan.call('interviews.keep', input),
  append: (input) => window.yuetan.call('interviews.append', input),
  edit: (input) => window.yuetan.call('interviews.edit', input),
}

type OpenedInterview = VerbOutput<'interviews.get'>
interface OpenedRecord extends OpenedInterview {
  readonly record: LiveRecord
}

/** Records this window has opened. One that still holds unsaved text is taken up again, never read anew over it. */
const held = new Map<string, OpenedRecord>()

async function openRecord(caseId: string, interviewId: string): Promise<OpenedRecord> {
  const before = held.get(interviewId)
  await before?.record.flush()
  let opened: OpenedInterview
  try {
    opened = await call('interviews.get', { caseId, interviewId })
  } catch (error) {
    // A disk that refuses the log line of reading must not stand between a person and the text only memory holds.
    if (before?.record.unsaved) return before
    throw error
  }
  const record = before?.record.unsaved ? before.record : new LiveRecord(verbs, opened, () => new Date().toISOString())
  const value = { ...opened, record }
  held.set(interviewId, value)
  return value
}

/** Where text stands that is not on the disk yet; a room that needs the disk cannot lead there. */
export function unsavedRecord(): { readonly caseId: string; readonly interviewId: string } | null {
  for (const { interview, record } of held.values())
    if (record.unsaved) return { caseId: interview.caseId, interviewId: interview.id }
  return null
}

/** Opens the interview once; `reopen` reads it again after a step of its life (start, end). */
export function useRecord(caseId: string, interviewId: string) {
  const [opened, setOpened] = useState<OpenedRecord | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [asked, setAsked] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` asks again
  useEffect(() => {
    let current = true
    openRecord(caseId, interviewId).then(
      (value) => {
        if (!current) return
        setOpened(value)
        setFailure(null)
      },
      (error) => {
        if (current) setFailure(asFailure(error))
      },
    )
    return () => {
      current = false
    }
  }, [caseId, interviewId, asked])
  return { opened, failure, reopen: () => setAsked((n) => n + 1) }
}

/** One part of the record; a component re-renders only when its part changed. */
export function usePart<T>(record: LiveRecord, part: (snapshot: RecordSnapshot) => T): T {
  return useSyncExternalStore(record.subscribe, () => part(record.snapshot()))
}
