import { atomsOf, breakLines, breakTitle, type Line, type Setting } from './breaking.ts'
import type { Face, FontBook } from './fonts.ts'
import { type FaceRole, grid, headingFace, signature, size } from './gbt9704.ts'
import { tableRows } from './layout-table.ts'
import type {
  Block,
  HeadingBlock,
  ParagraphBlock,
  Run,
  SignatureBlock,
  SignLineBlock,
  TableBlock,
  TitleBlock,
} from './model.ts'

/** A stretch of text at its place. `x` from the left and `y` of the baseline from the top, points. */
export interface TextItem {
  readonly kind: 'text'
  readonly text: string
  readonly face: Face
  readonly size: number
  readonly spacing: number
  readonly x: number
  readonly y: number
  readonly color: string
  /** Depth and words in the PDF's outline, on the first line of a title or heading. */
  readonly outline?: { readonly level: number; readonly text: string }
}

export interface RuleItem {
  readonly kind: 'rule'
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
  readonly weight: number
  readonly color: string
}

export type Item = TextItem | RuleItem

/** What cannot be torn apart by a page's end: one line of text, or one row of a table. Items are relative to its top left. */
export interface Row {
  readonly height: number
  readonly items: readonly Item[]
  /** Stays on one page with the row after it. */
  readonly keepNext: boolean
  /** Rows repeated above this one where it opens a page. */
  readonly head?: readonly Row[]
}

export const ink = '#000000'

/** The em box of a Chinese face stands 0.88 above and 0.12 below the baseline, whatever its line metrics say. */
const emAscent = 0.88

/** Baseline of a line of `height` that holds text of `textSize`, the character centred in the line. */
export const baseline = (height: number, textSize: number): number => (height - textSize) / 2 + emAscent * textSize

export function lineItems(line: Line, x: number, y: number, textSize: number, color = ink): TextItem[] {
  return line.pieces.map((piece) => ({
    kind: 'text',
    text: piece.text,
    face: piece.face,
    size: textSize,
    spacing: piece.spacing,
    x: x + piece.x,
    y,
    color,
  }))
}

/** Everything the rows of one paper share. */
export interface Composer {
  readonly book: FontBook
  /** Width of the text area in points. */
  readonly width: number
}

/** 三号 on the grid of §5.2.3. */
export const bodySetting: Setting = { size: size.no3, tracking: grid.cell - size.no3, justify: true }

/** 小四 at one and a half of its size: the lines above the table of a form. */
const smallSetting: Setting = { size: size.small4, tracking: 0, justify: false }
export const smallPitch = size.small4 * 1.5

/** One line of text that is never broken. */
export function singleLine(book: FontBook, text: string, face: FaceRole, textSize: number, tracking = 0): Line {
  const setting = { size: textSize, tracking, justify: false }
  const atoms = atomsOf([{ text, face }], textSize, book)
  return breakLines(atoms, setting, () => Number.POSITIVE_INFINITY)[0] ?? { pieces: [], width: 0 }
}

/** Rows of a block on the grid. */
export function rowsOf(block: Block, composer: Composer): Row[] {
  switch (block.kind) {
    case 'paragraph':
      return paragraphRows(block, composer)
    case 'heading':
      return headingRows(block, composer)
    case 'title':
      return titleRows(block, composer)
    case 'blank':
      return blanks(block.lines)
    case 'signature':
      return signatureRows(block, composer)
    case 'signLine':
      return signLineRows(block, composer)
    case 'table':
      return tableRows(block satisfies TableBlock, composer)
  }
}

const blanks = (lines: number, keepNext = false): Row[] =>
  Array.from({ length: Math.ceil(lines) }, (_, index) => ({
    height: grid.pitch * Math.min(1, lines - index),
    items: [],
    keepNext,
  }))

function paragraphRows(block: ParagraphBlock, composer: Composer): Row[] {
  const first = block.first * grid.cell
  const label = block.hang === 'label' ? labelLine(block.runs, composer.book) : null
  // A label is set solid, so that every line of its value begins exactly after its colon, however full the first is.
  const runs = label ? block.runs.slice(1) : block.runs
  const base = block.small ? smallSetting : bodySetting
  const height = block.small ? smallPitch : grid.pitch
  const atoms = atomsOf(runs, base.size, composer.book)
  if (atoms.length === 0 && !label) return blanks(1)
  const hang = label ? first + label.width + bodySetting.tracking : Number(block.hang) * grid.cell
  const indent = (line: number): number => (line === 0 && !label ? first : hang)
  const room = (line: number): number => composer.width - block.right * grid.cell - indent(line)
  const setting = { ...base, justify: block.align === 'left' && !block.small }
  const lines = breakLines(atoms, setting, room)
  const y = baseline(height, base.size)
  return (lines.length === 0 ? [{ pieces: [], width: 0 }] : lines).map((line, index) => {
    const free = room(index) - line.width
    const x = indent(index) + (block.align === 'center' ? free / 2 : block.align === 'right' ? free : 0)
    const before = label && index === 0 ? lineItems(label, first, y, bodySetting.size) : []
    return {
      height,
      items: [...before, ...lineItems(line, x, y, base.size)],
      keepNext: block.keepNext,
    }
  })
}

function labelLine(runs: readonly Run[], book: FontBook): Line {
  const [label] = runs
  return label
    ? singleLine(book, label.text, label.face, bodySetting.size, bodySetting.tracking)
    : { pieces: [], width: 0 }
}

function headingRows(block: HeadingBlock, composer: Composer): Row[] {
  const runs = [{ text: block.text, face: headingFace[block.level] }]
  const rows = paragraphRows(
    { kind: 'paragraph', runs, align: 'left', first: 2, hang: 0, right: 0, keepNext: true },
    composer,
  )
  return outlined(rows, block.level, block.text)
}

/** Marks the first text of rows as an entry of the outline. */
function outlined(rows: readonly Row[], level: number, text: string): Row[] {
  return rows.map((row, index) =>
    index === 0
      ? {
          ...row,
          items: row.items.map((item, at) =>
            at === 0 && item.kind === 'text' ? { ...item, outline: { level, text } } : item,
          ),
        }
      : row,
  )
}

/** Lines a title is broken into for a width in points; the DOCX writer asks too, so both break alike. */
export function titleLines(block: TitleBlock, book: FontBook, width: number): string[] {
  const fits = (part: string): boolean => singleLine(book, part, 'xiaobiaosong', size.no2).width <= width - 2 * size.no2
  return breakTitle(block.text, fits, block.whole)
}

/** Points between a form's title and what follows at once. */
export const titleClearance = 8

function titleRows(block: TitleBlock, composer: Composer): Row[] {
  const lines = titleLines(block, composer.book, composer.width)
  // 二号 stands in the pitch of the body (29 pt for 22 pt): the lines below a title stay on the grid of the page.
  const height = grid.pitch
  const rows = lines.map((text) => {
    const line = singleLine(composer.book, text, 'xiaobiaosong', size.no2)
    return {
      height,
      items: lineItems(line, (composer.width - line.width) / 2, baseline(height, size.no2), size.no2),
      keepNext: true,
    }
  })
  // Without a blank line after it (forms), a title still stands clear of the rule below.
  const clear: Row[] =
    block.blankAfter > 0 ? blanks(block.blankAfter, true) : [{ height: titleClearance, items: [], keepNext: true }]
  return [...blanks(block.blankBefore, true), ...outlined(rows, 0, block.text), ...clear]
}

/** 署名 and date (§7.3.5.1 with a seal, §7.3.5.2 without). The seal's place is free paper; no seal is drawn. */
function signatureRows(block: SignatureBlock, composer: Composer): Row[] {
  const organ = singleLine(composer.book, block.organ, 'fangsong', size.no3, bodySetting.tracking)
  const date = singleLine(composer.book, block.date, 'fangsong', size.no3, bodySetting.tracking)
  const { organX, dateX } = signaturePlaces(block, organ.width, date.width, composer.width)
  const row = (line: Line, x: number, keepNext: boolean): Row => ({
    height: grid.pitch,
    items: lineItems(line, x, baseline(grid.pitch, size.no3), size.no3),
    keepNext,
  })
  const before = block.sealed ? signature.blankLinesSealed : signature.blankLinesPlain
  return [...blanks(before, true), row(organ, organX, true), row(date, dateX, false)]
}

/** Left edges of organ and date in an area of `width`; the DOCX writer indents by the same numbers. */
export function signaturePlaces(
  block: SignatureBlock,
  organWidth: number,
  dateWidth: number,
  width: number,
): { organX: number; dateX: number } {
  if (block.sealed) {
    const dateX = width - signature.dateInsetSealed * grid.cell - dateWidth
    const organX = Math.min(dateX + (dateWidth - organWidth) / 2, width - organWidth)
    return { organX: Math.max(organX, 0), dateX }
  }
  const inset = signature.organInsetPlain * grid.cell
  const organX = width - inset - organWidth
  const dateX = organX + 2 * grid.cell
  // A date that would run past its inset stands at the inset, and the organ moves left so that the date begins
  // two characters to its right.
  if (dateX + dateWidth <= width - inset) return { organX, dateX }
  const placed = width - inset - dateWidth
  return { organX: Math.max(Math.min(organX, placed - 2 * grid.cell), 0), dateX: placed }
}

/** 被约谈人（签名）：________　____年__月__日, on a line and a half so that a hand has room. */
function signLineRows(block: SignLineBlock, composer: Composer): Row[] {
  const height = grid.pitch * 1.5
  const items: Item[] = []
  let x = 0
  for (const part of block.parts) {
    const label = singleLine(composer.book, part.label, 'fangsong', size.no3, bodySetting.tracking)
    items.push(...lineItems(label, x, height - grid.pitch + baseline(grid.pitch, size.no3), size.no3))
    x += label.width + 2
    if (part.blankCharacters > 0) {
      const end = Math.min(x + part.blankCharacters * grid.cell, composer.width)
      items.push({ kind: 'rule', x1: x, y1: height - 5, x2: end, y2: height - 5, weight: 0.5, color: ink })
      x = end + grid.cell / 2
    }
  }
  return [{ height, items, keepNext: false }]
}
