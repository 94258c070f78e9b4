import { enterprisesOfCase } from '#db/repositories/cases.ts'
import { itemsOfCase } from '#db/repositories/rectification.ts'
import type { EvaluationData } from '#electron/documents/papers/evaluation.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import { documentParts, partNames, resultNames } from '#shared/domain/rectification.ts'
import { caseOf } from '../cases/case-file.ts'
import type { Context } from '../context.ts'
import { numberBeside } from '../notices/shown.ts'
import { shownDocuments } from '../rectification/documents.ts'
import { shownEntries } from '../rectification/entries.ts'
import { anchorOf, frameOfCase } from './frame.ts'
import { type Printing, type Wanted, wanted } from './wanted.ts'

/** 评估与销账表 of one enterprise (Art. 15, 16), drawn from its evaluation. Errors: `papers.notSettled` before there is one. */
export async function evaluationRequest(
  context: Context,
  caseId: string,
  enterpriseId: string,
  printing: Printing,
): Promise<Wanted> {
  const { trx } = context
  const enterprise = (await enterprisesOfCase(trx, caseId)).find((one) => one.id === enterpriseId)
  if (!enterprise) return fail('rectification.unknownEnterprise')
  const entries = (await shownEntries(context, caseId)).filter((one) => one.enterpriseId === enterpriseId)
  const evaluated = entries.findLast((one) => one.body.kind === 'evaluation')
  if (evaluated?.body.kind !== 'evaluation') return fail('papers.notSettled', { kind: 'evaluation' })
  const { result, opinion, basis } = evaluated.body
  // A closure counts until the enterprise was opened again.
  const last = entries.findLast((one) => one.body.kind === 'closure' || one.body.kind === 'reopening')
  const closure = last?.body.kind === 'closure' ? last : undefined
  const documents = (await shownDocuments(context, caseId)).filter((one) => one.enterpriseId === enterpriseId)
  const standing = (kind: 'workPlan' | 'specialReport') =>
    documents.findLast((one) => one.kind === kind && one.state !== 'returned')
  const report = standing('specialReport')
  const plan = standing('workPlan')
  const found = report?.checks.at(-1)?.parts ?? []
  const screenings = entries.flatMap(({ body }) => (body.kind === 'screening' ? [`${body.scope}：${body.result}`] : []))
  const items = (await itemsOfCase(trx, caseId)).filter((one) => one.enterpriseId === enterpriseId)
  const { level, frame } = await frameOfCase(context, caseId, enterpriseId, printing)
  const data: EvaluationData = {
    ...frame,
    anchor: await anchorOf(context),
    enterprise: enterprise.name,
    noticeNumber: await numberBeside(context, caseId, enterpriseId),
    cause: (await caseOf(context, caseId)).matter,
    planReceived: plan ? dayInChina(plan.receivedAt) : null,
    reportReceived: report ? dayInChina(report.receivedAt) : null,
    parts: documentParts.specialReport.map((part) => {
      const one = found.find((finding) => finding.part === part)
      return { name: partNames[part], complete: one?.present ?? false, remark: one?.note ?? (report ? '尚未核对' : '') }
    }),
    items: items.map((item) => {
      const closed = item.state === 'closed'
      return {
        problem: item.text,
        measures: item.owner === '' ? '' : `责任主体：${item.owner}`,
        result: closed ? '完成' : '未完成',
        close: closed,
        remark: item.closedAt === null ? '' : `${officialDay(dayInChina(item.closedAt))}销账`,
      }
    }),
    screening: screenings.join('；'),
    conclusion: `${resultNames[result]}。${opinion}${basis === '' ? '' : `认定依据：${basis}`}`,
    opinions: [
      { label: '评估意见', text: opinion, name: evaluated.by, date: dayInChina(evaluated.at) },
      {
        label: '销账意见',
        text: closure?.body.kind === 'closure' ? closure.body.opinion || '同意销账。' : '',
        name: closure?.by ?? null,
        date: closure ? dayInChina(closure.at) : null,
      },
    ],
  }
  return wanted({ kind: 'evaluation', data }, { kind: 'enterprise', id: enterpriseId }, enterprise.name, level)
}
