import { findCompilation, insertInspectionEntry, inspectionEntries } from '#db/repositories/compilations.ts'
import { papersOf } from '#db/repositories/papers.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { type InspectionEntry, inspectionFault, inspectionOpen } from '#shared/domain/compilations.ts'
import { nameOf } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import { assertCompilationActs, closureHash } from './acts.ts'

/** A 专项核查 whose notice went out, with what followed it. Errors: `inspections.notIssued`, `acts.invalid`. */
async function announced(context: Context, compilationId: string) {
  const row = (await findCompilation(context.trx, compilationId)) ?? fail('compilations.unknown')
  const { subject, state, decidedAt } = row
  if (subject.kind !== 'inspectionNotice' || state !== 'approved' || decidedAt === null)
    return fail('inspections.notIssued')
  if ((await papersOf(context.trx, { caseId: null, compilationId })).length === 0) fail('inspections.notIssued')
  await assertCompilationActs(context, compilationId)
  return { subject, from: dayInChina(decidedAt), entries: await inspectionEntries(context.trx, compilationId) }
}

async function shown(context: Context, compilationId: string): Promise<InspectionEntry[]> {
  return (await inspectionEntries(context.trx, compilationId)).map((one) => ({ ...one, by: nameOf(context, one.by) }))
}

/** 共性问题专项核查 after its notice (Art. 19): what each enterprise sent, what was found, and its end. */
export const inspectionHandlers = {
  'inspections.get': (context, { compilationId }) => shown(context, compilationId),

  'inspections.enter': async (context, { compilationId, enterpriseId, entry }) => {
    const { trx, now, account } = context
    const { subject, from, entries } = await announced(context, compilationId)
    const known = { enterpriseIds: subject.enterpriseIds, from, today: dayInChina(now) }
    const fault = inspectionFault(entries, enterpriseId, entry, known)
    if (fault !== null) fail(fault)
    const value = { id: context.newId(), enterpriseId, ...entry, at: now, by: account.id }
    await insertInspectionEntry(trx, compilationId, value)
    return shown(context, compilationId)
  },

  'inspections.close': async (context, { compilationId, conclusion }) => {
    const { trx, now, account } = context
    const { subject, entries } = await announced(context, compilationId)
    if (entries.some((one) => one.kind === 'closure')) fail('inspections.closed')
    const open = inspectionOpen(entries, subject.enterpriseIds)
    if (open.length > 0) fail('inspections.open', { count: open.length })
    const value = {
      id: context.newId(),
      enterpriseId: null,
      kind: 'closure' as const,
      text: conclusion,
      day: dayInChina(now),
      at: now,
      by: account.id,
    }
    await insertInspectionEntry(trx, compilationId, value)
    const object = { objectKind: 'compilation', objectId: compilationId, objectHash: closureHash(value) }
    await context.act({ kind: 'inspections.close', ...object })
    return shown(context, compilationId)
  },
} satisfies Partial<Handlers>
