import { enterprisesOfCase } from '#db/repositories/cases.ts'
import { attendanceOf, fieldsOf, findInterview, type InterviewRow } from '#db/repositories/interviews.ts'
import { fail } from '#shared/contract/errors.ts'
import type { Interview } from '#shared/domain/interviews.ts'
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
