import type { Knex } from 'knex'
import type {
  DocumentCheck,
  EntryKind,
  Extension,
  ReceivedDocument,
  RectificationItem,
} from '#shared/domain/rectification.ts'
import { casesInScope } from './cases.ts'
import { wasHeld } from './interviews.ts'

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

/** An item as its row has it; how it was worded before stands in the history of the case. */
export type StoredItem = Omit<RectificationItem, 'changes'>

function toItem(row: ItemRow & SourceRow, closedAt: string | null): StoredItem {
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

export async function insertItem(trx: Knex.Transaction, value: Omit<StoredItem, 'source'>, now: string): Promise<void> {
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

export async function itemsOfCase(trx: Knex.Transaction, caseId: string): Promise<StoredItem[]> {
  const closed = await closings(trx, caseId)
  const rows: (ItemRow & SourceRow)[] = await trx('rectification_items as i')
    .leftJoin('utterances as u', 'u.id', 'i.source_utterance_id')
    .leftJoin('attendance as a', 'a.id', 'u.speaker_id')
    .where('i.case_id', caseId)
    .orderBy('i.id')
    .select('i.*', 'u.seq', 'u.started_at as said_at', 'a.name as speaker', 'u.text as said')
  return rows.map((row) => toItem(row, closed.get(row.id) ?? null))
}

/** Rewords an open item of the case; false when there is none. */
export async function changeItem(
  trx: Knex.Transaction,
  caseId: string,
  itemId: string,
  change: Pick<StoredItem, 'text' | 'owner' | 'due'>,
): Promise<boolean> {
  const { text, owner, due } = change
  const changed = await trx<ItemRow>('rectification_items')
    .where({ id: itemId, case_id: caseId, state: 'open' })
    .update({ text, owner, due })
  return changed === 1
}

/** Closes an open item of the case; false when there is none. */
export async function closeItem(trx: Knex.Transaction, caseId: string, itemId: string): Promise<boolean> {
  const changed = await trx<ItemRow>('rectification_items')
    .where({ id: itemId, case_id: caseId, state: 'open' })
    .update({ state: 'closed' })
  return changed === 1
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
  provesId: 'd.proves_id',
  number: 'd.number',
  sealed: 'd.sealed',
  level: 'd.level',
  state: 'd.state',
  fileName: 'blobs.name',
  size: 'blobs.size',
  blobId: 'd.blob_id',
}

export async function documentsOfCase(trx: Knex.Transaction, caseId: string): Promise<DocumentRow[]> {
  const rows: (Omit<DocumentRow, 'sealed'> & { sealed: 0 | 1 })[] = await trx('rectification_documents as d')
    .leftJoin('blobs', 'blobs.id', 'd.blob_id')
    .where('d.case_id', caseId)
    .orderBy('d.id')
    .select(documentColumns)
  return rows.map((row) => ({ ...row, sealed: row.sealed === 1, size: row.size ?? 0 }))
}

export async function insertDocument(
  trx: Knex.Transaction,
  value: Omit<DocumentRow, 'fileName' | 'size' | 'state'>,
): Promise<void> {
  await trx('rectification_documents').insert({
    id: value.id,
    case_id: value.caseId,
    enterprise_id: value.enterpriseId,
    kind: value.kind,
    title: value.title,
    proves_id: value.provesId,
    received_at: value.receivedAt,
    state: 'received',
    number: value.number,
    sealed: value.sealed ? 1 : 0,
    level: value.level,
    due: null,
    blob_id: value.blobId,
    note: '',
    created_at: value.receivedAt,
  })
}

/** A check of a paper decides what becomes of it. */
export async function setDocumentState(
  trx: Knex.Transaction,
  documentId: string,
  state: ReceivedDocument['state'],
): Promise<void> {
  await trx('rectification_documents').where({ id: documentId }).update({ state })
}

/** A report was formally submitted (Art. 15). */
export async function setFormal(
  trx: Knex.Transaction,
  documentId: string,
  formal: Pick<ReceivedDocument, 'number' | 'sealed'>,
): Promise<void> {
  const { number, sealed } = formal
  await trx('rectification_documents')
    .where({ id: documentId })
    .update({ number, sealed: sealed ? 1 : 0 })
}

export interface CheckRow {
  readonly id: string
  readonly case_id: string
  readonly document_id: string
  /** JSON list of the findings by part. */
  readonly parts: string
  readonly decision: DocumentCheck['decision']
  readonly reason: string
  readonly at: string
  readonly account_id: string
}

export async function insertCheck(trx: Knex.Transaction, row: CheckRow): Promise<void> {
  await trx<CheckRow>('document_checks').insert(row)
}

/** Checks of a case's papers, the oldest first. */
export async function checksOfCase(trx: Knex.Transaction, caseId: string): Promise<CheckRow[]> {
  return trx<CheckRow>('document_checks').where({ case_id: caseId }).orderBy('id')
}

export interface ExtensionRow {
  readonly id: string
  readonly case_id: string
  readonly enterprise_id: string
  readonly former_due: string
  readonly due: string
  readonly reason: string
  readonly asker_id: string
  readonly asked_at: string
  readonly state: Extension['state']
  readonly decider_id: string | null
  readonly decided_at: string | null
  readonly opinion: string
}

export async function insertExtension(trx: Knex.Transaction, row: ExtensionRow): Promise<void> {
  await trx<ExtensionRow>('plan_extensions').insert(row)
}

/** Extensions of a case, the oldest first. */
export async function extensionsOfCase(trx: Knex.Transaction, caseId: string): Promise<ExtensionRow[]> {
  return trx<ExtensionRow>('plan_extensions').where({ case_id: caseId }).orderBy('id')
}

export async function decideExtension(
  trx: Knex.Transaction,
  id: string,
  decided: Pick<ExtensionRow, 'state' | 'decider_id' | 'decided_at' | 'opinion'>,
): Promise<void> {
  await trx<ExtensionRow>('plan_extensions').where({ id }).update(decided)
}

export interface EntryRow {
  readonly id: string
  readonly case_id: string
  readonly enterprise_id: string
  readonly kind: EntryKind | 'struck'
  /** JSON of what was entered. */
  readonly body: string
  readonly replaces: string | null
  readonly at: string
  readonly account_id: string
}

/** True in SQL for an entry nothing stands in the place of. */
export const standing = `NOT EXISTS (SELECT 1 FROM rectification_entries r WHERE r.replaces = rectification_entries.id)`

export async function insertEntry(trx: Knex.Transaction, row: EntryRow): Promise<void> {
  await trx<EntryRow>('rectification_entries').insert(row)
}

/** An entry of a case, whether it stands or not. */
export async function findEntry(trx: Knex.Transaction, caseId: string, id: string): Promise<EntryRow | undefined> {
  return trx<EntryRow>('rectification_entries').where({ id, case_id: caseId }).first()
}

/** Entries of a case that stand, the oldest first. */
export async function entriesOfCase(trx: Knex.Transaction, caseId: string): Promise<EntryRow[]> {
  return trx<EntryRow>('rectification_entries')
    .where({ case_id: caseId })
    .whereNot('kind', 'struck')
    .whereRaw(standing)
    .orderBy('id')
}

export interface PlanRow {
  readonly caseId: string
  readonly enterpriseId: string
  readonly enterprise: string
  readonly startedAt: string
  /** When the enterprise's minutes became final; null before. */
  readonly minutesAt: string | null
  /** When a plan came in that was not returned. */
  readonly receivedAt: string | null
  /** The due day of the last extension that was approved. */
  readonly extendedTo: string | null
  /** 1: nothing is awaited any more, for the case was withdrawn or filed without 销账, with the reason (Art. 16). */
  readonly released: 0 | 1
  /** The rules of the case, and when it was opened. */
  readonly profile: string
  readonly profile_version: string
  readonly profile_hash: string
  readonly created_at: string
}

/**
 * For every enterprise of an ended interview: the anchor of Art. 11 and when its 工作方案 came in. The term runs from the
 * first interview of a case; a further one does not move it, only 延期 does.
 */
export async function planRows(trx: Knex.Transaction, ids: Knex.QueryBuilder): Promise<PlanRow[]> {
  return trx('case_enterprises as c')
    .join('interviews as i', 'i.case_id', 'c.case_id')
    .join('enterprises as e', 'e.id', 'c.enterprise_id')
    .join('cases', 'cases.id', 'c.case_id')
    .whereIn('c.case_id', ids)
    .whereNull('c.left_at')
    .whereRaw(wasHeld('i'))
    .whereRaw(
      `NOT EXISTS (SELECT 1 FROM interviews earlier WHERE earlier.case_id = i.case_id AND earlier.id < i.id
        AND ${wasHeld('earlier')})`,
    )
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
          AND d.enterprise_id = c.enterprise_id AND d.kind = 'workPlan' AND d.state <> 'returned') AS "receivedAt"`,
      ),
      trx.raw(
        `(SELECT max(x.due) FROM plan_extensions x WHERE x.case_id = c.case_id
          AND x.enterprise_id = c.enterprise_id AND x.state = 'approved') AS "extendedTo"`,
      ),
      trx.raw(`(${released('c')}) AS released`),
    )
}

/** True in SQL for an enterprise of a case of which nothing is awaited any more; `of` names both ids, `cases` is joined. */
function released(of: string): string {
  return `cases.state = 'withdrawn' OR EXISTS (SELECT 1 FROM rectification_entries
    WHERE rectification_entries.case_id = ${of}.case_id AND rectification_entries.enterprise_id = ${of}.enterprise_id
    AND rectification_entries.kind = 'unclosed' AND ${standing})`
}

/** An open 整改事项 with a day by which it is owed (Art. 12). */
export interface OwedItemRow {
  readonly caseId: string
  readonly enterpriseId: string
  readonly enterprise: string
  readonly text: string
  readonly due: string
  readonly sourceUtteranceId: string | null
}

/**
 * The earliest day an item is owed by, of each case. In a case with a paper some may not know, what was born in the record
 * is left out: a line is the same for everybody who reads it (保密法 21).
 */
export async function firstItemDays(trx: Knex.Transaction, ids: Knex.QueryBuilder): Promise<Map<string, string>> {
  const rows: { case_id: string; due: string }[] = await trx('rectification_items as i')
    .join('cases', 'cases.id', 'i.case_id')
    .whereIn('i.case_id', ids)
    .where('i.state', 'open')
    .whereNotNull('i.due')
    .whereRaw(`NOT (${released('i')})`)
    .whereRaw(
      '(i.source_utterance_id IS NULL OR NOT EXISTS (SELECT 1 FROM narrowed_cases n WHERE n.case_id = i.case_id))',
    )
    .groupBy('i.case_id')
    .select('i.case_id', trx.raw('min(i.due) AS due'))
  return new Map(rows.map((row) => [row.case_id, row.due]))
}

/** Open items with a day, of enterprises of which they are still awaited, the nearest due first. */
export async function owedItems(trx: Knex.Transaction, ids: Knex.QueryBuilder): Promise<OwedItemRow[]> {
  return trx('rectification_items as i')
    .join('cases', 'cases.id', 'i.case_id')
    .join('enterprises as e', 'e.id', 'i.enterprise_id')
    .whereIn('i.case_id', ids)
    .where('i.state', 'open')
    .whereNotNull('i.due')
    .whereRaw(`NOT (${released('i')})`)
    .orderBy(['i.due', 'i.id'])
    .select(
      'i.case_id as caseId',
      'i.enterprise_id as enterpriseId',
      'e.name as enterprise',
      'i.text',
      'i.due',
      'i.source_utterance_id as sourceUtteranceId',
    )
}

/**
 * Cases an account stands in the 知悉范围 of whose lines leave out an item that was born in the record, the nearest due
 * first; see `firstItemDays`.
 */
export async function narrowedOwing(trx: Knex.Transaction, accountId: string, limit: number): Promise<string[]> {
  const rows: { case_id: string }[] = await trx('narrowed_cases as n')
    .join('rectification_items as i', 'i.case_id', 'n.case_id')
    .where('i.state', 'open')
    .whereNotNull('i.due')
    .whereNotNull('i.source_utterance_id')
    .whereIn('n.case_id', casesInScope(trx, accountId))
    .groupBy('n.case_id')
    .orderByRaw('min(i.due)')
    .limit(limit)
    .select('n.case_id')
  return rows.map((row) => row.case_id)
}

/** 催办函 of some cases, the oldest first. */
export async function reminderRows(trx: Knex.Transaction, ids: Knex.QueryBuilder): Promise<EntryRow[]> {
  return trx<EntryRow>('rectification_entries').whereIn('case_id', ids).where('kind', 'reminder').orderBy('id')
}
