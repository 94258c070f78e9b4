import { type Block, formField, landscapeField, type Paper, type TableRow } from '../model.ts'
import { cell, clean, official, type PaperFrame, paragraphsOf, richParagraph, run } from '../text.ts'

export interface RegisterColumn {
  readonly label: string
  /** Millimetres. */
  readonly width: number
  readonly align: 'left' | 'center' | 'right'
}

/** Any register or list: heading, facts above the table, the table, notes below. */
export interface RegisterData extends PaperFrame {
  readonly title: string
  readonly landscape: boolean
  /** Lines above the table, such as 全宗名称 and 年度. */
  readonly facts: readonly string[]
  readonly columns: readonly RegisterColumn[]
  readonly rows: readonly (readonly string[])[]
  readonly notes: readonly string[]
  readonly anchor: string | null
}

export function register(data: RegisterData): Paper {
  const signs: Block[] = data.notes.flatMap((note) =>
    paragraphsOf(note).map((text) => richParagraph([run(text)], { first: 0, small: true })),
  )
  return official(data.title, data, {
    field: data.landscape ? landscapeField : formField,
    pageNumbers: 'of-total',
    anchor: data.anchor,
    blocks: [
      { kind: 'title', text: clean(data.title), blankBefore: 0, blankAfter: 0 },
      ...data.facts.map((text) => richParagraph([run(clean(text))], { first: 0, small: true, keepNext: true })),
      { kind: 'blank', lines: 0.1 },
      registerTable(data.columns, data.rows),
      ...signs,
    ],
  })
}

/** The table alone, its head repeated on every page; used inside other papers. */
export function registerTable(columns: readonly RegisterColumn[], rows: RegisterData['rows'], least = 8): Block {
  return {
    kind: 'table',
    widths: columns.map((column) => column.width),
    size: 10.5,
    head: [
      {
        height: 9,
        cells: columns.map(({ label }) => ({ lines: [label], face: 'heiti', align: 'center', vertical: 'middle' })),
      },
    ],
    rows: rows.map(
      (row): TableRow => ({
        height: least,
        cells: columns.map((column, index) => cell(row[index] ?? '', { align: column.align })),
      }),
    ),
  }
}
