import type { Paper } from '../model.ts'
import type { FormFrame } from './form.ts'
import { register } from './register.ts'

/** 归档文件目录 (DA/T 22-2015: 序号 档号 文号 责任者 题名 日期 密级 页数 备注; A4 landscape). */
export interface ArchivedListData extends FormFrame {
  readonly fondsCode: string
  readonly fonds: string
  readonly year: number
  readonly retention: string
  /** 机构（问题）. */
  readonly organ: string
  readonly entries: readonly {
    readonly archivalCode: string
    readonly documentNumber: string
    readonly author: string
    /** A title made by the archivist stands in `[ ]`. */
    readonly title: string
    /** YYYYMMDD. */
    readonly date: string
    readonly level: string
    readonly pages: number
    readonly remarks: string
  }[]
}

export function archivedList(data: ArchivedListData): Paper {
  return register({
    ...data,
    title: '归档文件目录',
    landscape: true,
    facts: [
      `全宗号：${data.fondsCode}　　全宗名称：${data.fonds}　　年度：${data.year}年`,
      `保管期限：${data.retention}　　机构（问题）：${data.organ}`,
    ],
    columns: [
      { label: '序号', width: 14, align: 'center' },
      { label: '档号', width: 58, align: 'left' },
      { label: '文号', width: 42, align: 'left' },
      { label: '责任者', width: 28, align: 'left' },
      { label: '题名', width: 52, align: 'left' },
      { label: '日期', width: 20, align: 'center' },
      { label: '密级', width: 14, align: 'center' },
      { label: '页数', width: 13, align: 'center' },
      { label: '备注', width: 16, align: 'left' },
    ],
    rows: data.entries.map((entry, index) => [
      String(index + 1),
      entry.archivalCode,
      entry.documentNumber,
      entry.author,
      entry.title,
      entry.date,
      entry.level,
      String(entry.pages),
      entry.remarks,
    ]),
    notes: [],
  })
}
