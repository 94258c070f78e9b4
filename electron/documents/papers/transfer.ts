import type { Block, Paper } from '../model.ts'
import { chineseDate, clean, paragraph } from '../text.ts'
import { type FormFrame, form, formTable, pair, wide } from './form.ts'
import { contactLine, type LetterFrame, letter, ruleName } from './letter.ts'
import { registerTable } from './register.ts'

/** One piece handed over. */
export interface TransferPiece {
  readonly title: string
  readonly number: string
  readonly copies: number
  readonly pages: number
  readonly level: string
  readonly copyNumber: string
  readonly form: '原件' | '复制件'
}

/** 移送清单 (the Rules 18, 20): what leaves the volume, and the clue in short. */
export interface TransferListData extends FormFrame {
  /** 移送号; empty where none is given. */
  readonly number: string
  readonly noticeNumber: string
  readonly enterprise: string
  readonly matter: string
  /** When it happened, sum involved, persons: as printed. */
  readonly period: string
  readonly amount: string
  readonly persons: readonly string[]
  readonly summary: string
  /** Why it is referred. */
  readonly reason: string
  readonly from: string
  readonly to: string
  readonly pieces: readonly TransferPiece[]
  /** Who refers, and the ISO date; empty and null where both are written by hand. */
  readonly sentBy: string
  readonly sentOn: string | null
}

/** The pieces as a table with their sum below. */
export function transferPieces(pieces: readonly TransferPiece[]): Block[] {
  const pages = pieces.reduce((sum, piece) => sum + piece.pages * piece.copies, 0)
  return [
    registerTable(
      [
        { label: '序号', width: 12, align: 'center' },
        { label: '材料名称', width: 54, align: 'left' },
        { label: '文号', width: 36, align: 'left' },
        { label: '份数', width: 11, align: 'center' },
        { label: '页数', width: 11, align: 'center' },
        { label: '密级', width: 14, align: 'center' },
        { label: '份号', width: 16, align: 'center' },
        { label: '原/复', width: 16, align: 'center' },
      ],
      pieces.map((piece, index) => [
        String(index + 1),
        piece.title,
        piece.number,
        String(piece.copies),
        String(piece.pages),
        piece.level,
        piece.copyNumber,
        piece.form,
      ]),
    ),
    { kind: 'blank', lines: 0.3 },
    formTable([wide('合计', `${pieces.length}件，${pages}页`)]),
  ]
}

export function transferList(data: TransferListData): Paper {
  return form('问题线索及材料移送清单', data, [
    formTable([
      ...(data.number === '' ? [] : [wide('移送号', data.number)]),
      pair('移送单位', data.from, '接收单位', data.to),
      wide('企业', data.enterprise),
      wide('事项', data.matter, 14),
      pair('发生时间', data.period, '涉及金额', data.amount),
      wide('相关责任人', data.persons.map(clean).join('、')),
      wide('线索来源', `责任约谈（${clean(data.noticeNumber)}）`),
      wide('线索摘要', data.summary, 24),
      ...(data.reason === '' ? [] : [wide('移送理由', data.reason, 16)]),
    ]),
    { kind: 'blank', lines: 0.3 },
    ...transferPieces(data.pieces),
    formTable([
      { ...pair('移送人\n（签名）', data.sentBy, '日期', chineseDate(data.sentOn)), height: 16 },
      { ...pair('接收人\n（签名）', '', '日期', chineseDate(null)), height: 16 },
    ]),
  ])
}

/** 移送函: to a discipline inspection organ (the Rules 18) or to the accountability office (the Rules 20). */
export interface TransferLetterData extends LetterFrame {
  readonly recipient: string
  readonly enterprise: string
  readonly noticeNumber: string
  readonly matter: string
  readonly ground: 'discipline' | 'accountability'
  readonly pieces: number
  readonly contact: string
  readonly telephone: string
}

export function transferLetter(data: TransferLetterData): Paper {
  const why =
    data.ground === 'discipline'
      ? `发现有关人员涉嫌违纪或职务违法问题线索。根据${ruleName}第十八条规定，现将有关问题线索和材料移送你单位，请依规依纪依法处理。`
      : `发现违规经营投资问题和线索。根据${ruleName}第二十条规定，现将有关材料移送你单位，请按照有关业务档案进行管理。`
  return letter(data, {
    name: '问题线索移送函',
    title: `关于移送${clean(data.enterprise)}有关问题线索的函`,
    whole: [data.enterprise],
    unnumbered: '',
    addressee: data.recipient,
    body: [
      paragraph(
        `市国资委在对${clean(data.enterprise)}就${clean(data.matter)}事项开展责任约谈（${clean(data.noticeNumber)}）过程中，${why}`,
      ),
      paragraph('接收后请在移送清单上签字，并将一份退回我委。办理结果请及时函告。'),
      contactLine(data.contact, data.telephone),
    ],
    attachments: [`问题线索及材料移送清单（共${data.pieces}件）`],
  })
}
