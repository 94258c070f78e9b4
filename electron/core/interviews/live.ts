import { stat } from 'node:fs/promises'
import * as v from 'valibot'
import { fail, YuetanError } from '#shared/contract/errors.ts'
import {
  type LiveLine,
  liveLine,
  type Utterance,
  type UtteranceInput,
  utteranceInput,
} from '#shared/domain/interviews.ts'
import { type Journal, journalSize } from '../journal.ts'
import { archiveLayout } from '../session/folder.ts'
import type { Session } from '../session/types.ts'

const liveSlot = (interviewId: string): string => `interview:${interviewId}`
const waitingSlots = (interviewId: string): string => `interview:${interviewId}:waiting:`
/** A sentence is known by its first keystroke and its Enter. */
const waitingSlot = (interviewId: string, { startedAt, endedAt }: Moments): string =>
  `${waitingSlots(interviewId)}${startedAt}/${endedAt}`

type Moments = Pick<UtteranceInput, 'startedAt' | 'endedAt'>

/** The journal of a business session. Errors: `journal.none` for the three officers. */
export function journalOf(session: Session): Journal {
  return session.journal ?? fail('journal.none')
}

/** What the journal holds in a slot; what cannot be read as such is nothing. */
function read<S extends v.GenericSchema>(bytes: Buffer, schema: S): v.InferOutput<S> | null {
  try {
    const parsed = v.safeParse(schema, JSON.parse(bytes.toString('utf8')))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}

function bytesOf(value: LiveLine | UtteranceInput): Buffer {
  return Buffer.from(JSON.stringify(value), 'utf8')
}

function readLive(journal: Journal, interviewId: string): LiveLine | null {
  const entry = journal.entries().find((one) => one.slot === liveSlot(interviewId))
  return entry ? read(entry.bytes, liveLine) : null
}

/**
 * Keeps the line and the sentences that wait for the database, durable on return; an older revision of the same line
 * never replaces a newer one. Sentences that wait no longer are forgotten.
 */
export async function keepLive(
  journal: Journal,
  interviewId: string,
  live: LiveLine,
  waiting: readonly UtteranceInput[],
): Promise<void> {
  const held = readLive(journal, interviewId)
  if (held && held.startedAt === live.startedAt && held.revision > live.revision) return
  const before = new Set(
    journal
      .entries()
      .map(({ slot }) => slot)
      .filter((slot) => slot.startsWith(waitingSlots(interviewId))),
  )
  // Sentences first: a write torn by a power cut must not leave the emptied line without the sentence it became.
  const writes: Promise<void>[] = []
  for (const sentence of waiting) {
    const slot = waitingSlot(interviewId, sentence)
    if (!before.delete(slot)) writes.push(journal.put(slot, bytesOf(sentence)))
  }
  writes.push(journal.put(liveSlot(interviewId), bytesOf(live)))
  for (const slot of before) writes.push(journal.clear(slot))
  await Promise.all(writes)
}

/** What to offer after a lock, a crash or a kill: what the journal holds and the record does not. */
export function unfinished(
  journal: Journal | null,
  interviewId: string,
  utterances: readonly Utterance[],
): { readonly live: LiveLine | null; readonly waiting: UtteranceInput[] } {
  if (!journal) return { live: null, waiting: [] }
  const stored = new Set(utterances.map((one) => waitingSlot(interviewId, one)))
  const waiting = journal
    .entries()
    .filter(({ slot }) => slot.startsWith(waitingSlots(interviewId)) && !stored.has(slot))
    .flatMap(({ bytes }) => read(bytes, utteranceInput) ?? [])
    .sort((a, b) => (a.endedAt < b.endedAt ? -1 : 1))
  const live = afterEdit(readLive(journal, interviewId), utterances)
  const spoken = live !== null && [...utterances, ...waiting].some((one) => one.startedAt === live.startedAt)
  return { live: spoken ? null : live, waiting }
}

/** A wording that has landed is no longer being typed: the line that waited aside is. */
function afterEdit(live: LiveLine | null, utterances: readonly Utterance[]): LiveLine | null {
  if (!live?.editing) return live
  const { utteranceId, version, aside } = live.editing
  const original = utterances.find((one) => one.id === utteranceId)
  return original?.version === version ? live : { ...aside, revision: live.revision }
}

/** True while something typed is no sentence of the record yet. */
export function isOpen({ live, waiting }: ReturnType<typeof unfinished>): boolean {
  return waiting.length > 0 || (live !== null && (live.text.trim() !== '' || live.editing !== undefined))
}

/** Proves before an interview that the journal takes and keeps a write. Errors: those of the journal. */
async function testJournal(journal: Journal): Promise<void> {
  const probe = Buffer.from(new Date().toISOString(), 'utf8')
  await journal.put('self-test', probe)
  const read = journal.entries().find((one) => one.slot === 'self-test')
  if (!read?.bytes.equals(probe) || journal.pending) fail('journal.notDurable')
  await journal.clear('self-test')
}

/** Bytes the disk has really given to the journal; a sparse or cut file has fewer than it says. Errors: `journal.noReserve`. */
async function testReserve(file: string): Promise<number> {
  const found = await stat(file).catch(() => null)
  // Where the system does not count blocks (Windows), the length is all there is to see.
  const given = found === null ? 0 : Math.min(found.size, found.blocks > 0 ? found.blocks * 512 : found.size)
  return given >= journalSize ? given : fail('journal.noReserve')
}

export interface SelfTest {
  readonly reserve: { readonly ok: boolean; readonly code: string | null; readonly bytes: number }
  readonly write: { readonly ok: boolean; readonly code: string | null; readonly ms: number }
  readonly clock: { readonly ok: boolean; readonly code: string | null; readonly now: string }
}

/**
 * What must work before an interview starts. `lastLine` is the moment of the last act in the log: a record whose clock
 * runs behind it would put later words before earlier acts.
 */
export async function selfTest(session: Session, now: string, lastLine: string | null): Promise<SelfTest> {
  const { journal, archive } = session
  const reserve = await attempt(() => testReserve(archiveLayout(archive.folder).journal))
  const began = performance.now()
  const write = await attempt(() => (journal === null ? fail('journal.none') : testJournal(journal)))
  const ms = Math.round((performance.now() - began) * 10) / 10
  const behind = lastLine !== null && now < lastLine
  return {
    reserve: { ok: reserve.code === null, code: reserve.code, bytes: reserve.value ?? 0 },
    write: { ok: write.code === null, code: write.code, ms },
    clock: { ok: !behind, code: behind ? 'interviews.clockBack' : null, now },
  }
}

async function attempt<T>(work: () => Promise<T>): Promise<{ value: T | null; code: string | null }> {
  try {
    return { value: await work(), code: null }
  } catch (error) {
    return { value: null, code: error instanceof YuetanError ? error.code : 'journal.notDurable' }
  }
}
