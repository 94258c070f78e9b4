import type { Paper } from '../model.ts'
import { chineseDate, clean, paragraph } from '../text.ts'
import { contactLine, type LetterFrame, letter, ruleName } from './letter.ts'

/** 责任约谈通知书 (the Rules 4 and their first template). One notice per enterprise, also in a 集体约谈. */
export interface NoticeData extends LetterFrame {
  readonly enterprise: string
  /** 2026年3月10日9时, as printed: the template asks for the hour. */
  readonly time: string
  /** The place inside the organ, without 市国资委. */
  readonly place: string
  readonly interviewOffice: string
  /** Name and post of the chair. */
  readonly host: string
  /** 就…事项: the cause without these two words. */
  readonly cause: string
  /** Persons called, each as printed: 公司主要负责人, 分管负责人 … */
  readonly persons: readonly string[]
  readonly materialsDue: string | null
  readonly contact: string
  readonly telephone: string
}

/** The notice as a paper. Words between the slots are the template's own. */
export function notice(data: NoticeData): Paper {
  return letter(data, {
    name: '责任约谈通知书',
    title: '责任约谈通知',
    unnumbered: '监管约谈函〔    〕  号',
    addressee: data.enterprise,
    body: [
      paragraph(summons(data)),
      ...(data.materialsDue === null ? [] : [paragraph(materials(data.materialsDue))]),
      contactLine(data.contact, data.telephone),
    ],
  })
}

const summons = (data: NoticeData): string =>
  `根据${ruleName}有关规定，定于${clean(data.time)}，在市国资委${clean(data.place)}，` +
  `由${clean(data.interviewOffice)}${clean(data.host)}就${clean(data.cause)}事项与你公司进行责任约谈。` +
  `请你公司${data.persons.map(clean).join('、')}按时参加。`

const materials = (due: string): string =>
  `请于${chineseDate(due)}将责任约谈事项有关说明材料报送市国资委（纸质件加盖单位公章，同时附电子版）。`
