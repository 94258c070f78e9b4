import type { Knex } from 'knex'
import type { UnfinishedForm } from '#shared/domain/forms.ts'
import { casesInScope } from './cases.ts'

// Forms an account left unfinished, one row each.

/** The account's unfinished forms; those of a case only while it lies in the account's 知悉范围. */
export async function formsOf(trx: Knex.Transaction, accountId: string): Promise<UnfinishedForm[]> {
  return trx('forms')
    .where({ account_id: accountId })
    .where((row) => row.whereNull('case_id').orWhereIn('case_id', casesInScope(trx, accountId)))
    .orderBy('at')
    .select('form', 'body')
}

export async function keepForm(
  trx: Knex.Transaction,
  value: UnfinishedForm & { readonly accountId: string; readonly caseId: string | null; readonly now: string },
): Promise<void> {
  const { accountId, caseId, form, body, now } = value
  await trx('forms')
    .insert({ account_id: accountId, form, case_id: caseId, body, at: now })
    .onConflict(['account_id', 'form'])
    .merge()
}

export async function forgetForm(trx: Knex.Transaction, accountId: string, form: string): Promise<void> {
  await trx('forms').where({ account_id: accountId, form }).delete()
}
