import type { Utterance } from '#shared/domain/interviews.ts'
import { type MinutesSection, minutesSections, type Sentence, sectionOf } from '#shared/domain/minutes.ts'

/** Edits of the sentences of one enterprise's minutes. Pure: every one returns a new list in the order of the paper. */

function bySection(sentences: readonly Sentence[]): Sentence[] {
  return minutesSections.flatMap((section) => sentences.filter((one) => one.section === section))
}

export function rewrite(sentences: readonly Sentence[], id: string, text: string): Sentence[] {
  return sentences.map((one) => (one.id === id ? { ...one, text } : one))
}

export function remove(sentences: readonly Sentence[], id: string): Sentence[] {
  return sentences.filter((one) => one.id !== id)
}

/** Moves a sentence by one place inside its section; at the edge it goes over into the neighbouring section. */
export function move(sentences: readonly Sentence[], id: string, step: -1 | 1): Sentence[] {
  const ordered = bySection(sentences)
  const at = ordered.findIndex((one) => one.id === id)
  const moved = ordered[at]
  if (moved === undefined) return ordered
  const neighbour = ordered[at + step]
  if (neighbour !== undefined && neighbour.section === moved.section) {
    ordered[at] = neighbour
    ordered[at + step] = moved
    return ordered
  }
  const section = minutesSections[minutesSections.indexOf(moved.section) + step]
  if (section === undefined) return ordered
  ordered[at] = { ...moved, section }
  return bySection(ordered)
}

/** Joins a sentence to the one before it in the same section; the sources of both stay. */
export function merge(sentences: readonly Sentence[], id: string): Sentence[] {
  const ordered = bySection(sentences)
  const at = ordered.findIndex((one) => one.id === id)
  const second = ordered[at]
  const first = ordered[at - 1]
  if (first === undefined || second === undefined || first.section !== second.section) return ordered
  const sources = [...new Set([...first.sources, ...second.sources])]
  ordered.splice(at - 1, 2, { ...first, text: first.text + second.text, sources })
  return ordered
}

/** Puts a line of the record at the end of its section (Art. 9: statements, opinions, other). */
export function take(sentences: readonly Sentence[], utterance: Utterance, id: string): Sentence[] {
  const section = sectionOf(utterance.kind) ?? 'other'
  return bySection([...sentences, { id, section, text: utterance.text, sources: [utterance.id] }])
}

export function write(sentences: readonly Sentence[], section: MinutesSection, id: string): Sentence[] {
  return bySection([...sentences, { id, section, text: '', sources: [] }])
}
