import type { Paper } from '../model.ts'
import { chineseDate } from '../text.ts'
import { essay, type FormFrame, form, formTable, pair, wide } from './form.ts'

/** 卷内备考表 (GB/T 9705: 本卷情况说明, 立卷人, 检查人, 立卷时间). */
export interface ReferenceSheetData extends FormFrame {
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
}

export function referenceSheet(data: ReferenceSheetData): Paper {
  const rows = [
    wide('案卷题名', data.volumeTitle, 12),
    wide('档号', data.archivalCode, 12),
    pair('件数', `${data.pieces}件`, '页数', `${data.pages}页`),
    essay('本卷情况\n说明', data.situation, 120),
    { ...pair('立卷人', data.filedBy ?? '', '检查人', data.checkedBy ?? ''), height: 14 },
    wide('立卷时间', chineseDate(data.filedOn), 14),
  ]
  return form('卷内备考表', data, [formTable(rows)], { pageNumbers: 'none' })
}
