import { formField, type Paper } from '../model.ts'
import { clean, official, type PaperFrame } from '../text.ts'
import { formTable, pair, wide } from './form.ts'

/** 案卷封面 (GB/T 9705: 全宗名称, 类目名称, 案卷题名, 时间, 保管期限, 件数, 页数, 归档号, 档号). Carries no page number. */
export interface VolumeCoverData extends PaperFrame {
  /** 全宗名称. */
  readonly fonds: string
  /** 类目名称. */
  readonly category: string
  readonly volumeTitle: string
  /** First and last day of the papers, as printed. */
  readonly period: string
  readonly retention: string
  readonly pieces: number
  readonly pages: number
  readonly filingNumber: string
  readonly archivalCode: string
  /** Highest level in the volume as approved; empty on an unclassified one. */
  readonly level: string
}

export function volumeCover(data: VolumeCoverData): Paper {
  return official('案卷封面', data, {
    field: { ...formField, top: 45 },
    pageNumbers: 'none',
    blocks: [
      { kind: 'title', text: clean(data.fonds), blankBefore: 0, blankAfter: 1 },
      { kind: 'title', text: clean(data.category), blankBefore: 1, blankAfter: 3 },
      formTable(
        [
          wide('案卷题名', data.volumeTitle, 46),
          wide('时间', data.period, 16),
          { ...pair('保管期限', data.retention, '密级', data.level === '' ? '非密' : data.level), height: 16 },
          { ...pair('件数', `${data.pieces}件`, '页数', `${data.pages}页`), height: 16 },
          wide('归档号', data.filingNumber, 16),
          wide('档号', data.archivalCode, 16),
        ],
        [34, 51, 34, 51],
        16,
      ),
    ],
  })
}
