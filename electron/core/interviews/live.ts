import * as v from 'valibot'
import { fail } from '#shared/contract/errors.ts'
import { type LiveLine, liveLine, type Utterance } from '#shared/domain/interviews.ts'
import type { Journal } from '../journal.ts'
import type { Session } from '../session/types.ts'

const slotOf = (interviewId: string): string => `interview:${interviewId}`

/** The journal of a business session. Errors: `journal.none` for the three officers. */
export function journalOf(session: Session): Journal {
  return session.journal ?? fail('journal.none')
}

/** The line being typed as the journal holds it; what cannot be read as one is no line. */
export function readLive(journal: Journal, interviewId: string): LiveLine | null {
  const entry = journal.entries().find((one) => one.slot === slotOf(interviewId))
  if (!entry) return null
  const parsed = v.safeParse(liveLine, JSON.parse(entry.bytes.toString('utf8')))
  return parsed.success ? parsed.output : null
}

/** Keeps the line, durable on return; an older revision of the same line never replaces a newer one. */
export async function keepLive(journal: Journal, interviewId: string, live: LiveLine): Promise<void> {
  const held = readLive(journal, interviewId)
  if (held && held.startedAt === live.startedAt && held.revision > live.revision) return
  await journal.put(slotOf(interviewId), Buffer.from(JSON.stringify(live), 'utf8'))
}

/**
 * Forgets the line that has become an utterance. The next line may be in the journal already: it stays. A disk that
 * refuses costs nothing: the committed line is recognised by its first keystroke.
 */
export async function clearLive(journal: Journal, interviewId: string, startedAt: string): Promise<void> {
  const held = readLive(journal, interviewId)
  if (!held || held.startedAt > startedAt) return
  await journal.clear(slotOf(interviewId)).catch(() => undefined)
}

/** The line to offer after a lock, a crash or a kill: what the journal holds and the record does not. */
export function recoverable(
  journal: Journal | null,
  interviewId: string,
  utterances: readonly Utterance[],
): LiveLine | null {
  const live = journal && readLive(journal, interviewId)
  if (!live || live.text === '') return null
  return utterances.some((one) => one.startedAt === live.startedAt) ? null : live
}

/** Proves before an interview that the journal takes and keeps a write. Errors: those of the journal. */
export async function testJournal(journal: Journal): Promise<void> {
  const probe = Buffer.from(new Date().toISOString(), 'utf8')
  await journal.put('self-test', probe)
  const read = journal.entries().find((one) => one.slot === 'self-test')
  if (!read?.bytes.equals(probe) || journal.pending) fail('journal.notDurable')
  await journal.clear('self-test')
}
