import { enterprisesOfCase } from '#db/repositories/cases.ts'
import {
  attendanceOf,
  fieldsOf,
  findInterview,
  type InterviewRow,
  insertUtterance,
  nextSeq,
  ordinalOf,
} from '#db/repositories/interviews.ts'
import { classificationsOfCase } from '#db/repositories/secrecy.ts'
import { fail } from '#shared/contract/errors.ts'
import type { Interview, Utterance } from '#shared/domain/interviews.ts'
import { highestLevel, isStateSecret } from '#shared/domain/secrecy.ts'
import { caseOf } from '../cases/case-file.ts'
import type { Context } from '../context.ts'

/** The interview of a case. Errors: `interviews.unknown`, also for one of another case. */
export async function interviewOf(context: Context, caseId: string, interviewId: string): Promise<InterviewRow> {
  return (await findInterview(context.trx, caseId, interviewId)) ?? fail('interviews.unknown')
}

export async function shownInterview(context: Context, row: InterviewRow): Promise<Interview> {
  const { trx } = context
  const { outline, frozenHash, checks, pausedAt, pausedMs } = fieldsOf(row)
  const { matter, profile_hash: rulesHash } = await caseOf(context, row.case_id)
  return {
    id: row.id,
    caseId: row.case_id,
    ordinal: await ordinalOf(trx, row),
    matter,
    rulesHash,
    state: row.state,
    place: row.place ?? '',
    hostName: row.host_person ?? '',
    hostTitle: row.host_title ?? '',
    startedAt: row.started_at,
    endedAt: row.ended_at,
    pausedAt,
    pausedMs,
    enterprises: (await enterprisesOfCase(trx, row.case_id)).map(({ id, name, shortName }) => ({
      id,
      name,
      shortName,
    })),
    attendees: await attendanceOf(trx, row.id),
    outline,
    checks,
    guarded: await guardedCase(context, row.case_id),
    frozenHash,
  }
}

/** True when a state secret is handled or proposed: what is proposed protects already (实施条例 17). */
async function guardedCase(context: Context, caseId: string): Promise<boolean> {
  const { proposed_level: proposed } = await caseOf(context, caseId)
  const decided = (await classificationsOfCase(context.trx, caseId))
    .filter((one) => one.state === 'proposed' || one.state === 'approved')
    .map((one) => one.level)
  return isStateSecret(highestLevel([proposed ?? 'none', ...decided]))
}

/** The record's own line, in its place among what was said. */
export async function addNote(context: Context, interviewId: string, text: string): Promise<Utterance> {
  const { trx, now, account } = context
  const value: Utterance = {
    id: context.newId(),
    seq: await nextSeq(trx, interviewId),
    version: 1,
    speakerId: null,
    kind: 'note',
    section: 'other',
    part: null,
    audience: 'all',
    commitment: null,
    text,
    marked: false,
    startedAt: now,
    endedAt: now,
  }
  await insertUtterance(trx, interviewId, value, account.id, now)
  return value
}
