import type { Knex } from 'knex'
import type { AnalysedEnterprise } from '#shared/domain/analysis.ts'
import type { Stage } from '#shared/domain/cases.ts'

/** A case of the list with what else is counted of it. */
export interface CountedRow {
  readonly case_id: string
  readonly created_at: string
  readonly office: string
  readonly state: Stage
  readonly owed_due: string | null
  /** 1 started, 0 expressly not yet, null without the question. */
  readonly accountability_started: 0 | 1 | null
  readonly enterprises: readonly string[]
  readonly triggers: readonly string[]
}

/** What can be counted, of the cases in a scope; their lines must be up to date. */
export async function countedCases(trx: Knex.Transaction, scope: Knex.QueryBuilder): Promise<CountedRow[]> {
  const ids = () => scope.clone()
  const rows: Omit<CountedRow, 'enterprises' | 'triggers'>[] = await trx('case_lines as l')
    .join('cases as c', 'c.id', 'l.case_id')
    .whereIn('l.case_id', ids())
    .select('l.case_id', 'l.created_at', 'l.office', 'l.state', 'l.owed_due', 'c.accountability_started')
  const triggers = grouped(await trx('case_triggers').whereIn('case_id', ids()).select('case_id', 'code as value'))
  const enterprises = grouped(
    await trx('case_enterprises')
      .whereIn('case_id', ids())
      .whereNull('left_at')
      .select('case_id', 'enterprise_id as value'),
  )
  return rows.map((row) => ({
    ...row,
    triggers: triggers.get(row.case_id) ?? [],
    enterprises: enterprises.get(row.case_id) ?? [],
  }))
}

/** One to many, by case. */
export function grouped(rows: readonly { case_id: string; value: string }[]): Map<string, string[]> {
  const lists = new Map<string, string[]>()
  for (const { case_id: caseId, value } of rows) {
    const list = lists.get(caseId)
    if (list) list.push(value)
    else lists.set(caseId, [value])
  }
  return lists
}

/** The register of enterprises as it is now; a merged entry names the one that remains. */
export async function enterpriseTree(
  trx: Knex.Transaction,
): Promise<(AnalysedEnterprise & { readonly mergedInto: string | null })[]> {
  return trx('enterprises').select('id', 'name', 'parent_id as parentId', 'merged_into as mergedInto')
}
