import { setAmount } from '#db/repositories/cases.ts'
import { fail } from '#shared/contract/errors.ts'
import { money } from '#shared/domain/common.ts'
import { effectsFen } from '#shared/domain/rectification.ts'
import type { Context, Handlers } from '../context.ts'
import { shownEntries } from '../rectification/entries.ts'
import { assertStage, openStages, recordEvent } from './case-file.ts'

/** Recovered and reduced together, as the enterprises of a case entered them (Art. 12), in fen. */
async function enteredFen(context: Context, caseId: string): Promise<number> {
  const entries = await shownEntries(context, caseId)
  return entries.reduce((sum, { body }) => sum + (body.kind === 'effects' ? effectsFen(body) : 0), 0)
}

export const amountHandlers = {
  'cases.correctAmount': async (context, { caseId, amountFen, reason }) => {
    const before = (await assertStage(context, caseId, openStages)).amount_fen
    if (amountFen === before) fail('cases.amountUnchanged', { field: 'amountFen' })
    const entered = await enteredFen(context, caseId)
    if (amountFen !== null && amountFen < entered)
      fail('cases.amountBelowEffects', { field: 'amountFen', sum: money(entered) })
    await setAmount(context.trx, caseId, amountFen)
    const named = (fen: number | null): string => (fen === null ? '未列' : money(fen))
    const text = `由${named(before)}更正为${named(amountFen)}；${reason}`
    await recordEvent(context, caseId, 'cases.correctAmount', 12, { text })
    return {}
  },
} satisfies Partial<Handlers>
