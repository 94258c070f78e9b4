import { findCompilation, type Reclassified, type StoredCompilation, sourcesOf } from '#db/repositories/compilations.ts'
import { numberOfCompilation } from '#db/repositories/numbers.ts'
import { papersOf } from '#db/repositories/papers.ts'
import { fail } from '#shared/contract/errors.ts'
import { leaderRoles } from '#shared/domain/accounts.ts'
import { objectHash } from '../audit/object-hash.ts'
import { assertAct, numberHash } from '../cases/acts.ts'
import type { Context } from '../context.ts'

/** What 审签 of a compilation decides upon: these figures and words, drawn from these cases, at this level. */
export function compilationHash(value: StoredCompilation, sources: readonly string[]): string {
  const { id, subject, texts, figures, title, office, level, term, drafterId, submittedAt } = value
  return objectHash({ id, subject, texts, figures, title, office, level, term, drafterId, submittedAt, sources })
}

/** What 重新定密 decides upon: what binds this compilation from now on. */
export function reclassifiedHash(compilationId: string, { id, level, term, reason, at }: Reclassified): string {
  return objectHash({ compilationId, id, level, term, reason, at })
}

/** What 印发 of the notice of a 专项核查 decides upon: this compilation under this number. */
export function issueHash({ id, numberId }: { readonly id: string; readonly numberId: string }): string {
  return objectHash({ id, numberId })
}

/** What 结束专项核查 decides upon. */
export function closureHash(entry: { readonly id: string; readonly text: string; readonly day: string }): string {
  const { id, text, day } = entry
  return objectHash({ id, text, day })
}

/** A notice of 专项核查 that went out bears a number of the accountability office, which sent it. */
async function assertIssued(context: Context, { id, subject }: StoredCompilation): Promise<void> {
  const { trx } = context
  if (subject.kind !== 'inspectionNotice' || (await papersOf(trx, { caseId: null, compilationId: id })).length === 0)
    return
  const number = await numberOfCompilation(trx, id)
  if (number === undefined) return fail('acts.invalid', { object: 'number', id, act: 'numbers.allocate' })
  const { year, n } = number
  const given = { kind: 'number', id: number.id, hash: numberHash({ year, n, noticeId: null, compilationId: id }) }
  await assertAct(context, given, 'numbers.allocate', ['accountabilityOffice'])
  const sent = { kind: 'compilation', id, hash: issueHash({ id, numberId: number.id }) }
  await assertAct(context, sent, 'compilations.issue', ['accountabilityOffice'])
}

/**
 * An approved compilation was approved by a leader who did not draw it, and bound anew by a 定密责任人 who did not either.
 * Errors: `compilations.notApproved`,
 * `acts.invalid`.
 */
export async function assertCompilationActs(context: Context, compilationId: string): Promise<void> {
  const { trx } = context
  const row = (await findCompilation(trx, compilationId)) ?? fail('compilations.unknown')
  if (row.state !== 'approved') fail('compilations.notApproved')
  const hash = compilationHash(row, await sourcesOf(trx, compilationId))
  const object = { kind: 'compilation', id: compilationId, hash }
  if (row.deciderId === row.drafterId)
    fail('acts.invalid', { object: object.kind, id: object.id, act: 'compilations.decide' })
  await assertAct(context, object, 'compilations.decide', leaderRoles, row.deciderId)
  await assertIssued(context, row)
  const { reclassified } = row
  if (reclassified === null) return
  const bound = { kind: 'compilationLevel', id: reclassified.id, hash: reclassifiedHash(row.id, reclassified) }
  if (reclassified.by === row.drafterId)
    fail('acts.invalid', { object: bound.kind, id: bound.id, act: 'compilations.reclassify' })
  await assertAct(context, bound, 'compilations.reclassify', ['classifier'], reclassified.by)
}
