import { countedCases, enterpriseTree } from '#db/repositories/analysis.ts'
import { casesInScope } from '#db/repositories/cases.ts'
import { lightOf } from '#shared/calendar/workingDays.ts'
import { type AnalysedCase, type AnalysedEnterprise, type AnalysisFilter, casesIn } from '#shared/domain/analysis.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { policyValue } from '#shared/domain/policy.ts'
import { refreshLines } from '../cases/lines.ts'
import type { Context } from '../context.ts'

/** The register of enterprises as figures count by it: merged entries are the one that remains. */
export interface Register {
  readonly enterprises: readonly AnalysedEnterprise[]
  readonly remaining: (enterpriseId: string) => string
}

export async function registerOf(context: Context): Promise<Register> {
  const register = await enterpriseTree(context.trx)
  const merged = new Map(register.map((one) => [one.id, one.mergedInto]))
  const remaining = (id: string): string => {
    let now = id
    for (let next = merged.get(now); next; next = merged.get(now)) now = next
    return now
  }
  const enterprises = register
    .filter((one) => one.mergedInto === null)
    .map(({ id, name, parentId }) => ({ id, name, parentId: parentId === null ? null : remaining(parentId) }))
  return { enterprises, remaining }
}

/** The cases of a filter inside the account's 知悉范围, and the tree they are counted by. */
export async function looked(context: Context, filter: AnalysisFilter) {
  const { trx, account, now } = context
  await refreshLines(context)
  const today = dayInChina(now)
  const soon = policyValue(context.session.archive.ledger, 'soonDays')
  const { enterprises, remaining } = await registerOf(context)
  const all = (await countedCases(trx, casesInScope(trx, account.id))).map(
    (row): AnalysedCase => ({
      caseId: row.case_id,
      openedOn: dayInChina(row.created_at),
      office: row.office,
      stage: row.state,
      enterpriseIds: [...new Set(row.enterprises.map(remaining))],
      triggers: row.triggers,
      accountability:
        row.accountability_started === null ? 'none' : row.accountability_started === 1 ? 'started' : 'pending',
      light: row.owed_due === null ? null : lightOf(row.owed_due, today, soon),
    }),
  )
  return { enterprises, cases: casesIn(all, enterprises, filter), offices: [...new Set(all.map((one) => one.office))] }
}
