import {
  compilationsInScope,
  compilationsTouched,
  inspectionEntries,
  runningInspections,
  type StoredCompilation,
  unissuedInspections,
  waitingCompilations,
} from '#db/repositories/compilations.ts'
import { numberOfCompilation } from '#db/repositories/numbers.ts'
import { addDays } from '#shared/calendar/workingDays.ts'
import { holdsAny, leaderRoles } from '#shared/domain/accounts.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { compilationArticles } from '#shared/domain/compilations.ts'
import { policyValue } from '#shared/domain/policy.ts'
import { outgrown } from '../compilations/levels.ts'
import type { Context, HandlerOutput } from '../context.ts'

type Line = HandlerOutput<'today.get'>['compilations'][number]

const line = ({ id, title, subject }: StoredCompilation, what: Line['what'], due: string | null = null): Line => ({
  ...{ id, title, what, due },
  article: what === 'reclassify' ? 21 : compilationArticles[subject.kind],
})

/** The day the reports of a 专项核查 are due, while an enterprise owes one and the day is near or over; null otherwise. */
async function reportsDue(context: Context, { id, subject, texts }: StoredCompilation): Promise<string | null> {
  if (subject.kind !== 'inspectionNotice' || texts.kind !== 'inspectionNotice' || texts.reportDue === '') return null
  const soon = policyValue(context.session.archive.ledger, 'soonDays')
  if (texts.reportDue > addDays(dayInChina(context.now), soon)) return null
  const heard = new Set((await inspectionEntries(context.trx, id)).map((one) => one.enterpriseId))
  return subject.enterpriseIds.every((one) => heard.has(one)) ? null : texts.reportDue
}

/** What 综合材料 ask of an account on its 今日 (Art. 17, 19, 21). */
export async function askedOfCompilations(context: Context): Promise<Line[]> {
  const { trx, account } = context
  const known = await compilationsInScope(trx, account)
  const lines: Line[] = []
  if (holdsAny(account, leaderRoles))
    for (const one of await waitingCompilations(trx, known(), account.id)) lines.push(line(one, 'decide'))
  const decides = holdsAny(account, ['classifier'])
  const draws = holdsAny(account, ['accountabilityOffice'])
  if (decides || draws)
    for (const one of await compilationsTouched(trx, known()))
      if ((decides || one.drafterId === account.id) && (await outgrown(context, one)) !== null)
        lines.push(line(one, 'reclassify'))
  if (draws)
    for (const one of await unissuedInspections(trx, known()))
      lines.push(line(one, (await numberOfCompilation(trx, one.id)) === undefined ? 'number' : 'issue'))
  if (draws)
    for (const one of await runningInspections(trx, known())) {
      const due = await reportsDue(context, one)
      if (due !== null) lines.push(line(one, 'followUp', due))
    }
  return lines
}
