import { countedCases, enterpriseTree } from '#db/repositories/analysis.ts'
import { casesInScope } from '#db/repositories/cases.ts'
import { linesById } from '#db/repositories/lines.ts'
import { type AnalysedCase, type AnalysisFilter, casesIn, casesOf, figuresOf } from '#shared/domain/analysis.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { refreshLines, shownLine } from '../cases/lines.ts'
import type { Context, Handlers } from '../context.ts'

/** Longest list of cases behind one bar. */
const listed = 200

/** The cases of a filter, and the tree they are counted by. */
async function looked(context: Context, filter: AnalysisFilter) {
  const { trx, account, now } = context
  await refreshLines(context)
  const today = dayInChina(now)
  const register = await enterpriseTree(trx)
  // Merged entries count as the one that remains.
  const merged = new Map(register.map((one) => [one.id, one.mergedInto]))
  const remaining = (id: string): string => {
    let now = id
    for (let next = merged.get(now); next; next = merged.get(now)) now = next
    return now
  }
  const enterprises = register
    .filter((one) => one.mergedInto === null)
    .map(({ id, name, parentId }) => ({ id, name, parentId: parentId === null ? null : remaining(parentId) }))
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
      overdue: row.plan_due !== null && row.plan_due < today,
    }),
  )
  return { enterprises, cases: casesIn(all, enterprises, filter), offices: [...new Set(all.map((one) => one.office))] }
}

export const analysisHandlers = {
  'analysis.figures': async (context, filter) => {
    const { cases, enterprises, offices } = await looked(context, filter)
    return { figures: figuresOf(cases, enterprises, filter), offices: offices.sort() }
  },

  'analysis.cases': async (context, { pick, ...filter }) => {
    const { cases, enterprises } = await looked(context, filter)
    const ids = casesOf(cases, enterprises, pick)
      .sort((a, b) => b.openedOn.localeCompare(a.openedOn) || (a.caseId < b.caseId ? 1 : -1))
      .map((one) => one.caseId)
    const rows = await linesById(context.trx, context.account.id, ids.slice(0, listed))
    return { rows: rows.map((row) => shownLine(context, row)), total: ids.length }
  },
} satisfies Partial<Handlers>
