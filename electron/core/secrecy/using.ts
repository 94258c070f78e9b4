import { findTicket, insertCopy, insertFate, type StoredTicket, useTicket } from '#db/repositories/copies.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { needsApproval } from '#shared/domain/copies.ts'
import type { Holder } from '#shared/domain/papers.ts'
import type { Level } from '#shared/domain/secrecy.ts'
import { type ValidAct, validActs } from '../audit/acts.ts'
import { assertBound } from '../compilations/levels.ts'
import type { Context, LongContext } from '../context.ts'
import { recordOut } from './holder.ts'
import { ticketHash } from './tickets.ts'

// How a ticket is used up (实施条例 27): looked at, spent with its line in the register, and what is said when nothing came of it.

/**
 * A ticket that may be used now: approved by a valid act of somebody else where its level asks for it, and unchanged
 * since. Errors: `copies.unknownTicket`, `copies.notApproved`, `copies.ticketUsed`, `copies.ticketAltered`.
 */
export async function usableTicket(context: Context, holder: Holder, ticketId: string): Promise<StoredTicket> {
  const { trx } = context
  const { ledger } = context.session.archive
  const one = (await findTicket(trx, holder, ticketId)) ?? fail('copies.unknownTicket')
  if (one.state === 'used') fail('copies.ticketUsed')
  if (one.state !== 'approved') fail('copies.notApproved', { state: one.state })
  const hash = ticketHash(one)
  const acts = (await validActs(trx, ledger, 'ticket', one.id)).filter((act) => act.objectHash === hash)
  const by = (kind: string, test: (act: ValidAct) => boolean): boolean =>
    acts.some((act) => act.kind === kind && test(act))
  if (!by('copies.request', (act) => act.accountId === one.requesterId)) fail('copies.ticketAltered')
  const from = ledger.policy<Level>('exportApprovalFrom', 'secret')
  if (!needsApproval(one.level, from)) return one
  const approved = by(
    'copies.decide',
    (act) =>
      act.accountId !== one.requesterId &&
      (['officeHead', 'deputyLeader', 'chiefLeader'] as const).some((role) => ledger.holds(act.accountId, role)),
  )
  return approved ? one : fail('copies.ticketAltered')
}

/** Leave for a paper, whose bytes were made when it was asked for. */
export type PaperTicket = StoredTicket & { readonly paperId: string; readonly blobId: string }

/** Leave for a volume, with those it may be sealed for. */
export type SealTicket = StoredTicket & {
  readonly volumeId: string
  readonly recipients: NonNullable<StoredTicket['recipients']>
  readonly bag: NonNullable<StoredTicket['bag']>
}

/** A ticket of a paper that may be used now. Errors: those of `usableTicket`, `compilations.outgrown`. */
export async function usablePaperTicket(context: Context, holder: Holder, ticketId: string): Promise<PaperTicket> {
  const { paperId, blobId, ...ticket } = await usableTicket(context, holder, ticketId)
  if (holder.compilationId !== null) await assertBound(context, holder.compilationId)
  return paperId === null || blobId === null ? fail('copies.unknownTicket') : { ...ticket, paperId, blobId }
}

/** A ticket of this volume that may be used now. Errors: those of `usableTicket`. */
export async function usableSealTicket(
  context: Context,
  { caseId, volumeId, ticketId }: { readonly caseId: string; readonly volumeId: string; readonly ticketId: string },
): Promise<SealTicket> {
  const { recipients, bag, ...ticket } = await usableTicket(context, { caseId, compilationId: null }, ticketId)
  return recipients === null || bag === null || ticket.volumeId !== volumeId
    ? fail('copies.unknownTicket')
    : { ...ticket, volumeId, recipients, bag }
}

/** Uses a ticket up and enters its copy: a copy nobody knows of must not exist. Errors: `copies.ticketUsed`. */
export async function spendTicket(
  context: Context,
  ticket: StoredTicket,
  copy: { readonly copyId: string; readonly sha256: string; readonly medium: string; readonly place: string },
): Promise<void> {
  const { trx, now, account } = context
  if (!(await useTicket(trx, ticket.id))) fail('copies.ticketUsed')
  const { id, caseId, compilationId, paperId, volumeId, parentId, copyNumber, label, act, recipient } = ticket
  const holder = { caseId, compilationId }
  const { copyId, ...put } = copy
  const left = { id: copyId, ...holder, paperId, volumeId, parentId, copyNumber, label, act, recipient, ...put }
  await insertCopy(trx, { ...left, ticketId: id, at: now, accountId: account.id })
  await recordOut(context, holder, 'copies.take', { text: `${ticket.title} ${label}` })
}

/** Says in the register that no copy came of a spent number; in a transaction of its own. */
export async function unwritten<O>(context: LongContext<O>, copyIds: readonly string[]): Promise<void> {
  await context.read(async ({ trx, now, account }) => {
    const fate = { fate: 'failed' as const, day: dayInChina(now), person: account.name, note: '', destroying: null }
    for (const copyId of copyIds)
      await insertFate(trx, context.newId(), { copyId, ...fate, accountId: account.id, at: now })
  })
}
