import { enterprisesOfCase, personsOf } from '#db/repositories/cases.ts'
import { itemsOfCase, planRows } from '#db/repositories/rectification.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina, money } from '#shared/domain/common.ts'
import { effectsFen } from '#shared/domain/rectification.ts'
import { factorsOf } from '#shared/domain/weighing.ts'
import { caseOf } from '../cases/case-file.ts'
import { planTerm } from '../cases/panel.ts'
import type { Context } from '../context.ts'
import { numberBeside } from '../notices/shown.ts'
import { shownEntries } from '../rectification/entries.ts'
import { rulesOf } from '../rules/rules.ts'
import { anchorOf, frameOfCase } from './frame.ts'
import { type Printing, type Wanted, wanted } from './wanted.ts'

/** 从重从轻参考表 of one enterprise (Art. 13, 18), drawn from how its rectification went. Errors: `papers.notSettled` without facts. */
export async function weighingRequest(
  context: Context,
  caseId: string,
  enterpriseId: string,
  printing: Printing,
): Promise<Wanted> {
  const { trx, now } = context
  const enterprise = (await enterprisesOfCase(trx, caseId)).find((one) => one.id === enterpriseId)
  if (!enterprise) return fail('rectification.unknownEnterprise')
  const own = <T extends { readonly enterpriseId: string }>(list: readonly T[]) =>
    list.filter((one) => one.enterpriseId === enterpriseId)
  const [clock] = own(await planRows(trx, trx('cases').where({ id: caseId }).select('id')))
  const rules = await rulesOf(context)
  const entries = own(await shownEntries(context, caseId)).map(({ body, at }) => ({ body, on: dayInChina(at) }))
  const bodies = entries.map((one) => one.body)
  const evaluation = bodies.findLast((one) => one.kind === 'evaluation') ?? null
  const factors = factorsOf(
    {
      followed: {
        planDue: clock === undefined ? null : (planTerm(rules, clock)?.due ?? null),
        planOn: clock?.receivedAt ? dayInChina(clock.receivedAt) : null,
        evaluation: evaluation?.kind === 'evaluation' ? evaluation : null,
        closedOn: entries.findLast((one) => one.body.kind === 'closure')?.on ?? null,
      },
      entries,
      items: own(await itemsOfCase(trx, caseId)).map(({ text, due, state }) => ({
        text,
        due,
        closed: state === 'closed',
      })),
    },
    dayInChina(now),
  )
  if (factors.length === 0) return fail('papers.notSettled', { kind: 'weighing' })
  const recovered = bodies.reduce((sum, one) => sum + (one.kind === 'effects' ? effectsFen(one) : 0), 0)
  const called = bodies.flatMap((one) => (one.kind === 'accountable' ? [one.name] : []))
  const { level, frame } = await frameOfCase(context, caseId, enterpriseId, printing)
  const row = await caseOf(context, caseId)
  const blank = { text: '', name: null, date: null }
  return wanted(
    {
      kind: 'weighing',
      data: {
        ...frame,
        anchor: await anchorOf(context),
        enterprise: enterprise.name,
        noticeNumber: await numberBeside(context, caseId, enterpriseId),
        matter: row.matter,
        persons: [...new Set([...(await personsOf(trx, caseId)).map((one) => one.name), ...called])],
        factors,
        recovered: recovered === 0 ? '无' : money(recovered),
        loss: row.amount_fen === null ? '未登记' : money(row.amount_fen),
        summary: '',
        opinions: [
          { label: '承办处室\n意见', ...blank },
          { label: '责任追究\n部门意见', ...blank },
        ],
      },
    },
    { kind: 'enterprise', id: enterpriseId },
    enterprise.name,
    level,
  )
}
