import type { Paper } from '../model.ts'
import { chineseDate, clean } from '../text.ts'
import { type FormFrame, form, formTable, pair, wide } from './form.ts'
import { registerTable } from './register.ts'

/** One piece of a volume that changes hands. */
interface HandedOver {
  readonly title: string
  readonly number: string
  /** YYYYMMDD as the archives write it. */
  readonly date: string
  readonly level: string
  readonly pages: number
}

/** 案卷移交签收单: the organising office hands a volume to the archivist, who signs or sends it back (the Rules 20). */
export interface VolumeReceiptData extends FormFrame {
  readonly archivalCode: string
  readonly volumeTitle: string
  readonly edition: number
  readonly retention: string
  readonly level: string
  readonly organiser: string
  readonly receiver: string
  readonly pieces: readonly HandedOver[]
  readonly note: string
  readonly handedBy: string
  /** ISO date. */
  readonly handedOn: string
  /** Null while the archivist has not answered. */
  readonly answer: {
    readonly outcome: '签收' | '退回'
    readonly by: string
    /** ISO date. */
    readonly on: string
    readonly note: string
  } | null
}

export function volumeReceipt(data: VolumeReceiptData): Paper {
  const pages = data.pieces.reduce((sum, piece) => sum + piece.pages, 0)
  const { answer } = data
  const outcome = answer === null ? '' : answer.outcome === '签收' ? '清点无误，予以签收。' : '退回立卷处室补正。'
  return form('案卷移交签收单', data, [
    formTable([
      wide('案卷题名', data.volumeTitle, 14),
      pair('档号', data.archivalCode, '版次', `第${data.edition}版`),
      pair('保管期限', data.retention, '密级', data.level === '' ? '无' : data.level),
      pair('移交处室', data.organiser, '接收', data.receiver),
    ]),
    { kind: 'blank', lines: 0.3 },
    registerTable(
      [
        { label: '顺序号', width: 17, align: 'center' },
        { label: '题名', width: 66, align: 'left' },
        { label: '文号', width: 36, align: 'left' },
        { label: '日期', width: 22, align: 'center' },
        { label: '密级', width: 15, align: 'center' },
        { label: '页数', width: 14, align: 'center' },
      ],
      data.pieces.map((piece, index) => [
        String(index + 1),
        piece.title,
        piece.number,
        piece.date,
        piece.level,
        String(piece.pages),
      ]),
    ),
    { kind: 'blank', lines: 0.3 },
    formTable([
      wide('合计', `${data.pieces.length}件，${pages}页`),
      wide('移交说明', data.note === '' ? '无' : data.note, 14),
      { ...pair('移交人\n（签名）', data.handedBy, '移交日期', chineseDate(data.handedOn)), height: 16 },
      wide('签收情况', `${outcome}${clean(answer?.note ?? '')}`, 16),
      { ...pair('接收人\n（签名）', answer?.by ?? '', '接收日期', chineseDate(answer?.on ?? null)), height: 16 },
    ]),
  ])
}
