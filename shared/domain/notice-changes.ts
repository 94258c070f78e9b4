import * as v from 'valibot'
import type { FieldFault } from './cases.ts'
import { clock, day, id, line, optionalLine } from './common.ts'

export const changeKind = v.picklist(['postpone', 'cancel'])
export const changeNames = { postpone: '改期通知', cancel: '取消通知' } as const

/** What a 改期 or 取消 paper says; the time and place stand empty on a cancellation. */
export const changeFields = v.object({
  reason: line,
  day: v.union([day, v.literal('')]),
  clock: v.union([clock, v.literal('')]),
  place: optionalLine,
  /** A new due day of the materials; empty leaves the notice's. */
  materialsDue: v.union([day, v.literal('')]),
  /** 取消: what happens to the matter instead. */
  followUp: optionalLine,
  /** 取消 of one enterprise of a 集体约谈: it leaves the interview, the others stay (Art. 6). Set by the core. */
  alone: v.optional(v.boolean(), false),
})
export type ChangeFields = v.InferOutput<typeof changeFields>

export const changeState = v.picklist(['submitted', 'returned', 'withdrawn', 'approved', 'numbered', 'issued'])
export const changeStateNames = {
  submitted: '待审签',
  returned: '已退回',
  withdrawn: '已撤回',
  approved: '已审签，待编号',
  numbered: '已编号',
  issued: '已印发',
} as const

/** A paper of its own beside the notice it changes, with its own approval and number (Art. 4). */
export const noticeChange = v.object({
  id,
  noticeId: id,
  enterpriseName: v.string(),
  kind: changeKind,
  state: changeState,
  fields: changeFields,
  number: v.nullable(v.string()),
  proposedBy: v.string(),
  at: v.string(),
  opinions: v.array(v.object({ name: v.string(), decision: v.string(), opinion: v.string(), at: v.string() })),
  issuedAt: v.nullable(v.string()),
})
export type NoticeChange = v.InferOutput<typeof noticeChange>

/** States in which a change is still under way: only one at a time for a notice. */
export const openChange: readonly NoticeChange['state'][] = ['submitted', 'approved', 'numbered']
/** Signed and not yet sent out: the interview is not begun over it, it goes out or is taken back first. */
export const decidedChange: readonly NoticeChange['state'][] = ['approved', 'numbered']

/** Why a change cannot be sent up: a 改期 without a new time, or to the day it already stands on, or into the past. */
export function changeFaults(
  kind: NoticeChange['kind'],
  value: ChangeFields,
  known: { readonly day: string; readonly clock: string; readonly place: string; readonly today: string },
): readonly FieldFault[] {
  if (kind === 'cancel') return []
  const faults: FieldFault[] = []
  if (value.day === '') faults.push({ field: 'day', code: 'notices.missing' })
  if (value.clock === '') faults.push({ field: 'clock', code: 'notices.missing' })
  if (value.place === '') faults.push({ field: 'place', code: 'notices.missing' })
  if (value.day !== '' && value.day < known.today) faults.push({ field: 'day', code: 'notices.dayPast' })
  if (value.day === known.day && value.clock === known.clock && value.place === known.place)
    faults.push({ field: 'day', code: 'notices.nothingChanged' })
  if (value.materialsDue !== '' && value.materialsDue < known.today)
    faults.push({ field: 'materialsDue', code: 'notices.materialsPast' })
  if (value.materialsDue !== '' && value.day !== '' && value.materialsDue > value.day)
    faults.push({ field: 'materialsDue', code: 'notices.materialsAfterInterview' })
  return faults
}
