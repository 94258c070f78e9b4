import { formField, type Paper } from '../model.ts'
import { cell, chineseDate, labelCell, official, type PaperFrame } from '../text.ts'

/** 卷内备考表 (GB/T 9705: 本卷情况说明, 立卷人, 检查人, 立卷时间). */
export interface ReferenceSheetData extends PaperFrame {
  readonly archivalCode: string
  readonly volumeTitle: string
  readonly pieces: number
  readonly pages: number
  /** State of the volume, material that went elsewhere (the Rules 20) and where to look for it. */
  readonly situation: string
  readonly filedBy: string | null
  readonly checkedBy: string | null
  /** ISO date. */
  readonly filedOn: string | null
  readonly anchor: string | null
}

export function referenceSheet(data: ReferenceSheetData): Paper {
  return official('卷内备考表', data, {
    field: formField,
    pageNumbers: 'none',
    anchor: data.anchor,
    blocks: [
      { kind: 'title', text: '卷内备考表', blankBefore: 0, blankAfter: 0 },
      {
        kind: 'table',
        widths: [30, 55, 30, 55],
        size: 12,
        head: [],
        rows: [
          { height: 12, cells: [labelCell('案卷题名'), cell(data.volumeTitle, { columns: 3 })] },
          { height: 12, cells: [labelCell('档号'), cell(data.archivalCode, { columns: 3 })] },
          {
            height: 12,
            cells: [labelCell('件数'), cell(`${data.pieces}件`), labelCell('页数'), cell(`${data.pages}页`)],
          },
          {
            height: 120,
            cells: [labelCell('本卷情况\n说明'), { ...cell(data.situation, { columns: 3 }), vertical: 'top' }],
          },
          {
            height: 14,
            cells: [labelCell('立卷人'), cell(data.filedBy ?? ''), labelCell('检查人'), cell(data.checkedBy ?? '')],
          },
          { height: 14, cells: [labelCell('立卷时间'), cell(chineseDate(data.filedOn), { columns: 3 })] },
        ],
      },
    ],
  })
}
