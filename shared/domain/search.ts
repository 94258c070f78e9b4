/** What full text is found in; the order is that of 最相关: where a word says most about a case. */
export const searchKinds = ['case', 'notice', 'minutes', 'compilation', 'document', 'attachment', 'utterance'] as const
export type SearchKind = (typeof searchKinds)[number]

/** Longest query, in characters. */
export const longestQuery = 200
/** Results shown at once. */
export const searchPage = 50
/** Results are counted up to here; above it the window says 1000+. */
export const countLimit = 1000

/** Stands between the pairs of two stretches, so that no row of pairs runs from one into the other. */
const gap = '·'

/** Terms of one text: what it holds, and what begins at each character with `·` where a sign parts them. */
export interface IndexTerms {
  readonly one: string
  readonly two: string
}

/**
 * The terms a text is indexed by. Chinese knows no word boundary, so characters and pairs of neighbours are indexed:
 * one character is found by itself, two by their pair, more by pairs that follow one another. Digits and Latin letters are
 * taken the same way, so that a part of a number or of pinyin initials is found as well; where three of them follow one
 * another, all three are one term, because there are only a hundred pairs of digits and each stands in many texts. Two of
 * them by themselves are found by their pair among the characters.
 */
export function indexTerms(text: string): IndexTerms {
  const one = new Set<string>()
  const two: string[] = []
  for (const run of runs(text)) {
    for (const [at, char] of run.entries()) {
      one.add(char)
      if (isLatin(run.slice(at, at + 2), 2)) one.add(run.slice(at, at + 2).join(''))
    }
    if (run.length > 1) two.push(neighbours(run).join(' '))
  }
  return { one: [...one].join(' '), two: two.join(` ${gap} `) }
}

/**
 * The query as an FTS5 expression over the columns `one`, `two` and `kind`; null when nothing in it can be looked for
 * (signs only). What spaces and signs part must all stand in the same text, in any order.
 */
export function matchExpression(query: string, kind: SearchKind | null): string | null {
  const terms = runs(query).map(term)
  if (terms.length === 0) return null
  return [...terms, ...(kind === null ? [] : [`kind : "${kind}"`])].join(' AND ')
}

/** One stretch of a query. Where it ends in a number, the number may go on in the text. */
function term(run: readonly string[]): string {
  if (run.length === 1 || (run.length === 2 && isLatin(run, 2))) return `one : "${run.join('')}"`
  const terms = neighbours(run)
  if (isLatin(run.slice(-3), 3)) return `two : "${terms.slice(0, -1).join(' ')}"`
  return `two : "${terms.join(' ')}"${isLatin(run.slice(-2), 2) ? ' *' : ''}`
}

/** What begins at each character but the last: the pair, or the three where all of them are digits or Latin letters. */
function neighbours(run: readonly string[]): string[] {
  return run.slice(1).map((_, at) => run.slice(at, at + (isLatin(run.slice(at, at + 3), 3) ? 3 : 2)).join(''))
}

/** Whether these are `many` digits or Latin letters and nothing else. */
function isLatin(chars: readonly string[], many: number): boolean {
  return chars.length === many && chars.every((char) => /^[0-9a-z]$/.test(char))
}

/** Unbroken stretches of letters and digits, as characters, in one form (NFKC, small letters). */
function runs(text: string): string[][] {
  return (plain(text).match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).map((run) => [...run])
}

/** Full-width and half-width, capital and small are one. Lone surrogates cannot be stored and become a sign. */
function plain(text: string): string {
  return text.toWellFormed().normalize('NFKC').toLowerCase()
}

/** A piece of text with the places of the query in it, as [from, to) in UTF-16 units. */
export interface Excerpt {
  readonly text: string
  readonly marks: readonly (readonly [number, number])[]
}

/** Characters shown before the first place, and in all. */
const before = 24
const width = 96

/** A text with every part of the query marked. */
export function marked(text: string, query: string): Excerpt {
  const { chars, found } = places(text, query)
  return cut(chars, found, 0, chars.length)
}

/** The words around the first place where a part of the query stands, every part marked. */
export function excerpt(text: string, query: string): Excerpt {
  const { chars, found } = places(text, query)
  const from = Math.max(0, Math.min((found[0]?.[0] ?? 0) - before, chars.length - width))
  return cut(chars, found, from, Math.min(chars.length, from + width))
}

type Place = readonly [from: number, to: number]

/** Where the parts of the query stand, in characters, in their order. */
function places(text: string, query: string): { readonly chars: readonly string[]; readonly found: readonly Place[] } {
  const chars = [...text.toWellFormed().normalize('NFC')]
  const folded: string[] = []
  const origin: number[] = []
  for (const [at, char] of chars.entries())
    for (const unit of plain(char)) {
      folded.push(unit)
      origin.push(at)
    }
  const found: Place[] = []
  for (const run of runs(query)) {
    for (let at = 0; at + run.length <= folded.length; at += 1) {
      if (!run.every((char, step) => folded[at + step] === char)) continue
      found.push([origin[at] ?? 0, (origin[at + run.length - 1] ?? 0) + 1])
      at += run.length - 1
    }
  }
  return { chars, found: found.sort((a, b) => a[0] - b[0]) }
}

/** The characters from one place to another, `…` where some are left out, with the marks in UTF-16 units. */
function cut(chars: readonly string[], found: readonly Place[], from: number, to: number): Excerpt {
  const head = from > 0 ? '…' : ''
  const units = (start: number, end: number): number => chars.slice(start, end).join('').length
  const marks: [number, number][] = []
  for (const [start, end] of found) {
    if (start < from || end > to) continue
    const at = head.length + units(from, start)
    const last = marks.at(-1)
    if (last && at < last[1]) last[1] = Math.max(last[1], at + units(start, end))
    else marks.push([at, at + units(start, end)])
  }
  return { text: `${head}${chars.slice(from, to).join('')}${to < chars.length ? '…' : ''}`, marks }
}
