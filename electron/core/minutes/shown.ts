import { enterprisesOfCase } from '#db/repositories/cases.ts'
import { findInterview, ordinalsOf } from '#db/repositories/interviews.ts'
import {
  editionsOfMinutes,
  fieldsOfMinutes,
  findMinutes,
  type MinutesRow,
  minutesOfCase,
  openComments,
  sentencesOf,
} from '#db/repositories/minutes.ts'
import { findClassification } from '#db/repositories/secrecy.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina } from '#shared/domain/common.ts'
import type { Minutes, MinutesEdition } from '#shared/domain/minutes.ts'
import { markText } from '#shared/domain/secrecy.ts'
import type { Context } from '../context.ts'

/** The minutes of a case. Errors: `minutes.unknown`, also for those of another case. */
export async function minutesOf(context: Context, caseId: string, minutesId: string): Promise<MinutesRow> {
  return (await findMinutes(context.trx, caseId, minutesId)) ?? fail('minutes.unknown')
}

async function shownOne(
  context: Context,
  row: MinutesRow,
  names: ReadonlyMap<string, string>,
  open: ReadonlyMap<string, number>,
  ordinals: ReadonlyMap<string, number>,
): Promise<Minutes> {
  const { trx } = context
  const decision = row.classification_id === null ? undefined : await findClassification(trx, row.classification_id)
  const editions: MinutesEdition[] = []
  for (const one of await editionsOfMinutes(trx, row.id)) {
    const decided = await findClassification(trx, one.classification_id)
    editions.push({
      edition: one.edition,
      reason: one.reason,
      finalisedAt: one.finalised_at,
      finalisedBy: one.account_id,
      mark: decided ? markText(decided) : null,
    })
  }
  const interview = (await findInterview(trx, row.case_id, row.interview_id)) ?? fail('interviews.unknown')
  return {
    id: row.id,
    caseId: row.case_id,
    interviewId: row.interview_id,
    ordinal: ordinals.get(interview.id) ?? 1,
    heldOn: interview.started_at === null ? null : dayInChina(interview.started_at),
    enterpriseId: row.enterprise_id,
    enterpriseName: names.get(row.enterprise_id) ?? '',
    state: row.state,
    edition: row.edition,
    reason: row.reason,
    fields: fieldsOfMinutes(row),
    sentences: await sentencesOf(trx, row.id),
    classificationId: row.classification_id,
    mark: decision?.state === 'approved' ? markText(decision) : null,
    version: row.version,
    savedBy: row.saved_by,
    savedAt: row.saved_at,
    editions,
    openComments: open.get(row.id) ?? 0,
  }
}

export async function shownAll(context: Context, caseId: string): Promise<Minutes[]> {
  const { trx } = context
  const names = new Map((await enterprisesOfCase(trx, caseId)).map((one) => [one.id, one.name]))
  const open = await openComments(trx, caseId)
  const ordinals = await ordinalsOf(trx, caseId)
  const list: Minutes[] = []
  for (const row of await minutesOfCase(trx, caseId)) list.push(await shownOne(context, row, names, open, ordinals))
  return list
}

export async function shown(context: Context, caseId: string, minutesId: string): Promise<Minutes> {
  const all = await shownAll(context, caseId)
  return all.find((one) => one.id === minutesId) ?? fail('minutes.unknown')
}
