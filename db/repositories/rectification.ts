import type { Knex } from 'knex'
import type { ReceivedDocument, RectificationItem } from '#shared/domain/rectification.ts'

interface ItemRow {
  readonly id: string
  readonly case_id: string
  readonly enterprise_id: string
  readonly text: string
  readonly owner: string
  readonly due: string | null
  readonly source_utterance_id: string | null
  readonly state: 'open' | 'closed'
  readonly created_at: string
}

/** The utterance an item rests on, joined to its row. */
interface SourceRow {
  readonly seq: number | null
  readonly said_at: string
  readonly speaker: string | null
  readonly said: string
}

function toItem(row: ItemRow & SourceRow, closedAt: string | null): RectificationItem {
  return {
    id: row.id,
    caseId: row.case_id,
    enterpriseId: row.enterprise_id,
    text: row.text,
    owner: row.owner,
    due: row.due,
    sourceUtteranceId: row.source_utterance_id,
    source: row.seq === null ? null : { seq: row.seq, at: row.said_at, speaker: row.speaker ?? '', text: row.said },
    state: row.state,
    closedAt,
  }
}

export async function insertItem(
  trx: Knex.Transaction,
  value: Omit<RectificationItem, 'source'>,
  now: string,
): Promise<void> {
  await trx<ItemRow>('rectification_items').insert({
    id: value.id,
    case_id: value.caseId,
    enterprise_id: value.enterpriseId,
    text: value.text,
    owner: value.owner,
    due: value.due,
    source_utterance_id: value.sourceUtteranceId,
    state: value.state,
    created_at: now,
  })
}

/** The moment an item was closed stands in the case's history. */
async function closings(trx: Knex.Transaction, caseId: string): Promise<Map<string, string>> {
  const rows: { item: string; at: string }[] = await trx('case_events')
    .where({ case_id: caseId, kind: 'rectification.closeItem' })
    .select(trx.raw("json_extract(detail, '$.itemId') AS item"), 'at')
  return new Map(rows.map((row) => [row.item, row.at]))
}

export async function itemsOfCase(trx: Knex.Transaction, caseId: string): Promise<RectificationItem[]> {
  const closed = await closings(trx, caseId)
  const rows: (ItemRow & SourceRow)[] = await trx('rectification_items as i')
    .leftJoin('utterances as u', 'u.id', 'i.source_utterance_id')
    .leftJoin('attendance as a', 'a.id', 'u.speaker_id')
    .where('i.case_id', caseId)
    .orderBy('i.id')
    .select('i.*', 'u.seq', 'u.started_at as said_at', 'a.name as speaker', 'u.text as said')
  return rows.map((row) => toItem(row, closed.get(row.id) ?? null))
}

/** Closes an open item of the case; false when there is none. */
export async function closeItem(trx: Knex.Transaction, caseId: string, itemId: string): Promise<boolean> {
  const changed = await trx<ItemRow>('rectification_items')
    .where({ id: itemId, case_id: caseId, state: 'open' })
    .update({ state: 'closed' })
  return changed === 1
}

/** Words an open item anew after the line it rests on was corrected. */
export async function rewordItem(
  trx: Knex.Transaction,
  itemId: string,
  value: Pick<RectificationItem, 'text' | 'owner' | 'due'>,
): Promise<void> {
  await trx<ItemRow>('rectification_items').where({ id: itemId, state: 'open' }).update(value)
}

/** Takes an open item away that a corrected record no longer gives; false when there is none. */
export async function removeItem(trx: Knex.Transaction, itemId: string): Promise<boolean> {
  return (await trx<ItemRow>('rectification_items').where({ id: itemId, state: 'open' }).delete()) === 1
}

export interface DocumentRow extends ReceivedDocument {
  readonly blobId: string | null
}

const documentColumns = {
  id: 'd.id',
  caseId: 'd.case_id',
  enterpriseId: 'd.enterprise_id',
  kind: 'd.kind',
  title: 'd.title',
  receivedAt: 'd.received_at',
  fileName: 'blobs.name',
  size: 'blobs.size',
  blobId: 'd.blob_id',
}

export async function documentsOfCase(trx: Knex.Transaction, caseId: string): Promise<DocumentRow[]> {
  const rows: DocumentRow[] = await trx('rectification_documents as d')
    .leftJoin('blobs', 'blobs.id', 'd.blob_id')
    .where('d.case_id', caseId)
    .orderBy('d.id')
    .select(documentColumns)
  return rows.map((row) => ({ ...row, size: row.size ?? 0 }))
}

export async function insertDocument(
  trx: Knex.Transaction,
  value: Omit<DocumentRow, 'fileName' | 'size'>,
): Promise<void> {
  await trx('rectification_documents').insert({
    id: value.id,
    case_id: value.caseId,
    enterprise_id: value.enterpriseId,
    kind: value.kind,
    title: value.title,
    received_at: value.receivedAt,
    due: null,
    blob_id: value.blobId,
    note: '',
    created_at: value.receivedAt,
  })
}

export interface PlanRow {
  readonly caseId: string
  readonly enterpriseId: string
  readonly enterprise: string
  readonly startedAt: string
  /** When the enterprise's minutes became final; null before. */
  readonly minutesAt: string | null
  readonly receivedAt: string | null
  /** The rules of the case, and when it was opened. */
  readonly profile: string
  readonly profile_version: string
  readonly profile_hash: string
  readonly created_at: string
}

/** For every enterprise of an ended interview: the anchor of Art. 11 and when its 工作方案 came in. */
export async function planRows(trx: Knex.Transaction, ids: Knex.QueryBuilder): Promise<PlanRow[]> {
  return trx('case_enterprises as c')
    .join('interviews as i', 'i.case_id', 'c.case_id')
    .join('enterprises as e', 'e.id', 'c.enterprise_id')
    .join('cases', 'cases.id', 'c.case_id')
    .whereIn('c.case_id', ids)
    .whereNull('c.left_at')
    .whereIn('i.state', ['ended', 'frozen'])
    .whereNotNull('i.started_at')
    .orderBy(['c.case_id', 'c.position'])
    .select(
      'c.case_id as caseId',
      'c.enterprise_id as enterpriseId',
      'e.name as enterprise',
      'i.started_at as startedAt',
      'cases.profile',
      'cases.profile_version',
      'cases.profile_hash',
      'cases.created_at',
      trx.raw(
        `(SELECT m.finalised_at FROM minutes m WHERE m.interview_id = i.id AND m.enterprise_id = c.enterprise_id)
          AS "minutesAt"`,
      ),
      trx.raw(
        `(SELECT min(d.received_at) FROM rectification_documents d WHERE d.case_id = c.case_id
          AND d.enterprise_id = c.enterprise_id AND d.kind = 'workPlan') AS "receivedAt"`,
      ),
    )
}
