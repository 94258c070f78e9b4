import type { Knex } from 'knex'
import type {
  Dispatch,
  KeptMinutes,
  Minutes,
  MinutesComment,
  MinutesFields,
  MinutesPlace,
  MinutesSection,
  Sentence,
} from '#shared/domain/minutes.ts'
import { keepPreference, preferenceOf } from './preferences.ts'

export interface MinutesRow {
  readonly id: string
  readonly case_id: string
  readonly interview_id: string
  readonly enterprise_id: string
  readonly state: Minutes['state']
  readonly edition: number
  readonly reason: string
  readonly fields: string
  readonly classification_id: string | null
  readonly version: number
  readonly created_at: string
  readonly updated_at: string
  readonly saved_by: string
  readonly saved_at: string
  readonly submitted_at: string | null
  readonly finalised_at: string | null
}

interface SentenceRow {
  readonly minutes_id: string
  readonly id: string
  readonly section: MinutesSection
  readonly position: number
  readonly text: string
  readonly sources: string
  readonly joined: 0 | 1
}

/** The fields of the template, as they stand in the row. */
export function fieldsOfMinutes(row: Pick<MinutesRow, 'fields'>): MinutesFields {
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
    readonly by: string
  },
  now: string,
): Promise<void> {
  await trx<MinutesRow>('minutes').insert({
    id: value.id,
    case_id: value.caseId,
    interview_id: value.interviewId,
    enterprise_id: value.enterpriseId,
    state: 'draft',
    edition: 1,
    reason: '',
    fields: JSON.stringify(value.fields),
    version: 1,
    created_at: now,
    updated_at: now,
    saved_by: value.by,
    saved_at: now,
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
  return rows.map(({ id, section, text, sources, joined }) => ({
    id,
    section,
    text,
    sources: JSON.parse(sources),
    joined: joined === 1,
  }))
}

/**
 * Writes new and rewritten sentences in one statement, however many. New ones get their places from the list, which is
 * right for a first draft; `orderSentences` sets them where others stand already.
 */
export async function putSentences(
  trx: Knex.Transaction,
  minutesId: string,
  sentences: readonly Sentence[],
): Promise<void> {
  if (sentences.length === 0) return
  await trx.raw(
    `INSERT INTO minutes_sentences (minutes_id, id, section, position, text, sources, joined)
     SELECT ?, s.value ->> 'id', s.value ->> 'section', s.key, s.value ->> 'text', s.value -> 'sources',
       s.value ->> 'joined'
     FROM json_each(?) s WHERE true
     ON CONFLICT (minutes_id, id) DO UPDATE SET
       section = excluded.section, text = excluded.text, sources = excluded.sources, joined = excluded.joined`,
    [minutesId, JSON.stringify(sentences)],
  )
}

/** Gives every sentence its place; those the order does not name go. False when it names one that is not there. */
export async function orderSentences(
  trx: Knex.Transaction,
  minutesId: string,
  order: readonly string[],
): Promise<boolean> {
  const ids = JSON.stringify(order)
  await trx('minutes_sentences')
    .where({ minutes_id: minutesId })
    .whereRaw('id NOT IN (SELECT value FROM json_each(?))', [ids])
    .delete()
  await trx.raw(
    // Materialised, so that the list is looked up by id and not walked through for every sentence.
    `WITH o AS MATERIALIZED (SELECT key, value FROM json_each(?))
     UPDATE minutes_sentences SET position = o.key FROM o
     WHERE minutes_sentences.minutes_id = ? AND minutes_sentences.id = o.value AND position <> o.key`,
    [ids, minutesId],
  )
  const row: { total?: number } | undefined = await trx('minutes_sentences')
    .where({ minutes_id: minutesId })
    .count('* as total')
    .first()
  return row?.total === order.length
}

/** Counts the version up and stores the fields; false when it is no longer the one stored. */
export async function bumpMinutes(
  trx: Knex.Transaction,
  id: string,
  version: number,
  fields: MinutesFields,
  by: string,
  now: string,
): Promise<boolean> {
  const changed = await trx<MinutesRow>('minutes')
    .where({ id, version })
    .update({ version: version + 1, fields: JSON.stringify(fields), updated_at: now, saved_by: by, saved_at: now })
  return changed === 1
}

export async function updateMinutes(
  trx: Knex.Transaction,
  id: string,
  values: Partial<
    Pick<
      MinutesRow,
      'state' | 'edition' | 'reason' | 'version' | 'classification_id' | 'submitted_at' | 'finalised_at' | 'updated_at'
    >
  >,
): Promise<void> {
  await trx<MinutesRow>('minutes').where({ id }).update(values)
}

/** A wording that became final, as it was signed. */
export interface MinutesEditionRow {
  readonly minutes_id: string
  readonly edition: number
  readonly reason: string
  readonly version: number
  readonly fields: string
  readonly sentences: string
  readonly classification_id: string
  readonly finalised_at: string
  readonly account_id: string
}

export async function insertEdition(trx: Knex.Transaction, row: MinutesEditionRow): Promise<void> {
  await trx<MinutesEditionRow>('minutes_editions').insert(row)
}

export async function editionsOfMinutes(trx: Knex.Transaction, minutesId: string): Promise<MinutesEditionRow[]> {
  return trx<MinutesEditionRow>('minutes_editions').where({ minutes_id: minutesId }).orderBy('edition')
}

export async function findEdition(
  trx: Knex.Transaction,
  minutesId: string,
  edition: number,
): Promise<MinutesEditionRow | undefined> {
  return trx<MinutesEditionRow>('minutes_editions').where({ minutes_id: minutesId, edition }).first()
}

const ownSlot = (minutesId: string): string => `minutes:${minutesId}`

/** Keeps an account's own wording that could not be saved; one for each account and minutes. */
export async function keepDraft(
  trx: Knex.Transaction,
  accountId: string,
  minutesId: string,
  kept: KeptMinutes,
  now: string,
): Promise<void> {
  await trx('drafts')
    .insert({ account_id: accountId, slot: ownSlot(minutesId), body: JSON.stringify(kept), at: now })
    .onConflict(['account_id', 'slot'])
    .merge()
}

export async function keptDraft(
  trx: Knex.Transaction,
  accountId: string,
  minutesId: string,
): Promise<KeptMinutes | null> {
  const row: { body: string } | undefined = await trx('drafts')
    .where({ account_id: accountId, slot: ownSlot(minutesId) })
    .first('body')
  return row === undefined ? null : JSON.parse(row.body)
}

export async function forgetDraft(trx: Knex.Transaction, accountId: string, minutesId: string): Promise<void> {
  await trx('drafts')
    .where({ account_id: accountId, slot: ownSlot(minutesId) })
    .delete()
}

/** Where an account stands writing these minutes; null when no text of them is open. */
export async function keepPlace(
  trx: Knex.Transaction,
  accountId: string,
  minutesId: string,
  place: MinutesPlace | null,
  now: string,
): Promise<void> {
  await keepPreference(trx, { accountId, slot: ownSlot(minutesId), body: JSON.stringify(place), now })
}

export async function keptPlace(
  trx: Knex.Transaction,
  accountId: string,
  minutesId: string,
): Promise<MinutesPlace | null> {
  return JSON.parse((await preferenceOf(trx, accountId, ownSlot(minutesId))) ?? 'null')
}

interface CommentRow {
  readonly id: string
  readonly minutes_id: string
  readonly edition: number
  readonly sentence_id: string | null
  readonly quote: string
  readonly text: string
  readonly account_id: string
  readonly at: string
  readonly resolved_by: string | null
  readonly resolved_at: string | null
}

export async function commentsOf(trx: Knex.Transaction, minutesId: string): Promise<MinutesComment[]> {
  const rows: CommentRow[] = await trx<CommentRow>('minutes_comments').where({ minutes_id: minutesId }).orderBy('id')
  const answers: { comment_id: string; account_id: string; at: string; text: string }[] = await trx('minutes_answers')
    .whereIn('comment_id', trx('minutes_comments').where({ minutes_id: minutesId }).select('id'))
    .orderBy('id')
  const of = Map.groupBy(answers, (one) => one.comment_id)
  return rows.map((row) => ({
    id: row.id,
    minutesId: row.minutes_id,
    edition: row.edition,
    sentenceId: row.sentence_id,
    quote: row.quote,
    text: row.text,
    by: row.account_id,
    at: row.at,
    answers: (of.get(row.id) ?? []).map((one) => ({ by: one.account_id, at: one.at, text: one.text })),
    resolvedBy: row.resolved_by,
    resolvedAt: row.resolved_at,
  }))
}

export async function insertComment(
  trx: Knex.Transaction,
  value: Omit<MinutesComment, 'answers' | 'resolvedBy' | 'resolvedAt'>,
): Promise<void> {
  await trx<CommentRow>('minutes_comments').insert({
    id: value.id,
    minutes_id: value.minutesId,
    edition: value.edition,
    sentence_id: value.sentenceId,
    quote: value.quote,
    text: value.text,
    account_id: value.by,
    at: value.at,
  })
}

export async function insertAnswer(
  trx: Knex.Transaction,
  value: { readonly id: string; readonly commentId: string; readonly text: string; readonly by: string; at: string },
): Promise<void> {
  const { id, commentId, text, by, at } = value
  await trx('minutes_answers').insert({ id, comment_id: commentId, text, account_id: by, at })
}

export async function resolveComment(trx: Knex.Transaction, id: string, by: string, now: string): Promise<void> {
  await trx('minutes_comments').where({ id }).whereNull('resolved_at').update({ resolved_by: by, resolved_at: now })
}

/** Comments nobody has settled yet, by minutes of a case. */
export async function openComments(trx: Knex.Transaction, caseId: string): Promise<Map<string, number>> {
  const rows: { minutes_id: string; total: number }[] = await trx('minutes_comments')
    .whereIn('minutes_id', trx('minutes').where({ case_id: caseId }).select('id'))
    .whereNull('resolved_at')
    .groupBy('minutes_id')
    .select('minutes_id', trx.raw('count(*) AS total'))
  return new Map(rows.map((row) => [row.minutes_id, row.total]))
}

/** Every decision about sending, with the copy it made and what became of that copy. */
export async function dispatchesOf(trx: Knex.Transaction, minutesId: string): Promise<Dispatch[]> {
  return trx('minutes_dispatches as d')
    .leftJoin('tickets as t', 't.id', 'd.ticket_id')
    .leftJoin('copies as c', 'c.ticket_id', 't.id')
    .leftJoin('copy_fates as f', (on) => on.on('f.copy_id', 'c.id').andOnVal('f.fate', 'received'))
    .where('d.minutes_id', minutesId)
    .orderBy('d.id')
    .select({
      id: 'd.id',
      minutesId: 'd.minutes_id',
      edition: 'd.edition',
      decision: 'd.decision',
      reason: 'd.reason',
      method: 'd.method',
      receiver: 'd.receiver',
      ticketId: 'd.ticket_id',
      ticketState: 't.state',
      way: 't.act',
      label: 't.label',
      copyId: 'c.id',
      receivedBy: 'f.person',
      receivedOn: 'f.day',
      at: 'd.at',
      by: 'd.account_id',
    })
}

export async function insertDispatch(
  trx: Knex.Transaction,
  value: Pick<
    Dispatch,
    'id' | 'minutesId' | 'edition' | 'decision' | 'reason' | 'method' | 'receiver' | 'ticketId' | 'at' | 'by'
  >,
): Promise<void> {
  await trx('minutes_dispatches').insert({
    id: value.id,
    minutes_id: value.minutesId,
    edition: value.edition,
    decision: value.decision,
    reason: value.reason,
    ticket_id: value.ticketId,
    method: value.method,
    receiver: value.receiver,
    at: value.at,
    account_id: value.by,
  })
}
