import { addToScope, casesInScope, findCase, removeFromScope, scopeHistory, scopeOf } from '#db/repositories/cases.ts'
import {
  decideScopeRequest,
  findScopeRequest,
  insertScopeRequest,
  readsOfCase,
  scopeRequests,
} from '#db/repositories/scope.ts'
import { fail } from '#shared/contract/errors.ts'
import { isOfficerRole, roleNames } from '#shared/domain/accounts.ts'
import type { ScopeRequest } from '#shared/domain/secrecy.ts'
import { objectHash } from '../audit/object-hash.ts'
import { caseOf, factsOfCase, nameOf, recordEvent } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'

async function shownRequest(context: Context, value: ScopeRequest) {
  return {
    ...value,
    matter: (await findCase(context.trx, value.caseId))?.matter ?? '',
    person: nameOf(context, value.accountId),
    requester: nameOf(context, value.requesterId),
    decider: value.deciderId === null ? '' : nameOf(context, value.deciderId),
  }
}

/** What widening or narrowing a 知悉范围 decides upon. */
function scopeHash(value: { readonly caseId: string; readonly accountId: string; readonly reason: string }): string {
  const { caseId, accountId, reason } = value
  return objectHash({ caseId, accountId, reason })
}

export const scopeHandlers = {
  'secrecy.scope': async (context, { caseId }) => {
    const { trx, office } = context
    const { ledger } = context.session.archive
    const history = await scopeHistory(trx, caseId)
    const reads = await readsOfCase(office, caseId)
    const requests = await scopeRequests(trx, trx('cases').where({ id: caseId }).select('id'))
    return {
      level: (await factsOfCase(context, caseId)).level,
      members: history
        .filter((one) => one.removedAt === null)
        .map((one) => ({
          accountId: one.accountId,
          name: nameOf(context, one.accountId),
          roles: [...(ledger.account(one.accountId)?.roles ?? [])].map((role) => roleNames[role]),
          addedAt: one.addedAt,
          addedBy: nameOf(context, one.addedBy),
          reads: reads.get(one.accountId)?.times ?? 0,
          lastRead: reads.get(one.accountId)?.last ?? null,
        })),
      former: history.flatMap((one) =>
        one.removedAt === null
          ? []
          : [
              {
                name: nameOf(context, one.accountId),
                removedAt: one.removedAt,
                removedBy: nameOf(context, one.removedBy ?? ''),
              },
            ],
      ),
      requests: await Promise.all(requests.map((one) => shownRequest(context, one))),
    }
  },

  'secrecy.requestScope': async (context, { caseId, accountId, reason }) => {
    const { trx, now } = context
    const person = context.session.archive.ledger.account(accountId)
    // The three officers never stand in a scope: they hold no key to a case (DESIGN §4).
    if (!person || person.roles.length === 0 || person.roles.some(isOfficerRole)) fail('secrecy.noSuchPerson')
    if ((await scopeOf(trx, caseId)).includes(accountId)) fail('secrecy.alreadyInScope')
    const open = await scopeRequests(trx, trx('cases').where({ id: caseId }).select('id'))
    if (open.some((one) => one.accountId === accountId && one.state === 'requested')) fail('secrecy.alreadyAsked')
    const value: ScopeRequest = {
      id: context.newId(),
      caseId,
      accountId,
      reason,
      requesterId: context.account.id,
      at: now,
      state: 'requested',
      deciderId: null,
      decidedAt: null,
      opinion: '',
    }
    await insertScopeRequest(trx, value)
    await recordEvent(context, caseId, 'secrecy.requestScope', 21, { text: person.name })
    return value
  },

  'secrecy.scopeRequests': async (context) => {
    const { trx, account } = context
    const waiting = (await scopeRequests(trx, casesInScope(trx, account.id))).filter((one) => one.state === 'requested')
    return Promise.all(waiting.map((one) => shownRequest(context, one)))
  },

  'secrecy.decideScope': async (context, { caseId, requestId, decision, opinion }) => {
    const { trx, account, now } = context
    const value = await findScopeRequest(trx, requestId)
    if (value?.caseId !== caseId) fail('secrecy.noSuchRequest')
    if (value.state !== 'requested') fail('secrecy.decided', { state: value.state })
    if (value.requesterId === account.id) fail('secrecy.sameperson')
    if (decision === 'returned' && opinion === '') fail('secrecy.reasonMissing')
    const decided = { state: decision, deciderId: account.id, decidedAt: now, opinion } as const
    await decideScopeRequest(trx, value.id, decided)
    if (decision === 'approved') {
      await addToScope(trx, { id: context.newId(), caseId, accountId: value.accountId, by: account.id, now })
      await context.act({ kind: 'secrecy.scope', objectKind: 'case', objectId: caseId, objectHash: scopeHash(value) })
    }
    await recordEvent(context, caseId, 'secrecy.decideScope', 21, {
      text: `${nameOf(context, value.accountId)}${opinion === '' ? '' : `：${opinion}`}`,
    })
    return { ...value, ...decided }
  },

  'secrecy.removeFromScope': async (context, { caseId, accountId, reason }) => {
    const { trx, account, now } = context
    const row = await caseOf(context, caseId)
    if (row.officer_id === accountId) fail('secrecy.officerStays')
    if (!(await removeFromScope(trx, caseId, accountId, account.id, now))) fail('secrecy.noSuchPerson')
    const objectHash = scopeHash({ caseId, accountId, reason })
    await context.act({ kind: 'secrecy.removeFromScope', objectKind: 'case', objectId: caseId, objectHash })
    await recordEvent(context, caseId, 'secrecy.removeFromScope', 21, {
      text: `${nameOf(context, accountId)}：${reason}`,
    })
    return {}
  },
} satisfies Partial<Handlers>
