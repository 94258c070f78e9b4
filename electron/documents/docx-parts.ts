import {
  AlignmentType,
  type IParagraphOptions,
  LineRuleType,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  UnderlineType,
  VerticalAlignTable,
  WidthType,
} from 'docx'
import { type FaceRole, faces, mm, size, twips, word } from './gbt9704.ts'
import { cellPadding, tableLeading } from './layout-table.ts'
import type { TableCell as CellData, TableRow as RowData, Run, SignLineBlock, TableBlock } from './model.ts'

/** Character cell of the grid in twips: 320 less the spacing. */
export const cellTwips = size.no3 * 20 + word.spacing

/** A run of text with its face named in all four slots; Word and WPS then never fall back to a theme font. */
export function textRun(text: string, face: FaceRole, points: number = size.no3, color?: string): TextRun {
  const name = faces[face]
  return new TextRun({
    text,
    size: points * 2,
    font: { ascii: name, hAnsi: name, eastAsia: name, cs: name, hint: 'eastAsia' },
    ...(points === size.no3 ? { characterSpacing: word.spacing } : {}),
    ...(color ? { color: color.slice(1) } : {}),
  })
}

/** Exactly one line of the grid, or of the height given in twips. */
export const exactly = (line: number = word.pitch) => ({ line, lineRule: LineRuleType.EXACT, before: 0, after: 0 })

/** A paragraph on the grid. */
export function gridParagraph(runs: readonly TextRun[], options: Partial<IParagraphOptions> = {}): Paragraph {
  return new Paragraph({ spacing: exactly(), ...options, children: [...runs] })
}

/** Room of a text in characters of the grid: what is not full width takes half. */
export function gridWidth(text: string): number {
  let width = 0
  for (const character of text) width += (character.codePointAt(0) ?? 0) < 0x2000 ? 0.5 : 1
  return width
}

export const runsOf = (runs: readonly Run[]): TextRun[] => runs.map((one) => textRun(one.text, one.face))

/** A rule to write on: underlined blanks, which every word processor prints alike. */
export function signLine(block: SignLineBlock, keepNext: boolean): Paragraph {
  return gridParagraph(
    block.parts.flatMap((part) => [
      textRun(part.label, 'fangsong'),
      ...(part.blankCharacters === 0
        ? []
        : [
            new TextRun({
              text: '　'.repeat(part.blankCharacters),
              size: size.no3 * 2,
              underline: { type: UnderlineType.SINGLE },
            }),
          ]),
    ]),
    { keepNext, spacing: { ...exactly(), before: Math.round(word.pitch / 2) } },
  )
}

/** A table of fixed widths, its head repeated on every page, rows not torn apart. */
export function tableOf(block: TableBlock): Table {
  const widths = block.widths.map((width) => twips(mm(width)))
  const rows = (list: readonly RowData[], tableHeader: boolean): TableRow[] =>
    list.map(
      (row) =>
        new TableRow({
          tableHeader,
          cantSplit: true,
          height: { value: twips(mm(row.height)), rule: 'atLeast' },
          children: cells(row, block, widths),
        }),
    )
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    columnWidths: widths,
    rows: [...rows(block.head, true), ...rows(block.rows, false)],
  })
}

function cells(row: RowData, block: TableBlock, widths: readonly number[]): TableCell[] {
  let column = 0
  return row.cells.map((cell) => {
    const span = cell.columns ?? 1
    const width = widths.slice(column, column + span).reduce((sum, part) => sum + part, 0)
    column += span
    return new TableCell({
      columnSpan: span,
      width: { size: width, type: WidthType.DXA },
      verticalAlign: cell.vertical === 'middle' ? VerticalAlignTable.CENTER : VerticalAlignTable.TOP,
      margins: {
        marginUnitType: WidthType.DXA,
        top: twips(mm(cellPadding.vertical)),
        bottom: twips(mm(cellPadding.vertical)),
        left: twips(mm(cellPadding.horizontal)),
        right: twips(mm(cellPadding.horizontal)),
      },
      children: cellParagraphs(cell, block.size),
    })
  })
}

const alignments = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT } as const

function cellParagraphs(cell: CellData, points: number): Paragraph[] {
  const line = exactly(twips(points * tableLeading))
  const make = (text: string, alignment: (typeof alignments)[keyof typeof alignments], before = 0): Paragraph =>
    new Paragraph({
      alignment,
      spacing: { ...line, before },
      children: [textRun(text, cell.face ?? 'fangsong', points)],
    })
  const lines = cell.lines.map((text) => make(text, alignments[cell.align ?? 'left']))
  const foot = cell.foot ? [make(cell.foot, AlignmentType.RIGHT, twips(points))] : []
  // A cell needs a paragraph even when it says nothing.
  return lines.length + foot.length === 0 ? [make('', AlignmentType.LEFT)] : [...lines, ...foot]
}
