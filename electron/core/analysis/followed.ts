import { grouped } from '#db/repositories/analysis.ts'
import { casesInScope } from '#db/repositories/cases.ts'
import { issuedRows, sentRows, standingRows } from '#db/repositories/ledgers.ts'
import { planRows } from '#db/repositories/rectification.ts'
import { type AnalysisFilter, familyOf } from '#shared/domain/analysis.ts'
import { dayInChina } from '#shared/domain/common.ts'
import type { Followed } from '#shared/domain/ledgers.ts'
import { numberText } from '#shared/domain/numbers.ts'
import type { EntryBody, EntryKind } from '#shared/domain/rectification.ts'
import { planTerm } from '../cases/panel.ts'
import type { Context } from '../context.ts'
import { rulesOf } from '../rules/rules.ts'
import { registerOf } from './looked.ts'

/** A paper of an enterprise and what follows it, found by case and enterprise. */
const key = (one: { readonly case_id: string; readonly enterprise_id: string }) => `${one.case_id}/${one.enterprise_id}`

/** Every enterprise whose notice was ever issued, of the office and the family asked for, inside the 知悉范围, in order. */
export async function followed(
  context: Context,
  filter: Pick<AnalysisFilter, 'office' | 'enterpriseId'>,
): Promise<readonly Followed[]> {
  const { trx, account } = context
  const scope = () => casesInScope(trx, account.id)
  const rules = await rulesOf(context)
  const { enterprises, remaining } = await registerOf(context)
  const family = filter.enterpriseId === null ? null : familyOf(enterprises, filter.enterpriseId)
  const names = new Map(enterprises.map((one) => [one.id, one.name]))
  const triggers = grouped(await trx('case_triggers').whereIn('case_id', scope()).select('case_id', 'code as value'))
  const sent = Map.groupBy(await sentRows(trx, scope()), key)
  const entries = Map.groupBy(await standingRows(trx, scope()), key)
  const plans = new Map(
    (await planRows(trx, scope())).map((row) => [
      `${row.caseId}/${row.enterpriseId}`,
      { row, term: planTerm(rules, row) },
    ]),
  )
  const all = (await issuedRows(trx, scope())).map((row): Followed => {
    const papers = (kind: string) =>
      (sent.get(key(row)) ?? []).filter((one) => one.kind === kind).map((one) => dayInChina(one.received_at))
    const standing = entries.get(key(row)) ?? []
    const plan = plans.get(key(row))
    const effects = lastOf(standing, 'effects')
    const enterpriseId = remaining(row.enterprise_id)
    return {
      caseId: row.case_id,
      matter: row.matter,
      office: row.office,
      enterpriseId,
      enterprise: names.get(enterpriseId) ?? row.enterprise,
      triggers: triggers.get(row.case_id) ?? [],
      amountFen: row.amount_fen,
      withdrawn: row.state === 'withdrawn',
      number: row.year === null || row.n === null ? '' : numberText(rules.of(row).numbering.word, row.year, row.n),
      issuedOn: dayInChina(row.issued_at),
      interviewedOn: plan === undefined ? null : dayInChina(plan.row.startedAt),
      planDue: plan?.term?.due ?? null,
      planOn: papers('workPlan')[0] ?? null,
      progressOn: papers('progress'),
      reportOn: papers('specialReport').at(-1) ?? null,
      evaluation: lastOf(standing, 'evaluation')?.body ?? null,
      closedOn: dayOf(lastOf(standing, 'closure')),
      accountable: standing.flatMap(({ body }) => (body.kind === 'accountable' ? [body] : [])),
      effects:
        effects === null
          ? null
          : {
              on: dayInChina(effects.at),
              recoveredFen: effects.body.recoveredFen,
              reducedFen: effects.body.reducedFen,
              words: [effects.body.stopped, effects.body.losses, effects.body.risk, effects.body.influence].filter(
                (words) => words !== '',
              ),
            },
    }
  })
  return all.filter(
    (one) =>
      (filter.office === '' || one.office === filter.office) && (family === null || family.has(one.enterpriseId)),
  )
}

type Standing<K extends EntryKind> = { readonly at: string; readonly body: Extract<EntryBody, { kind: K }> }

/** The last entry of a kind that stands. */
function lastOf<K extends EntryKind>(
  entries: readonly { readonly at: string; readonly body: EntryBody }[],
  kind: K,
): Standing<K> | null {
  const found = entries.findLast((one): one is Standing<K> => one.body.kind === kind)
  return found ?? null
}

const dayOf = (entry: { readonly at: string } | null): string | null => (entry === null ? null : dayInChina(entry.at))
