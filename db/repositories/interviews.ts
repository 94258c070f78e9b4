import type { Knex } from 'knex'
import type {
  Attendee,
  Interview,
  InterviewState,
  Utterance,
  UtteranceInput,
  UtteranceVersion,
} from '#shared/domain/interviews.ts'

/** True in SQL for an interview that was held to its end; `of` names its row. */
export function wasHeld(of: string): string {
  return `${of}.state IN ('ended', 'frozen') AND ${of}.started_at IS NOT NULL`
}

export interface InterviewRow {
  readonly id: string
  readonly case_id: string
  readonly state: InterviewState
  readonly place: string | null
  readonly host_person: string | null
  readonly host_title: string | null
  readonly started_at: string | null
  readonly ended_at: string | null
  /** JSON `{ outline, frozenHash, checks }`. */
  readonly fields: string
  readonly version: number
  readonly created_at: string
  readonly updated_at: string
}

export type InterviewFields = Pick<Interview, 'outline' | 'frozenHash' | 'checks' | 'pausedAt' | 'pausedMs'>

interface AttendanceRow {
  readonly id: string
  readonly interview_id: string
  readonly delegation: Attendee['delegation']
  readonly enterprise_id: string | null
  readonly unit: string
  readonly name: string
  readonly title: string
  readonly speaker_key: number | null
  readonly state: Attendee['state']
  readonly reason: string | null
  readonly at: string | null
  readonly position: number
}

interface UtteranceRow {
  readonly id: string
  readonly interview_id: string
  readonly seq: number
  readonly speaker_id: string | null
  readonly kind: Utterance['kind']
  readonly section: Utterance['section']
  readonly part: number | null
  readonly audience: string
  readonly text: string
  readonly marked: 0 | 1
  /** JSON `{ owner, due }`, or null. */
  readonly commitment: string | null
  readonly started_at: string
  readonly ended_at: string
  readonly version: number
}

function toAttendee(row: AttendanceRow): Attendee {
  return {
    id: row.id,
    delegation: row.delegation,
    enterpriseId: row.enterprise_id,
    unit: row.unit,
    name: row.name,
    title: row.title,
    speakerKey: row.speaker_key,
    state: row.state,
    reason: row.reason ?? '',
    at: row.at,
  }
}

function toUtterance(row: UtteranceRow): Utterance {
  return {
    id: row.id,
    seq: row.seq,
    version: row.version,
    speakerId: row.speaker_id,
    kind: row.kind,
    section: row.section,
    part: row.part,
    audience: JSON.parse(row.audience),
    text: row.text,
    marked: row.marked === 1,
    commitment: row.commitment === null ? null : JSON.parse(row.commitment),
    startedAt: row.started_at,
    endedAt: row.ended_at,
  }
}

export function fieldsOf(row: Pick<InterviewRow, 'fields'>): InterviewFields {
  return JSON.parse(row.fields)
}

export async function insertInterview(
  trx: Knex.Transaction,
  value: {
    readonly id: string
    readonly caseId: string
    readonly place: string
    readonly hostName: string
    readonly hostTitle: string
    readonly now: string
  },
): Promise<void> {
  const fields: InterviewFields = { outline: [], frozenHash: null, checks: [], pausedAt: null, pausedMs: 0 }
  await trx<InterviewRow>('interviews').insert({
    id: value.id,
    case_id: value.caseId,
    state: 'planned',
    place: value.place,
    host_person: value.hostName,
    host_title: value.hostTitle,
    fields: JSON.stringify(fields),
    version: 1,
    created_at: value.now,
    updated_at: value.now,
  })
}

/** The interview of a case; an interview of another case is not found. */
export async function findInterview(trx: Knex, caseId: string, interviewId: string): Promise<InterviewRow | undefined> {
  return trx<InterviewRow>('interviews').where({ id: interviewId, case_id: caseId }).first()
}

export async function interviewOfCase(trx: Knex.Transaction, caseId: string): Promise<InterviewRow | undefined> {
  return trx<InterviewRow>('interviews').where({ case_id: caseId }).orderBy('id', 'desc').first()
}

/** The interview of the case that was planned before this one. */
export async function interviewBefore(
  trx: Knex.Transaction,
  caseId: string,
  interviewId: string,
): Promise<InterviewRow | undefined> {
  const earlier = trx<InterviewRow>('interviews').where({ case_id: caseId }).where('id', '<', interviewId)
  return earlier.orderBy('id', 'desc').first()
}

/** Which interview of its case one is, from 1: ids rise in the order they were planned. */
export async function ordinalOf(trx: Knex.Transaction, row: Pick<InterviewRow, 'id' | 'case_id'>): Promise<number> {
  const counted: { n?: number } | undefined = await trx('interviews')
    .where({ case_id: row.case_id })
    .where('id', '<=', row.id)
    .count('id as n')
    .first()
  return counted?.n ?? 1
}

/** The interviews of a case by id, each with its ordinal from 1. */
export async function ordinalsOf(trx: Knex.Transaction, caseId: string): Promise<Map<string, number>> {
  const rows: { id: string }[] = await trx('interviews').where({ case_id: caseId }).orderBy('id').select('id')
  return new Map(rows.map((row, index) => [row.id, index + 1]))
}

/**
 * Interviews of a set of cases: running and paused first, then planned, then the ended ones. What was planned by a notice
 * that is cancelled by now, or in a case that was withdrawn, is not held and not listed.
 */
export async function listInterviews(trx: Knex.Transaction, ids: Knex.QueryBuilder): Promise<InterviewRow[]> {
  return trx<InterviewRow>('interviews')
    .whereIn('case_id', ids)
    .whereRaw(
      "(state <> 'planned' OR (SELECT cases.state FROM cases WHERE cases.id = interviews.case_id) = 'interview')",
    )
    .orderByRaw(
      "CASE state WHEN 'running' THEN 0 WHEN 'paused' THEN 0 WHEN 'planned' THEN 1 ELSE 2 END, updated_at DESC, id",
    )
    .limit(200)
    .select()
}

export async function updateInterview(
  trx: Knex.Transaction,
  id: string,
  values: Partial<
    Pick<InterviewRow, 'state' | 'place' | 'host_person' | 'host_title' | 'started_at' | 'ended_at' | 'fields'>
  > & { readonly updated_at: string },
): Promise<void> {
  await trx<InterviewRow>('interviews').where({ id }).update(values).increment('version', 1)
}

export async function attendanceOf(trx: Knex.Transaction, interviewId: string): Promise<Attendee[]> {
  const rows: AttendanceRow[] = await trx<AttendanceRow>('attendance')
    .where({ interview_id: interviewId })
    .orderBy('position')
  return rows.map(toAttendee)
}

/** Takes those of one enterprise off the list of an interview that has not begun. */
export async function removeEnterprise(
  trx: Knex.Transaction,
  interviewId: string,
  enterpriseId: string,
): Promise<void> {
  await trx('attendance').where({ interview_id: interviewId, enterprise_id: enterpriseId }).delete()
}

/** Replaces the list of those expected; only before the interview, when no utterance names them yet. */
export async function replaceAttendance(
  trx: Knex.Transaction,
  interviewId: string,
  attendees: readonly Attendee[],
): Promise<void> {
  await trx('attendance').where({ interview_id: interviewId }).delete()
  for (const [position, one] of attendees.entries()) await addAttendee(trx, interviewId, one, position)
}

/** Seats one person more at a place in the order, from 0. */
export async function addAttendee(
  trx: Knex.Transaction,
  interviewId: string,
  one: Attendee,
  position: number,
): Promise<void> {
  await trx<AttendanceRow>('attendance').insert({
    id: one.id,
    interview_id: interviewId,
    delegation: one.delegation,
    enterprise_id: one.enterpriseId,
    unit: one.unit,
    name: one.name,
    title: one.title,
    speaker_key: one.speakerKey,
    state: one.state,
    reason: one.reason,
    at: one.at,
    position,
  })
}

/** False when the interview has no such attendee. */
export async function setAttendance(
  trx: Knex.Transaction,
  interviewId: string,
  attendeeId: string,
  value: { readonly state: Attendee['state']; readonly reason: string; readonly at: string },
): Promise<boolean> {
  return (await trx('attendance').where({ id: attendeeId, interview_id: interviewId }).update(value)) === 1
}

export async function utterancesOf(trx: Knex.Transaction, interviewId: string): Promise<Utterance[]> {
  const rows: UtteranceRow[] = await trx<UtteranceRow>('utterances').where({ interview_id: interviewId }).orderBy('seq')
  return rows.map(toUtterance)
}

/** The newest utterances of an interview, at most `limit`, in their order. */
export async function lastUtterances(trx: Knex.Transaction, interviewId: string, limit: number): Promise<Utterance[]> {
  const rows: UtteranceRow[] = await trx<UtteranceRow>('utterances')
    .where({ interview_id: interviewId })
    .orderBy('seq', 'desc')
    .limit(limit)
  return rows.reverse().map(toUtterance)
}

/** Every wording of an utterance with its author, the first one first. */
export async function versionsOf(trx: Knex.Transaction, utteranceId: string): Promise<UtteranceVersion[]> {
  const rows: {
    version: number
    text: string
    kind: Utterance['kind']
    speaker_id: string | null
    section: Utterance['section']
    part: number | null
    audience: string
    marked: 0 | 1
    commitment: string | null
    at: string
    account_id: string
  }[] = await trx('utterance_versions').where({ utterance_id: utteranceId }).orderBy('version')
  return rows.map((row) => ({
    version: row.version,
    text: row.text,
    kind: row.kind,
    speakerId: row.speaker_id,
    section: row.section,
    part: row.part,
    audience: JSON.parse(row.audience),
    marked: row.marked === 1,
    commitment: row.commitment === null ? null : JSON.parse(row.commitment),
    at: row.at,
    by: row.account_id,
  }))
}

export async function findUtterance(
  trx: Knex.Transaction,
  interviewId: string,
  id: string,
): Promise<Utterance | undefined> {
  const row = await trx<UtteranceRow>('utterances').where({ id, interview_id: interviewId }).first()
  return row && toUtterance(row)
}

export async function nextSeq(trx: Knex.Transaction, interviewId: string): Promise<number> {
  const row: { top?: number | null } | undefined = await trx('utterances')
    .where({ interview_id: interviewId })
    .max('seq as top')
    .first()
  return (row?.top ?? 0) + 1
}

function columns(value: UtteranceInput): Omit<UtteranceRow, 'id' | 'interview_id' | 'seq' | 'version'> {
  return {
    speaker_id: value.speakerId,
    kind: value.kind,
    section: value.section,
    part: value.part,
    audience: JSON.stringify(value.audience),
    text: value.text,
    marked: value.marked ? 1 : 0,
    commitment: value.commitment === null ? null : JSON.stringify(value.commitment),
    started_at: value.startedAt,
    ended_at: value.endedAt,
  }
}

/** Keeps every wording of an utterance with its author and time; rows of this table never change. */
async function keepVersion(trx: Knex.Transaction, value: Utterance, by: string, now: string): Promise<void> {
  await trx('utterance_versions').insert({
    utterance_id: value.id,
    version: value.version,
    text: value.text,
    kind: value.kind,
    section: value.section,
    part: value.part,
    speaker_id: value.speakerId,
    audience: JSON.stringify(value.audience),
    marked: value.marked ? 1 : 0,
    commitment: value.commitment === null ? null : JSON.stringify(value.commitment),
    at: now,
    account_id: by,
  })
}

export async function insertUtterance(
  trx: Knex.Transaction,
  interviewId: string,
  value: Utterance,
  by: string,
  now: string,
): Promise<void> {
  await trx<UtteranceRow>('utterances').insert({
    id: value.id,
    interview_id: interviewId,
    seq: value.seq,
    version: value.version,
    ...columns(value),
  })
  await keepVersion(trx, value, by, now)
}

/** Stores the next version; false when somebody else was faster. */
export async function editUtterance(
  trx: Knex.Transaction,
  value: Utterance,
  by: string,
  now: string,
): Promise<boolean> {
  const changed = await trx<UtteranceRow>('utterances')
    .where({ id: value.id, version: value.version - 1 })
    .update({ ...columns(value), version: value.version })
  if (changed !== 1) return false
  await keepVersion(trx, value, by, now)
  return true
}
