import type { Level } from '#shared/domain/secrecy.ts'
import type { FaceRole } from './gbt9704.ts'

/**
 * A paper as blocks, free of format. The layout turns it into placed lines for the PDF, the DOCX writer into paragraphs:
 * both read this and nothing else, so what a paper says is decided once. Everything here is plain data and may cross a
 * worker boundary.
 */

/**
 * What an approved classification puts on a paper (保密法 22; GB/T 9704 §7.2.1, 7.2.2). Without an approved record the
 * value is `null` and nothing is printed: no placeholder, no ★, no 份号.
 */
export interface Mark {
  readonly level: Level
  /** Term, release date or release condition as printed after the star, such as `10年`. */
  readonly term: string
  /** The whole line as approved, such as `机密★10年`. */
  readonly text: string
  /** Six digits, one for each physical copy; `null` while the copy has no number yet. */
  readonly copyNumber: string | null
}

/** A stretch of text in one face. Newlines are not allowed inside; make another block. */
export interface Run {
  readonly text: string
  readonly face: FaceRole
}

export type Align = 'left' | 'center' | 'right'

export type HeadingLevel = 1 | 2 | 3 | 4

/** Running text. Indents are counted in characters of the text size. */
export interface ParagraphBlock {
  readonly kind: 'paragraph'
  readonly runs: readonly Run[]
  readonly align: Align
  /** Indent of the first line. */
  readonly first: number
  /** Indent of the other lines; `label` aligns them with the end of the first run (标签：值). */
  readonly hang: number | 'label'
  /** Free characters at the right edge. */
  readonly right: number
  readonly keepNext: boolean
  /** 小四 with half a line's lead: facts above the table of a form. Off the grid of the 版心. */
  readonly small?: boolean
}

export interface HeadingBlock {
  readonly kind: 'heading'
  readonly level: HeadingLevel
  readonly text: string
}

/** 标题: 二号小标宋, centred, broken into a trapezoid or a rhombus (§7.3.1). */
export interface TitleBlock {
  readonly kind: 'title'
  readonly text: string
  /** Names inside the title that no line's end may tear apart. */
  readonly whole?: readonly string[]
  readonly blankBefore: number
  readonly blankAfter: number
}

export interface BlankBlock {
  readonly kind: 'blank'
  /** Lines of the grid; a fraction between the tables of a form. */
  readonly lines: number
}

/** 署名 and 成文日期. `sealed` leaves the room of §7.3.5.1, otherwise the places of §7.3.5.2 apply. */
export interface SignatureBlock {
  readonly kind: 'signature'
  readonly organ: string
  /** As printed, `2026年3月1日`; blanks where a person still has to write it. */
  readonly date: string
  readonly sealed: boolean
}

/** A line for a person to sign on paper: label, a rule, then a second label with its rule, if any. */
export interface SignLineBlock {
  readonly kind: 'signLine'
  readonly parts: readonly { readonly label: string; readonly blankCharacters: number }[]
}

export interface TableCell {
  /** Each entry is a paragraph. */
  readonly lines: readonly string[]
  readonly face?: FaceRole
  readonly align?: Align
  readonly vertical?: 'top' | 'middle'
  readonly columns?: number
  /** A line at the lower right of the cell: signature and date of an opinion. */
  readonly foot?: string
}

export interface TableRow {
  readonly cells: readonly TableCell[]
  /** Least height in millimetres. */
  readonly height: number
}

export interface TableBlock {
  readonly kind: 'table'
  /** Widths in millimetres. */
  readonly widths: readonly number[]
  /** Rows repeated at the top of each page. */
  readonly head: readonly TableRow[]
  readonly rows: readonly TableRow[]
  /** Size of the text in points. */
  readonly size: number
  /** Rules and text in the red of the standard: 归档章. */
  readonly red?: boolean
}

export type Block =
  | ParagraphBlock
  | HeadingBlock
  | TitleBlock
  | BlankBlock
  | SignatureBlock
  | SignLineBlock
  | TableBlock

/** 信函格式 (§10.1): the organ in red, the two double rules, the number at the right edge. */
export interface Letterhead {
  readonly organ: string
  readonly number: string
}

export type PageNumbers =
  /** `— 1 —`, odd pages right, even pages left (§7.5). */
  | 'dashes'
  /** As `dashes`, the first page without one (§10.1). */
  | 'dashes-from-second'
  /** `第1页 共9页`, centred, for records and registers. */
  | 'of-total'
  | 'none'

/** Where text may stand: the 版心 of GB/T 9704, or the wider field of an internal form. Lengths in millimetres. */
export interface PageField {
  readonly landscape: boolean
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export interface Paper {
  /** Title of the file's metadata; also what a bundle's map shows. */
  readonly name: string
  readonly author: string
  /** ISO instant printed into the metadata. Passed in, so that the same data give the same bytes. */
  readonly made: string
  readonly field: PageField
  readonly mark: Mark | null
  readonly letterhead: Letterhead | null
  readonly blocks: readonly Block[]
  /** 抄送: stands at the foot of the last page (§7.4.2; no rules and no issuing line in a letter, §10.1). */
  readonly copies: readonly string[]
  readonly pageNumbers: PageNumbers
  /** A signing line at the foot of every page, such as `被约谈人签名：`. */
  readonly pageSignature: string | null
  /** 纸上锚: sequence and head of the log, on internal papers only, below the page number. */
  readonly anchor: string | null
  /** Trial archives: a band outside the text area of every page. */
  readonly trial: boolean
}

/** The 版心 of GB/T 9704 §5.2.1. */
export const officialField: PageField = { landscape: false, left: 28, right: 26, top: 37, bottom: 35 }

/** A field for tables: 订口 still 25 mm so that the sheet can be bound (GB/T 9705 prints 目录 and 备考表 so). */
export const formField: PageField = { landscape: false, left: 25, right: 15, top: 20, bottom: 22 }

export const landscapeField: PageField = { landscape: true, left: 20, right: 20, top: 25, bottom: 22 }
