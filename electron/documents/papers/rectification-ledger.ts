import type { Paper } from '../model.ts'
import { dayOr, type FormFrame } from './form.ts'
import { register } from './register.ts'

/** One thing an enterprise has to put right (the Rules 11: 落实措施、责任主体和时间安排). */
export interface LedgerItem {
  readonly problem: string
  readonly measures: string
  readonly owner: string
  /** ISO date. */
  readonly due: string | null
  readonly progress: string
  readonly state: '未完成' | '已完成' | '已销账' | '逾期'
  /** ISO date of the 销账. */
  readonly closedOn: string | null
}

/** 整改台账 of one enterprise and one interview. */
export interface RectificationLedgerData extends FormFrame {
  readonly enterprise: string
  readonly noticeNumber: string
  readonly cause: string
  /** ISO dates: the interview, when the plan was due and when it came in. */
  readonly interviewedOn: string | null
  readonly planDue: string | null
  readonly planReceived: string | null
  /** ISO date this ledger shows. */
  readonly asOf: string
  readonly items: readonly LedgerItem[]
}

export function rectificationLedger(data: RectificationLedgerData): Paper {
  const closed = data.items.filter((item) => item.state === '已销账').length
  return register({
    ...data,
    title: '责任约谈整改台账',
    landscape: true,
    facts: [
      `被约谈企业：${data.enterprise}　　通知书文号：${data.noticeNumber}　　约谈日期：${dayOr(data.interviewedOn, '—')}`,
      `约谈事由：${data.cause}`,
      `工作方案应报日期：${dayOr(data.planDue, '—')}　　实报日期：${dayOr(data.planReceived, '未报')}　　` +
        `共${data.items.length}项，已销账${closed}项　　统计截至：${dayOr(data.asOf)}`,
    ],
    columns: [
      { label: '序号', width: 13, align: 'center' },
      { label: '问题（整改事项）', width: 58, align: 'left' },
      { label: '落实措施', width: 56, align: 'left' },
      { label: '责任主体', width: 30, align: 'left' },
      { label: '完成时限', width: 30, align: 'center' },
      { label: '进展情况', width: 32, align: 'left' },
      { label: '状态', width: 18, align: 'center' },
      { label: '销账日期', width: 20, align: 'center' },
    ],
    rows: data.items.map((item, index) => [
      String(index + 1),
      item.problem,
      item.measures,
      item.owner,
      dayOr(item.due),
      item.progress,
      item.state,
      item.closedOn === null ? '' : item.closedOn.replaceAll('-', ''),
    ]),
    notes: [],
  })
}
