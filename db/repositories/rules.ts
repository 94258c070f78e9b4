import type { Knex } from 'knex'

/** A rule profile, holiday pack or retention table as it was imported. The ledger says which of them hold; this only keeps their text. */
export interface NormRow {
  readonly hash: string
  readonly kind: 'ruleProfile' | 'holidayPack' | 'retentionTable'
  readonly body: string
  readonly at: string
  readonly account_id: string
}

/** Keeps a file's content; the same content twice is one row. */
export async function keepNorm(trx: Knex.Transaction, row: NormRow): Promise<void> {
  await trx<NormRow>('norms').insert(row).onConflict('hash').ignore()
}

export async function normBodies(office: Knex): Promise<Map<string, string>> {
  const rows: Pick<NormRow, 'hash' | 'body'>[] = await office<NormRow>('norms').select('hash', 'body')
  return new Map(rows.map((row) => [row.hash, row.body]))
}
