import { type EventRow, eventsOf, scopeOf } from '#db/repositories/cases.ts'
import type { LineRow } from '#db/repositories/lines.ts'
import { casesOfNotices, closedIds } from '#db/repositories/scope.ts'
import { holdsAny, type Role } from '#shared/domain/accounts.ts'
import type { Context } from '../context.ts'

/** Lets through what the account may know of a list: no paper whose own 知悉范围 leaves it out (保密法 21). */
export async function openOnes<T>(
  { trx, account }: Pick<Context, 'trx' | 'account'>,
  caseId: string | null,
  list: readonly T[],
  idOf: (one: T) => string,
): Promise<T[]> {
  const closed = await closedIds(trx, account, caseId)
  return closed.size === 0 ? [...list] : list.filter((one) => !closed.has(idOf(one)))
}

/** The history of a case without what was done on a paper the account may not know. */
export async function openEvents(context: Pick<Context, 'trx' | 'account'>, caseId: string): Promise<EventRow[]> {
  const { trx, account } = context
  const [events, closed] = [await eventsOf(trx, caseId), await closedIds(trx, account, caseId)]
  if (closed.size === 0) return events
  return events.filter((one) => {
    const { about = [] } = JSON.parse(one.detail) as { readonly about?: readonly string[] }
    return !about.some((id) => closed.has(id))
  })
}

/**
 * Lines of lists and of 今日 as the account may know them: of a case with a notice it may not know neither number nor day,
 * for both stand on that notice.
 */
export async function openLines(
  { trx, account }: Pick<Context, 'trx' | 'account'>,
  rows: readonly LineRow[],
): Promise<LineRow[]> {
  const closed = await closedIds(
    trx,
    account,
    rows.map((row) => row.case_id),
  )
  if (closed.size === 0) return [...rows]
  const cases = await casesOfNotices(trx, [...closed])
  return rows.map((row) =>
    cases.has(row.case_id)
      ? { ...row, numbers: '[]', next_due: null, next_provisional: 0, first_due: null, first_provisional: 0 }
      : row,
  )
}

/** Ids closed to somebody who stands in the 知悉范围 of a case: a paper that goes to all of the case must not name them. */
export async function closedToSome(
  { trx, session }: Pick<Context, 'trx' | 'session'>,
  caseId: string,
): Promise<ReadonlySet<string>> {
  const closed = new Set<string>()
  for (const id of await scopeOf(trx, caseId)) {
    const one = session.archive.ledger.account(id)
    if (one?.state === 'active') for (const piece of await closedIds(trx, one, caseId)) closed.add(piece)
  }
  return closed
}

/**
 * Accounts of some roles that stand in the 知悉范围 of a case and of each of these pieces of it: who may be asked to decide
 * on them or to sign for them.
 */
export async function knowersOf(
  { trx, session }: Pick<Context, 'trx' | 'session'>,
  caseId: string,
  roles: readonly Role[],
  pieces: readonly { readonly paperId: string | null }[],
): Promise<{ readonly id: string }[]> {
  const scope = await scopeOf(trx, caseId)
  const knowers = []
  for (const one of session.archive.ledger.accounts()) {
    if (one.state !== 'active' || !holdsAny(one, roles) || !scope.includes(one.id)) continue
    const closed = await closedIds(trx, one, caseId)
    if (!pieces.some(({ paperId }) => paperId !== null && closed.has(paperId))) knowers.push(one)
  }
  return knowers
}
