import type { Knex } from 'knex'
import type { Minutes, MinutesSection, Sentence } from '#shared/domain/minutes.ts'

/** The fields of the template, as they stand in the row. */
export type MinutesFields = Pick<
  Minutes,
  'time' | 'place' | 'host' | 'hostUnit' | 'jointUnit' | 'enterpriseParty' | 'recorder' | 'matter'
>

export interface MinutesRow {
  readonly id: string
  readonly case_id: string
  readonly interview_id: string
  readonly enterprise_id: string
  readonly state: Minutes['state']
  readonly fields: string
  readonly classification_id: string | null
  readonly version: number
  readonly created_at: string
  readonly updated_at: string
  readonly submitted_at: string | null
  readonly finalised_at: string | null
}

interface SentenceRow {
  readonly id: string
  readonly minutes_id: string
  readonly section: MinutesSection
  readonly position: number
  readonly text: string
  readonly sources: string
}

export function minutesFields(row: Pick<MinutesRow, 'fields'>): MinutesFields {
  return JSON.parse(row.fields)
}

export async function insertMinutes(
  trx: Knex.Transaction,
  value: {
    readonly id: string
    readonly caseId: string
    readonly interviewId: string
    readonly enterpriseId: string
    readonly fields: MinutesFields
  },
  now: string,
): Promise<void> {
  await trx<MinutesRow>('minutes').insert({
    id: value.id,
    case_id: value.caseId,
    interview_id: value.interviewId,
    enterprise_id: value.enterpriseId,
    state: 'draft',
    fields: JSON.stringify(value.fields),
    version: 1,
    created_at: now,
    updated_at: now,
  })
}

export async function findMinutes(
  trx: Knex.Transaction,
  caseId: string,
  minutesId: string,
): Promise<MinutesRow | undefined> {
  return trx<MinutesRow>('minutes').where({ id: minutesId, case_id: caseId }).first()
}

export async function minutesOfCase(trx: Knex.Transaction, caseId: string): Promise<MinutesRow[]> {
  return trx<MinutesRow>('minutes').where({ case_id: caseId }).orderBy('id')
}

export async function sentencesOf(trx: Knex.Transaction, minutesId: string): Promise<Sentence[]> {
  const rows: SentenceRow[] = await trx<SentenceRow>('minutes_sentences')
    .where({ minutes_id: minutesId })
    .orderBy(['position', 'id'])
  return rows.map((row) => ({ id: row.id, section: row.section, text: row.text, sources: JSON.parse(row.sources) }))
}

/** A statement of its own for every sentence of a long record would take longer than the sentences. */
const rowsAtOnce = 100

/** Replaces the sentences; positions are their order in the list. */
export async function replaceSentences(
  trx: Knex.Transaction,
  minutesId: string,
  sentences: readonly Sentence[],
): Promise<void> {
  await trx('minutes_sentences').where({ minutes_id: minutesId }).delete()
  const rows: SentenceRow[] = sentences.map(({ id, section, text, sources }, position) => ({
    id,
    minutes_id: minutesId,
    section,
    position,
    text,
    sources: JSON.stringify(sources),
  }))
  for (let at = 0; at < rows.length; at += rowsAtOnce)
    await trx<SentenceRow>('minutes_sentences').insert(rows.slice(at, at + rowsAtOnce))
}

/** Counts the version up; false when it is no longer the one stored. */
export async function bumpMinutes(trx: Knex.Transaction, id: string, version: number, now: string): Promise<boolean> {
  const changed = await trx<MinutesRow>('minutes')
    .where({ id, version })
    .update({ version: version + 1, updated_at: now })
  return changed === 1
}

export async function updateMinutes(
  trx: Knex.Transaction,
  id: string,
  values: Partial<Pick<MinutesRow, 'state' | 'classification_id' | 'submitted_at' | 'finalised_at' | 'updated_at'>>,
): Promise<void> {
  await trx<MinutesRow>('minutes').where({ id }).update(values)
}
