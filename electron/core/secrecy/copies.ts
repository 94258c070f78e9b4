import { casesInScope } from '#db/repositories/cases.ts'
import { copiesOf, type FateRow, fatesOf, findCopy, insertFate } from '#db/repositories/copies.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { type CopyFate, fateFault } from '#shared/domain/copies.ts'
import { objectHash } from '../audit/object-hash.ts'
import { nameOf, recordEvent } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import { openOnes } from './closed.ts'

/** Fates of one copy, the earliest first. Errors: `copies.unknown`. */
async function historyOf(context: Context, caseId: string, copyId: string) {
  const { trx } = context
  const copy = (await findCopy(trx, caseId, copyId)) ?? fail('copies.unknown')
  const fates = (await fatesOf(trx, trx('cases').where({ id: caseId }).select('id'))).get(copyId) ?? []
  return { copy, fates }
}

async function enter(
  context: Context,
  caseId: string,
  copyId: string,
  value: Pick<FateRow, 'fate' | 'day' | 'person' | 'note'>,
): Promise<readonly FateRow[]> {
  const { trx, account, now } = context
  const { copy, fates } = await historyOf(context, caseId, copyId)
  const fault = fateFault(fates.at(-1)?.fate ?? null, value.fate)
  if (fault !== null) fail(fault)
  if (value.day > dayInChina(now) || value.day < dayInChina(copy.at)) fail('copies.impossibleDay')
  await insertFate(trx, context.newId(), { ...value, copyId, accountId: account.id, at: now })
  await recordEvent(context, caseId, `copies.${value.fate}`, 21, { text: copy.label })
  return fates
}

export const copyHandlers = {
  'copies.register': async (context, { caseId }) => {
    const { trx, account } = context
    const cases = () => {
      const query = casesInScope(trx, account.id)
      return caseId === null ? query : query.where('case_id', caseId)
    }
    const fates = await fatesOf(trx, cases())
    return (await openOnes(context, caseId, await copiesOf(trx, cases()), (one) => one.id)).map(
      ({ accountId, copyNumber, ...copy }) => {
        const own = fates.get(copy.id) ?? []
        return {
          ...copy,
          by: nameOf(context, accountId),
          fate: own.at(-1)?.fate ?? null,
          fates: own.map(({ copyId, accountId: by, ...fate }) => ({ ...fate, by: nameOf(context, by) })),
        }
      },
    )
  },

  'copies.enterFate': async (context, { caseId, copyId, fate, day, person, note }) => {
    await enter(context, caseId, copyId, { fate, day, person, note })
    return {}
  },

  'copies.askDestroy': async (context, { caseId, copyId, method, note }) => {
    const fate: CopyFate = 'destroyAsked'
    const day = dayInChina(context.now)
    const text = note === '' ? method : `${method}；${note}`
    await enter(context, caseId, copyId, { fate, day, person: context.account.name, note: text })
    return {}
  },

  'copies.confirmDestroy': async (context, { caseId, copyId, day, person }) => {
    const fates = await enter(context, caseId, copyId, { fate: 'destroyed', day, person, note: '' })
    // 实施条例 28: counted by one, watched by another.
    if (fates.at(-1)?.accountId === context.account.id) fail('copies.sameperson')
    const hash = objectHash({ caseId, copyId, day, person })
    await context.act({ kind: 'copies.confirmDestroy', objectKind: 'copy', objectId: copyId, objectHash: hash })
    return {}
  },
} satisfies Partial<Handlers>
