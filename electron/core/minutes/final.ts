import {
  fieldsOfMinutes,
  insertEdition,
  type MinutesRow,
  sentencesOf,
  updateMinutes,
} from '#db/repositories/minutes.ts'
import { fail } from '#shared/contract/errors.ts'
import { minutesHash } from '../cases/acts.ts'
import type { Context } from '../context.ts'

/**
 * 定稿: signs the minutes as they stand and keeps that wording as an edition nobody changes any more. Errors:
 * `minutes.notClassified`.
 */
export async function becomeFinal(context: Context, row: MinutesRow): Promise<void> {
  const { trx, now, account } = context
  const classification = row.classification_id ?? fail('minutes.notClassified')
  const sentences = await sentencesOf(trx, row.id)
  const objectHash = minutesHash(row, row, sentences)
  await context.act({ kind: 'minutes.finalise', objectKind: 'minutes', objectId: row.id, objectHash })
  await insertEdition(trx, {
    minutes_id: row.id,
    edition: row.edition,
    reason: row.reason,
    version: row.version,
    fields: JSON.stringify(fieldsOfMinutes(row)),
    sentences: JSON.stringify(sentences),
    classification_id: classification,
    finalised_at: now,
    account_id: account.id,
  })
  await updateMinutes(trx, row.id, { state: 'final', finalised_at: now, updated_at: now })
}
