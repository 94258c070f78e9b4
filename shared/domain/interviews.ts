import * as v from 'valibot'
import { clockInChina, day, dayInChina, id, line, moment, officialDay, optionalLine } from './common.ts'

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
/** `note` is the record's own hand: a pause, somebody who comes late or leaves, a new day. Nobody says it. */
export const utteranceKind = v.picklist([...utteranceKinds, 'note'])
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
  note: '记事',
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
  /** UTC moment of the present state: when somebody came late or left. Null while only expected. */
  at: v.nullable(v.string()),
})
export type Attendee = v.InferOutput<typeof attendee>
export const attendeeInput = v.omit(attendee, ['id', 'state', 'reason', 'at'])
export type AttendeeInput = v.InferOutput<typeof attendeeInput>
/** Somebody the notice asks for whose name is not known yet: the group stands as the post. */
export const draftedAttendee = v.object({ ...attendeeInput.entries, name: optionalLine })

export const interviewState = v.picklist(['planned', 'running', 'paused', 'ended', 'frozen'])
export type InterviewState = v.InferOutput<typeof interviewState>

/** One line of the 提纲 under its content of Art. 8. */
export const outlineLine = v.object({ section, text: line })
export type OutlineLine = v.InferOutput<typeof outlineLine>

/** What has to be seen to before secrets are spoken of (保密法 38, 实施条例 45). */
export const secrecyChecks = ['phones', 'room', 'people', 'reminder'] as const
export const secrecyCheck = v.picklist(secrecyChecks)
export type SecrecyCheck = (typeof secrecyChecks)[number]
export const secrecyCheckNames: Readonly<Record<SecrecyCheck, string>> = {
  phones: '手机等电子设备已存放在会场外',
  room: '会场已检查，门窗关闭，无无关设备',
  people: '参加人员身份和范围已核对',
  reminder: '保密提醒已宣读',
}
/** The reminder may be read at the opening of the interview itself; the others come before. */
export const checksBeforeStart: readonly SecrecyCheck[] = ['phones', 'room', 'people']

export const interview = v.object({
  id,
  caseId: id,
  /** Which interview of the case this is, from 1. */
  ordinal: v.number(),
  matter: v.string(),
  /** The rules its case was opened under. */
  rulesHash: v.string(),
  state: interviewState,
  place: v.string(),
  hostName: v.string(),
  hostTitle: v.string(),
  startedAt: v.nullable(v.string()),
  endedAt: v.nullable(v.string()),
  /** UTC moment since which it is off the record; null while it runs. */
  pausedAt: v.nullable(v.string()),
  /** What earlier pauses lasted together, in ms; a night between two days of it is one of them. */
  pausedMs: v.number(),
  enterprises: v.array(v.object({ id, name: v.string(), shortName: v.string() })),
  attendees: v.array(attendee),
  /** 提纲 by Art. 8 content code. */
  outline: v.array(outlineLine),
  /** Done items of the secrecy checklist. */
  checks: v.array(secrecyCheck),
  /** A state secret is handled or proposed: the checklist must be done before the start. */
  guarded: v.boolean(),
  /** Digest of the frozen record, or null before freezing. */
  frozenHash: v.nullable(v.string()),
})
export type Interview = v.InferOutput<typeof interview>

/** How long was spoken on the record up to `now`, in ms; null before the start. Pauses do not count. */
export function onRecordMs(
  { startedAt, pausedAt, pausedMs }: Pick<Interview, 'startedAt' | 'pausedAt' | 'pausedMs'>,
  now: string,
): number | null {
  if (startedAt === null) return null
  return Math.max(0, Date.parse(pausedAt ?? now) - Date.parse(startedAt) - pausedMs)
}

/** What stands beside a 承诺: who answers for it and until when, as far as it was said (Art. 11: 责任主体和时间安排). */
export const commitment = v.object({ owner: optionalLine, due: v.nullable(day) })
export type Commitment = v.InferOutput<typeof commitment>

/** Part of the Art. 8 content, counted from 1; null where the content has none or none was named. */
const part = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9)))

/** What the minute-taker commits with Enter. `startedAt` is the first keystroke, `endedAt` the Enter. */
export const utteranceInput = v.object({
  speakerId: v.nullable(id),
  kind: utteranceKind,
  section,
  part,
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
  part,
  audience,
  commitment: v.nullable(commitment),
  marked: v.boolean(),
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

/**
 * True when an utterance may stand on the screen of the room: in a 集体约谈 a word for some enterprises only, while
 * people of another one are there, may not. Whoever is not known to be absent or gone is taken to be there; with nobody
 * of an enterprise in the room, such words stay hidden too.
 */
export function mayShowInRoom(value: { audience: Audience }, attendees: readonly Attendee[]): boolean {
  if (value.audience === 'all') return true
  const { audience: meant } = value
  const here = new Set(
    attendees.flatMap((one) =>
      one.enterpriseId === null || one.state === 'absent' || one.state === 'left' ? [] : [one.enterpriseId],
    ),
  )
  return here.size > 0 && [...here].every((enterpriseId) => meant.includes(enterpriseId))
}

/** One wording of an utterance as it stood from `at` on. */
export const utteranceVersion = v.object({
  version: v.number(),
  text: v.string(),
  kind: utteranceKind,
  speakerId: v.nullable(id),
  section,
  part,
  audience,
  marked: v.boolean(),
  commitment: v.nullable(commitment),
  at: v.string(),
  by: v.string(),
})
export type UtteranceVersion = v.InferOutput<typeof utteranceVersion>

const exhibitPattern = /【出示材料：([^【】]+)】/g

/** The sign an exhibit leaves in the text where it was shown. */
export function exhibitSign(name: string): string {
  return `【出示材料：${name.replace(/[【】]/g, '').trim()}】`
}

/** Exhibits a text names, in order. */
export function exhibitsIn(text: string): readonly string[] {
  return [...text.matchAll(exhibitPattern)].map((match) => match[1] ?? '')
}

/** 14时5分 of a UTC moment. */
export function spokenClock(at: string): string {
  const [hour = '', minute = ''] = clockInChina(at).split(':')
  return `${Number(hour)}时${Number(minute)}分`
}

/**
 * When an interview was held, as the paper says it (Art. 9: 约谈时间): 2026年3月10日9时5分至11时40分; where it ended on
 * another day than it began, the end carries its date too. Empty before the start.
 */
export function heldTime(startedAt: string | null, endedAt: string | null): string {
  if (startedAt === null) return ''
  const first = dayInChina(startedAt)
  const begun = `${officialDay(first)}${spokenClock(startedAt)}`
  if (endedAt === null) return begun
  const last = dayInChina(endedAt)
  return `${begun}至${last === first ? '' : officialDay(last)}${spokenClock(endedAt)}`
}

/** The record's own line about a pause. */
export function pauseNote(reason: string): string {
  return `记录外暂停：${reason}`
}

/** The record's own line about going on; on another day it carries the date (续记). */
export function resumeNote(pausedAt: string, now: string): string {
  const today = dayInChina(now)
  return dayInChina(pausedAt) === today ? '恢复记录' : `${officialDay(today)}${clockInChina(now).slice(0, 5)}，继续约谈`
}

/** The record's own line about somebody who was on no list and sits down. */
export function joinNote({ unit, name, title }: Pick<Attendee, 'unit' | 'name' | 'title'>): string {
  return `${unit}${name}${title === '' ? '' : `（${title}）`}参加约谈`
}

/**
 * The record's own line about somebody who comes late, leaves or comes back while it runs; null when there is none.
 * `at` is told where it is another minute than that of the line.
 */
export function attendanceNote(
  person: Pick<Attendee, 'unit' | 'name' | 'title' | 'state'>,
  state: Attendee['state'],
  reason: string,
  at: string | null = null,
): string | null {
  const when = at === null ? '' : `于${spokenClock(at)}`
  const who = `${person.name}${person.title === '' ? '' : `（${person.title}）`}`
  const why = reason === '' ? '' : `：${reason}`
  if (state === 'late') return `${who}${when}到会${why}`
  if (state === 'left') return `${who}${when}离席${why}`
  return state === 'present' && person.state === 'left' ? `${who}返回会场` : null
}

/** Who answers for a commitment and until when, as far as it was said. */
export function pledge({ commitment }: Pick<UtteranceInput, 'commitment'>): string {
  const parts = [
    ...(commitment?.owner ? [`责任人：${commitment.owner}`] : []),
    ...(commitment?.due ? [`时限：${officialDay(commitment.due)}`] : []),
  ]
  return parts.length === 0 ? '' : `（${parts.join('；')}）`
}
