import { enterprisesOfCase } from '#db/repositories/cases.ts'
import { entriesOfCase, planRows } from '#db/repositories/rectification.ts'
import { fail } from '#shared/contract/errors.ts'
import type { Context } from '../context.ts'

/** Refuses an enterprise that is not called in this case. Errors: `rectification.unknownEnterprise`. */
export async function assertEnterprise(context: Context, caseId: string, enterpriseId: string): Promise<void> {
  const known = await enterprisesOfCase(context.trx, caseId)
  if (!known.some((one) => one.id === enterpriseId)) fail('rectification.unknownEnterprise')
}

/** What follows from the interview cannot come before it (Art. 11–16). Errors: `rectification.beforeInterview`. */
export async function assertInterviewed(
  context: Context,
  caseId: string,
  enterpriseId: string,
  kind: string,
): Promise<void> {
  const { trx } = context
  const rows = await planRows(trx, trx('cases').where({ id: caseId }).select('id'))
  if (!rows.some((one) => one.enterpriseId === enterpriseId)) fail('rectification.beforeInterview', { kind })
}

/** Refuses an act for an enterprise that was closed (销账, Art. 16). Errors: `rectification.closed`, or the given code. */
export async function assertOpen(
  context: Context,
  caseId: string,
  enterpriseId: string,
  code = 'rectification.closed',
): Promise<void> {
  const entries = await entriesOfCase(context.trx, caseId)
  if (entries.some((one) => one.enterprise_id === enterpriseId && one.kind === 'closure')) fail(code)
}
