import type { Paper, TableRow } from '../model.ts'
import { cell, chineseDate, clean, labelCell } from '../text.ts'
import { type FormFrame, form, formTable, pair, wide } from './form.ts'

/** 电子档案移交接收登记表. The recipient reads the CA fingerprint from this paper, never from the bundle (DESIGN §8). */
export interface HandoverData extends FormFrame {
  readonly sender: string
  readonly recipient: string
  readonly deliveryId: string
  readonly archivalCode: string
  readonly volumeTitle: string
  /** 密级 of the whole bundle as approved, or 非密. */
  readonly level: string
  /** 份号 of the bundle; blank on the receiver's side where the sender gave none. */
  readonly copy: string
  readonly pieces: number
  readonly files: number
  readonly bytes: number
  readonly carrier: string
  readonly bundles: readonly { readonly name: string; readonly sha256: string }[]
  readonly caFingerprint: string
  readonly signerFingerprint: string
  /** Checks made before sealing and their outcome. */
  readonly checks: string
  readonly handedBy: string | null
  readonly receivedBy: string | null
  /** ISO date. */
  readonly date: string | null
}

export function handover(data: HandoverData): Paper {
  const sign = (label: string, name: string | null): TableRow => ({
    height: 26,
    cells: [
      labelCell(label),
      {
        ...cell(name === null ? '' : clean(name), { columns: 3 }),
        vertical: 'top',
        foot: `（签名、盖章）　　${chineseDate(data.date)}`,
      },
    ],
  })
  const rows = [
    pair('移交单位', data.sender, '接收单位', data.recipient),
    wide('案卷题名', data.volumeTitle),
    wide('档号', data.archivalCode),
    pair('密级', data.level, '份号', data.copy === '' ? '—' : data.copy),
    pair('载体', data.carrier, '件数', `${data.pieces}件`),
    wide('文件数', `${data.files}个（${data.bytes}字节）`),
    wide('移交包标识', data.deliveryId),
    ...data.bundles.map((bundle) => wide('封装包及\nSHA-256', `${bundle.name}\n${grouped(bundle.sha256)}`, 14)),
    wide('签发机构证书\nSHA-256 指纹', grouped(data.caFingerprint), 14),
    wide('签名证书\nSHA-256 指纹', grouped(data.signerFingerprint), 14),
    wide('检验情况', data.checks, 20),
    sign('移交人', data.handedBy),
    sign('接收人', data.receivedBy),
  ]
  return form('电子档案移交接收登记表', data, [formTable(rows, [34, 51, 34, 51], 10.5)])
}

/** Digests in groups of eight, four to a line: a person reads them off paper and types them. */
function grouped(digest: string): string {
  const digits = digest.replace(/[^0-9a-fA-F]/g, '').toUpperCase()
  const groups = digits.match(/.{1,8}/g) ?? []
  return [groups.slice(0, 4), groups.slice(4)].map((line) => line.join(' ')).join('\n')
}
