import { chineseNumber } from '#shared/domain/common.ts'
import type { FaceRole } from './gbt9704.ts'
import type { Align, HeadingBlock, HeadingLevel, Mark, Paper, ParagraphBlock, Run, TableCell } from './model.ts'
import { officialField } from './model.ts'

/**
 * Characters that a printed paper must not carry: controls, zero-width and direction marks, lone surrogates, soft
 * hyphens, and variation selectors, which no face of ours knows and which would print as boxes.
 */
const unprintable =
  /[\p{Cc}\p{Cs}\u{ad}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2069}\u{feff}]|\p{Variation_Selector}/gu

/**
 * Text as it may stand on paper, one line. Invisible characters go (a zero-width space prints a box, a control
 * character makes a DOCX unreadable), blanks at both ends go (indents are the layout's).
 */
export function clean(text: string): string {
  return text
    .replace(/[\t\r\n\u{2028}\u{2029}\u{a0}]+/gu, ' ')
    .replace(unprintable, '')
    .replace(/ {2,}/g, ' ')
    .trim()
}

/** Splits what a person typed into printable paragraphs; empty lines go. */
export function paragraphsOf(text: string): string[] {
  return text
    .split(/[\r\n\u{2028}\u{2029}]+/u)
    .map(clean)
    .filter((line) => line !== '')
}

/** The number that opens a heading of a level: 一、 （一） 1. （1） (GB/T 9704 §7.3.3). */
export function headingNumber(level: HeadingLevel, value: number): string {
  if (level === 1) return `${chineseNumber(value)}、`
  if (level === 2) return `（${chineseNumber(value)}）`
  return level === 3 ? `${value}.` : `（${value}）`
}

/** `2026-03-01` → `2026年3月1日`: full year, month and day without a leading zero (§7.3.5.4). `null` → room to write. */
export function chineseDate(date: string | null): string {
  const match = date === null ? null : /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  if (!match) return '　　　　年　　月　　日'
  return `${Number(match[1])}年${Number(match[2])}月${Number(match[3])}日`
}

export const run = (text: string, face: FaceRole = 'fangsong'): Run => ({ text, face })

/** A body paragraph: two characters free at the first line. */
export function paragraph(text: string, options: Partial<Omit<ParagraphBlock, 'kind' | 'runs'>> = {}): ParagraphBlock {
  return richParagraph([run(clean(text))], options)
}

export function richParagraph(
  runs: readonly Run[],
  options: Partial<Omit<ParagraphBlock, 'kind' | 'runs'>> = {},
): ParagraphBlock {
  return { kind: 'paragraph', runs, align: 'left', first: 2, hang: 0, right: 0, keepNext: false, ...options }
}

/** 标签：值 with the following lines aligned after the colon. An empty value leaves the label alone. */
export function field(label: string, value: string): ParagraphBlock {
  return richParagraph([run(`${label}：`, 'heiti'), run(clean(value))], { hang: 'label' })
}

export const heading = (level: HeadingLevel, text: string): HeadingBlock => ({
  kind: 'heading',
  level,
  text: clean(text),
})

/** A table cell from text; each line typed by a person becomes a paragraph of the cell. */
export function cell(text: string, options: { align?: Align; columns?: number; foot?: string } = {}): TableCell {
  return { lines: paragraphsOf(text), vertical: 'middle', ...options }
}

/** A cell that names what stands beside it. */
export const labelCell = (text: string, columns = 1): TableCell => ({
  lines: text.split('\n'),
  face: 'heiti',
  align: 'center',
  vertical: 'middle',
  columns,
})

/** What every paper's data say beside their own content. */
export interface PaperFrame {
  readonly mark: Mark | null
  readonly trial: boolean
  /** ISO instant for the file's metadata. */
  readonly made: string
  /** The organ in the file's metadata. */
  readonly author: string
}

/** A paper of the official 版心 with everything that is optional left out. */
export function official(name: string, frame: PaperFrame, content: Partial<Paper> & Pick<Paper, 'blocks'>): Paper {
  return {
    name,
    author: frame.author,
    made: frame.made,
    field: officialField,
    mark: frame.mark,
    letterhead: null,
    copies: [],
    pageNumbers: 'dashes',
    pageSignature: null,
    anchor: null,
    trial: frame.trial,
    ...content,
  }
}
