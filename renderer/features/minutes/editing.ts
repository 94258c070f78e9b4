import type { Utterance } from '#shared/domain/interviews.ts'
import { type MinutesSection, minutesSections, paragraphsIn, type Sentence, sectionOf } from '#shared/domain/minutes.ts'

/** Edits of the sentences of one enterprise's minutes. Pure: every one returns a new list in the order of the paper. */

/** Where something is put: before a paragraph (named by any of its sentences), or at the end of a section. */
export interface Place {
  readonly section: MinutesSection
  readonly before: string | null
}

function bySection(sentences: readonly Sentence[]): Sentence[] {
  return minutesSections.flatMap((section) => sentences.filter((one) => one.section === section))
}

/** All paragraphs of the paper in their order. */
function paragraphs(sentences: readonly Sentence[]): Sentence[][] {
  return minutesSections.flatMap((section) => paragraphsIn(sentences, section))
}

/** A paragraph in a section: its first sentence opens it. */
function placed(paragraph: readonly Sentence[], section: MinutesSection): Sentence[] {
  return paragraph.map((one, index) =>
    one.section === section && one.joined === index > 0 ? one : { ...one, section, joined: index > 0 },
  )
}

export function rewrite(sentences: readonly Sentence[], id: string, text: string): Sentence[] {
  return sentences.map((one) => (one.id === id && one.text !== text ? { ...one, text } : one))
}

/** Takes a sentence out; what followed it in its paragraph stays one paragraph. */
export function remove(sentences: readonly Sentence[], id: string): Sentence[] {
  return paragraphs(sentences).flatMap((paragraph) => {
    const kept = paragraph.filter((one) => one.id !== id)
    const section = paragraph[0]?.section
    return section === undefined || kept.length === paragraph.length ? kept : placed(kept, section)
  })
}

/** Moves the paragraph of a sentence by one place; at the edge of its section it goes over into the neighbouring one. */
export function move(sentences: readonly Sentence[], id: string, step: -1 | 1): Sentence[] {
  const all = paragraphs(sentences)
  const at = all.findIndex((paragraph) => paragraph.some((one) => one.id === id))
  const moved = all[at]
  const section = moved?.[0]?.section
  if (moved === undefined || section === undefined) return bySection(sentences)
  const neighbour = all[at + step]
  if (neighbour !== undefined && neighbour[0]?.section === section) {
    all[at] = neighbour
    all[at + step] = moved
    return all.flatMap((paragraph) => placed(paragraph, paragraph[0]?.section ?? section))
  }
  const next = minutesSections[minutesSections.indexOf(section) + step]
  if (next === undefined) return all.flat()
  all[at] = placed(moved, next)
  return bySection(all.flat())
}

/** Puts the paragraph of a sentence at a place (drag, or a key for a section). */
export function moveTo(sentences: readonly Sentence[], id: string, place: Place): Sentence[] {
  const all = paragraphs(sentences)
  const moved = all.find((paragraph) => paragraph.some((one) => one.id === id))
  if (moved === undefined || moved.some((one) => one.id === place.before)) return bySection(sentences)
  const others = all.filter((paragraph) => paragraph !== moved).flat()
  return insert(others, placed(moved, place.section), place)
}

/** Takes one sentence out of its paragraph and puts it at a place as a paragraph of its own. */
export function moveSentence(sentences: readonly Sentence[], id: string, place: Place): Sentence[] {
  const moved = sentences.find((one) => one.id === id)
  if (moved === undefined) return bySection(sentences)
  const all = paragraphs(sentences)
  const at = all.findIndex((paragraph) => paragraph.includes(moved))
  // Dropped before itself: what followed it in its paragraph is what it stands before.
  const rest = all[at]?.filter((one) => one !== moved) ?? []
  const before = place.before === id ? (rest[0]?.id ?? all[at + 1]?.[0]?.id ?? null) : place.before
  if (rest.length === 0 && place.before === id) return bySection(sentences)
  return insert(remove(sentences, id), placed([moved], place.section), { section: place.section, before })
}

function insert(sentences: readonly Sentence[], paragraph: readonly Sentence[], place: Place): Sentence[] {
  const all = paragraphs(sentences)
  const at =
    place.before === null
      ? -1
      : all.findIndex((one) =>
          one.some((sentence) => sentence.id === place.before && sentence.section === place.section),
        )
  if (at < 0) return bySection([...all.flat(), ...paragraph])
  return [...all.slice(0, at).flat(), ...paragraph, ...all.slice(at).flat()]
}

/**
 * Joins a sentence to what stands before it in its section: a paragraph becomes part of the one above, and a sentence
 * that is part of a paragraph already becomes one with the sentence before it. The sources of both stay.
 */
export function merge(sentences: readonly Sentence[], id: string): Sentence[] {
  const ordered = bySection(sentences)
  const at = ordered.findIndex((one) => one.id === id)
  const second = ordered[at]
  const first = ordered[at - 1]
  if (first === undefined || second === undefined || first.section !== second.section) return ordered
  if (!second.joined) {
    ordered[at] = { ...second, joined: true }
    return ordered
  }
  const sources = [...new Set([...first.sources, ...second.sources])]
  ordered.splice(at - 1, 2, { ...first, text: first.text + second.text, sources })
  return ordered
}

/**
 * Breaks a sentence at a caret (UTF-16 units): what follows opens a new paragraph and rests on the same utterances. At
 * its end an empty paragraph begins; at its start a joined sentence leaves its paragraph.
 */
export function split(sentences: readonly Sentence[], id: string, caret: number, newId: string): Sentence[] {
  const ordered = bySection(sentences)
  const at = ordered.findIndex((one) => one.id === id)
  const whole = ordered[at]
  if (whole === undefined) return ordered
  const head = whole.text.slice(0, caret)
  const tail = whole.text.slice(caret)
  if (head.trim() === '') {
    ordered[at] = { ...whole, joined: false }
    return ordered
  }
  const second = { ...whole, id: newId, text: tail, sources: tail.trim() === '' ? [] : whole.sources, joined: false }
  ordered.splice(at, 1, { ...whole, text: head }, second)
  return ordered
}

/** Puts a line of the record at a place, or at the end of the section of its kind (Art. 9: statements, opinions, other). */
export function take(
  sentences: readonly Sentence[],
  utterance: Pick<Utterance, 'id' | 'kind' | 'text'>,
  id: string,
  place: Place = { section: sectionOf(utterance.kind) ?? 'other', before: null },
): Sentence[] {
  const sentence = { id, section: place.section, text: utterance.text, sources: [utterance.id], joined: false }
  return insert(sentences, [sentence], place)
}

export function write(sentences: readonly Sentence[], section: MinutesSection, id: string): Sentence[] {
  return bySection([...sentences, { id, section, text: '', sources: [], joined: false }])
}

/** Names an utterance as a source of a sentence, or takes the name away again. */
export function source(sentences: readonly Sentence[], id: string, utteranceId: string): Sentence[] {
  return sentences.map((one) => {
    if (one.id !== id) return one
    const without = one.sources.filter((known) => known !== utteranceId)
    return { ...one, sources: without.length < one.sources.length ? without : [...one.sources, utteranceId] }
  })
}
