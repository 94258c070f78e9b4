import type { Paper } from '../model.ts'
import type { PaperFrame } from '../text.ts'
import { register } from './register.ts'

/** One piece of a volume. */
export interface ContentsEntry {
  readonly number: string
  /** 文号. */
  readonly documentNumber: string
  readonly author: string
  readonly title: string
  /** YYYYMMDD as the archives write it. */
  readonly date: string
  readonly level: string
  readonly pages: string
  readonly remarks: string
}

/** 卷内文件目录 (GB/T 9705: 顺序号 文号 责任者 题名 日期 页号 备注; 密级 added for classified volumes). */
export interface ContentsData extends PaperFrame {
  readonly archivalCode: string
  readonly volumeTitle: string
  readonly entries: readonly ContentsEntry[]
  readonly anchor: string | null
}

export function contents(data: ContentsData): Paper {
  return register({
    ...data,
    title: '卷内文件目录',
    landscape: false,
    facts: [`案卷题名：${data.volumeTitle}`, `档号：${data.archivalCode}`],
    columns: [
      { label: '顺序号', width: 15, align: 'center' },
      { label: '文号', width: 27, align: 'left' },
      { label: '责任者', width: 24, align: 'left' },
      { label: '题名', width: 36, align: 'left' },
      { label: '日期', width: 22, align: 'center' },
      { label: '密级', width: 14, align: 'center' },
      { label: '页号', width: 17, align: 'center' },
      { label: '备注', width: 15, align: 'left' },
    ],
    rows: data.entries.map((one) => [
      one.number,
      one.documentNumber,
      one.author,
      one.title,
      one.date,
      one.level,
      one.pages,
      one.remarks,
    ]),
    notes: [],
  })
}
