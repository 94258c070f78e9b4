import type { Knex } from 'knex'
import type { RecordContent, RecordEdition, RecordSigning } from '#shared/domain/record.ts'

const editionColumns = {
  edition: 'edition',
  reason: 'reason',
  hash: 'hash',
  signatures: 'signatures',
  frozenAt: 'frozen_at',
  frozenBy: 'account_id',
}

/** The frozen editions of a record, the first one first. */
export async function recordEditions(trx: Knex.Transaction, interviewId: string): Promise<RecordEdition[]> {
  return trx('record_editions').where({ interview_id: interviewId }).orderBy('edition').select(editionColumns)
}

/** Every frozen edition of the records of a case, with the digest it was signed with. */
export async function recordEditionsOfCase(
  trx: Knex.Transaction,
  caseId: string,
): Promise<{ readonly interviewId: string; readonly hash: string }[]> {
  return trx('record_editions')
    .join('interviews', 'interviews.id', 'record_editions.interview_id')
    .where('interviews.case_id', caseId)
    .orderBy(['record_editions.interview_id', 'record_editions.edition'])
    .select({ interviewId: 'record_editions.interview_id', hash: 'record_editions.hash' })
}

export async function recordContentOf(
  trx: Knex.Transaction,
  interviewId: string,
  edition: number,
): Promise<RecordContent | undefined> {
  const row: { content: string } | undefined = await trx('record_editions')
    .where({ interview_id: interviewId, edition })
    .first('content')
  return row && JSON.parse(row.content)
}

export async function insertRecordEdition(
  trx: Knex.Transaction,
  interviewId: string,
  value: RecordEdition,
  content: RecordContent,
): Promise<void> {
  await trx('record_editions').insert({
    interview_id: interviewId,
    edition: value.edition,
    reason: value.reason,
    content: JSON.stringify(content),
    hash: value.hash,
    signatures: value.signatures,
    frozen_at: value.frozenAt,
    account_id: value.frozenBy,
  })
}

/** Why an edition was begun; empty for the first. */
export async function correctionReason(trx: Knex.Transaction, interviewId: string, edition: number): Promise<string> {
  const row: { reason: string } | undefined = await trx('record_corrections')
    .where({ interview_id: interviewId, edition })
    .first('reason')
  return row?.reason ?? ''
}

export async function insertCorrection(
  trx: Knex.Transaction,
  interviewId: string,
  value: { readonly edition: number; readonly reason: string; readonly at: string; readonly by: string },
): Promise<void> {
  const { edition, reason, at, by } = value
  await trx('record_corrections').insert({ interview_id: interviewId, edition, reason, at, account_id: by })
}

export async function signingsOf(trx: Knex.Transaction, interviewId: string): Promise<RecordSigning[]> {
  return trx('record_signings').where({ interview_id: interviewId }).orderBy('id').select({
    id: 'id',
    edition: 'edition',
    attendeeId: 'attendee_id',
    outcome: 'outcome',
    reason: 'reason',
    at: 'at',
    by: 'account_id',
  })
}

export async function insertSigning(trx: Knex.Transaction, interviewId: string, value: RecordSigning): Promise<void> {
  await trx('record_signings').insert({
    id: value.id,
    interview_id: interviewId,
    edition: value.edition,
    attendee_id: value.attendeeId,
    outcome: value.outcome,
    reason: value.reason,
    at: value.at,
    account_id: value.by,
  })
}

/** Enterprises whose minutes rest a sentence on an utterance. */
export async function enterprisesQuoting(trx: Knex.Transaction, utteranceId: string): Promise<string[]> {
  const rows: { id: string }[] = await trx('minutes_sentences as s')
    .join('minutes as m', 'm.id', 's.minutes_id')
    .whereRaw('EXISTS (SELECT 1 FROM json_each(s.sources) WHERE value = ?)', [utteranceId])
    .distinct('m.enterprise_id as id')
  return rows.map((row) => row.id)
}
