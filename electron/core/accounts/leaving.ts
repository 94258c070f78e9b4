import { addToScope, casesInScope, casesOf, removeFromScope, scopeOf, setOfficer } from '#db/repositories/cases.ts'
import { fail } from '#shared/contract/errors.ts'
import { objectHash } from '../audit/object-hash.ts'
import { nameOf, recordEvent } from '../cases/case-file.ts'
import type { Context } from '../context.ts'

/**
 * A leaver's hand-over: every case the account owns or stands in the 知悉范围 of goes to another account, which is
 * approved by the 主要负责同志 (保密法 21) and signed case by case. Disabling the account and renewing the keys follow.
 *
 * Errors: `accounts.unknown`, `accounts.self`. Returns how many cases were owned and how many only known.
 */
export async function handOverCases(
  context: Context,
  from: string,
  to: string,
  reason: string,
): Promise<{ owned: number; known: number }> {
  const { trx, account, now } = context
  const { ledger } = context.session.archive
  if (from === to) fail('accounts.self')
  if (ledger.account(from) === undefined || ledger.account(to)?.state !== 'active') fail('accounts.unknown')
  const owned = await casesOf(trx, from)
  const known: { case_id: string }[] = await casesInScope(trx, from)
  const ids = [...new Set([...owned, ...known.map((row) => row.case_id)])]
  for (const caseId of ids) {
    const scope = await scopeOf(trx, caseId)
    if (!scope.includes(to)) await addToScope(trx, { id: context.newId(), caseId, accountId: to, by: account.id, now })
    if (scope.includes(from)) await removeFromScope(trx, caseId, from, account.id, now)
    if (owned.includes(caseId)) await setOfficer(trx, caseId, to, now)
    await context.act({
      kind: 'accounts.handOverCases',
      objectKind: 'case',
      objectId: caseId,
      objectHash: objectHash({ caseId, from, to, reason }),
    })
    await recordEvent(context, caseId, 'accounts.handOverCases', 21, {
      text: `${nameOf(context, from)} → ${nameOf(context, to)}：${reason}`,
    })
  }
  return { owned: owned.length, known: ids.length - owned.length }
}
