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
  /** 共同约谈单位 (the Rules 5); they take part, the notice keeps the one number of the office that calls. */
  readonly jointUnits: readonly string[]
  /** What is to be handed in beside 有关说明材料; empty names nothing. */
  readonly materials: string
  /** How it is handed in, as the template asks unless the office wants less. */
  readonly sealedPaper: boolean
  readonly electronicCopy: boolean
  /** Whether a 书面陈述材料 of its own is asked for (the Rules 10). */
  readonly statement: boolean
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
      ...(data.materialsDue === null ? [] : [paragraph(materials(data, data.materialsDue))]),
      contactLine(data.contact, data.telephone),
    ],
  })
}

const summons = (data: NoticeData): string =>
  `根据${ruleName}有关规定，定于${clean(data.time)}，在市国资委${clean(data.place)}，` +
  `由${clean(data.interviewOffice)}${clean(data.host)}就${clean(data.cause)}事项与你公司进行责任约谈` +
  `${data.jointUnits.length === 0 ? '' : `，${data.jointUnits.map(clean).join('、')}共同参加`}。` +
  `请你公司${data.persons.map(clean).join('、')}按时参加。`

const materials = (data: NoticeData, due: string): string => {
  const carriers = [
    ...(data.sealedPaper ? ['纸质件加盖单位公章'] : []),
    ...(data.electronicCopy ? [data.sealedPaper ? '同时附电子版' : '电子版'] : []),
  ]
  const what = clean(data.materials).replace(/[。；;.]$/, '')
  return (
    `请于${chineseDate(due)}将责任约谈事项有关说明材料报送市国资委（${carriers.join('，')}）。` +
    `${what === '' ? '' : `说明材料包括：${what}。`}` +
    `${data.statement ? '书面陈述材料另行准备，由参加约谈人员于约谈时提交。' : ''}`
  )
}
