import type { Paper } from '../model.ts'
import { chineseDate } from '../text.ts'
import { essay, type FormFrame, form, formTable, pair, wide } from './form.ts'
import { type TransferPiece, transferPieces } from './transfer.ts'

/** 移送材料签收单: the accountability office signs for what came; one copy goes back into the volume (the Rules 20). */
export interface TransferReceiptData extends FormFrame {
  readonly number: string
  /** 业务档案登记号 it was taken in under. */
  readonly register: string
  readonly from: string
  readonly to: string
  readonly enterprise: string
  readonly matter: string
  readonly pieces: readonly TransferPiece[]
  readonly note: string
  readonly sentBy: string
  /** ISO dates. */
  readonly sentOn: string
  readonly receivedBy: string
  readonly receivedOn: string
}

export function transferReceipt(data: TransferReceiptData): Paper {
  return form('移送材料签收单', data, [
    formTable([
      pair('移送号', data.number, '业务档案\n登记号', data.register),
      pair('移送处室', data.from, '接收部门', data.to),
      wide('企业', data.enterprise),
      wide('事项', data.matter, 14),
    ]),
    { kind: 'blank', lines: 0.3 },
    ...transferPieces(data.pieces),
    formTable([
      essay('签收情况', data.note === '' ? '照清单清点无误，予以签收，按业务档案管理。' : data.note, 24),
      { ...pair('移送人\n（签名）', data.sentBy, '移送日期', chineseDate(data.sentOn)), height: 16 },
      { ...pair('签收人\n（签名）', data.receivedBy, '签收日期', chineseDate(data.receivedOn)), height: 16 },
      wide('说明', '本单一式两份，一份随材料存业务档案，一份退移送处室存入案卷。', 12),
    ]),
  ])
}
