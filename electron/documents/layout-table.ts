import { atomsOf, breakLines, type Line } from './breaking.ts'
import { mm, red } from './gbt9704.ts'
import { baseline, type Composer, type Item, ink, lineItems, type Row, singleLine } from './layout-rows.ts'
import type { TableBlock, TableCell, TableRow } from './model.ts'

/** Free paper between a cell's rules and its text, millimetres. The DOCX writer uses the same. */
export const cellPadding = { horizontal: 1.8, vertical: 1.2 }

/** Line pitch inside tables as a multiple of the text size. */
export const tableLeading = 1.5

const ruleWeight = 0.6

interface BrokenCell {
  readonly cell: TableCell
  readonly x: number
  readonly width: number
  readonly lines: readonly Line[]
}

/** Rows of a table; each may open a page and then carries the head above it. A row taller than a page is divided. */
export function tableRows(table: TableBlock, composer: Composer): Row[] {
  const head = table.head.flatMap((row) => build(row, table, composer, Number.POSITIVE_INFINITY))
  const headHeight = head.reduce((sum, row) => sum + row.height, 0)
  // A row that is higher than most of a page is divided; 180 mm is less than any field of ours.
  const most = mm(180) - headHeight
  const body = table.rows.flatMap((row) => build(row, table, composer, most)).map((row) => ({ ...row, head }))
  return [...head.map((row) => ({ ...row, keepNext: true })), ...body]
}

function build(row: TableRow, table: TableBlock, composer: Composer, most: number): Row[] {
  const cells = broken(row, table, composer)
  const pitch = table.size * tableLeading
  const padding = mm(cellPadding.vertical)
  const perRow = Math.max(1, Math.floor((most - 2 * padding - 2 * pitch) / pitch))
  const longest = Math.max(...cells.map((cell) => cell.lines.length))
  const parts = Math.max(1, Math.ceil(longest / perRow))
  return Array.from({ length: parts }, (_, part) => {
    const share = cells.map((cell) => ({
      ...cell,
      lines: parts === 1 ? cell.lines : cell.lines.slice(part * perRow, (part + 1) * perRow),
    }))
    const drawn = draw(share, parts === 1 ? mm(row.height) : 0, table.size, composer, part === parts - 1)
    return table.red ? { ...drawn, items: drawn.items.map((item) => ({ ...item, color: red })) } : drawn
  })
}

function broken(row: TableRow, table: TableBlock, composer: Composer): BrokenCell[] {
  let column = 0
  let x = 0
  return row.cells.map((cell) => {
    const span = cell.columns ?? 1
    const width = mm(table.widths.slice(column, column + span).reduce((sum, part) => sum + part, 0))
    const place = x
    column += span
    x += width
    const room = width - 2 * mm(cellPadding.horizontal)
    // Narrow columns stay ragged: a line of five characters pulled apart reads worse than an open edge.
    const justify = (cell.align ?? 'left') === 'left' && room > 16 * table.size
    const setting = { size: table.size, tracking: 0, justify }
    const lines = cell.lines.flatMap((text) =>
      breakLines(atomsOf([{ text, face: cell.face ?? 'fangsong' }], table.size, composer.book), setting, () => room),
    )
    return { cell, x: place, width, lines }
  })
}

function draw(cells: readonly BrokenCell[], least: number, textSize: number, composer: Composer, last: boolean): Row {
  const pitch = textSize * tableLeading
  const padding = mm(cellPadding.vertical)
  const height = Math.max(
    least,
    ...cells.map((one) => (one.lines.length + (one.cell.foot && last ? 1.5 : 0)) * pitch + 2 * padding),
  )
  const right = cells.reduce((edge, one) => Math.max(edge, one.x + one.width), 0)
  const items: Item[] = [rule(0, 0, right, 0), rule(0, height, right, height), rule(0, 0, 0, height)]
  for (const one of cells) {
    items.push(rule(one.x + one.width, 0, one.x + one.width, height))
    const foot = one.cell.foot && last ? one.cell.foot : null
    const text = one.lines.length * pitch
    const free = height - text - (foot ? 1.5 * pitch : 0)
    const top = one.cell.vertical === 'middle' ? free / 2 : padding
    const room = one.width - 2 * mm(cellPadding.horizontal)
    one.lines.forEach((line, index) => {
      const shift =
        one.cell.align === 'center' ? (room - line.width) / 2 : one.cell.align === 'right' ? room - line.width : 0
      const x = one.x + mm(cellPadding.horizontal) + shift
      items.push(...lineItems(line, x, top + index * pitch + baseline(pitch, textSize), textSize))
    })
    if (foot) {
      const line = singleLine(composer.book, foot, 'fangsong', textSize)
      const x = one.x + one.width - mm(cellPadding.horizontal) - line.width
      items.push(...lineItems(line, x, height - padding - pitch + baseline(pitch, textSize), textSize))
    }
  }
  return { height, items, keepNext: false }
}

const rule = (x1: number, y1: number, x2: number, y2: number): Item => ({
  kind: 'rule',
  x1,
  y1,
  x2,
  y2,
  weight: ruleWeight,
  color: ink,
})
