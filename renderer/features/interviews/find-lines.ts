import type { Attendee, UtteranceKind } from '#shared/domain/interviews.ts'
import type { StreamLine } from './live-record.ts'

/** What is looked for; null or empty asks nothing of that side. */
export interface Wanted {
  readonly words: string
  readonly speakerId: string | null
  readonly kind: UtteranceKind | null
  readonly enterpriseId: string | null
  readonly marked: boolean
}

export const everything: Wanted = { words: '', speakerId: null, kind: null, enterpriseId: null, marked: false }

/** Lines that pass the filters, in their order; words are looked for among these with `hitsIn`. */
export function filterLines(
  lines: readonly StreamLine[],
  wanted: Wanted,
  people: ReadonlyMap<string, Attendee>,
): readonly StreamLine[] {
  const { speakerId, kind, enterpriseId, marked } = wanted
  if (speakerId === null && kind === null && enterpriseId === null && !marked) return lines
  return lines.filter(({ utterance }) => {
    if (speakerId !== null && utterance.speakerId !== speakerId) return false
    if (kind !== null && utterance.kind !== kind) return false
    if (marked && !utterance.marked) return false
    if (enterpriseId === null) return true
    const from = utterance.speakerId === null ? null : people.get(utterance.speakerId)?.enterpriseId
    return from === enterpriseId || (utterance.audience !== 'all' && utterance.audience.includes(enterpriseId))
  })
}

/** Positions among the lines whose text holds the words; Latin letters in either case. Empty words hit nothing. */
export function hitsIn(lines: readonly StreamLine[], words: string): readonly number[] {
  const sought = words.trim().toLowerCase()
  if (sought === '') return []
  return lines.flatMap(({ utterance }, index) => (utterance.text.toLowerCase().includes(sought) ? [index] : []))
}

/** A text in pieces, every second one a hit of the words. */
export function pieces(text: string, words: string): readonly string[] {
  const sought = words.trim().toLowerCase()
  if (sought === '') return [text]
  const found: string[] = []
  const low = text.toLowerCase()
  let from = 0
  for (let at = low.indexOf(sought); at >= 0; at = low.indexOf(sought, from)) {
    found.push(text.slice(from, at), text.slice(at, at + sought.length))
    from = at + sought.length
  }
  return [...found, text.slice(from)]
}
