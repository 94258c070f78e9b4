import { atomsOf, breakLines } from './breaking.ts'
import type { FontBook } from './fonts.ts'
import { copies, grid, letter, mm, pageNumber, red, paper as sheet, size } from './gbt9704.ts'
import {
  baseline,
  bodySetting,
  type Composer,
  type Item,
  ink,
  lineItems,
  type Row,
  rowsOf,
  singleLine,
} from './layout-rows.ts'
import type { Paper } from './model.ts'

export interface Page {
  readonly items: readonly Item[]
}

/** A paper with every line at its place, in points from the upper left corner of the sheet. */
export interface LaidOut {
  readonly width: number
  readonly height: number
  readonly pages: readonly Page[]
}

interface Frame {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly top: number
  readonly bottom: number
  readonly areaWidth: number
}

export function frameOf(paper: Paper): Frame {
  const { landscape, left, right, top, bottom } = paper.field
  const width = landscape ? sheet.height : sheet.width
  const height = landscape ? sheet.width : sheet.height
  return {
    width,
    height,
    left: mm(left),
    top: mm(top),
    bottom: height - mm(bottom),
    areaWidth: width - mm(left) - mm(right),
  }
}

/** The text a trial archive prints outside the text area of every page. */
export const trialBand = '演练　本件由演练档案库生成，不具任何效力'

/** Places every line of a paper. The same paper and faces always give the same places. */
export function layOut(paper: Paper, book: FontBook): LaidOut {
  const frame = frameOf(paper)
  const composer: Composer = { book, width: frame.areaWidth }
  const opening = paper.letterhead ? letterOpening(paper, frame, book) : markOpening(paper, frame, book)
  const foot = copyRows(paper, composer)
  const footHeight = foot.reduce((sum, row) => sum + row.height, 0)
  const pages = paginate(bodyRows(paper, composer), opening.end, frame, footHeight)
  const last = pages[pages.length - 1]
  if (last) stack(foot, frame.left, frame.bottom - footHeight, last)
  pages[0]?.unshift(...opening.items)
  pages.forEach((items, index) => {
    items.push(...margins(paper, frame, book, index, pages.length))
  })
  return { width: frame.width, height: frame.height, pages: pages.map((items) => ({ items })) }
}

/** The rows of the body; the lines before a signature stay with it, so that no page bears a signature alone. */
function bodyRows(paper: Paper, composer: Composer): Row[] {
  const rows: Row[] = []
  for (const [index, block] of paper.blocks.entries()) {
    if (block.kind === 'signature') {
      for (let row = Math.max(0, rows.length - 2); row < rows.length; row += 1) {
        rows[row] = { ...(rows[row] as Row), keepNext: true }
      }
    }
    // Lines to sign stand together on one page.
    const signs = block.kind === 'signLine' && paper.blocks[index + 1]?.kind === 'signLine'
    rows.push(...rowsOf(block, composer).map((row) => (signs ? { ...row, keepNext: true } : row)))
  }
  return rows
}

function stack(rows: readonly Row[], x: number, y: number, into: Item[]): void {
  let top = y
  for (const row of rows) {
    into.push(...row.items.map((item) => moved(item, x, top)))
    top += row.height
  }
}

const moved = (item: Item, x: number, y: number): Item =>
  item.kind === 'text'
    ? { ...item, x: item.x + x, y: item.y + y }
    : { ...item, x1: item.x1 + x, x2: item.x2 + x, y1: item.y1 + y, y2: item.y2 + y }

/** A hair against rounding: twenty-two pitches are the height of the page exactly. */
const tolerance = 0.1

/** Fills pages with groups of rows that belong together; the last group leaves room for what stands at the foot. */
function paginate(rows: readonly Row[], firstTop: number, frame: Frame, footHeight: number): Item[][] {
  const pages: Item[][] = [[]]
  let y = firstTop
  let empty = true
  const turn = () => {
    pages.push([])
    y = frame.top
    empty = true
  }
  const groups = grouped(rows)
  groups.forEach((group, index) => {
    const height = group.reduce((sum, row) => sum + row.height, 0)
    const reserve = index === groups.length - 1 ? footHeight : 0
    if (y + height + reserve > frame.bottom + tolerance && !empty && height + reserve <= frame.bottom - frame.top)
      turn()
    for (const row of group) {
      if (y + row.height > frame.bottom + tolerance && !empty) turn()
      const page = pages[pages.length - 1] as Item[]
      if (empty && pages.length > 1 && row.head && row.head.length > 0) {
        stack(row.head, frame.left, y, page)
        y += row.head.reduce((sum, part) => sum + part.height, 0)
      }
      // A page never opens with a blank line.
      if (empty && pages.length > 1 && row.items.length === 0) continue
      stack([row], frame.left, y, page)
      y += row.height
      empty = false
    }
  })
  if (footHeight > 0 && y + footHeight > frame.bottom + tolerance) turn()
  return pages
}

function grouped(rows: readonly Row[]): Row[][] {
  const groups: Row[][] = []
  let open: Row[] = []
  for (const row of rows) {
    open.push(row)
    if (!row.keepNext) {
      groups.push(open)
      open = []
    }
  }
  if (open.length > 0) groups.push(open)
  return groups
}

interface Opening {
  readonly items: Item[]
  /** Where the body begins, points from the top. */
  readonly end: number
}

/** 份号 on the first line of the 版心, 密级 on the second (§7.2.1, 7.2.2); an unclassified paper has neither line. */
function markOpening(paper: Paper, frame: Frame, book: FontBook): Opening {
  const lines = markLines(paper, book)
  const items = lines.flatMap((line, index) =>
    lineItems(line, frame.left, frame.top + index * grid.pitch + baseline(grid.pitch, size.no3), size.no3),
  )
  return { items, end: frame.top + lines.length * grid.pitch }
}

function markLines(paper: Paper, book: FontBook) {
  const { mark } = paper
  if (!mark) return []
  const tracking = bodySetting.tracking
  return [
    ...(mark.copyNumber === null ? [] : [singleLine(book, mark.copyNumber, 'fangsong', size.no3, tracking)]),
    singleLine(book, mark.text, 'heiti', size.no3, tracking),
  ]
}

/** Size of the letterhead: as large as the width allows, so that long names of organs stay on one line (§7.2.4). */
export function letterheadSize(organ: string): number {
  const characters = Math.max(1, [...organ].length)
  return Math.min(letter.markMaxSize, Math.floor((letter.markMaxWidth / characters) * 2) / 2)
}

/** Upper edge of the upper double rule below an organ of a size, points from the top. */
const upperRule = (textSize: number): number => letter.markTop + textSize * 0.95 + letter.ruleGap

/** Where the first line of a letter's elements begins: its character, not its line, keeps 7/8 from the rule (§10.1). */
export const letterTop = (organ: string): number =>
  upperRule(letterheadSize(organ)) +
  letter.thick +
  letter.between +
  letter.thin +
  letter.clearance -
  (grid.pitch - size.no3) / 2

/** 信函格式 (§10.1): organ, upper double rule, mark at the left, number at the right, lower double rule. */
function letterOpening(paper: Paper, frame: Frame, book: FontBook): Opening {
  const organ = paper.letterhead?.organ ?? ''
  const textSize = letterheadSize(organ)
  const head = singleLine(book, organ, 'xiaobiaosong', textSize, textSize * 0.06)
  const items: Item[] = lineItems(head, (frame.width - head.width) / 2, letter.markTop + textSize * 0.86, textSize, red)
  const upper = upperRule(textSize)
  items.push(...doubleRule(frame, upper, letter.thick, letter.thin))
  items.push(...doubleRule(frame, letter.lowerRule, letter.thin, letter.thick))
  const under = letterTop(organ)
  const place = (line: number): number => under + line * grid.pitch + baseline(grid.pitch, size.no3)
  const marks = markLines(paper, book)
  marks.forEach((line, index) => {
    items.push(...lineItems(line, frame.left, place(index), size.no3))
  })
  const number = singleLine(book, paper.letterhead?.number ?? '', 'fangsong', size.no3, bodySetting.tracking)
  items.push(...lineItems(number, frame.left + frame.areaWidth - number.width, place(0), size.no3))
  return { items, end: under + Math.max(1, marks.length) * grid.pitch }
}

function doubleRule(frame: Frame, y: number, first: number, second: number): Item[] {
  const x1 = (frame.width - letter.ruleWidth) / 2
  const x2 = x1 + letter.ruleWidth
  const line = (at: number, weight: number): Item => ({ kind: 'rule', x1, x2, y1: at, y2: at, weight, color: red })
  return [line(y + first / 2, first), line(y + first + letter.between + second / 2, second)]
}

/** 抄送：… in 四号, one character free on both sides, following lines after the colon, a full stop at the end. */
function copyRows(paper: Paper, composer: Composer): Row[] {
  if (paper.copies.length === 0) return []
  const setting = { size: copies.size, tracking: 0, justify: true }
  const label = singleLine(composer.book, '抄送：', 'fangsong', copies.size)
  const atoms = atomsOf([{ text: copiesText(paper.copies), face: 'fangsong' }], copies.size, composer.book)
  const room = composer.width - 2 * copies.inset - label.width
  return breakLines(atoms, setting, () => room).map((line, index) => {
    const y = baseline(copies.pitch, copies.size)
    return {
      height: copies.pitch,
      keepNext: true,
      items: [
        ...(index === 0 ? lineItems(label, copies.inset, y, copies.size) : []),
        ...lineItems(line, copies.inset + label.width, y, copies.size),
      ],
    }
  })
}

export const copiesText = (names: readonly string[]): string => `${names.join('，')}。`

/** What stands outside the text area: page number, signing line, paper anchor, trial band. */
function margins(paper: Paper, frame: Frame, book: FontBook, index: number, total: number): Item[] {
  const items: Item[] = []
  const text = (
    value: string,
    face: 'songti' | 'heiti' | 'fangsong',
    textSize: number,
    y: number,
    at: number | 'center',
  ) => {
    const line = singleLine(book, value, face, textSize)
    const x = at === 'center' ? (frame.width - line.width) / 2 : at < 0 ? frame.width + at - line.width : at
    items.push(...lineItems(line, x, y, textSize))
    return x + line.width
  }
  const official = !paper.field.landscape && paper.field.bottom === 35
  const numberTop = official ? pageNumber.top : frame.bottom + mm(5)
  // The dash stands about 0.36 of the size above the baseline; its upper edge is what §7.5 measures.
  const numberBase = numberTop + 0.36 * pageNumber.size
  const right = -(frame.width - frame.left - frame.areaWidth + pageNumber.inset)
  if (paper.pageNumbers === 'dashes' || (paper.pageNumbers === 'dashes-from-second' && index > 0)) {
    const odd = index % 2 === 0
    text(`— ${index + 1} —`, 'songti', pageNumber.size, numberBase, odd ? right : frame.left + pageNumber.inset)
  }
  if (paper.pageNumbers === 'of-total') {
    const at = paper.pageSignature === null ? ('center' as const) : right
    text(`第${index + 1}页　共${total}页`, 'songti', size.no5, numberBase, at)
  }
  if (paper.pageSignature !== null) {
    const end = text(paper.pageSignature, 'fangsong', size.small4, numberBase, frame.left)
    const y = numberBase + 3
    items.push({ kind: 'rule', x1: end + 2, y1: y, x2: end + mm(40), y2: y, weight: 0.5, color: ink })
  }
  if (paper.anchor !== null) text(paper.anchor, 'songti', size.small5, frame.height - mm(11), 'center')
  if (paper.trial) {
    const top = mm(11)
    text(trialBand, 'heiti', size.no5, top + size.no5, 'center')
    for (const y of [top - 2, top + size.no5 + 5]) {
      items.push({
        kind: 'rule',
        x1: frame.left,
        y1: y,
        x2: frame.left + frame.areaWidth,
        y2: y,
        weight: 0.5,
        color: ink,
      })
    }
  }
  return items
}
