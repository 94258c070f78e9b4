import * as v from 'valibot'
import { day, id, line, moment, optionalLine } from './common.ts'

export const delegation = v.picklist(['host', 'joint', 'enterprise', 'recorder'])
export const delegationNames = {
  host: '约谈单位',
  joint: '共同约谈单位',
  enterprise: '被约谈企业',
  recorder: '记录人',
} as const

/** Kinds of an utterance (DESIGN §6). */
export const utteranceKinds = [
  'explain',
  'statement',
  'question',
  'answer',
  'opinion',
  'commitment',
  'exhibit',
  'other',
] as const
export const utteranceKind = v.picklist(utteranceKinds)
export type UtteranceKind = v.InferOutput<typeof utteranceKind>
export const utteranceKindNames: Readonly<Record<UtteranceKind, string>> = {
  explain: '说明',
  statement: '陈述',
  question: '询问',
  answer: '答复',
  opinion: '监管意见',
  commitment: '承诺',
  exhibit: '材料',
  other: '其他',
}

/** Contents of Art. 8 an utterance belongs to; names are the rule profile's. */
export const sections = ['state', 'hear', 'ask', 'other'] as const
export const section = v.picklist(sections)
export type Section = v.InferOutput<typeof section>

/** Whom an utterance concerns: everybody, or the named enterprises only (Art. 6; never leaks to another's minutes). */
export const audience = v.union([v.literal('all'), v.pipe(v.array(id), v.minLength(1))])
export type Audience = v.InferOutput<typeof audience>

export const attendee = v.object({
  id,
  delegation,
  enterpriseId: v.nullable(id),
  /** 处室 or enterprise as the minutes name it. */
  unit: v.string(),
  name: line,
  title: optionalLine,
  /** Alt+n; null for those without a key. */
  speakerKey: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(99))),
  state: v.picklist(['expected', 'present', 'absent', 'late', 'left']),
  reason: optionalLine,
})
export type Attendee = v.InferOutput<typeof attendee>
export const attendeeInput = v.omit(attendee, ['id', 'state', 'reason'])
export type AttendeeInput = v.InferOutput<typeof attendeeInput>

export const interviewState = v.picklist(['planned', 'running', 'paused', 'ended', 'frozen'])
export type InterviewState = v.InferOutput<typeof interviewState>

export const interview = v.object({
  id,
  caseId: id,
  matter: v.string(),
  /** The rules its case was opened under. */
  rulesHash: v.string(),
  state: interviewState,
  place: v.string(),
  hostName: v.string(),
  hostTitle: v.string(),
  startedAt: v.nullable(v.string()),
  endedAt: v.nullable(v.string()),
  enterprises: v.array(v.object({ id, name: v.string(), shortName: v.string() })),
  attendees: v.array(attendee),
  /** 提纲 by Art. 8 content code. */
  outline: v.array(v.object({ section, text: v.string() })),
  /** Digest of the frozen record, or null before freezing. */
  frozenHash: v.nullable(v.string()),
})
export type Interview = v.InferOutput<typeof interview>

/** What stands beside a 承诺: who answers for it and until when, as far as it was said (Art. 11: 责任主体和时间安排). */
export const commitment = v.object({ owner: optionalLine, due: v.nullable(day) })
export type Commitment = v.InferOutput<typeof commitment>

/** What the minute-taker commits with Enter. `startedAt` is the first keystroke, `endedAt` the Enter. */
export const utteranceInput = v.object({
  speakerId: v.nullable(id),
  kind: utteranceKind,
  section,
  audience,
  text: v.pipe(v.string(), v.minLength(1), v.maxLength(20_000)),
  marked: v.boolean(),
  /** Only of a 承诺; null while nobody and no day was named. */
  commitment: v.nullable(commitment),
  startedAt: moment,
  endedAt: moment,
})
export type UtteranceInput = v.InferOutput<typeof utteranceInput>

export const utterance = v.object({ id, seq: v.number(), version: v.number(), ...utteranceInput.entries })
export type Utterance = v.InferOutput<typeof utterance>

/** The line being typed, as the journal holds it until Enter. */
const typedLine = v.object({
  speakerId: v.nullable(id),
  kind: utteranceKind,
  section,
  audience,
  text: v.pipe(v.string(), v.maxLength(20_000)),
  caret: v.pipe(v.number(), v.integer(), v.minValue(0)),
})
export const liveLine = v.object({
  ...typedLine.entries,
  startedAt: moment,
  /** Grows by one with every write, so that an older line never replaces a newer one. */
  revision: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** Set while an earlier utterance is being worked over: which wording of it, and the line that waits aside. */
  editing: v.optional(
    v.object({ utteranceId: id, version: v.number(), aside: v.object({ ...typedLine.entries, startedAt: moment }) }),
  ),
})
export type LiveLine = v.InferOutput<typeof liveLine>

/** True when an utterance may reach the papers of an enterprise (Art. 6, DESIGN §6). */
export function concerns(value: { audience: Audience }, enterpriseId: string): boolean {
  return value.audience === 'all' || value.audience.includes(enterpriseId)
}

/** How much of Art. 8 the record already holds: utterances by content. */
export function coverage(utterances: readonly { section: Section }[]): Readonly<Record<Section, number>> {
  const counts: Record<Section, number> = { state: 0, hear: 0, ask: 0, other: 0 }
  for (const { section: at } of utterances) counts[at] += 1
  return counts
}
