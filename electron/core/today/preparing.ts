import { changesOfNotices, type OwnCases, preparingNotices } from '#db/repositories/desk.ts'
import { storedOf } from '#db/repositories/notices.ts'
import { closedIds } from '#db/repositories/scope.ts'
import { dayInChina } from '#shared/domain/common.ts'
import type { Context } from '../context.ts'
import { currentOf } from '../notices/shown.ts'

/** How a case stands between 印发 and its interview, over all its enterprises. */
interface Preparing {
  readonly caseId: string
  /** The day of the interview after every 改期. */
  readonly day: string
  /** Every enterprise promised to come (Art. 10). */
  readonly confirmed: boolean
  /** The earliest due day that passed without its 说明材料 or 书面陈述材料; null when nothing is missing. */
  readonly missing: string | null
}

/** The cases of `own` that wait for their interview. */
export async function preparingCases(context: Context, own: OwnCases, limit: number): Promise<Preparing[]> {
  const { trx, account, now } = context
  const known = await preparingNotices(trx, account.id, own, limit)
  const closed = await closedIds(
    trx,
    account,
    known.map((row) => row.case_id),
  )
  const rows = known.filter((row) => !closed.has(row.id))
  const changes = await changesOfNotices(
    trx,
    rows.map((row) => row.id),
  )
  const today = dayInChina(now)
  return [...Map.groupBy(rows, (row) => row.case_id)].map(([caseId, notices]) => {
    const stands = notices.map((row) => ({ ...row, ...currentOf(row, changes), asked: storedOf(row).form.statement }))
    const overdue = stands
      .flatMap((one) => [
        ...(one.material === 1 ? [] : [one.materialsDue]),
        ...(one.statement === 1 || !one.asked ? [] : [one.day]),
      ])
      .filter((due) => due !== '' && due < today)
      .sort()
    return {
      caseId,
      day: stands.map((one) => one.day).sort()[0] ?? '',
      confirmed: stands.every((one) => one.confirmed === 1),
      missing: overdue[0] ?? null,
    }
  })
}
