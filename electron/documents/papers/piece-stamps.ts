import { formField, type Paper, type TableRow } from '../model.ts'
import { cell, clean, official, richParagraph, run } from '../text.ts'
import type { FormFrame } from './form.ts'

/**
 * 归档章 of pieces (DA/T 22-2015): 45 × 16 mm, six equal cells in red — 全宗号, 年度, 件号; 机构（问题）, 保管期限, 页数. A frozen
 * paper never changes, so the stamps stand on a sheet of their own, to be cut out or copied onto the first page of each piece.
 */
export interface PieceStampsData extends FormFrame {
  readonly volumeTitle: string
  readonly stamps: readonly {
    readonly archivalCode: string
    readonly title: string
    readonly fonds: string
    readonly year: string
    readonly n: string
    readonly organ: string
    readonly retention: string
    readonly pages: string
  }[]
}

/** Millimetres. */
const stampCell = { width: 15, height: 8 }

export function pieceStamps(data: PieceStampsData): Paper {
  const row = (values: readonly string[]): TableRow => ({
    height: stampCell.height,
    cells: values.map((value) => ({ ...cell(value, { align: 'center' }), vertical: 'middle' })),
  })
  return official('归档章', data, {
    field: formField,
    pageNumbers: 'of-total',
    anchor: data.anchor,
    blocks: [
      { kind: 'title', text: '归档章', blankBefore: 0, blankAfter: 0 },
      richParagraph([run(clean(data.volumeTitle))], { first: 0, small: true }),
      ...data.stamps.flatMap((one) => [
        { kind: 'blank' as const, lines: 0.4 },
        richParagraph([run(clean(`${one.archivalCode}　${one.title}`))], { first: 0, small: true, keepNext: true }),
        {
          kind: 'table' as const,
          widths: [stampCell.width, stampCell.width, stampCell.width],
          size: 9,
          red: true,
          head: [],
          rows: [row([one.fonds, one.year, one.n]), row([one.organ, one.retention, one.pages])],
        },
      ]),
    ],
  })
}
