import {
  decideExtension,
  documentsOfCase,
  type ExtensionRow,
  extensionsOfCase,
  insertExtension,
  planRows,
} from '#db/repositories/rectification.ts'
import { lightOf, workingDay } from '#shared/calendar/workingDays.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import { policyValue } from '#shared/domain/policy.ts'
import { type Extension, extensionFaults, type PlanClock } from '#shared/domain/rectification.ts'
import { extensionHash } from '../cases/acts.ts'
import { assertStage, nameOf, openStages, recordEvent } from '../cases/case-file.ts'
import { planTerm } from '../cases/panel.ts'
import type { Context, Handlers } from '../context.ts'
import { rulesOf } from '../rules/rules.ts'
import { assertEnterprise, assertOpen } from './guards.ts'

/** The clock of Art. 11 for every enterprise of an ended interview. */
export async function clocksOf(context: Context, caseId: string): Promise<PlanClock[]> {
  const { trx, now } = context
  const today = dayInChina(now)
  const rows = await planRows(trx, trx('cases').where({ id: caseId }).select('id'))
  const rules = await rulesOf(context)
  const extensions = await shownExtensions(context, caseId)
  const soon = policyValue(context.session.archive.ledger, 'soonDays')
  return rows.flatMap((row) => {
    const term = planTerm(rules, row)
    if (term === null) return []
    const { due, anchor, provisional, assumptions, days } = term
    return {
      enterpriseId: row.enterpriseId,
      enterpriseName: row.enterprise,
      anchor,
      due,
      extension:
        extensions.find(
          (one) => one.enterpriseId === row.enterpriseId && one.state === 'approved' && one.due === due,
        ) ?? null,
      provisional,
      assumptions: [...assumptions],
      receivedAt: row.receivedAt,
      light: row.receivedAt === null ? lightOf(due, today, soon) : 'done',
      days: [...days],
    }
  })
}

export async function shownExtensions(context: Context, caseId: string): Promise<Extension[]> {
  return (await extensionsOfCase(context.trx, caseId)).map((row) => shownExtension(context, row))
}

function shownExtension(context: Context, row: ExtensionRow): Extension {
  return {
    id: row.id,
    enterpriseId: row.enterprise_id,
    formerDue: row.former_due,
    due: row.due,
    reason: row.reason,
    askerId: row.asker_id,
    asker: nameOf(context, row.asker_id),
    askedAt: row.asked_at,
    state: row.state,
    decider: row.decider_id === null ? '' : nameOf(context, row.decider_id),
    decidedAt: row.decided_at,
    opinion: row.opinion,
  }
}

/** A plan that was accepted has no term left to extend. Errors: `rectification.planAccepted`. */
async function assertPlanOwed(context: Context, caseId: string, enterpriseId: string): Promise<void> {
  const accepted = (await documentsOfCase(context.trx, caseId)).some(
    (one) => one.enterpriseId === enterpriseId && one.kind === 'workPlan' && one.state === 'accepted',
  )
  if (accepted) fail('rectification.planAccepted')
}

export const planHandlers = {
  'rectification.askExtension': async (context, { caseId, enterpriseId, due, reason }) => {
    const { trx, now, account } = context
    await assertStage(context, caseId, openStages)
    await assertEnterprise(context, caseId, enterpriseId)
    await assertOpen(context, caseId, enterpriseId, 'rectification.extensionAfterClosure')
    await assertPlanOwed(context, caseId, enterpriseId)
    const clock = (await clocksOf(context, caseId)).find((one) => one.enterpriseId === enterpriseId)
    if (!clock) return fail('rectification.noClock')
    const { packs } = await rulesOf(context)
    const known = { former: clock.due, today: dayInChina(now), works: workingDay(due, packs).works }
    const [fault] = extensionFaults(due, known)
    if (fault) fail(fault.code, { field: fault.field })
    const before = await extensionsOfCase(trx, caseId)
    if (before.some((one) => one.enterprise_id === enterpriseId && one.state === 'asked'))
      fail('rectification.extensionWaiting')
    const row: ExtensionRow = {
      id: context.newId(),
      case_id: caseId,
      enterprise_id: enterpriseId,
      former_due: clock.due,
      due,
      reason,
      asker_id: account.id,
      asked_at: now,
      state: 'asked',
      decider_id: null,
      decided_at: null,
      opinion: '',
    }
    await insertExtension(trx, row)
    const text = `${clock.enterpriseName}：由${officialDay(clock.due)}延至${officialDay(due)}；${reason}`
    await recordEvent(context, caseId, 'rectification.askExtension', 11, { text })
    return shownExtension(context, row)
  },

  'rectification.decideExtension': async (context, { caseId, extensionId, decision, opinion }) => {
    const { trx, now, account } = context
    await assertStage(context, caseId, openStages)
    const row = (await extensionsOfCase(trx, caseId)).find((one) => one.id === extensionId)
    if (!row) fail('rectification.unknownExtension')
    if (row.state !== 'asked') fail('rectification.extensionDecided')
    if (row.asker_id === account.id) fail('rectification.samePerson')
    if (decision === 'returned' && opinion === '') fail('rectification.returnReason', { field: 'opinion' })
    if (decision === 'approved') {
      await assertOpen(context, caseId, row.enterprise_id, 'rectification.extensionAfterClosure')
      await assertPlanOwed(context, caseId, row.enterprise_id)
    }
    const decided = { state: decision, decider_id: account.id, decided_at: now, opinion } as const
    await decideExtension(trx, row.id, decided)
    await context.act({
      kind: 'rectification.decideExtension',
      objectKind: 'planExtension',
      objectId: row.id,
      objectHash: extensionHash({ ...row, ...decided }),
    })
    const act = decision === 'approved' ? 'decideExtension' : 'returnExtension'
    const text = decision === 'approved' ? `延至${officialDay(row.due)}` : opinion
    await recordEvent(context, caseId, `rectification.${act}`, 11, { text })
    return shownExtension(context, { ...row, ...decided })
  },
} satisfies Partial<Handlers>
