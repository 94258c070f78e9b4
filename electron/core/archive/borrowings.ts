import { findVolume } from '#db/repositories/archive.ts'
import {
  decideBorrowing,
  endBorrowing,
  filedVolume,
  findBorrowing,
  insertBorrowing,
  type ListedBorrowing,
  listBorrowings,
  standingBorrowings,
} from '#db/repositories/borrowings.ts'
import { casesInScope, scopeOf } from '#db/repositories/cases.ts'
import { closedIds, readsOfCase } from '#db/repositories/scope.ts'
import { addDays } from '#shared/calendar/workingDays.ts'
import { fail } from '#shared/contract/errors.ts'
import type { VolumeItem } from '#shared/domain/archive.ts'
import { type Borrowing, borrowingStateOn, lendersOf } from '#shared/domain/borrowings.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { validActs } from '../audit/acts.ts'
import { objectHash } from '../audit/object-hash.ts'
import { readBlobBytes } from '../blobs.ts'
import { nameOf, recordEvent } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import { archiveLayout } from '../session/folder.ts'
import { blobOfPiece, keptFile } from './piece-file.ts'

/** What letting somebody read decides upon: who, what, why, until when. */
function borrowingHash(value: ListedBorrowing): string {
  const { id, caseId, volumeId, borrowerId, purpose, days, until } = value
  return objectHash({ id, caseId, volumeId, borrowerId, purpose, days, until })
}

async function shown(context: Context, value: ListedBorrowing): Promise<Borrowing> {
  const { account, now } = context
  const state = borrowingStateOn(value, dayInChina(now))
  const told = value.borrowerId !== account.id || value.state === 'approved'
  const reads = (await readsOfCase(context.office, value.caseId)).get(value.borrowerId)
  const { deciderId, ...rest } = value
  return {
    ...rest,
    title: told ? value.title : '',
    level: told ? value.level : null,
    borrower: nameOf(context, value.borrowerId),
    decider: deciderId === null ? '' : nameOf(context, deciderId),
    state,
    reads: reads?.times ?? 0,
    lastRead: reads?.last ?? null,
    mayDecide: state === 'requested' && mayLend(context, value),
  }
}

function mayLend({ account }: Context, value: ListedBorrowing): boolean {
  return value.borrowerId !== account.id && lendersOf(value.level).some((role) => account.roles.includes(role))
}

/** What loans ask of the account: to answer those it may lend, to give back its own by their last day (保密法 21). */
export async function askedByLoans(context: Context) {
  const { trx, account, now } = context
  const today = dayInChina(now)
  const rows = await standingBorrowings(trx, account.id, casesInScope(trx, account.id), today)
  return rows
    .filter((one) => one.state === 'approved' || mayLend(context, one))
    .map((one) => ({
      id: one.id,
      what: one.state === 'approved' ? ('giveBack' as const) : ('decide' as const),
      archivalCode: one.archivalCode,
      borrower: nameOf(context, one.borrowerId),
      due: one.until,
    }))
}

/**
 * The loan that lets this account read now: its own, running, of a volume that is still filed, agreed to by a valid act.
 * Errors: `borrowings.unknown`, `borrowings.over`, `borrowings.notFiled`, `acts.invalid`.
 */
async function running(context: Context, caseId: string, borrowingId: string): Promise<ListedBorrowing> {
  const { trx, account, now } = context
  const value = await findBorrowing(trx, caseId, borrowingId)
  if (value?.borrowerId !== account.id) return fail('borrowings.unknown')
  const state = borrowingStateOn(value, dayInChina(now))
  if (state !== 'open') fail('borrowings.over', { state })
  const { ledger } = context.session.archive
  const acts = await validActs(trx, ledger, 'borrowing', value.id)
  const signed = acts.some(
    (act) =>
      act.kind === 'borrowings.decide' &&
      act.objectHash === borrowingHash(value) &&
      act.accountId === value.deciderId &&
      act.accountId !== value.borrowerId &&
      lendersOf(value.level).some((role) => ledger.held(act.accountId, role, act.at)),
  )
  if (!signed) fail('acts.invalid', { object: 'borrowing', id: value.id, act: 'borrowings.decide' })
  return value
}

/** The pieces that were lent: what whoever agreed may know themselves, nothing beyond (保密法 19, 21). */
async function lentItems(context: Context, value: ListedBorrowing): Promise<readonly VolumeItem[]> {
  const { trx } = context
  const volume = await findVolume(trx, value.caseId, value.volumeId)
  if (!volume || volume.state === 'open') return fail('borrowings.notFiled')
  const lender = context.session.archive.ledger.account(value.deciderId ?? '') ?? fail('borrowings.unknown')
  const closed = await closedIds(trx, lender, value.caseId)
  return volume.items.filter((item) => item.paperId === null || !closed.has(item.paperId))
}

export const borrowingHandlers = {
  'borrowings.ask': async (context, { archivalCode, purpose, days }) => {
    const { trx, account, now } = context
    const volume = (await filedVolume(trx, archivalCode)) ?? fail('borrowings.noVolume')
    if ((await scopeOf(trx, volume.caseId)).includes(account.id)) fail('borrowings.inScope')
    const own = await listBorrowings(trx, account.id, trx('cases').whereRaw('0').select('id'))
    const today = dayInChina(now)
    const stands = (one: ListedBorrowing): boolean =>
      one.volumeId === volume.id && ['requested', 'open'].includes(borrowingStateOn(one, today))
    if (own.some(stands)) fail('borrowings.already')
    const id = context.newId()
    const asked = { id, caseId: volume.caseId, volumeId: volume.id, borrowerId: account.id, purpose, days, at: now }
    const open = { deciderId: null, decidedAt: null, opinion: '', until: null, givenBackAt: null }
    await insertBorrowing(trx, { ...asked, ...open, state: 'requested' })
    await recordEvent(context, volume.caseId, 'borrowings.ask', 20, { text: `${account.name}：${purpose}` })
    context.note({ objectKind: 'case', objectId: volume.caseId, detail: { borrowingId: id, days } })
    return { id }
  },

  'borrowings.list': async (context) => {
    const { trx, account } = context
    const rows = await listBorrowings(trx, account.id, casesInScope(trx, account.id))
    const list = []
    for (const row of rows) list.push(await shown(context, row))
    return list
  },

  'borrowings.decide': async (context, { caseId, borrowingId, decision, opinion }) => {
    const { trx, account, now } = context
    const value = (await findBorrowing(trx, caseId, borrowingId)) ?? fail('borrowings.unknown')
    if (value.state !== 'requested') fail('borrowings.decided')
    if (value.borrowerId === account.id) fail('borrowings.own')
    if (!mayLend(context, value)) fail('borrowings.notLender')
    if (decision === 'declined' && opinion === '') fail('borrowings.reasonMissing')
    // The day of the decision is the first one.
    const until = decision === 'approved' ? addDays(dayInChina(now), value.days - 1) : null
    const decided = { state: decision, deciderId: account.id, decidedAt: now, opinion, until }
    await decideBorrowing(trx, value.id, decided)
    const kind = decision === 'approved' ? 'borrowings.decide' : 'borrowings.decline'
    const hash = borrowingHash({ ...value, ...decided })
    await context.act({ kind, objectKind: 'borrowing', objectId: value.id, objectHash: hash })
    const person = nameOf(context, value.borrowerId)
    await recordEvent(context, caseId, kind, 20, { text: opinion === '' ? person : `${person}：${opinion}` })
    context.note({ level: value.level })
    return {}
  },

  'borrowings.read': async (context, { caseId, borrowingId }) => {
    const value = await running(context, caseId, borrowingId)
    context.note({ level: value.level })
    return { borrowing: await shown(context, value), items: [...(await lentItems(context, value))] }
  },

  'borrowings.file': {
    long: async (context, { caseId, borrowingId, itemId }) => {
      const { blob, mediaType } = await context.read(async (inside) => {
        const value = await running(inside, caseId, borrowingId)
        const item = (await lentItems(inside, value)).find((one) => one.id === itemId)
        const blobId = item && (await blobOfPiece(inside, caseId, item))
        inside.note({ level: item?.level ?? value.level, detail: { itemId } })
        return keptFile(inside, blobId ?? fail('borrowings.unknownPiece'))
      })
      const { blobs } = archiveLayout(context.session.archive.folder)
      return { bytes: new Uint8Array(await readBlobBytes(blobs, blob)), mediaType }
    },
  },

  'borrowings.giveBack': async (context, { caseId, borrowingId }) => {
    const value = await running(context, caseId, borrowingId)
    await endBorrowing(context.trx, value.id, context.now, context.account.id)
    await recordEvent(context, caseId, 'borrowings.giveBack', 20, { text: context.account.name })
    return {}
  },

  'borrowings.callIn': async (context, { caseId, borrowingId, reason }) => {
    const { trx, account, now } = context
    const value = (await findBorrowing(trx, caseId, borrowingId)) ?? fail('borrowings.unknown')
    const state = borrowingStateOn(value, dayInChina(now))
    if (state !== 'open') fail('borrowings.over', { state })
    if (!mayLend(context, value)) fail('borrowings.notLender')
    await endBorrowing(trx, value.id, now, account.id)
    await recordEvent(context, caseId, 'borrowings.callIn', 20, {
      text: `${nameOf(context, value.borrowerId)}：${reason}`,
    })
    return {}
  },
} satisfies Partial<Handlers>
