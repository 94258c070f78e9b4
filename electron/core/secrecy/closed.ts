import { closedIds } from '#db/repositories/scope.ts'
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
