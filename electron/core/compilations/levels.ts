import {
  boundOf,
  findCompilation,
  insertReclassified,
  type Reclassified,
  type StoredCompilation,
  sourcesOf,
} from '#db/repositories/compilations.ts'
import { papersOf, setPaperLevel } from '#db/repositories/papers.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { outgrows } from '#shared/domain/compilations.ts'
import type { Bound } from '#shared/domain/secrecy.ts'
import { assertCaseActs } from '../cases/acts.ts'
import type { Context } from '../context.ts'
import { assertCompilationActs, reclassifiedHash } from './acts.ts'
import { bindingOf } from './drawing.ts'

/**
 * What binds an approved compilation by its sources as they stand now, when that is more than it is bound to; null when it
 * is not. `undecided` while a source waits for its own decision, which comes first (派生定密, 保密法 18).
 */
export async function outgrown(
  context: Context,
  row: StoredCompilation,
): Promise<(Bound & { readonly undecided: boolean }) | null> {
  if (row.state !== 'approved') return null
  const now = await bindingOf(context, await sourcesOf(context.trx, row.id))
  return now.undecided || outgrows(now, boundOf(row), dayInChina(context.now)) ? now : null
}

/** No paper of a compilation leaves or is filed under a mark its sources have outgrown. Errors: `compilations.outgrown`, those of its acts. */
export async function assertBound(context: Context, compilationId: string): Promise<void> {
  await assertCompilationActs(context, compilationId)
  const row = (await findCompilation(context.trx, compilationId)) ?? fail('compilations.unknown')
  if ((await outgrown(context, row)) !== null) fail('compilations.outgrown')
}

/**
 * The compilation as a 定密责任人 who did not draw it binds it anew, by its sources. Errors: `compilations.notOutgrown`,
 * `compilations.undecided`, `compilations.samePerson`.
 */
export async function reclassified(
  context: Context,
  compilationId: string,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<{ readonly value: StoredCompilation; readonly line: Reclassified }> {
  const { trx, account, now: at } = context
  await assertCompilationActs(context, compilationId)
  const row = (await findCompilation(trx, compilationId)) ?? fail('compilations.unknown')
  if (row.drafterId === account.id) fail('compilations.samePerson')
  const now = (await outgrown(context, row)) ?? fail('compilations.notOutgrown')
  if (now.undecided) fail('compilations.undecided')
  for (const caseId of await sourcesOf(trx, compilationId)) await assertCaseActs(context, caseId)
  const line = { id, level: now.level, term: now.term, reason, at, by: account.id }
  return { value: { ...row, reclassified: line }, line }
}

/** Keeps the new bond, signed; every paper made before is handled at the new level from now on. */
export async function bindAnew(context: Context, compilationId: string, line: Reclassified): Promise<void> {
  const { trx } = context
  await insertReclassified(trx, compilationId, line)
  const object = {
    objectKind: 'compilationLevel',
    objectId: line.id,
    objectHash: reclassifiedHash(compilationId, line),
  }
  await context.act({ kind: 'compilations.reclassify', ...object })
  for (const paper of await papersOf(trx, { caseId: null, compilationId }))
    await setPaperLevel(trx, paper.id, line.level)
  context.note({ level: line.level })
}
