import * as v from 'valibot'
import { id, line } from './common.ts'
import type { PaperKind } from './papers.ts'

// 遮盖版 (脱密): a paper made again from its data with struck passages replaced (保密法 35; 实施条例 42). Nothing is painted
// over: what was struck is not in the file at all, and the file is searched for it before it is kept.

/** Papers that can be made again from data that no longer change. */
export const redactableKinds = ['notice', 'postponement', 'cancellation', 'reminder', 'record', 'minutes'] as const
export type RedactableKind = (typeof redactableKinds)[number]

export function isRedactable(kind: PaperKind): kind is RedactableKind {
  return redactableKinds.some((one) => one === kind)
}

/** What stands for a struck passage: the same for a name and for a page, so that its length tells nothing. */
export const replacement = '〔遮盖〕'

/** Fewest characters of a struck passage: one character alone stands everywhere in a text. */
const shortest = 2

/** Where a passage is carried: in the file's data, as a heading (outline), once on a page, on every page. */
export const passageRoles = ['data', 'heading', 'text', 'edge'] as const
export type PassageRole = (typeof passageRoles)[number]

/** One paragraph, heading, cell or datum of a paper, in the order of the paper. */
export const passage = v.object({ role: v.picklist(passageRoles), text: v.string() })
export type Passage = v.InferOutput<typeof passage>

const offset = v.pipe(v.number(), v.integer(), v.minValue(0))

/** A struck stretch of one passage, in UTF-16 units; `text` is what stands there, so that nothing else is struck. */
export const strike = v.object({
  passage: offset,
  from: offset,
  to: offset,
  text: v.pipe(v.string(), v.maxLength(4000)),
})
export type Strike = v.InferOutput<typeof strike>

/** The same words as a struck passage, left standing: the `nth` time in the passage they begin in, from 1. */
export const survivor = v.object({
  text: v.string(),
  passage: offset,
  nth: v.pipe(v.number(), v.integer(), v.minValue(1)),
})
export type Survivor = v.InferOutput<typeof survivor>

/** Sent for review, reviewed by another person, or returned by the reviewer or with the proposal of its level. */
export const redactionState = v.picklist(['submitted', 'reviewed', 'returned'])
export type RedactionState = v.InferOutput<typeof redactionState>

/** A redacted version as a list shows it. */
export const redaction = v.object({
  id,
  caseId: id,
  paperId: id,
  title: v.string(),
  state: redactionState,
  strikes: v.number(),
  kept: v.number(),
  reason: line,
  authorId: id,
  author: v.string(),
  at: v.string(),
  reviewer: v.string(),
  reviewedAt: v.nullable(v.string()),
  opinion: v.string(),
  /** 定密 of the redacted version itself; null when its proposal was returned. */
  level: v.nullable(v.picklist(['proposed', 'approved'])),
  /** True when it stands among the papers of the case. */
  frozen: v.boolean(),
})
export type Redaction = v.InferOutput<typeof redaction>

/** A text as it is compared: widths of characters, line ends and blanks make no difference to a reader. */
export function bare(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, '')
}

/** Names what is wrong with strikes over passages; null when they hold. Pure. */
export function strikeFault(passages: readonly Passage[], strikes: readonly Strike[]): string | null {
  if (strikes.length === 0) return 'redactions.nothingStruck'
  const ordered = [...strikes].sort((a, b) => a.passage - b.passage || a.from - b.from)
  for (const [index, one] of ordered.entries()) {
    if (passages[one.passage]?.text.slice(one.from, one.to) !== one.text) return 'redactions.changed'
    if (bare(one.text).length < shortest) return 'redactions.tooShort'
    const next = ordered[index + 1]
    if (next?.passage === one.passage && next.from < one.to) return 'redactions.overlap'
  }
  return null
}

/** Every place of words that no strike covers yet, as strikes. Pure. */
export function strikesOfText(passages: readonly Passage[], text: string, strikes: readonly Strike[]): Strike[] {
  if (text === '') return []
  return passages.flatMap((one, passage) => {
    const found: Strike[] = []
    for (let from = one.text.indexOf(text); from !== -1; from = one.text.indexOf(text, from + text.length))
      found.push({ passage, from, to: from + text.length, text })
    return found.filter((each) => !strikes.some((other) => touches(each, other)))
  })
}

const touches = (one: Strike, other: Strike): boolean =>
  one.passage === other.passage && one.from < other.to && other.from < one.to

/** A place inside the passages, by passage and offset in UTF-16 units. */
export interface PassagePoint {
  readonly passage: number
  readonly offset: number
}

/** What lies between two places, a strike for each passage; blank stretches and what is struck already are left out. Pure. */
export function strikesBetween(
  passages: readonly Passage[],
  one: PassagePoint,
  other: PassagePoint,
  strikes: readonly Strike[],
): Strike[] {
  const forward = one.passage < other.passage || (one.passage === other.passage && one.offset <= other.offset)
  const [begin, end] = forward ? [one, other] : [other, one]
  const found: Strike[] = []
  for (let passage = begin.passage; passage <= end.passage; passage += 1) {
    const whole = passages[passage]?.text ?? ''
    const from = passage === begin.passage ? begin.offset : 0
    const to = passage === end.passage ? Math.min(end.offset, whole.length) : whole.length
    const strike = { passage, from, to, text: whole.slice(from, to) }
    if (bare(strike.text) !== '' && !strikes.some((each) => touches(each, strike))) found.push(strike)
  }
  return found
}

/** The stretches of one passage (given as the runs it is printed in) with what is struck replaced. Pure. */
export function strikeRuns(runs: readonly string[], strikes: readonly Strike[]): string[] {
  const ordered = [...strikes].sort((a, b) => a.from - b.from)
  let end = 0
  return runs.map((run) => {
    const begin = end
    end += run.length
    let [left, at] = ['', begin]
    for (const one of ordered) {
      if (one.to <= begin || one.from >= end) continue
      left += run.slice(at - begin, Math.max(one.from, begin) - begin)
      if (one.from >= begin) left += replacement
      at = Math.min(one.to, end)
    }
    return left + run.slice(at - begin)
  })
}

/** The passages as they stand after the strikes. Pure. */
export function struckPassages(passages: readonly Passage[], strikes: readonly Strike[]): Passage[] {
  return passages.map((one, index) => ({
    ...one,
    text: strikeRuns(
      [one.text],
      strikes.filter((each) => each.passage === index),
    ).join(''),
  }))
}

/** Every place where struck words still stand, even across the end of a paragraph, in the order of the paper. Pure. */
export function survivorsOf(passages: readonly Passage[], strikes: readonly Strike[]): Survivor[] {
  const starts: number[] = []
  let whole = ''
  for (const one of struckPassages(passages, strikes)) {
    starts.push(whole.length)
    whole += bare(one.text)
  }
  const found: Survivor[] = []
  for (const text of new Set(strikes.map((one) => bare(one.text)))) {
    let [last, nth] = [-1, 0]
    for (let at = whole.indexOf(text); at !== -1; at = whole.indexOf(text, at + 1)) {
      const begins = starts.findLastIndex((start) => start <= at)
      nth = begins === last ? nth + 1 : 1
      last = begins
      found.push({ text, passage: begins, nth })
    }
  }
  return found.sort((a, b) => a.passage - b.passage || a.nth - b.nth)
}

export const sameSurvivor = (one: Survivor, other: Survivor): boolean =>
  one.text === other.text && one.passage === other.passage && one.nth === other.nth

/** Struck words, as they are compared, and how often each may still stand, by where the passage is carried. */
export interface Gone {
  readonly text: string
  /** The same words as they stood in the paper, in each way they were written. */
  readonly written: readonly string[]
  readonly kept: Readonly<Record<PassageRole, number>>
}

/** What a made file is searched for: every struck text, with the places the reviewer let stand. Pure. */
export function goneOf(
  passages: readonly Passage[],
  strikes: readonly Strike[],
  kept: readonly Survivor[],
): readonly Gone[] {
  return [...new Set(strikes.map((one) => bare(one.text)))].map((text) => {
    const count = { data: 0, heading: 0, text: 0, edge: 0 }
    for (const one of kept) if (one.text === text) count[passages[one.passage]?.role ?? 'text'] += 1
    const written = [...new Set(strikes.map((one) => one.text).filter((one) => bare(one) === text))]
    return { text, written, kept: count }
  })
}
