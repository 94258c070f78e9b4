import { enterprisesOfCase } from '#db/repositories/cases.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { closureSteps, type Entry, type EntryBody, isClosed, owedPapers } from '#shared/domain/rectification.ts'
import { assertCaseActs } from '../cases/acts.ts'
import { assertStage, openStages } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import { freezeAll, makePapers } from '../papers/freeze.ts'
import { reminderPaper } from '../papers/reminder-request.ts'
import { shownDocuments } from './documents.ts'
import { keepEntry, shownEntries } from './entries.ts'
import { assertEnterprise, assertOpen } from './guards.ts'
import { shownItems } from './items.ts'
import { clocksOf } from './plans.ts'

async function entriesFor(context: Context, caseId: string, enterpriseId: string): Promise<Entry[]> {
  return (await shownEntries(context, caseId)).filter((one) => one.enterpriseId === enterpriseId)
}

/** Enterprises that are not closed when a case goes to 立卷: each keeps the reason (Art. 16, 20). */
export async function leaveUnclosed(context: Context, caseId: string, reason: string): Promise<void> {
  const entries = await shownEntries(context, caseId)
  for (const { id } of await enterprisesOfCase(context.trx, caseId))
    if (!isClosed(entries.filter((one) => one.enterpriseId === id)))
      await keepEntry(context, caseId, id, { kind: 'unclosed', reason })
}

/** A case that comes back from the archive is rectified on: why it was filed without 销账 holds no longer. */
export async function rectifyOn(context: Context, caseId: string, reason: string): Promise<void> {
  for (const one of await shownEntries(context, caseId))
    if (one.body.kind === 'unclosed')
      await keepEntry(context, caseId, one.enterpriseId, { kind: 'reopening', reason }, one.id)
}

/** What a 催办函 would say today. Errors: `rectification.notLate` where nothing is, `rectification.reminderDay`. */
async function reminderBody(
  context: Context,
  caseId: string,
  enterpriseId: string,
  newDue: string,
): Promise<Extract<EntryBody, { kind: 'reminder' }>> {
  await assertStage(context, caseId, openStages)
  await assertEnterprise(context, caseId, enterpriseId)
  await assertOpen(context, caseId, enterpriseId)
  const today = dayInChina(context.now)
  const owed = owedPapers({
    today,
    clock: (await clocksOf(context, caseId)).find((one) => one.enterpriseId === enterpriseId),
    items: (await shownItems(context, caseId)).filter((one) => one.enterpriseId === enterpriseId),
  })
  if (owed.length === 0) fail('rectification.notLate')
  if (newDue <= today) fail('rectification.reminderDay', { field: 'newDue' })
  const before = (await entriesFor(context, caseId, enterpriseId)).filter(({ body }) => body.kind === 'reminder')
  return { kind: 'reminder', newDue, ordinal: before.length + 1, owed: [...owed] }
}

export const closingHandlers = {
  'rectification.remind': {
    long: async (context, { caseId, enterpriseId, newDue }) => {
      const entryId = context.newId()
      const paper = await context.read(async (inside) => {
        const body = await reminderBody(inside, caseId, enterpriseId, newDue)
        await assertCaseActs(inside, caseId)
        return reminderPaper(inside, caseId, { id: entryId, enterpriseId, body, at: inside.now }, inside.now)
      })
      const made = await makePapers(context, [paper])
      return context.commit(async (inside) => {
        const body = await reminderBody(inside, caseId, enterpriseId, newDue)
        const entry = await keepEntry(inside, caseId, enterpriseId, body, null, entryId)
        await freezeAll(inside, caseId, made)
        return entry
      })
    },
  },

  'rectification.close': async (context, { caseId, enterpriseId, opinion }) => {
    await assertStage(context, caseId, ['rectification'])
    await assertEnterprise(context, caseId, enterpriseId)
    await assertOpen(context, caseId, enterpriseId)
    const own = <T extends { readonly enterpriseId: string }>(list: readonly T[]) =>
      list.filter((one) => one.enterpriseId === enterpriseId)
    const steps = closureSteps({
      items: own(await shownItems(context, caseId)),
      documents: own(await shownDocuments(context, caseId)),
      entries: await entriesFor(context, caseId, enterpriseId),
    })
    const missing = steps.find((one) => !one.done)
    if (missing) fail(missing.code)
    return keepEntry(context, caseId, enterpriseId, { kind: 'closure', opinion })
  },

  'rectification.reopen': async (context, { caseId, enterpriseId, reason }) => {
    await assertStage(context, caseId, ['rectification'])
    await assertEnterprise(context, caseId, enterpriseId)
    const closure = (await entriesFor(context, caseId, enterpriseId)).find(({ body }) => body.kind === 'closure')
    if (!closure) fail('rectification.notClosed')
    return keepEntry(context, caseId, enterpriseId, { kind: 'reopening', reason }, closure.id)
  },
} satisfies Partial<Handlers>
