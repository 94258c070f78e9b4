import type { Knex } from 'knex'
import { type CopyFate, type Destroying, type LeavingAct, sealedFormat, type Ticket } from '#shared/domain/copies.ts'
import type { Holder } from '#shared/domain/papers.ts'
import type { Level } from '#shared/domain/secrecy.ts'
import { heldBy } from './papers.ts'

// Tickets, the copies that left by them, and what became of each (实施条例 27, 28).

/** Somebody a bundle is sealed for, with the certificate (PEM) that was compared with paper. */
export interface SealRecipient {
  readonly name: string
  readonly certificate: string
  readonly fingerprint: string
}

export interface StoredTicket extends Ticket {
  /** Null for a volume: its bytes come about when it is sealed. */
  readonly blobId: string | null
  /** Whom a volume is sealed for; null for a paper. */
  readonly recipients: readonly SealRecipient[] | null
  readonly parentId: string | null
  readonly copyNumber: number
  readonly matter: string
}

const ticketColumns = {
  id: 'tickets.id',
  batchId: 'batch_id',
  caseId: 'tickets.case_id',
  compilationId: 'tickets.compilation_id',
  paperId: 'tickets.paper_id',
  volumeId: 'tickets.volume_id',
  parentId: 'tickets.parent_id',
  copyNumber: 'tickets.copy_number',
  label: 'tickets.label',
  act: 'tickets.act',
  recipient: 'tickets.recipient',
  purpose: 'purpose',
  medium: 'tickets.medium',
  sha256: 'tickets.sha256',
  blobId: 'tickets.blob_id',
  recipients: 'tickets.recipients',
  bag: 'tickets.bag',
  state: 'tickets.state',
  requesterId: 'requester_id',
  requestedAt: 'requested_at',
  deciderId: 'tickets.decider_id',
  decidedAt: 'tickets.decided_at',
  opinion: 'tickets.opinion',
}

/** What it is about — the matter of the case, the title of the compilation — and title, format and level of what leaves. */
function whatLeaves(trx: Knex.Transaction) {
  return {
    matter: trx.raw('ifnull(cases.matter, compilations.title)'),
    title: trx.raw('ifnull(papers.title, volumes.title)'),
    format: trx.raw('ifnull(papers.format, ?)', [sealedFormat]),
    level: trx.raw("ifnull(papers.level, json_extract(volumes.fields, '$.level'))"),
  }
}

async function ticketsWhere(
  trx: Knex.Transaction,
  narrow: (query: Knex.QueryBuilder) => Knex.QueryBuilder,
): Promise<StoredTicket[]> {
  const query = trx('tickets')
    .leftJoin('papers', 'papers.id', 'tickets.paper_id')
    .leftJoin('volumes', 'volumes.id', 'tickets.volume_id')
    .leftJoin('cases', 'cases.id', 'tickets.case_id')
    .leftJoin('compilations', 'compilations.id', 'tickets.compilation_id')
    .orderBy('tickets.id')
    .select(ticketColumns, whatLeaves(trx))
  const rows: (Omit<StoredTicket, 'recipients' | 'bag'> & {
    readonly recipients: string | null
    readonly bag: string | null
  })[] = await narrow(query)
  const parsed = (value: string | null) => (value === null ? null : JSON.parse(value))
  return rows.map((row) => ({ ...row, recipients: parsed(row.recipients), bag: parsed(row.bag) }))
}

export async function insertTicket(trx: Knex.Transaction, value: Omit<StoredTicket, 'matter'>): Promise<void> {
  await trx('tickets').insert({
    id: value.id,
    batch_id: value.batchId,
    case_id: value.caseId,
    compilation_id: value.compilationId,
    paper_id: value.paperId,
    volume_id: value.volumeId,
    parent_id: value.parentId,
    copy_number: value.copyNumber,
    label: value.label,
    act: value.act,
    recipient: value.recipient,
    purpose: value.purpose,
    medium: value.medium,
    sha256: value.sha256,
    blob_id: value.blobId,
    recipients: value.recipients === null ? null : JSON.stringify(value.recipients),
    bag: value.bag === null ? null : JSON.stringify(value.bag),
    state: value.state,
    requester_id: value.requesterId,
    requested_at: value.requestedAt,
    decider_id: value.deciderId,
    decided_at: value.decidedAt,
    opinion: value.opinion,
  })
}

export async function findTicket(trx: Knex.Transaction, holder: Holder, id: string): Promise<StoredTicket | undefined> {
  const [found] = await ticketsWhere(trx, (query) => query.where({ 'tickets.id': id, ...heldBy(holder, 'tickets') }))
  return found
}

export async function ticketsOf(trx: Knex.Transaction, holder: Holder): Promise<StoredTicket[]> {
  return ticketsWhere(trx, (query) => query.where(heldBy(holder, 'tickets')))
}

export async function ticketsOfBatch(trx: Knex.Transaction, holder: Holder, batchId: string): Promise<StoredTicket[]> {
  return ticketsWhere(trx, (query) => query.where({ ...heldBy(holder, 'tickets'), batch_id: batchId }))
}

/** Cases and compilations, by queries for their ids. */
export interface Held {
  readonly cases: Knex.QueryBuilder
  readonly compilations: Knex.QueryBuilder
}

function within(query: Knex.QueryBuilder, table: string, { cases, compilations }: Held): Knex.QueryBuilder {
  return query.where((any) => any.whereIn(`${table}.case_id`, cases).orWhereIn(`${table}.compilation_id`, compilations))
}

/** Tickets of what is held that nobody has decided yet. */
export async function waitingTickets(trx: Knex.Transaction, held: Held): Promise<StoredTicket[]> {
  return ticketsWhere(trx, (query) => within(query, 'tickets', held).where('tickets.state', 'requested'))
}

export async function decideTickets(
  trx: Knex.Transaction,
  batchId: string,
  value: Pick<Ticket, 'state' | 'deciderId' | 'decidedAt' | 'opinion'>,
): Promise<void> {
  await trx('tickets').where({ batch_id: batchId, state: 'requested' }).update({
    state: value.state,
    decider_id: value.deciderId,
    decided_at: value.decidedAt,
    opinion: value.opinion,
  })
}

/** Uses a ticket up; false when it was not approved or is used already. */
export async function useTicket(trx: Knex.Transaction, id: string): Promise<boolean> {
  return (await trx('tickets').where({ id, state: 'approved' }).update({ state: 'used' })) === 1
}

/**
 * The next copy number of a paper, or of a volume: one sequence for all ways out, numbers asked for included (公文条例 9:
 * 份号).
 */
export async function nextCopyNumber(trx: Knex.Transaction, of: string): Promise<number> {
  const row: { top?: number | null } | undefined = await trx('tickets')
    .where({ paper_id: of })
    .orWhere({ volume_id: of })
    .max('copy_number as top')
    .first()
  return (row?.top ?? 0) + 1
}

/** How many copies of a copy were asked for before this one. */
export async function copiesOfCopy(trx: Knex.Transaction, parentId: string): Promise<number> {
  const row = await trx('tickets').where({ parent_id: parentId }).count({ n: '*' }).first()
  return Number(row?.n ?? 0)
}

export interface CopyRow extends Holder {
  readonly id: string
  readonly paperId: string | null
  readonly volumeId: string | null
  readonly copyNumber: number
  readonly label: string
  readonly act: LeavingAct
  readonly recipient: string
  readonly medium: string
  /** Where this machine put it: a folder, or the name of a printer. */
  readonly place: string
  readonly at: string
  readonly accountId: string
  readonly sha256: string
}

export async function insertCopy(
  trx: Knex.Transaction,
  value: CopyRow & { readonly ticketId: string; readonly parentId: string | null },
): Promise<void> {
  await trx('copies').insert({
    id: value.id,
    case_id: value.caseId,
    compilation_id: value.compilationId,
    paper_id: value.paperId,
    volume_id: value.volumeId,
    ticket_id: value.ticketId,
    parent_id: value.parentId,
    copy_number: value.copyNumber,
    label: value.label,
    act: value.act,
    recipient: value.recipient,
    medium: value.medium,
    place: value.place,
    at: value.at,
    account_id: value.accountId,
    sha256: value.sha256,
  })
}

const copyColumns = {
  id: 'copies.id',
  caseId: 'copies.case_id',
  compilationId: 'copies.compilation_id',
  paperId: 'copies.paper_id',
  volumeId: 'copies.volume_id',
  copyNumber: 'copies.copy_number',
  label: 'copies.label',
  act: 'copies.act',
  recipient: 'copies.recipient',
  medium: 'copies.medium',
  place: 'copies.place',
  at: 'copies.at',
  accountId: 'copies.account_id',
  sha256: 'copies.sha256',
}

export async function findCopy(trx: Knex.Transaction, holder: Holder, id: string): Promise<CopyRow | undefined> {
  return trx('copies')
    .where({ id, ...heldBy(holder) })
    .first(copyColumns)
}

/** Copies of what is held with what they are copies of, the last that left first. */
export async function copiesOf(
  trx: Knex.Transaction,
  held: Held,
): Promise<(CopyRow & Pick<StoredTicket, 'title' | 'format' | 'level' | 'matter'>)[]> {
  return within(trx('copies'), 'copies', held)
    .leftJoin('papers', 'papers.id', 'copies.paper_id')
    .leftJoin('volumes', 'volumes.id', 'copies.volume_id')
    .leftJoin('cases', 'cases.id', 'copies.case_id')
    .leftJoin('compilations', 'compilations.id', 'copies.compilation_id')
    .orderBy('copies.id', 'desc')
    .select(copyColumns, whatLeaves(trx))
}

/** Who asked for and who allowed a copy. */
type AskedAndAllowed = Pick<StoredTicket, 'requesterId' | 'deciderId' | 'purpose'>

/** Who asked for and who allowed the copies of what is held, by copy. */
export async function ticketsOfCopies(trx: Knex.Transaction, held: Held): Promise<Map<string, AskedAndAllowed>> {
  const rows: (AskedAndAllowed & { copyId: string })[] = await within(trx('copies'), 'copies', held)
    .join('tickets', 'tickets.id', 'copies.ticket_id')
    .select({ copyId: 'copies.id', requesterId: 'requester_id', deciderId: 'decider_id', purpose: 'purpose' })
  return new Map(rows.map(({ copyId, ...ticket }) => [copyId, ticket]))
}

export interface FateRow {
  readonly copyId: string
  readonly fate: CopyFate
  readonly day: string
  readonly person: string
  readonly note: string
  /** Of `destroyAsked`; null otherwise. */
  readonly destroying: Destroying | null
  readonly accountId: string
  readonly at: string
}

export async function insertFate(trx: Knex.Transaction, id: string, value: FateRow): Promise<void> {
  await trx('copy_fates').insert({
    id,
    copy_id: value.copyId,
    fate: value.fate,
    day: value.day,
    person: value.person,
    note: value.note,
    destroying: value.destroying === null ? null : JSON.stringify(value.destroying),
    account_id: value.accountId,
    at: value.at,
  })
}

/** Fates of the copies of what is held, by copy, in the order they happened. */
export async function fatesOf(trx: Knex.Transaction, held: Held): Promise<Map<string, FateRow[]>> {
  const rows: (Omit<FateRow, 'destroying'> & { readonly destroying: string | null })[] = await trx('copy_fates')
    .whereIn('copy_id', within(trx('copies'), 'copies', held).select('id'))
    .orderBy('id')
    .select({
      copyId: 'copy_id',
      fate: 'fate',
      day: 'day',
      person: 'person',
      note: 'note',
      destroying: 'destroying',
      accountId: 'account_id',
      at: 'at',
    })
  const found = new Map<string, FateRow[]>()
  for (const { destroying, ...row } of rows) {
    const fate = { ...row, destroying: destroying === null ? null : JSON.parse(destroying) }
    found.set(row.copyId, [...(found.get(row.copyId) ?? []), fate])
  }
  return found
}

/** 清理 of what a copy, or the export of a list (`ref` is its line of the log), left on the machine. */
export interface Clearing {
  readonly id: string
  readonly kind: 'copy' | 'list'
  readonly ref: string
  readonly day: string
  readonly note: string
  readonly accountId: string
  readonly at: string
}

/** Enters a 清理; false when there is one already. */
export async function insertClearing(trx: Knex.Transaction, value: Clearing): Promise<boolean> {
  const { accountId, ...row } = value
  const added: unknown[] = await trx('clearings')
    .insert({ ...row, account_id: accountId })
    .onConflict(['kind', 'ref'])
    .ignore()
    .returning('id')
  return added.length > 0
}

export async function clearingsOf(
  trx: Knex.Transaction,
  kind: Clearing['kind'],
  refs: readonly string[],
): Promise<Map<string, Clearing>> {
  const rows: Clearing[] = await trx('clearings')
    .where({ kind })
    .whereRaw('ref IN (SELECT value FROM json_each(?))', [JSON.stringify(refs)])
    .select({ id: 'id', kind: 'kind', ref: 'ref', day: 'day', note: 'note', accountId: 'account_id', at: 'at' })
  return new Map(rows.map((row) => [row.ref, row]))
}

/** A line of the log by which a list left, as `office.db` has it. */
export interface ListExport {
  readonly seq: number
  readonly action: string
  readonly account: string
  readonly at: string
  readonly level: Level | null
}

/**
 * The last exports of lists, of one account or of all: from `office.db`, whose log is indexed, and of the lines it has not
 * copied yet from `cases.db` itself.
 */
export async function listExports(
  trx: Knex.Transaction,
  office: Knex,
  actions: readonly string[],
  accountId: string | null,
): Promise<ListExport[]> {
  const done = (query: Knex.QueryBuilder): Knex.QueryBuilder =>
    query
      .whereIn('action', actions)
      .where({ source: 'cases', result: 'ok' })
      .modify((own) => void (accountId !== null && own.where('account', accountId)))
      .orderBy('seq', 'desc')
      .limit(500)
  const columns = { action: 'action', account: 'account', at: 'at', level: 'level' }
  const copied: { top?: number | null } | undefined = await office('log')
    .where({ source: 'cases' })
    .max({ top: 'source_seq' })
    .first()
  const fresh: ListExport[] = await done(trx('log').where('seq', '>', copied?.top ?? 0)).select({
    seq: 'seq',
    ...columns,
  })
  const known: ListExport[] = await done(office('log')).select({ seq: 'source_seq', ...columns })
  return [...fresh, ...known]
}
