import * as v from 'valibot'
import { id, line, moment, optionalLine, prose } from './common.ts'
import { level } from './secrecy.ts'

// 泄密事件 with its 24-hour clock (实施条例 61) and 保密自查 by the 13 headings of 实施条例 58.

/** Hours within which a leak is reported to the secrecy authority and the superior organ (实施条例 61): plain hours. */
export const reportHours = 24

/** What is known when an incident is found; the rest follows. */
export const incidentInput = v.object({
  foundAt: moment,
  /** The case concerned, when there is one. */
  caseId: v.nullable(id),
  what: v.pipe(prose, v.trim(), v.minLength(1)),
  level,
  /** 补救措施 taken at once. */
  measures: v.pipe(prose, v.trim(), v.minLength(1)),
})

export const incidentReport = v.object({ reportedAt: moment, reportedTo: line, number: optionalLine })

export const incident = v.object({
  id,
  ...incidentInput.entries,
  by: v.string(),
  /** Moment by which it must be reported. */
  due: v.string(),
  reportedAt: v.nullable(v.string()),
  reportedTo: v.string(),
  number: v.string(),
  closedAt: v.nullable(v.string()),
  conclusion: v.string(),
})
export type Incident = v.InferOutput<typeof incident>

/** The moment by which an incident found then is reported. */
export function reportDue(foundAt: string): string {
  return new Date(Date.parse(foundAt) + reportHours * 3_600_000).toISOString()
}

/** How the clock of an incident stands: late also when the report itself came late. */
export function incidentState(
  value: Pick<Incident, 'due' | 'reportedAt' | 'closedAt'>,
  now: string,
): 'running' | 'overdue' | 'reported' | 'reportedLate' | 'closed' {
  if (value.closedAt !== null) return 'closed'
  if (value.reportedAt !== null) return value.reportedAt <= value.due ? 'reported' : 'reportedLate'
  return now <= value.due ? 'running' : 'overdue'
}

/** The 13 headings of the yearly self-check, in the order of 实施条例 58. */
export const selfCheckHeadings = [
  '保密工作责任制落实',
  '保密制度建设',
  '保密宣传教育培训',
  '涉密人员管理',
  '国家秘密确定、变更和解除',
  '国家秘密载体管理',
  '信息系统和信息设备保密管理',
  '互联网使用保密管理',
  '涉密场所和保密要害部门、部位管理',
  '采购和委托涉密业务管理',
  '涉密会议、活动管理',
  '信息公开保密审查',
  '其他遵守保密法律法规的情况',
] as const

export const selfCheckAnswer = v.object({
  result: v.picklist(['sound', 'mended', 'open', 'notApplicable']),
  note: optionalLine,
})
export const selfCheckAnswers = v.pipe(v.array(selfCheckAnswer), v.length(selfCheckHeadings.length))
export const selfCheckResultNames = {
  sound: '符合',
  mended: '已整改',
  open: '待整改',
  notApplicable: '不涉及',
} as const

export const selfCheck = v.object({
  id,
  at: v.string(),
  by: v.string(),
  answers: selfCheckAnswers,
  conclusion: v.string(),
})
export type SelfCheck = v.InferOutput<typeof selfCheck>
