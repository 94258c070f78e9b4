import { enterprisesOfCase } from '#db/repositories/cases.ts'
import {
  attendanceOf,
  fieldsOf,
  findInterview,
  type InterviewRow,
  updateInterview,
  utterancesOf,
} from '#db/repositories/interviews.ts'
import { fail } from '#shared/contract/errors.ts'
import type { Interview } from '#shared/domain/interviews.ts'
import { objectHash } from '../audit/object-hash.ts'
import { caseOf } from '../cases/case-file.ts'
import type { Context } from '../context.ts'

/** The interview of a case. Errors: `interviews.unknown`, also for one of another case. */
export async function interviewOf(context: Context, caseId: string, interviewId: string): Promise<InterviewRow> {
  return (await findInterview(context.trx, caseId, interviewId)) ?? fail('interviews.unknown')
}

export async function shownInterview(context: Context, row: InterviewRow): Promise<Interview> {
  const { trx } = context
  const { outline, frozenHash } = fieldsOf(row)
  const { matter, profile_hash: rulesHash } = await caseOf(context, row.case_id)
  return {
    id: row.id,
    caseId: row.case_id,
    matter,
    rulesHash,
    state: row.state,
    place: row.place ?? '',
    hostName: row.host_person ?? '',
    hostTitle: row.host_title ?? '',
    startedAt: row.started_at,
    endedAt: row.ended_at,
    enterprises: (await enterprisesOfCase(trx, row.case_id)).map(({ id, name, shortName }) => ({
      id,
      name,
      shortName,
    })),
    attendees: await attendanceOf(trx, row.id),
    outline,
    frozenHash,
  }
}

/** Digest of everything the record says: head, attendance and every utterance in its last wording. */
export async function recordHash(context: Context, row: InterviewRow): Promise<string> {
  const { trx } = context
  return objectHash({
    interviewId: row.id,
    caseId: row.case_id,
    place: row.place,
    host: row.host_person,
    hostTitle: row.host_title,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    attendees: await attendanceOf(trx, row.id),
    utterances: await utterancesOf(trx, row.id),
  })
}

/**
 * Freezes the record: from here on no word of it changes (DESIGN §6: at the latest when minutes become final). Signs
 * its digest; harmless when it is frozen already. Errors: `interviews.notEnded`.
 */
export async function freezeRecord(context: Context, caseId: string, interviewId: string): Promise<string> {
  const row = await interviewOf(context, caseId, interviewId)
  const { frozenHash, outline } = fieldsOf(row)
  if (row.state === 'frozen' && frozenHash !== null) return frozenHash
  if (row.state !== 'ended') fail('interviews.notEnded')
  const hash = await recordHash(context, row)
  await updateInterview(context.trx, interviewId, {
    state: 'frozen',
    fields: JSON.stringify({ outline, frozenHash: hash }),
    updated_at: context.now,
  })
  await context.act({ kind: 'interviews.freeze', objectKind: 'interview', objectId: interviewId, objectHash: hash })
  return hash
}

/** Errors: `interviews.frozenChanged` when a frozen record no longer gives the digest it was signed with. */
export async function assertFrozenRecord(context: Context, caseId: string, interviewId: string): Promise<void> {
  const row = await interviewOf(context, caseId, interviewId)
  if (row.state === 'frozen' && fieldsOf(row).frozenHash !== (await recordHash(context, row)))
    fail('interviews.frozenChanged')
}
