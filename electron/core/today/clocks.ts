import { owingCases } from '#db/repositories/lines.ts'
import { narrowedOwing, owedItems, planRows, reminderRows } from '#db/repositories/rectification.ts'
import { closedIds } from '#db/repositories/scope.ts'
import { daysBetween, lightOf } from '#shared/calendar/workingDays.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { policyValue } from '#shared/domain/policy.ts'
import { type EntryBody, type OwedPaper, owedArticles, remindersFor } from '#shared/domain/rectification.ts'
import { nameOf } from '../cases/case-file.ts'
import { planTerm } from '../cases/panel.ts'
import type { Context, HandlerOutput } from '../context.ts'
import { rulesOf } from '../rules/rules.ts'

type Clock = HandlerOutput<'today.get'>['clocks'][number]

/** Longest list of clocks on one screen; the most urgent stand first. */
const clockCount = 100

/** Something an enterprise owes by a day. */
interface Owed extends Pick<Clock, 'caseId' | 'enterprise' | 'what' | 'text' | 'due' | 'provisional'> {
  readonly enterpriseId: string
}

/** What the enterprises of some cases owe: 工作方案 (Art. 11), open 整改事项 with a day (Art. 12). */
async function owedOf(context: Context, caseIds: readonly string[], closed: ReadonlySet<string>): Promise<Owed[]> {
  const { trx } = context
  const some = () => trx('cases').whereIn('id', caseIds).select('id')
  const rules = await rulesOf(context)
  const plans = (await planRows(trx, some()))
    .filter((row) => row.receivedAt === null && row.released === 0)
    .flatMap((row): Owed[] => {
      const term = planTerm(rules, row)
      if (term === null) return []
      const { caseId, enterpriseId, enterprise } = row
      const { due, provisional } = term
      return [{ caseId, enterpriseId, enterprise, what: 'workPlan', text: '', due, provisional }]
    })
  const items = (await owedItems(trx, some()))
    .filter((one) => !closed.has(one.sourceUtteranceId ?? ''))
    .map(({ sourceUtteranceId: _, ...one }): Owed => ({ ...one, what: 'item', provisional: false }))
  return [...plans, ...items].sort((a, b) => a.due.localeCompare(b.due)).slice(0, clockCount)
}

/** 临期与逾期 of an account: what is owed until when, how it stands, and who was reminded of it last (Art. 11, 12, 16). */
export async function clocksFor(context: Context): Promise<Clock[]> {
  const { trx, account, now } = context
  const today = dayInChina(now)
  const soon = policyValue(context.session.archive.ledger, 'soonDays')
  // The lines of narrowed cases leave out what was born in the record; whoever may know it sees it all the same.
  const narrowed = await narrowedOwing(trx, account.id, clockCount)
  const urgent = await owingCases(trx, account.id, clockCount)
  const caseIds = [...new Set([...urgent, ...narrowed])]
  const closed = await closedIds(trx, account, caseIds)
  const owed = await owedOf(context, caseIds, closed)
  const late = [...new Set(owed.filter((one) => one.due < today).map((one) => one.caseId))]
  const letters = await reminderRows(trx, trx('cases').whereIn('id', late).select('id'))
  const sent = Map.groupBy(
    letters.filter((row) => !closed.has(row.id)),
    (row) => `${row.case_id}/${row.enterprise_id}`,
  )
  return owed.map(({ enterpriseId, ...one }) => {
    const own = remindersFor(
      (sent.get(`${one.caseId}/${enterpriseId}`) ?? []).map((row) => ({
        ...(JSON.parse(row.body) as Extract<EntryBody, { kind: 'reminder' }>),
        on: dayInChina(row.at),
        by: nameOf(context, row.account_id),
      })),
      { article: owedArticles[one.what], due: one.due } satisfies Pick<OwedPaper, 'article' | 'due'>,
    )
    const last = own.at(-1)
    return {
      ...one,
      light: lightOf(one.due, today, soon),
      daysLeft: daysBetween(today, one.due),
      reminded: last === undefined ? null : { times: own.length, on: last.on, by: last.by, newDue: last.newDue },
    }
  })
}
