import {
  attendanceOf,
  fieldsOf,
  type InterviewRow,
  updateInterview,
  utterancesOf,
} from '#db/repositories/interviews.ts'
import { correctionReason, insertRecordEdition, recordContentOf, recordEditions } from '#db/repositories/record.ts'
import { fail } from '#shared/contract/errors.ts'
import type { RecordContent, RecordSignatures } from '#shared/domain/record.ts'
import { objectHash } from '../audit/object-hash.ts'
import type { Context } from '../context.ts'
import { interviewOf } from '../interviews/record.ts'

/** Everything the record says: head, attendance and every utterance in its last wording. */
export async function recordContent(context: Context, row: InterviewRow): Promise<RecordContent> {
  const { trx } = context
  return {
    interviewId: row.id,
    caseId: row.case_id,
    place: row.place,
    host: row.host_person,
    hostTitle: row.host_title,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    attendees: await attendanceOf(trx, row.id),
    utterances: await utterancesOf(trx, row.id),
  }
}

/** Which edition of the record is being worked on, or stands frozen; 1 for the first. */
export async function editionOfRecord(context: Context, row: InterviewRow): Promise<number> {
  const frozen = (await recordEditions(context.trx, row.id)).length
  return row.state === 'frozen' ? frozen : frozen + 1
}

/**
 * Freezes the record: from here on no word of it changes (DESIGN §6: when it is printed for signing, at the latest when
 * minutes become final). Signs its digest; harmless when it is frozen already. Errors: `interviews.notEnded`.
 */
export async function freezeRecord(
  context: Context,
  caseId: string,
  interviewId: string,
  signatures: RecordSignatures,
): Promise<void> {
  const { trx, now, account } = context
  const row = await interviewOf(context, caseId, interviewId)
  if (row.state === 'frozen') return
  if (row.state !== 'ended') fail('interviews.notEnded')
  const content = await recordContent(context, row)
  const hash = objectHash(content)
  const edition = await editionOfRecord(context, row)
  const reason = await correctionReason(trx, interviewId, edition)
  const value = { edition, reason, hash, signatures, frozenAt: now, frozenBy: account.id }
  await insertRecordEdition(trx, interviewId, value, content)
  await updateInterview(trx, interviewId, {
    state: 'frozen',
    fields: JSON.stringify({ ...fieldsOf(row), frozenHash: hash }),
    updated_at: now,
  })
  await context.act({ kind: 'interviews.freeze', objectKind: 'interview', objectId: interviewId, objectHash: hash })
}

/** Errors: `interviews.frozenChanged` when an edition, or the frozen record, no longer gives the digest it was signed with. */
export async function assertFrozenRecord(context: Context, caseId: string, interviewId: string): Promise<void> {
  const row = await interviewOf(context, caseId, interviewId)
  const editions = await recordEditions(context.trx, interviewId)
  for (const { edition, hash } of editions) {
    const content = await recordContentOf(context.trx, interviewId, edition)
    if (content === undefined || objectHash(content) !== hash) fail('interviews.frozenChanged')
  }
  if (row.state !== 'frozen') return
  const hash = objectHash(await recordContent(context, row))
  if (fieldsOf(row).frozenHash !== hash || editions.at(-1)?.hash !== hash) fail('interviews.frozenChanged')
}
