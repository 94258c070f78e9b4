import type { Paper } from '../model.ts'
import { chineseDate, clean, headingNumber, paragraph } from '../text.ts'
import { contactLine, type LetterFrame, letter, ruleName } from './letter.ts'

/** 共性问题专项核查通知 (the Rules 19). */
export interface InspectionNoticeData extends LetterFrame {
  /** 各有关市属国有重点企业, or one enterprise. */
  readonly addressee: string
  /** The problem all have in common: 融资性贸易. */
  readonly problem: string
  readonly period: string
  readonly scope: readonly string[]
  readonly requirements: readonly string[]
  /** ISO date the self-examination is due. */
  readonly reportDue: string
  readonly contact: string
  readonly telephone: string
}

export function inspectionNotice(data: InspectionNoticeData): Paper {
  const list = (items: readonly string[]) =>
    items.map((text, index) => paragraph(`${headingNumber(2, index + 1)}${clean(text)}`))
  return letter(data, {
    name: '共性问题专项核查通知',
    title: `关于开展${clean(data.problem)}共性问题专项核查的通知`,
    whole: [data.problem, '共性问题', '专项核查'],
    unnumbered: '',
    addressee: data.addressee,
    body: [
      paragraph(
        `根据${ruleName}第十九条规定，针对责任约谈反映的${clean(data.problem)}等典型性、普遍性问题，` +
          `市国资委决定于${clean(data.period)}组织开展共性问题专项核查。现将有关事项通知如下。`,
      ),
      { kind: 'heading', level: 1, text: '一、核查范围' },
      ...list(data.scope),
      { kind: 'heading', level: 1, text: '二、工作要求' },
      ...list(data.requirements),
      paragraph(`请于${chineseDate(data.reportDue)}前将自查情况报送市国资委（纸质件加盖单位公章，同时附电子版）。`),
      contactLine(data.contact, data.telephone),
    ],
  })
}
