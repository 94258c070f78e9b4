import type { Paper } from '../model.ts'
import { chineseDate, clean, paragraph } from '../text.ts'
import { contactLine, type LetterFrame, letter, ruleName } from './letter.ts'

interface Change extends LetterFrame {
  readonly enterprise: string
  /** Number of the notice that is changed: 监管约谈函〔2026〕15号. */
  readonly noticeNumber: string
  /** Time and cause as the notice printed them. */
  readonly time: string
  readonly cause: string
  /** Why; empty prints 因工作需要. */
  readonly reason: string
  readonly contact: string
  readonly telephone: string
}

/** 改期通知: the interview stands, at another time or place (the Rules 4, 10). */
export interface PostponementData extends Change {
  readonly newTime: string
  /** The place inside the organ, without 市国资委. */
  readonly newPlace: string
  /** ISO date; `null` leaves the due date of the notice as it was. */
  readonly materialsDue: string | null
}

export function postponement(data: PostponementData): Paper {
  const due =
    data.materialsDue === null ? '' : `责任约谈事项有关说明材料请于${chineseDate(data.materialsDue)}前报送市国资委。`
  return letter(data, {
    name: '责任约谈改期通知',
    title: '关于调整责任约谈时间的通知',
    unnumbered: '',
    addressee: data.enterprise,
    body: [
      paragraph(opening(data)),
      paragraph(
        `${because(data.reason)}，现将责任约谈时间调整为${clean(data.newTime)}，地点为市国资委${clean(data.newPlace)}。` +
          `${due}参加人员和其他事项仍按《责任约谈通知书》办理。`,
      ),
      paragraph('请收到本通知后以书面或者电话方式予以确认，并安排有关人员按时参加。'),
      contactLine(data.contact, data.telephone),
    ],
  })
}

/** 取消通知: the interview does not take place; what has been handed in stays with the case. */
export interface CancellationData extends Change {
  /** What happens to the matter instead; empty leaves the sentence out. */
  readonly followUp: string
  /** Only this enterprise of a 集体约谈 is no longer called; the interview of the others stands. */
  readonly alone: boolean
}

export function cancellation(data: CancellationData): Paper {
  return letter(data, {
    name: '责任约谈取消通知',
    title: '关于取消责任约谈的通知',
    unnumbered: '',
    addressee: data.enterprise,
    body: [
      paragraph(opening(data)),
      paragraph(
        `${because(data.reason)}，现决定${data.alone ? '取消对你公司的' : '取消'}本次责任约谈。${clean(data.followUp)}`,
      ),
      paragraph('请收到本通知后以书面或者电话方式予以确认，并告知有关人员。'),
      contactLine(data.contact, data.telephone),
    ],
  })
}

const opening = (data: Change): string =>
  `根据${ruleName}有关规定，《责任约谈通知书》（${clean(data.noticeNumber)}）通知你公司于${clean(data.time)}` +
  `就${clean(data.cause)}事项接受责任约谈。`

const because = (reason: string): string => {
  const text = clean(reason)
  if (text === '') return '因工作需要'
  return text.startsWith('因') ? text : `因${text}`
}
