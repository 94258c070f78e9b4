import type { Holder } from '#shared/domain/papers.ts'
import { assertCaseActs } from '../cases/acts.ts'
import { recordEvent } from '../cases/case-file.ts'
import { assertBound } from '../compilations/levels.ts'
import type { Context } from '../context.ts'

/** What a case or a compilation was decided to be is signed; checked before a paper of it leaves. Errors: `acts.invalid`, `compilations.outgrown`. */
export async function assertHolderActs(context: Context, { caseId, compilationId }: Holder): Promise<void> {
  if (caseId !== null) await assertCaseActs(context, caseId)
  if (compilationId !== null) await assertBound(context, compilationId)
}

/** Tells the history of a case what became of its papers; a compilation shows its copies itself. */
export async function recordOut(
  context: Context,
  { caseId }: Holder,
  kind: string,
  detail: Readonly<Record<string, string>>,
): Promise<void> {
  if (caseId !== null) await recordEvent(context, caseId, kind, 21, detail)
}
