import type { Paper } from '../model.ts'
import { clean } from '../text.ts'
import { essay, type FormFrame, form, formTable, pair, wide } from './form.ts'
import { registerTable } from './register.ts'

/** 会前沟通记录 (the Rules 5: 约谈内容和监管意见建议等应当提前沟通一致). */
export interface ConsultationData extends FormFrame {
  readonly enterprise: string
  readonly cause: string
  /** As printed: 2026年3月9日15时. */
  readonly time: string
  readonly place: string
  readonly manner: '会议' | '书面' | '电话'
  readonly chair: string
  readonly recorder: string
  /** What is to be said at the interview. */
  readonly contents: string
  /** The opinion all agreed on. */
  readonly agreed: string
  /** Where opinions differed and how that was settled; empty prints 无。 */
  readonly differences: string
  readonly participants: readonly {
    readonly unit: string
    readonly name: string
    readonly title: string
    readonly opinion: string
  }[]
}

export function consultation(data: ConsultationData): Paper {
  return form('责任约谈会前沟通记录', data, [
    formTable([
      wide('被约谈企业', data.enterprise, 12),
      wide('约谈事由', data.cause, 14),
      pair('沟通时间', data.time, '沟通方式', data.manner),
      pair('沟通地点', data.place, '召集人', data.chair),
      essay('拟约谈内容', data.contents, 40),
      essay('商定的监管\n意见要求', data.agreed, 40),
      essay('不同意见及\n处理情况', data.differences === '' ? '无。' : data.differences, 20),
    ]),
    { kind: 'blank', lines: 0.3 },
    registerTable(
      [
        { label: '参加处室（单位）', width: 45, align: 'left' },
        { label: '姓名', width: 25, align: 'center' },
        { label: '职务', width: 30, align: 'left' },
        { label: '意见', width: 40, align: 'left' },
        { label: '签名', width: 30, align: 'center' },
      ],
      data.participants.map((one) => [clean(one.unit), one.name, one.title, one.opinion, '']),
      11,
    ),
    {
      kind: 'signLine',
      parts: [
        { label: `记录人：${clean(data.recorder)}（签名）`, blankCharacters: 6 },
        { label: '日期：', blankCharacters: 6 },
      ],
    },
  ])
}
