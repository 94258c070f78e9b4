import { casesInScope, listCases } from '#db/repositories/cases.ts'
import { waitingForNumber } from '#db/repositories/numbers.ts'
import { planRows } from '#db/repositories/rectification.ts'
import { waitingClassifications } from '#db/repositories/secrecy.ts'
import { daysBetween, lightOf } from '#shared/calendar/workingDays.ts'
import type { Role } from '#shared/domain/accounts.ts'
import type { NextStep } from '#shared/domain/cases.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { planAnchorDay, shownCases } from '../cases/panel.ts'
import type { Handlers } from '../context.ts'
import { rulesOf } from '../rules/rules.ts'

const recentCount = 10
/** Longest list of clocks on one screen; the most urgent stand first. */
const clockCount = 100

/** Whether a role takes a step; 审签 is 分管 or 主要负责同志's alike (Art. 4). */
function takes(role: Role, next: NextStep): boolean {
  return role === next.role || (next.code === 'notices.decide' && role === 'chiefLeader')
}

export const todayHandlers = {
  'today.get': async (context) => {
    const { trx, account, now } = context
    const mineOnly = (): ReturnType<typeof casesInScope> => casesInScope(trx, account.id)
    const open = mineOnly().whereNotIn('case_id', trx('cases').whereIn('state', ['withdrawn']).select('id'))
    const rows = await listCases(trx, open.clone())
    const shown = await shownCases(context, rows, open)
    const mine = shown
      .filter((one) => account.roles.some((role) => takes(role, one.next)))
      .map((one) => ({ caseId: one.id, matter: one.matter, enterprise: one.enterprises.join('、'), next: one.next }))
    if (account.roles.includes('accountabilityOffice')) {
      // Numbering is the office's own duty over every approved notice, whoever's case it is (Art. 4).
      const here = new Set(mine.map((one) => one.caseId))
      for (const one of await waitingForNumber(trx)) {
        if (here.has(one.caseId)) continue
        here.add(one.caseId)
        mine.push({
          caseId: one.caseId,
          matter: one.matter,
          enterprise: one.enterpriseName,
          next: { code: 'numbers.allocate', role: 'accountabilityOffice', article: 4, due: null },
        })
      }
    }
    if (account.roles.includes('classifier')) {
      // 定密 goes on beside 审签 (Art. 4, 21): it need not be the case's next step to be mine.
      const proposed = await waitingClassifications(trx, mineOnly())
      const waiting = new Set(proposed.filter((one) => one.proposerId !== account.id).map((one) => one.caseId))
      for (const one of shown) {
        if (!waiting.has(one.id) || mine.some((other) => other.caseId === one.id)) continue
        const next = { code: 'secrecy.decide', role: 'classifier', article: 21, due: null }
        mine.push({ caseId: one.id, matter: one.matter, enterprise: one.enterprises.join('、'), next })
      }
    }
    mine.sort((a, b) => (a.next.due ?? '9999').localeCompare(b.next.due ?? '9999'))
    const today = dayInChina(now)
    const plans = await planRows(trx, mineOnly())
    const rules = await rulesOf(context)
    const clocks = plans
      .filter((row) => row.receivedAt === null)
      .flatMap((row) => {
        const anchor = planAnchorDay(rules, row)
        if (anchor === null) return []
        const { due } = rules.planDue(row, anchor)
        return {
          caseId: row.caseId,
          enterprise: row.enterprise,
          what: 'workPlan',
          due,
          light: lightOf(due, today),
          daysLeft: daysBetween(today, due),
        }
      })
      .sort((a, b) => a.due.localeCompare(b.due))
      .slice(0, clockCount)
    return { mine, clocks, recent: shown.slice(0, recentCount) }
  },
} satisfies Partial<Handlers>
