import * as v from 'valibot'
import type { FieldFault } from './cases.ts'
import { clock, day, id, line, optionalLine } from './common.ts'

/** What a 责任约谈通知书 says (Art. 4 and its template); one per enterprise. */
export const noticeFields = v.object({
  /** 主送, the enterprise's full name. */
  addressee: line,
  day: v.union([day, v.literal('')]),
  clock: v.union([clock, v.literal('')]),
  place: optionalLine,
  /** 约谈单位. */
  unit: optionalLine,
  hostName: optionalLine,
  hostTitle: optionalLine,
  matter: optionalLine,
  /** Chosen from the profile's five groups (Art. 7). */
  interviewees: v.array(v.string()),
  materials: optionalLine,
  materialsDue: v.union([day, v.literal('')]),
  contact: optionalLine,
  telephone: optionalLine,
  /** 抄送 (Art. 4); every unit must lie inside the 知悉范围. */
  copies: v.array(line),
})
export type NoticeFields = v.InferOutput<typeof noticeFields>

export const noticeState = v.picklist(['draft', 'submitted', 'approved', 'numbered', 'issued', 'cancelled'])
export type NoticeState = v.InferOutput<typeof noticeState>
export const noticeStateNames: Readonly<Record<NoticeState, string>> = {
  draft: '拟稿',
  submitted: '待审签',
  approved: '已审签',
  numbered: '已编号',
  issued: '已印发',
  cancelled: '已取消',
}

export const approval = v.object({
  accountId: id,
  name: v.string(),
  decision: v.picklist(['approved', 'returned']),
  opinion: v.string(),
  at: v.string(),
})

export const notice = v.object({
  id,
  caseId: id,
  enterpriseId: id,
  enterpriseName: v.string(),
  state: noticeState,
  fields: noticeFields,
  /** `监管约谈函〔2026〕12号`, or null before numbering. */
  number: v.nullable(v.string()),
  classificationId: v.nullable(id),
  /** Mark as printed; null when nothing may be printed. */
  mark: v.nullable(v.string()),
  approvals: v.array(approval),
  confirmation: v.nullable(
    v.object({
      channel: v.picklist(['written', 'telephone']),
      by: v.string(),
      takenBy: v.string(),
      at: v.string(),
      note: v.string(),
    }),
  ),
  version: v.number(),
  updatedAt: v.string(),
})
export type Notice = v.InferOutput<typeof notice>

/** Contents Art. 4 and the template ask for that a draft still lacks; empty when it may be submitted. */
export function noticeFaults(value: NoticeFields): readonly FieldFault[] {
  const faults: FieldFault[] = []
  const required = [
    'matter',
    'day',
    'clock',
    'place',
    'unit',
    'hostName',
    'hostTitle',
    'materials',
    'materialsDue',
    'contact',
    'telephone',
  ] as const
  for (const field of required) if (value[field] === '') faults.push({ field, code: 'notices.missing' })
  if (value.interviewees.length === 0) faults.push({ field: 'interviewees', code: 'notices.missing' })
  if (value.materialsDue !== '' && value.day !== '' && value.materialsDue > value.day)
    faults.push({ field: 'materialsDue', code: 'notices.materialsAfterInterview' })
  return faults
}
