import { casesInScope, enterprisesOfCase } from '#db/repositories/cases.ts'
import { compilationsInScope } from '#db/repositories/compilations.ts'
import {
  copiesOfCopy,
  decideTickets,
  findCopy,
  insertTicket,
  nextCopyNumber,
  type StoredTicket,
  ticketsOf,
  ticketsOfBatch,
  waitingTickets,
} from '#db/repositories/copies.ts'
import { findHeldPaper, papersOf, type StoredPaper, setPaperLevel } from '#db/repositories/papers.ts'
import { decisionsOn } from '#db/repositories/secrecy.ts'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { fail } from '#shared/contract/errors.ts'
import { copyLabel, needsApproval, type Ticket } from '#shared/domain/copies.ts'
import { bearsMark, compilationKinds, type Holder, type Paper, supersededBy } from '#shared/domain/papers.ts'
import { highestLevel, isStateSecret, type Level } from '#shared/domain/secrecy.ts'
import { objectHash } from '../audit/object-hash.ts'
import { findBlob, insertBlob, readBlobBytes, writeBlob } from '../blobs.ts'
import { factsOfCase, nameOf } from '../cases/case-file.ts'
import { compilationRequest } from '../compilations/request.ts'
import type { Context, HandlerInput, Handlers, LongContext, Outside } from '../context.ts'
import { printPaper } from '../papers/freeze.ts'
import { requestFor } from '../papers/request-for.ts'
import type { Wanted } from '../papers/wanted.ts'
import { archiveLayout } from '../session/folder.ts'
import { openOnes } from './closed.ts'
import { assertHolderActs, recordOut } from './holder.ts'

/** Kinds whose further copies are printed anew with their own 份号 (公文条例 9: one number for each copy). */
const isNumbered = (kind: Paper['kind']): boolean => bearsMark(kind) || compilationKinds.some((known) => known === kind)

/** What a ticket is bound to: these bytes, this number, this recipient, by this way. */
export function ticketHash(value: StoredTicket | Omit<StoredTicket, 'matter'>): string {
  const { id, caseId, compilationId, paperId, volumeId, label, act, recipient, sha256 } = value
  return objectHash({ id, caseId, compilationId, paperId, volumeId, label, act, recipient, sha256 })
}

/** What a request says of its ticket; the rest is who asks, when, and whether somebody has to decide. */
type Leave = Omit<
  StoredTicket,
  'matter' | 'id' | 'state' | 'requesterId' | 'requestedAt' | 'deciderId' | 'decidedAt' | 'opinion'
>

/** Keeps a request to take something out as a signed ticket; below the level the policy names it is allowed at once. */
export async function askTicket(context: Context, leave: Leave): Promise<Ticket> {
  const { trx, now, account, session } = context
  const from = session.archive.ledger.policy<Level>('exportApprovalFrom', 'secret')
  const stored = {
    id: context.newId(),
    ...leave,
    state: needsApproval(leave.level, from) ? ('requested' as const) : ('approved' as const),
    requesterId: account.id,
    requestedAt: now,
    deciderId: null,
    decidedAt: null,
    opinion: '',
  }
  await insertTicket(trx, stored)
  const object = { objectKind: 'ticket', objectId: stored.id, objectHash: ticketHash(stored) }
  await context.act({ kind: 'copies.request', ...object })
  const { blobId: _blob, recipients: _to, parentId: _parent, copyNumber: _copy, ...ticket } = stored
  return ticket
}

function shown(context: Outside, value: StoredTicket) {
  const { blobId, recipients, parentId, copyNumber, ...ticket } = value
  return {
    ...ticket,
    requester: nameOf(context, value.requesterId),
    decider: value.deciderId === null ? '' : nameOf(context, value.deciderId),
  }
}

/** The copy that is to be made of a paper: its number, and how its bytes come about. */
interface Planned {
  readonly paper: StoredPaper
  readonly copyNumber: number
  readonly label: string
  /** Of the paper; where it came from outside, of its case, or what its sender marked it with if that is higher (保密法 18). */
  readonly level: Level
  /** Printed anew with its 份号; null when the frozen bytes themselves leave. */
  readonly wanted: Wanted | null
}

/**
 * Whether the paper bears another mark than when it was made: decided on since, it is printed anew whatever its number. While
 * a first proposal waits nothing leaves: it is protected at what was proposed (实施条例 17). Errors: `secrecy.waiting`.
 */
async function remarked({ trx }: Context, paper: StoredPaper): Promise<boolean> {
  if (paper.caseId === null) return false
  const { inForce, waiting } = await decisionsOn(trx, paper.caseId, paper.objectId)
  if (!inForce && waiting) fail('secrecy.waiting')
  return (inForce?.approvedAt ?? '') > paper.frozenAt
}

async function plan(context: Context, holder: Holder, paperId: string, parentId: string | null): Promise<Planned> {
  const { trx } = context
  const paper = (await findHeldPaper(trx, holder, paperId)) ?? fail('papers.unknown')
  // Of a compilation that was bound anew, the paper under the old mark leaves no more.
  const newer = holder.compilationId === null ? null : supersededBy(paper, await papersOf(trx, holder))
  if (newer !== null) fail('papers.olderEdition', { edition: newer })
  const parent = parentId === null ? null : await findCopy(trx, holder, parentId)
  if (parent !== null && parent?.paperId !== paperId) return fail('copies.unknown')
  const copyNumber = parent?.copyNumber ?? (await nextCopyNumber(trx, paperId))
  const ordinal = parent === null ? null : (await copiesOfCopy(trx, parent.id)) + 1
  const { caseId, compilationId } = holder
  const level =
    paper.kind === 'attachment' && caseId !== null
      ? highestLevel([(await factsOfCase(context, caseId)).level, paper.marked ?? 'none'])
      : paper.level
  const again = isNumbered(paper.kind) && ((copyNumber > 1 && isStateSecret(level)) || (await remarked(context, paper)))
  const printing = { copyNumber, made: paper.frozenAt, edition: paper.edition }
  const anew = async (): Promise<Wanted | null> => {
    if (caseId !== null) return requestFor(context, caseId, paper.kind, paper.objectId, printing)
    return compilationId === null ? null : compilationRequest(context, compilationId, printing)
  }
  return {
    paper,
    copyNumber,
    label: copyLabel(level, copyNumber, ordinal),
    level,
    wanted: again ? await anew() : null,
  }
}

type Requested = HandlerInput<'copies.request'>
type Asked = Awaited<VerbOutput<'copies.request'>>

/** The record is internal: nothing in the Rules sends it to an enterprise (Art. 9 names the minutes). */
async function assertNoRecordLeaves(context: Context, paper: StoredPaper, to: string): Promise<void> {
  const { caseId, kind } = paper
  if (kind !== 'record' || caseId === null) return
  const enterprises = await enterprisesOfCase(context.trx, caseId)
  const named = enterprises.flatMap(({ name, shortName }) => [name, shortName]).filter((name) => name !== '')
  if (named.some((name) => to.includes(name))) fail('copies.recordStays')
}

/**
 * Asks leave to take papers out: makes the bytes of every copy and a ticket bound to them. `enter` adds in the same
 * transaction what the request means, and gives the answer. Errors: `copies.…`, `papers.…`.
 */
export async function requestTickets<Output>(
  context: LongContext<Output>,
  { caseId, compilationId, paperIds, parentId, ...request }: Requested,
  enter: (inside: Context, tickets: Asked) => Output | Promise<Output>,
): Promise<Output> {
  const holder = { caseId, compilationId }
  const planned = await context.read(async (inside) => {
    await assertHolderActs(inside, holder)
    const list: Planned[] = []
    for (const paperId of new Set(paperIds)) {
      const one = await plan(inside, holder, paperId, parentId)
      await assertNoRecordLeaves(inside, one.paper, request.recipient)
      list.push(one)
    }
    return list
  })
  const folder = archiveLayout(context.session.archive.folder).blobs
  const made: (Planned & { readonly blob: Awaited<ReturnType<typeof writeBlob>> })[] = []
  for (const one of planned) {
    const bytes = one.wanted
      ? (await printPaper(context, one.wanted, one.paper.format === 'docx' ? 'docx' : 'pdf')).bytes
      : await readBlobBytes(folder, await context.read((inside) => findBlob(inside.trx, one.paper.blobId)))
    made.push({ ...one, blob: await writeBlob(folder, bytes) })
  }
  return context.commit(async (inside) => {
    const { trx, now } = inside
    const batchId = inside.newId()
    const tickets: Ticket[] = []
    for (const { paper, copyNumber, label, level, blob } of made) {
      if (level !== paper.level) await setPaperLevel(trx, paper.id, level)
      if (parentId === null && (await nextCopyNumber(trx, paper.id)) !== copyNumber) fail('papers.copyTaken')
      const mediaType = paper.format === 'pdf' ? 'application/pdf' : 'application/octet-stream'
      await insertBlob(trx, blob, { name: `${paper.title}.${paper.format}`, mediaType, now })
      const { id: paperId, title, format } = paper
      const of = { ...holder, paperId, volumeId: null, bag: null, title, format, level }
      const copy = { parentId, copyNumber, label, sha256: blob.sha256, blobId: blob.id, recipients: null }
      tickets.push(await askTicket(inside, { batchId, ...of, ...copy, ...request }))
    }
    await recordOut(inside, holder, 'copies.request', { text: `${request.recipient} ${tickets.length}件` })
    return enter(inside, tickets)
  })
}

export const ticketHandlers = {
  'copies.request': {
    long: (context, input) => requestTickets(context, input, (_inside, tickets) => tickets),
  },

  'copies.tickets': async (context, holder) =>
    (await openOnes(context, holder.caseId, await ticketsOf(context.trx, holder), (one) => one.id)).map((one) =>
      shown(context, one),
    ),

  'copies.waiting': async (context) => {
    const { trx, account } = context
    const compilations = (await compilationsInScope(trx, account))()
    const waiting = await waitingTickets(trx, { cases: casesInScope(trx, account.id), compilations })
    return (await openOnes(context, null, waiting, (one) => one.id)).map((one) => shown(context, one))
  },

  'copies.decide': async (context, { batchId, decision, opinion, ...holder }) => {
    const { trx, account, now } = context
    const batch = (await ticketsOfBatch(trx, holder, batchId)).filter((one) => one.state === 'requested')
    if (batch.length === 0) fail('copies.nothingAsked')
    if (batch.some((one) => one.requesterId === account.id)) fail('copies.sameperson')
    if (decision === 'returned' && opinion === '') fail('copies.reasonMissing')
    await decideTickets(trx, batchId, { state: decision, deciderId: account.id, decidedAt: now, opinion })
    for (const one of batch) {
      await context.act({
        kind: decision === 'approved' ? 'copies.decide' : 'copies.return',
        objectKind: 'ticket',
        objectId: one.id,
        objectHash: ticketHash(one),
      })
    }
    await recordOut(context, holder, decision === 'approved' ? 'copies.decide' : 'copies.return', {
      text: opinion === '' ? `${batch.length}件` : opinion,
    })
    return {}
  },
} satisfies Partial<Handlers>
