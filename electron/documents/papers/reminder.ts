import type { Paper } from '../model.ts'
import { chineseDate, clean, paragraph } from '../text.ts'
import { contactLine, type LetterFrame, letter, ruleName } from './letter.ts'

/** 催办函: something an enterprise owes after the interview is late (the Rules 11, 15, 18). */
export interface ReminderData extends LetterFrame {
  readonly enterprise: string
  readonly noticeNumber: string
  /** ISO date of the interview. */
  readonly interviewedOn: string
  readonly cause: string
  /** What is owed, with the article that asks for it: 整改工作方案, 第十一条. */
  readonly owed: readonly { readonly name: string; readonly article: string; readonly due: string }[]
  /** ISO date of the new limit. */
  readonly newDue: string
  /** Which reminder this is; printed from the second on. */
  readonly ordinal: number
  readonly contact: string
  readonly telephone: string
}

export function reminder(data: ReminderData): Paper {
  const owed = data.owed.map(
    (one) => `按照第${clean(one.article)}规定应于${chineseDate(one.due)}前报送的${clean(one.name)}`,
  )
  const again = data.ordinal > 1 ? `（第${data.ordinal}次）` : ''
  return letter(data, {
    name: '责任约谈整改催办函',
    title: `关于催报责任约谈整改有关材料的函${again}`,
    whole: ['责任约谈整改', '有关材料', again],
    unnumbered: '',
    addressee: data.enterprise,
    body: [
      paragraph(
        `${chineseDate(data.interviewedOn)}，市国资委就${clean(data.cause)}事项对你公司进行了责任约谈` +
          `（${clean(data.noticeNumber)}）。根据${ruleName}，你公司${owed.join('、')}，截至目前尚未收到。`,
      ),
      paragraph(`请你公司于${chineseDate(data.newDue)}前报送上述材料，并书面说明逾期原因。`),
      paragraph(
        `对拒绝整改、拖延整改、整改不力或弄虚作假的，市国资委将依据${ruleName}第十八条，按照有关规定严肃追究责任。`,
      ),
      contactLine(data.contact, data.telephone),
    ],
  })
}
