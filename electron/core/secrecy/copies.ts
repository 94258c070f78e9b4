import { casesInScope } from '#db/repositories/cases.ts'
import { compilationsInScope } from '#db/repositories/compilations.ts'
import { copiesOf, type FateRow, fatesOf, findCopy, type Held, insertFate } from '#db/repositories/copies.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { fateFault } from '#shared/domain/copies.ts'
import type { Holder } from '#shared/domain/papers.ts'
import { validActs } from '../audit/acts.ts'
import { objectHash } from '../audit/object-hash.ts'
import { nameOf } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import { openOnes } from './closed.ts'
import { recordOut } from './holder.ts'

/** One case or one compilation, as a set. */
function only({ trx }: Context, { caseId, compilationId }: Holder): Held {
  return {
    cases: trx('cases').where({ id: caseId }).select('id'),
    compilations: trx('compilations').where({ id: compilationId }).select('id'),
  }
}

/** Fates of one copy, the earliest first. Errors: `copies.unknown`. */
async function historyOf(context: Context, holder: Holder, copyId: string) {
  const { trx } = context
  const copy = (await findCopy(trx, holder, copyId)) ?? fail('copies.unknown')
  const fates = (await fatesOf(trx, only(context, holder))).get(copyId) ?? []
  return { copy, fates }
}

/** What asking for a destruction decides upon: which copy, how, where, with whose leave. */
function destructionHash(
  holder: Holder,
  copyId: string,
  { day, person, note, destroying }: Pick<FateRow, 'day' | 'person' | 'note' | 'destroying'>,
): string {
  return objectHash({ ...holder, copyId, day, person, note, destroying })
}

async function enter(
  context: Context,
  holder: Holder,
  copyId: string,
  value: Omit<FateRow, 'copyId' | 'accountId' | 'at'>,
): Promise<readonly FateRow[]> {
  const { trx, account, now } = context
  const { copy, fates } = await historyOf(context, holder, copyId)
  const fault = fateFault(fates.at(-1)?.fate ?? null, value.fate)
  if (fault !== null) fail(fault)
  if (value.day > dayInChina(now) || value.day < dayInChina(copy.at)) fail('copies.impossibleDay')
  await insertFate(trx, context.newId(), { ...value, copyId, accountId: account.id, at: now })
  await recordOut(context, holder, `copies.${value.fate}`, { text: copy.label })
  return fates
}

export const copyHandlers = {
  'copies.register': async (context, { caseId, compilationId }) => {
    const { trx, account } = context
    const compilations = await compilationsInScope(trx, account)
    const whole = caseId === null && compilationId === null
    const held = (): Held => {
      const inside = { cases: casesInScope(trx, account.id), compilations: compilations() }
      if (!whole) {
        inside.cases.where('case_id', caseId)
        inside.compilations.where('compilations.id', compilationId)
      }
      return inside
    }
    const fates = await fatesOf(trx, held())
    return (await openOnes(context, caseId, await copiesOf(trx, held()), (one) => one.id)).map(
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

  'copies.enterFate': async (context, { copyId, fate, day, person, note, ...holder }) => {
    await enter(context, holder, copyId, { fate, day, person, note, destroying: null })
    return {}
  },

  'copies.askDestroy': async (context, { copyId, method, destination, approver, note, ...holder }) => {
    const { account, now } = context
    // 实施条例 28: whoever counts does not approve.
    if (approver === account.name) fail('copies.ownDestruction')
    const request = { method, destination, approver }
    const asked = { day: dayInChina(now), person: account.name, note, destroying: request }
    await enter(context, holder, copyId, { fate: 'destroyAsked', ...asked })
    const objectHash = destructionHash(holder, copyId, asked)
    await context.act({ kind: 'copies.askDestroy', objectKind: 'copy', objectId: copyId, objectHash })
    return {}
  },

  'copies.confirmDestroy': async (context, { copyId, day, person, ...holder }) => {
    const { trx, account, session } = context
    const fates = await enter(context, holder, copyId, { fate: 'destroyed', day, person, note: '', destroying: null })
    const asked = fates.at(-1) ?? fail('copies.destroyNotAsked')
    // 实施条例 28: counted by one, watched by another.
    if (asked.accountId === account.id) fail('copies.sameperson')
    const request = destructionHash(holder, copyId, asked)
    const signed = (await validActs(trx, session.archive.ledger, 'copy', copyId)).some(
      (act) => act.kind === 'copies.askDestroy' && act.objectHash === request && act.accountId === asked.accountId,
    )
    if (!signed) fail('acts.invalid', { object: 'copy', id: copyId, act: 'copies.askDestroy' })
    const hash = objectHash({ ...holder, copyId, request, day, person })
    await context.act({ kind: 'copies.confirmDestroy', objectKind: 'copy', objectId: copyId, objectHash: hash })
    return {}
  },
} satisfies Partial<Handlers>
