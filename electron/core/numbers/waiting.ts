import { compilationsInScope, unissuedInspections } from '#db/repositories/compilations.ts'
import { numberOfCompilation, reservedBefore, type WaitingRow, waitingForNumber } from '#db/repositories/numbers.ts'
import type { Role } from '#shared/domain/accounts.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { daysAhead } from '../cases/panel.ts'
import type { Context } from '../context.ts'
import { keepsRegister, yearOf } from './register.ts'

/** A paper that waits for its number, and the day it is good for: null where its notice names none. */
export type Waiting = WaitingRow & { readonly due: string | null }

/**
 * The papers that wait for a number, the oldest first. A notice is due by the first day it names to the enterprise, its
 * 改期 or 取消 by the day of the interview that stands until then (Art. 4).
 */
export async function waitingNumbers({ trx }: Pick<Context, 'trx'>): Promise<Waiting[]> {
  const rows = await waitingForNumber(trx)
  const cases = trx('cases').whereIn('id', [...new Set(rows.map((row) => row.caseId))])
  const ahead = await daysAhead(trx, cases.select('id'))
  return rows.map((row) => {
    const days = ahead.get(row.caseId)
    return { ...row, due: (row.kind === 'notice' ? days?.notice : days?.interview) || null }
  })
}

/** Signed notices of 专项核查 that have no number yet, of those the account may know (Art. 19). */
export async function waitingInspections({ trx, account }: Pick<Context, 'trx' | 'account'>) {
  const known = await compilationsInScope(trx, account)
  const waiting = []
  for (const { id: compilationId, title, decidedAt } of await unissuedInspections(trx, known()))
    if ((await numberOfCompilation(trx, compilationId)) === undefined)
      waiting.push({ compilationId, title, approvedAt: decidedAt ?? '' })
  return waiting
}

/** From this day of a year on, what it still reserves stands on 今日. */
const yearEnds = '-12-01'

/**
 * Years whose reserved numbers are to be voided or called in by their last day (Art. 4): asked of the accountability
 * office, on a machine without one of those who draw from the blocks given to it. The earliest year first.
 */
export async function yearsToClose(
  context: Context,
): Promise<{ readonly year: number; readonly reserved: number; readonly due: string }[]> {
  const asked: Role[] = keepsRegister(context) ? ['accountabilityOffice'] : ['caseOfficer', 'officeHead']
  if (!context.account.roles.some((role) => asked.includes(role))) return []
  const year = yearOf(context)
  const over = dayInChina(context.now) >= `${year}${yearEnds}` ? year + 1 : year
  const rows = await reservedBefore(context.trx, over)
  return rows.map((row) => ({ ...row, due: `${row.year}-12-31` }))
}
