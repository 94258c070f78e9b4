/// <reference path="./linebreak.d.ts" />
import LineBreaker from 'linebreak'
import type { Face, FontBook } from './fonts.ts'
import type { Run } from './model.ts'

/**
 * Line breaking for Chinese official papers. UAX #14 (package `linebreak`) says where a line may end; on top of it:
 * a number stays with its unit, marks that would open or close a line wrongly never do, one closing mark that just
 * does not fit is squeezed in, the last line is never a single character, and full lines end flush.
 */

/** Marks that may not begin a line (GB/T 15834-2011 §5.1). */
export const notAtStart = new Set('，。、；：？！）〕】》〉」』”’％‰℃·～,.;:?!)]}%')
/** Marks that may not end a line. */
export const notAtEnd = new Set('（〔【《〈「『“‘￥¥№([{')

/** Full-width marks with an empty half that can give way: the right half of these … */
const emptyRight = new Set('，。、；：？！）〕】》〉」』”’')
/** … and the left half of these. */
const emptyLeft = new Set('（〔【《〈「『“‘')

/** 数字与单位不分, and a file number 〔2026〕12号 is one word: no line ends inside a match. */
const glued =
  /〔\d{4}〕\d+号|\d[\d.,]*(?:万元|亿元|千元|万吨|公里|平方米|个百分点|个工作日|个月|小时|分钟|[年月日时分秒元角吨个名人次件条项份页号户家米亩天万亿级岁%％‰℃])/gu

/** The smallest thing that is placed: one character, one stretch of Latin letters and digits, or a —— or ……. */
export interface Atom {
  readonly text: string
  readonly characters: number
  readonly face: Face
  /** Points. */
  readonly advance: number
  /** A line may end after this atom. */
  readonly mayBreak: boolean
}

/** Text of one face at one place of a line; `x` in points from the line's origin. */
export interface Piece {
  readonly text: string
  readonly face: Face
  readonly x: number
  /** Points added after each character. */
  readonly spacing: number
}

export interface Line {
  readonly pieces: readonly Piece[]
  readonly width: number
}

export interface Setting {
  readonly size: number
  /** Added after each character to keep the grid, points; negative when the character is wider than its cell. */
  readonly tracking: number
  /** Full lines end flush with the right edge. */
  readonly justify: boolean
}

/** Dashes and dots of a pair touch: they are shaped, and measured, together. */
const wordStretch = /[!-~]+|—+|…+|[\s\S]/gu

/** Splits runs into atoms with their widths and break opportunities. `size` in points. */
export function atomsOf(runs: readonly Run[], size: number, book: FontBook): Atom[] {
  const text = runs.map((run) => run.text).join('')
  const allowed = new Set<number>()
  const breaker = new LineBreaker(text)
  for (let next = breaker.nextBreak(); next; next = breaker.nextBreak()) allowed.add(next.position)
  const forbidden = new Set<number>()
  for (const match of text.matchAll(glued)) {
    for (let at = match.index + 1; at < match.index + match[0].length; at += 1) forbidden.add(at)
  }

  const raw: { text: string; face: Face; end: number }[] = []
  let offset = 0
  for (const run of runs) {
    for (const match of run.text.matchAll(wordStretch)) {
      // A stretch of Latin text is one atom only while UAX #14 sees no place to break inside it.
      const start = offset + match.index
      let from = start
      for (let at = start + 1; at <= start + match[0].length; at += 1) {
        if (at < start + match[0].length && !allowed.has(at)) continue
        const piece = text.slice(from, at)
        if (piece.length > 0) raw.push({ text: piece, face: book.face(run.face, firstCharacter(piece)), end: at })
        from = at
      }
    }
    offset += run.text.length
  }
  let seen = ''
  return raw.map((atom, index) => {
    const next = raw[index + 1]
    // A blank at a line's end is not printed: what stands before it ends the line.
    if (atom.text !== ' ') seen = atom.text
    const mayBreak = next === undefined || (!forbidden.has(atom.end) && breakable(atom, seen, next.text, allowed))
    return {
      text: atom.text,
      characters: [...atom.text].length,
      face: atom.face,
      advance: (atom.face.advance(atom.text) * size) / 1000,
      mayBreak,
    }
  })
}

const firstCharacter = (text: string): string => String.fromCodePoint(text.codePointAt(0) ?? 32)

function breakable(
  atom: { readonly text: string; readonly end: number },
  seen: string,
  next: string,
  allowed: ReadonlySet<number>,
): boolean {
  const first = firstCharacter(next)
  if (notAtStart.has(first) || notAtEnd.has(seen.slice(-1))) return false
  // UAX #14 cannot tell an opening from a closing quotation mark; full-width ones can be told.
  if (first === '“' || first === '‘' || atom.text === '”' || atom.text === '’') return true
  return allowed.has(atom.end)
}

const isMark = (atom: Atom): boolean => emptyRight.has(atom.text) || emptyLeft.has(atom.text)

/**
 * Breaks atoms into lines. `room(n)` is the room of line n in points.
 * A stretch that cannot be broken and does not fit is cut where the line is full.
 */
export function breakLines(atoms: readonly Atom[], setting: Setting, room: (line: number) => number): Line[] {
  const queue = splitOversized(atoms, setting, Math.min(room(0), room(1)))
  const ends = breakPoints(queue, setting, room)
  return ends.map((end, line) => {
    const from = line === 0 ? 0 : (ends[line - 1] ?? 0)
    return placeLine(trimmed(queue.slice(from, end)), setting, room(line), line === ends.length - 1)
  })
}

/** Width of atoms set solid on the grid, points. */
export function naturalWidth(atoms: readonly Atom[], setting: Setting): number {
  let width = 0
  for (const atom of atoms) width += atom.advance + atom.characters * setting.tracking
  return atoms.length === 0 ? 0 : width - setting.tracking
}

/** A Latin stretch longer than a line becomes single characters that may break anywhere. */
function splitOversized(atoms: readonly Atom[], setting: Setting, room: number): Atom[] {
  return atoms.flatMap((atom) => {
    if (naturalWidth([atom], setting) <= room) return atom
    const share = atom.advance / atom.characters
    return [...atom.text].map((text) => ({ ...atom, text, characters: 1, advance: share, mayBreak: true }))
  })
}

function trimmed(atoms: readonly Atom[]): readonly Atom[] {
  let end = atoms.length
  while (end > 0 && atoms[end - 1]?.text === ' ') end -= 1
  let start = 0
  while (start < end && atoms[start]?.text === ' ') start += 1
  return atoms.slice(start, end)
}

function breakPoints(atoms: readonly Atom[], setting: Setting, room: (line: number) => number): number[] {
  const ends: number[] = []
  let from = 0
  while (from < atoms.length) {
    const end = lineEnd(atoms, from, setting, room(ends.length))
    ends.push(end)
    from = end
  }
  return withoutOrphan(atoms, ends)
}

/** Index after the last atom of the line that begins at `from`. */
function lineEnd(atoms: readonly Atom[], from: number, setting: Setting, room: number): number {
  let width = 0
  let best = -1
  for (let index = from; index < atoms.length; index += 1) {
    const atom = atoms[index] as Atom
    width += atom.advance + atom.characters * setting.tracking
    // Whole cells are counted: the last character of a full line overhangs its cell by the tracking, which placing evens out.
    const over = width - room
    if (over > 0.01 && atom.text !== ' ') {
      if (atom.mayBreak && fitsSqueezed(atoms.slice(from, index + 1), over, setting)) return index + 1
      // Two marks in a row (。”) may both have to come in: look one further before giving up.
      const next = atoms[index + 1]
      if (emptyRight.has(atom.text) && next && emptyRight.has(next.text) && next.mayBreak) {
        const wider = over + next.advance + next.characters * setting.tracking
        if (fitsSqueezed(atoms.slice(from, index + 2), wider, setting)) return index + 2
      }
      return best > from ? best : Math.max(index, from + 1)
    }
    if (atom.mayBreak) best = index + 1
  }
  return atoms.length
}

/** Half a character: what the last mark of a line may stand outside the edge, its empty half. */
const give = (setting: Setting): number => setting.size / 2

/** Most the characters of a line may be drawn together, as a share of the size: less than an eye sees. */
const mostSqueeze = 0.03

/** A line takes one closing mark more if the marks in it make up for it: two at least, the last one's half outside. */
function fitsSqueezed(line: readonly Atom[], over: number, setting: Setting): boolean {
  const last = line[line.length - 1]
  if (!setting.justify || !last || !emptyRight.has(last.text) || !line.slice(0, -1).some(isMark)) return false
  return over - give(setting) <= countGaps(line) * setting.size * mostSqueeze
}

const countGaps = (line: readonly Atom[]): number => line.reduce((sum, atom) => sum + atom.characters, 0) - 1

/** A last line of one character (and its mark) takes company from the line above. */
function withoutOrphan(atoms: readonly Atom[], ends: number[]): number[] {
  if (ends.length < 2) return ends
  const last = ends[ends.length - 2] as number
  const body = atoms.slice(last).filter((atom) => !isMark(atom))
  const characters = body.reduce((sum, atom) => sum + atom.characters, 0)
  if (characters > 1) return ends
  const start = ends.length > 2 ? (ends[ends.length - 3] as number) : 0
  for (let at = last - 1; at > start && at > last - 4; at -= 1) {
    if (atoms[at - 1]?.mayBreak) return [...ends.slice(0, -2), at, ends[ends.length - 1] as number]
  }
  return ends
}

/** Most a line may be stretched, as a share of the size: beyond it a reader (and `pdftotext`) sees blanks. */
const mostStretch = 0.085

function placeLine(atoms: readonly Atom[], setting: Setting, room: number, last: boolean): Line {
  const spare = room - naturalWidth(atoms, setting)
  const gaps = countGaps(atoms)
  if (gaps <= 0) return place(atoms, setting.tracking, 0)
  if (spare < -0.01) {
    const outside = emptyRight.has(atoms[atoms.length - 1]?.text ?? '') ? give(setting) : 0
    return place(atoms, setting.tracking + Math.min(0, spare + outside) / gaps, 0)
  }
  if (!setting.justify || last) return place(atoms, setting.tracking, 0)
  const stretch = Math.min(spare / gaps, setting.size * mostStretch)
  // What is left after that goes behind the marks, where a wider gap is no blot; the rest stays ragged.
  const marks = atoms.slice(0, -1).filter((atom) => emptyRight.has(atom.text)).length
  const left = spare - stretch * gaps
  return place(atoms, setting.tracking + stretch, marks === 0 ? 0 : Math.min(left / marks, give(setting)))
}

function place(atoms: readonly Atom[], spacing: number, behindMarks: number): Line {
  const pieces: Piece[] = []
  let open: { text: string; face: Face; x: number } | null = null
  let x = 0
  const close = () => {
    if (open) pieces.push({ ...open, spacing })
    open = null
  }
  atoms.forEach((atom, index) => {
    if (open && open.face === atom.face) open = { ...open, text: open.text + atom.text }
    else {
      close()
      open = { text: atom.text, face: atom.face, x }
    }
    x += atom.advance + atom.characters * spacing
    if (behindMarks > 0.01 && emptyRight.has(atom.text) && index < atoms.length - 1) {
      close()
      x += behindMarks
    }
  })
  close()
  return { pieces, width: atoms.length === 0 ? 0 : x - spacing }
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/**
 * Breaks a title between words into lines of a trapezoid or rhombus (GB/T 9704 §7.3.1: 词意完整，排列对称).
 * `fits` tells whether a text fits on one line; names in `whole` stay in one piece where a line can hold them.
 */
export function breakTitle(text: string, fits: (text: string) => boolean, whole: readonly string[] = []): string[] {
  if (fits(text)) return [text]
  const words = [...segmenter.segment(text)].map((part) => part.segment)
  const cuts: number[] = []
  let at = 0
  for (const [index, word] of words.entries()) {
    at += word.length
    const next = words[index + 1]
    if (next === undefined || notAtStart.has(next.charAt(0)) || notAtEnd.has(word.slice(-1))) continue
    // 的、和、及 belong to the word before or after them, not to the head of a line.
    if (/^[的了和及与等之]$/.test(next)) continue
    if (!whole.some((name) => inside(text, name, at))) cuts.push(at)
  }
  const candidates = splits(text, cuts, 2).concat(splits(text, cuts, 3))
  let best: { lines: string[]; cost: number } | null = null
  for (const lines of candidates) {
    if (!lines.every(fits)) continue
    const lengths = lines.map((line) => line.length)
    const spread = Math.max(...lengths) - Math.min(...lengths)
    // Equal lines make a block, not a trapezoid; a short last line of one word looks like a leftover.
    const cost = lines.length * 20 + Math.abs(spread - 4) + (lengths.length === 3 && waist(lengths) ? 8 : 0)
    if (!best || cost < best.cost) best = { lines, cost }
  }
  if (best) return best.lines
  // A name longer than a line has to be torn after all.
  return whole.length > 0 ? breakTitle(text, fits) : cutByWidth(text, fits)
}

/** True when a cut at `at` falls into an occurrence of `name`. */
function inside(text: string, name: string, at: number): boolean {
  for (let from = text.indexOf(name); name !== '' && from >= 0; from = text.indexOf(name, from + 1))
    if (at > from && at < from + name.length) return true
  return false
}

const waist = (lengths: readonly number[]): boolean => {
  const [one = 0, two = 0, three = 0] = lengths
  return two < one && two < three
}

function splits(text: string, cuts: readonly number[], lines: 2 | 3): string[][] {
  if (lines === 2) return cuts.map((cut) => [text.slice(0, cut), text.slice(cut)])
  return cuts.flatMap((one) =>
    cuts.filter((two) => two > one).map((two) => [text.slice(0, one), text.slice(one, two), text.slice(two)]),
  )
}

function cutByWidth(text: string, fits: (text: string) => boolean): string[] {
  const lines: string[] = []
  let line = ''
  for (const character of text) {
    if (line !== '' && !fits(line + character)) {
      lines.push(line)
      line = ''
    }
    line += character
  }
  return line === '' ? lines : [...lines, line]
}
