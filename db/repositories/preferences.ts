import type { Knex } from 'knex'

// What an account chose for itself: the keys of the live record, views and columns of a list; one slot each.

/** What an account chose for itself in a slot, as JSON; null when it chose nothing. */
export async function preferenceOf(trx: Knex.Transaction, accountId: string, slot: string): Promise<string | null> {
  const row: { body: string } | undefined = await trx('preferences')
    .where({ account_id: accountId, slot })
    .first('body')
  return row?.body ?? null
}

export async function keepPreference(
  trx: Knex.Transaction,
  value: { readonly accountId: string; readonly slot: string; readonly body: string; readonly now: string },
): Promise<void> {
  await trx('preferences')
    .insert({ account_id: value.accountId, slot: value.slot, body: value.body, at: value.now })
    .onConflict(['account_id', 'slot'])
    .merge()
}
