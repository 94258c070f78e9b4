import * as v from 'valibot'
import { day, id, line, optionalLine } from './common.ts'

export const itemInput = v.object({
  enterpriseId: id,
  text: line,
  owner: optionalLine,
  due: v.nullable(day),
  sourceUtteranceId: v.nullable(id),
})
/** One thing an enterprise has to do (Art. 11–12); born from a commitment of the live record or entered by hand. */
export const item = v.object({
  id,
  caseId: id,
  ...itemInput.entries,
  /** The words of the record it was born from; null for one entered by hand. */
  source: v.nullable(v.object({ seq: v.number(), at: v.string(), speaker: v.string(), text: v.string() })),
  state: v.picklist(['open', 'closed']),
  closedAt: v.nullable(v.string()),
})
export type RectificationItem = v.InferOutput<typeof item>

export const documentKind = v.picklist(['material', 'statement', 'workPlan', 'progress', 'specialReport'])
export const documentKindNames = {
  material: '说明材料',
  statement: '书面陈述材料',
  workPlan: '工作方案',
  progress: '进展报告',
  specialReport: '专项工作报告',
} as const
/** A paper an enterprise sent in (Art. 10, 11, 15), with its file when there is one. */
export const received = v.object({
  id,
  caseId: id,
  enterpriseId: id,
  kind: documentKind,
  title: v.string(),
  receivedAt: v.string(),
  fileName: v.nullable(v.string()),
  size: v.number(),
})
export type ReceivedDocument = v.InferOutput<typeof received>

/** The clock of Art. 11 for one enterprise, explained. */
export const planClock = v.object({
  enterpriseId: id,
  enterpriseName: v.string(),
  anchor: day,
  due: day,
  /** True while a counted day lies in a year whose holidays are not announced. */
  provisional: v.boolean(),
  /** What a provisional day takes for granted. */
  assumptions: v.array(v.string()),
  receivedAt: v.nullable(v.string()),
  light: v.picklist(['green', 'yellow', 'red', 'done']),
  days: v.array(v.object({ day, counted: v.boolean(), n: v.number(), why: v.string(), notice: v.string() })),
})
export type PlanClock = v.InferOutput<typeof planClock>
