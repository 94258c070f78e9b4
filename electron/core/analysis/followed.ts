import { grouped } from '#db/repositories/analysis.ts'
import { casesInScope } from '#db/repositories/cases.ts'
import { heldRows, issuedRows, sentRows, standingRows } from '#db/repositories/ledgers.ts'
import { planRows } from '#db/repositories/rectification.ts'
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

/**
 * Every enterprise whose notice was ever issued, inside the 知悉范围, in order. What follows a notice stands with the one it
 * follows from: a cancelled one keeps its line alone.
 */
export async function followed(context: Context): Promise<readonly Followed[]> {
  const { trx, account } = context
  const scope = () => casesInScope(trx, account.id)
  const rules = await rulesOf(context)
  const { enterprises, remaining } = await registerOf(context)
  const names = new Map(enterprises.map((one) => [one.id, one.name]))
  const triggers = grouped(await trx('case_triggers').whereIn('case_id', scope()).select('case_id', 'code as value'))
  const sent = Map.groupBy(await sentRows(trx, scope()), key)
  const entries = Map.groupBy(await standingRows(trx, scope()), key)
  const held = Map.groupBy(await heldRows(trx, scope()), key)
  const plans = new Map(
    (await planRows(trx, scope())).map((row) => [`${row.caseId}/${row.enterpriseId}`, planTerm(rules, row)]),
  )
  return (await issuedRows(trx, scope())).map((row): Followed => {
    const ended = row.state === 'withdrawn' ? 'withdrawn' : row.notice_state === 'cancelled' ? 'cancelled' : null
    const own = <T>(of: ReadonlyMap<string, T>): T | undefined =>
      row.notice_state === 'cancelled' ? undefined : of.get(key(row))
    const papers = (kind: string) =>
      (own(sent) ?? []).filter((one) => one.kind === kind).map((one) => dayInChina(one.received_at))
    const standing = own(entries) ?? []
    const planOn = papers('workPlan')[0] ?? null
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
      ended,
      number: row.year === null || row.n === null ? '' : numberText(rules.of(row).numbering.word, row.year, row.n),
      issuedOn: dayInChina(row.issued_at),
      interviews: (own(held) ?? []).map((one) => ({ id: one.id, on: dayInChina(one.started_at) })),
      // A withdrawn case awaits no plan any more.
      planDue: ended === 'withdrawn' && planOn === null ? null : (own(plans)?.due ?? null),
      planOn,
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
