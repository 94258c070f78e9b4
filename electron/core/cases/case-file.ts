import { type CaseRow, findCase, insertEvent, setStage, touchCase } from '#db/repositories/cases.ts'
import { type CountedFacts, countFacts } from '#db/repositories/facts.ts'
import { fail } from '#shared/contract/errors.ts'
import { advance, type TransitionName, transitions } from '#shared/domain/cases.ts'
import type { Context, Outside } from '../context.ts'

/** Stages in which a case still lives. */
export const openStages = ['intake', 'notice', 'interview', 'minutes', 'rectification', 'filing'] as const

/** The case of an id. Errors: `cases.unknown`. */
export async function caseOf(context: Context, caseId: string): Promise<CaseRow> {
  return (await findCase(context.trx, caseId)) ?? fail('cases.unknown')
}

/** Name of an account, also of one that has left. */
export function nameOf(context: Outside, accountId: string): string {
  return context.session.archive.ledger.account(accountId)?.name ?? ''
}

/**
 * Adds a line to the history of a case that was not itself handled: it stands in no list as changed. `detail` holds ids
 * and short codes; what the call was about goes along.
 */
export async function noteEvent(
  context: Context,
  caseId: string,
  kind: string,
  article: number,
  detail: Readonly<Record<string, string | number>> = {},
): Promise<void> {
  await insertEvent(context.trx, {
    id: context.newId(),
    case_id: caseId,
    at: context.now,
    account_id: context.account.id,
    kind,
    article: String(article),
    detail: JSON.stringify(context.named.length === 0 ? detail : { ...detail, about: context.named }),
  })
}

/** The same of a case that was handled: it is marked as changed. */
export async function recordEvent(...[context, caseId, ...event]: Parameters<typeof noteEvent>): Promise<void> {
  await noteEvent(context, caseId, ...event)
  await touchCase(context.trx, caseId, context.now)
}

export async function factsOfCase(context: Context, caseId: string): Promise<CountedFacts> {
  const { trx } = context
  const facts = (await countFacts(trx, trx('cases').where({ id: caseId }).select('id'))).get(caseId)
  return facts ?? fail('cases.unknown')
}

/** Takes a step of the case's life. Errors: `cases.wrongStage`, or the code of what is missing. */
export async function take(context: Context, caseId: string, name: TransitionName): Promise<void> {
  const answer = advance(name, await factsOfCase(context, caseId))
  if ('refused' in answer) fail(answer.refused, { step: name, article: transitions[name].article })
  await setStage(context.trx, caseId, answer.to, context.now)
}

/** As `take`, but stays where it is while something is missing: the last of several enterprises takes the step. */
export async function takeWhenReady(context: Context, caseId: string, name: TransitionName): Promise<boolean> {
  const answer = advance(name, await factsOfCase(context, caseId))
  if ('refused' in answer) return false
  await setStage(context.trx, caseId, answer.to, context.now)
  return true
}

/** Refuses an act outside the stages it belongs to. Errors: `cases.wrongStage`. */
export async function assertStage(
  context: Context,
  caseId: string,
  allowed: readonly CaseRow['state'][],
): Promise<CaseRow> {
  const row = await caseOf(context, caseId)
  if (!allowed.includes(row.state)) fail('cases.wrongStage', { stage: row.state })
  return row
}
