import type { Paper } from '../model.ts'
import { essay, type FormFrame, form, formTable, pair, wide } from './form.ts'

/** 送达回执 of a notice or of minutes (公文条例 25; 实施条例 27: every hand-over of a copy has its line). */
export interface ReceiptData extends FormFrame {
  readonly documentTitle: string
  readonly number: string | null
  /** 份号 of the copy; empty on an unclassified one. */
  readonly copyNumber: string
  readonly level: string
  readonly pages: number
  readonly recipient: string
  readonly manner: '机要交通' | '机要通信' | '专人送达' | '当面领取'
  readonly sentBy: string
  /** As printed; blank where it is written by hand. */
  readonly sentAt: string
  readonly receivedBy: string
  readonly receivedAt: string
  readonly note: string
}

export function receipt(data: ReceiptData): Paper {
  return form('送达回执', data, [
    formTable([
      wide('送达文件', data.documentTitle, 14),
      pair('文号', data.number ?? '无', '页数', `${data.pages}页`),
      pair('密级', data.level, '份号', data.copyNumber === '' ? '无' : data.copyNumber),
      wide('受送达单位', data.recipient, 14),
      pair('送达方式', data.manner, '送达人', data.sentBy),
      wide('送达时间', data.sentAt, 14),
      { ...pair('签收人\n（签名）', data.receivedBy, '签收时间', data.receivedAt), height: 22 },
      wide('受送达单位\n（盖章）', '', 40),
      essay('备注', data.note, 26),
    ]),
  ])
}
