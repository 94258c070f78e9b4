import * as v from 'valibot'
import type { RuleProfile } from '../rules/profile.ts'
import type { FieldFault } from './cases.ts'
import { clock, day, id, line, optionalLine } from './common.ts'

export const hostRank = v.picklist(['officeHead', 'deputyLeader', 'chiefLeader'])
export type HostRank = v.InferOutput<typeof hostRank>

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
  /** Art. 5: 处室负责人 holds the interview; 分管 or 主要负责同志 where it is necessary, and then why. */
  hostRank: v.optional(hostRank, 'officeHead'),
  hostReason: v.optional(optionalLine, ''),
  /** 共同约谈单位 asked to take part (Art. 5). */
  jointUnits: v.optional(v.array(line), []),
  matter: optionalLine,
  /** Chosen from the profile's five groups (Art. 7). */
  interviewees: v.array(v.string()),
  /** 参加人员 called by name, also of subsidiaries (Art. 7): as the notice prints them. */
  persons: v.optional(v.array(v.object({ name: line, title: optionalLine, unit: optionalLine })), []),
  materials: optionalLine,
  materialsDue: v.union([day, v.literal('')]),
  /** The template's words: paper with the seal, and an electronic copy. */
  sealedPaper: v.optional(v.boolean(), true),
  electronicCopy: v.optional(v.boolean(), true),
  /** Art. 10 asks for a 书面陈述材料 of its own beside the 说明材料. */
  statement: v.optional(v.boolean(), true),
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

/** States of a notice that has gone up for 审签 or further: the intake it rests on is no longer changed (Art. 4). */
export const noticeUp: readonly NoticeState[] = ['submitted', 'approved', 'numbered', 'issued']

export const approval = v.object({
  accountId: id,
  name: v.string(),
  decision: v.picklist(['approved', 'returned']),
  opinion: v.string(),
  at: v.string(),
  /** The wording it was given for. */
  version: v.number(),
})

/** Who comes instead of whom (Art. 10): of a person the notice names, or of one of its groups; empty where not said. */
export const substitute = v.object({ instead: optionalLine, name: line, title: optionalLine })
export type Substitute = v.InferOutput<typeof substitute>

/** `郑某某（总经理，代主要负责人）`. */
export function substitutesText(values: readonly Substitute[]): string {
  return values
    .map(({ instead, name, title }) => {
      const about = [title, instead === '' ? '' : `代${instead}`].filter(Boolean).join('，')
      return about === '' ? name : `${name}（${about}）`
    })
    .join('、')
}

/** Art. 10: the enterprise confirms in writing or by telephone; who comes, or why nobody does. */
export const confirmation = v.object({
  id,
  channel: v.picklist(['written', 'telephone']),
  by: v.string(),
  post: v.string(),
  telephone: v.string(),
  takenBy: v.string(),
  /** When the enterprise confirmed. */
  at: v.string(),
  attendance: v.picklist(['promised', 'replacement', 'refused']),
  /** 参加人员 as the enterprise names them; on a replacement, who comes instead of whom. */
  persons: v.string(),
  substitutes: v.array(substitute),
  reason: v.string(),
  note: v.string(),
})
export type Confirmation = v.InferOutput<typeof confirmation>
export const attendanceNames = { promised: '按时参加', replacement: '换人参加', refused: '不能参加' } as const

/** An earlier wording of a notice, as it went up for 审签. */
export const noticeVersion = v.object({ version: v.number(), fields: noticeFields, at: v.string(), by: v.string() })

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
  confirmation: v.nullable(confirmation),
  /** Time, place and due day as they stand after the last 改期. */
  current: v.object({ day: v.string(), clock: v.string(), place: v.string(), materialsDue: v.string() }),
  /** Whom the paper was sent to for 审签; null while any leader in the scope may sign. */
  addressedTo: v.nullable(v.object({ accountId: id, name: v.string(), active: v.boolean() })),
  version: v.number(),
  updatedAt: v.string(),
  /** Name of who saved the wording last; empty while it stands as it was drafted. */
  savedBy: v.string(),
})
export type Notice = v.InferOutput<typeof notice>

/** Contents a rule profile may ask of a notice (Art. 4 and its template), each with the fields that hold it. */
export const noticeContentFields = {
  matter: ['matter'],
  time: ['day', 'clock'],
  place: ['place'],
  unit: ['unit'],
  host: ['hostName', 'hostTitle'],
  participants: ['interviewees'],
  materials: ['materials'],
  materialsDue: ['materialsDue'],
  contact: ['contact'],
  telephone: ['telephone'],
} as const satisfies Record<string, readonly (keyof NoticeFields)[]>
type NoticeContent = keyof typeof noticeContentFields
export const noticeContentCodes = Object.keys(noticeContentFields) as [NoticeContent, ...NoticeContent[]]

/** What the rules say a notice must hold, who may host, and whom it may call (Art. 4, 5, 7). */
export type NoticeRules = Pick<RuleProfile, 'noticeContents' | 'hostRanks' | 'intervieweeGroups'>

/** Whether a host of this rank is called in for a reason: any but the ordinary one of the rules (Art. 5). */
export function raisedHost({ hostRanks }: Pick<NoticeRules, 'hostRanks'>, rank: HostRank): boolean {
  return rank !== hostRanks[0]?.code
}

/** Fields that are checked while a notice is written, in the order of the rules. */
export function checkedFields(rules: NoticeRules, value: Pick<NoticeFields, 'hostRank'>): (keyof NoticeFields)[] {
  const asked = rules.noticeContents.flatMap((one) => noticeContentFields[one.code])
  return raisedHost(rules, value.hostRank) ? [...asked, 'hostReason'] : asked
}

/** Whether an account's roles are among those the rules let sign (Art. 4: 分管或主要负责同志审签). */
export function maySign({ signers }: Pick<RuleProfile, 'signers'>, roles: readonly string[]): boolean {
  return signers.some((one) => roles.includes(one.code))
}

/** What the checks need to know beside the notice itself. */
export interface NoticeKnown {
  /** The rules its case is pinned to. */
  readonly rules: NoticeRules
  /** A plain day in Chongqing: an interview is never called for a day that is over. */
  readonly today: string
  /** 抄送 names a unit that is not among those the 知悉范围 allows; null checks nothing. */
  readonly allowedCopies?: readonly string[] | null
}

/** Why a notice may not be submitted, field by field; empty when it may. */
export function noticeFaults(value: NoticeFields, known: NoticeKnown): readonly FieldFault[] {
  const faults: FieldFault[] = []
  const { rules } = known
  for (const field of checkedFields(rules, value)) {
    const held = value[field]
    if (held !== '' && !(Array.isArray(held) && held.length === 0)) continue
    faults.push({ field, code: field === 'hostReason' ? 'notices.hostReasonMissing' : 'notices.missing' })
  }
  if (!rules.hostRanks.some((one) => one.code === value.hostRank))
    faults.push({ field: 'hostRank', code: 'notices.unknownRank' })
  if (value.interviewees.some((one) => !rules.intervieweeGroups.includes(one)))
    faults.push({ field: 'interviewees', code: 'notices.unknownGroup' })
  if (value.day !== '' && value.day < known.today) faults.push({ field: 'day', code: 'notices.dayPast' })
  if (value.materialsDue !== '' && value.materialsDue < known.today)
    faults.push({ field: 'materialsDue', code: 'notices.materialsPast' })
  if (value.materialsDue !== '' && value.day !== '' && value.materialsDue > value.day)
    faults.push({ field: 'materialsDue', code: 'notices.materialsAfterInterview' })
  if (!value.sealedPaper && !value.electronicCopy) faults.push({ field: 'materials', code: 'notices.noCarrier' })
  if (new Set(value.copies).size !== value.copies.length) faults.push({ field: 'copies', code: 'notices.copyTwice' })
  const { allowedCopies } = known
  if (allowedCopies && value.copies.some((unit) => !allowedCopies.includes(unit)))
    faults.push({ field: 'copies', code: 'notices.copyOutside' })
  return faults
}
