import type { Knex } from 'knex'
import type { CopyAct, CopyFate, Ticket } from '#shared/domain/copies.ts'
import type { Holder } from '#shared/domain/papers.ts'
import { heldBy } from './papers.ts'

// Tickets, the copies that left by them, and what became of each (实施条例 27, 28).

export interface StoredTicket extends Ticket {
  readonly blobId: string
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
  parentId: 'tickets.parent_id',
  copyNumber: 'tickets.copy_number',
  label: 'tickets.label',
  act: 'tickets.act',
  recipient: 'tickets.recipient',
  purpose: 'purpose',
  medium: 'tickets.medium',
  sha256: 'tickets.sha256',
  blobId: 'tickets.blob_id',
  state: 'tickets.state',
  requesterId: 'requester_id',
  requestedAt: 'requested_at',
  deciderId: 'tickets.decider_id',
  decidedAt: 'tickets.decided_at',
  opinion: 'tickets.opinion',
  title: 'papers.title',
  format: 'papers.format',
  level: 'papers.level',
}

/** What the papers are about: the matter of their case, or the title of their compilation. */
const matter = 'ifnull(cases.matter, compilations.title) AS matter'

function tickets(trx: Knex.Transaction): Knex.QueryBuilder {
  return trx('tickets')
    .join('papers', 'papers.id', 'tickets.paper_id')
    .leftJoin('cases', 'cases.id', 'tickets.case_id')
    .leftJoin('compilations', 'compilations.id', 'tickets.compilation_id')
    .orderBy('tickets.id')
    .select({ ...ticketColumns }, trx.raw(matter))
}

export async function insertTicket(trx: Knex.Transaction, value: Omit<StoredTicket, 'matter'>): Promise<void> {
  await trx('tickets').insert({
    id: value.id,
    batch_id: value.batchId,
    case_id: value.caseId,
    compilation_id: value.compilationId,
    paper_id: value.paperId,
    parent_id: value.parentId,
    copy_number: value.copyNumber,
    label: value.label,
    act: value.act,
    recipient: value.recipient,
    purpose: value.purpose,
    medium: value.medium,
    sha256: value.sha256,
    blob_id: value.blobId,
    state: value.state,
    requester_id: value.requesterId,
    requested_at: value.requestedAt,
    decider_id: value.deciderId,
    decided_at: value.decidedAt,
    opinion: value.opinion,
  })
}

export async function findTicket(trx: Knex.Transaction, holder: Holder, id: string): Promise<StoredTicket | undefined> {
  return tickets(trx)
    .where({ 'tickets.id': id, ...heldBy(holder, 'tickets') })
    .first()
}

export async function ticketsOf(trx: Knex.Transaction, holder: Holder): Promise<StoredTicket[]> {
  return tickets(trx).where(heldBy(holder, 'tickets'))
}

export async function ticketsOfBatch(trx: Knex.Transaction, holder: Holder, batchId: string): Promise<StoredTicket[]> {
  return tickets(trx).where({ ...heldBy(holder, 'tickets'), batch_id: batchId })
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
  return within(tickets(trx), 'tickets', held).where('tickets.state', 'requested')
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

/** The next copy number of a paper: one sequence for all ways out, numbers asked for included (公文条例 9: 份号). */
export async function nextCopyNumber(trx: Knex.Transaction, paperId: string): Promise<number> {
  const row: { top?: number | null } | undefined = await trx('tickets')
    .where({ paper_id: paperId })
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
  readonly paperId: string
  readonly copyNumber: number
  readonly label: string
  readonly act: CopyAct
  readonly recipient: string
  readonly medium: string
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
    ticket_id: value.ticketId,
    parent_id: value.parentId,
    copy_number: value.copyNumber,
    label: value.label,
    act: value.act,
    recipient: value.recipient,
    medium: value.medium,
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
  copyNumber: 'copies.copy_number',
  label: 'copies.label',
  act: 'copies.act',
  recipient: 'copies.recipient',
  medium: 'copies.medium',
  at: 'copies.at',
  accountId: 'copies.account_id',
  sha256: 'copies.sha256',
}

export async function findCopy(trx: Knex.Transaction, holder: Holder, id: string): Promise<CopyRow | undefined> {
  return trx('copies')
    .where({ id, ...heldBy(holder) })
    .first(copyColumns)
}

/** Copies of what is held with their paper, the last that left first. */
export async function copiesOf(
  trx: Knex.Transaction,
  held: Held,
): Promise<(CopyRow & Pick<StoredTicket, 'title' | 'format' | 'level' | 'matter'>)[]> {
  return within(trx('copies'), 'copies', held)
    .join('papers', 'papers.id', 'copies.paper_id')
    .leftJoin('cases', 'cases.id', 'copies.case_id')
    .leftJoin('compilations', 'compilations.id', 'copies.compilation_id')
    .orderBy('copies.id', 'desc')
    .select({ ...copyColumns, title: 'papers.title', format: 'papers.format', level: 'papers.level' }, trx.raw(matter))
}

export interface FateRow {
  readonly copyId: string
  readonly fate: CopyFate
  readonly day: string
  readonly person: string
  readonly note: string
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
    account_id: value.accountId,
    at: value.at,
  })
}

/** Fates of the copies of what is held, by copy, in the order they happened. */
export async function fatesOf(trx: Knex.Transaction, held: Held): Promise<Map<string, FateRow[]>> {
  const rows: FateRow[] = await trx('copy_fates')
    .whereIn('copy_id', within(trx('copies'), 'copies', held).select('id'))
    .orderBy('id')
    .select({
      copyId: 'copy_id',
      fate: 'fate',
      day: 'day',
      person: 'person',
      note: 'note',
      accountId: 'account_id',
      at: 'at',
    })
  const found = new Map<string, FateRow[]>()
  for (const row of rows) found.set(row.copyId, [...(found.get(row.copyId) ?? []), row])
  return found
}
