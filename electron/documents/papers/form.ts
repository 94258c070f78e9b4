import { type Block, formField, type Paper, type TableRow } from '../model.ts'
import { cell, chineseDate, clean, labelCell, official, type PaperFrame } from '../text.ts'

/** What every internal form carries beside its own content. */
export interface FormFrame extends PaperFrame {
  /** 纸上锚: sequence and head of the log when the form was made; `null` on forms that leave the office. */
  readonly anchor: string | null
}

/** An opinion on an internal form: what was said, by whom, when. `null` name: still to be given. */
export interface Opinion {
  readonly label: string
  readonly text: string
  readonly name: string | null
  /** ISO date. */
  readonly date: string | null
}

/** One label, one value over the whole width. `height` is the least height in millimetres. */
export const wide = (label: string, value: string, height = 10): TableRow => ({
  height,
  cells: [labelCell(label), cell(value, { columns: 3 })],
})

/** Two labels with their values side by side. */
export const pair = (one: string, first: string, two: string, second: string): TableRow => ({
  height: 10,
  cells: [labelCell(one), cell(first), labelCell(two), cell(second)],
})

/** A long text that begins at the top of its box: room to be read, and to be added to by hand. */
export const essay = (label: string, value: string, height = 40): TableRow => ({
  height,
  cells: [labelCell(label), { ...cell(value, { columns: 3 }), vertical: 'top' }],
})

/** The row of an opinion: text above, name and date at the lower right. */
export function opinionRow(opinion: Opinion): TableRow {
  const name = opinion.name === null ? '签名：　　　　　　' : `签名：${clean(opinion.name)}　　`
  return {
    height: 28,
    cells: [
      labelCell(opinion.label),
      { ...cell(opinion.text, { columns: 3 }), vertical: 'top', foot: `${name}${chineseDate(opinion.date)}` },
    ],
  }
}

/** A day that may not be there yet: blank instead of room to write, because the row is narrow. */
export const dayOr = (date: string | null, otherwise = ''): string => (date === null ? otherwise : chineseDate(date))

/** The table of a form: two columns of labels, two of values, 170 mm in all. */
export const formTable = (rows: readonly TableRow[], widths = [30, 55, 30, 55], size = 12): Block => ({
  kind: 'table',
  widths,
  head: [],
  rows,
  size,
})

/** A form: its title in 二号小标宋, then its parts, numbered `第1页 共2页`, the anchor at the foot. */
export function form(title: string, data: FormFrame, parts: readonly Block[], content: Partial<Paper> = {}): Paper {
  return official(title, data, {
    field: formField,
    pageNumbers: 'of-total',
    anchor: data.anchor,
    ...content,
    blocks: [{ kind: 'title', text: clean(title), blankBefore: 0, blankAfter: 0 }, ...parts],
  })
}
