import * as v from 'valibot'
import type { FieldFault } from './cases.ts'
import { clock, day, id, line, optionalLine, prose } from './common.ts'

export const consultationManner = v.picklist(['meeting', 'written', 'telephone'])
export const mannerNames = { meeting: '会议', written: '书面', telephone: '电话' } as const

/** 会前沟通 (Art. 5): who agreed on what is to be said and demanded, when and how; objections stand with their settlement. */
export const consultationInput = v.object({
  day,
  clock,
  place: optionalLine,
  manner: consultationManner,
  chair: line,
  recorder: line,
  /** 约谈内容 as agreed. */
  contents: prose,
  /** The agreed 监管意见要求, word for word. */
  agreed: prose,
  /** Where opinions differed and how that was settled. */
  differences: prose,
  participants: v.pipe(
    v.array(v.object({ unit: line, name: line, title: optionalLine, opinion: optionalLine })),
    v.minLength(1),
    v.maxLength(40),
  ),
})
export type ConsultationInput = v.InferOutput<typeof consultationInput>
export const consultation = v.object({
  id,
  ...consultationInput.entries,
  by: v.string(),
  at: v.string(),
})
export type Consultation = v.InferOutput<typeof consultation>

/** Why a consultation cannot be entered: no agreed text, an objection without its settlement, or a day still to come. */
export function consultationFaults(value: ConsultationInput, today: string): readonly FieldFault[] {
  const faults: FieldFault[] = []
  if (value.contents.trim() === '') faults.push({ field: 'contents', code: 'preparation.contentsMissing' })
  if (value.agreed.trim() === '') faults.push({ field: 'agreed', code: 'preparation.agreedMissing' })
  if (value.day > today) faults.push({ field: 'day', code: 'preparation.dayAhead' })
  const objects = value.participants.some((one) => /不同意|异议|反对/.test(one.opinion))
  if (objects && value.differences.trim() === '')
    faults.push({ field: 'differences', code: 'preparation.differencesMissing' })
  return faults
}

export const serviceManner = v.picklist(['courier', 'post', 'person', 'collected'])
export const serviceNames = {
  courier: '机要交通',
  post: '机要通信',
  person: '专人送达',
  collected: '当面领取',
} as const

/** 送达回执 of a notice or of its 改期/取消 paper (公文条例 25). */
export const serviceInput = v.object({
  noticeId: id,
  changeId: v.nullable(id),
  recipient: line,
  manner: serviceManner,
  copyNumber: optionalLine,
  sentBy: line,
  sentOn: day,
  receivedBy: line,
  receivedOn: day,
  note: optionalLine,
})
export type ServiceInput = v.InferOutput<typeof serviceInput>
export const service = v.object({ id, ...serviceInput.entries, by: v.string(), at: v.string() })
export type Service = v.InferOutput<typeof service>

export const reminder = v.object({
  id,
  noticeId: id,
  channel: v.picklist(['written', 'telephone']),
  to: v.string(),
  text: v.string(),
  by: v.string(),
  at: v.string(),
})

/** How one enterprise's materials of Art. 10 stand: 说明材料 and 书面陈述材料, each received, late or missing. */
export const materialState = v.object({
  noticeId: id,
  enterpriseId: id,
  enterpriseName: v.string(),
  kind: v.picklist(['material', 'statement']),
  due: v.string(),
  receivedAt: v.nullable(v.string()),
  state: v.picklist(['received', 'late', 'missing', 'awaited']),
})
export type MaterialState = v.InferOutput<typeof materialState>
export const materialStateNames = {
  received: '按期收到',
  late: '逾期收到',
  missing: '逾期未交',
  awaited: '待报送',
} as const
export const materialKindNames = { material: '说明材料', statement: '书面陈述材料' } as const

/** Received in time, received late, missing after its day, or still awaited. */
export function materialStateOf(due: string, receivedOn: string | null, today: string): MaterialState['state'] {
  if (receivedOn !== null) return due !== '' && receivedOn > due ? 'late' : 'received'
  return due !== '' && today > due ? 'missing' : 'awaited'
}
