import type { Knex } from 'knex'
import type { FixityRun } from '#shared/domain/fixity.ts'

// Checks of what the archive keeps.

export type StoredRun = Omit<FixityRun, 'faults'> & {
  readonly faults: readonly Omit<FixityRun['faults'][number], 'title'>[]
}

/** `by` is the account's id. */
export async function insertRun(trx: Knex.Transaction, value: StoredRun): Promise<void> {
  const { id, at, by, faults, ...counts } = value
  await trx('fixity_runs').insert({
    id,
    at,
    account_id: by,
    counts: JSON.stringify(counts),
    faults: JSON.stringify(faults),
  })
}

export async function listRuns(trx: Knex.Transaction, limit: number): Promise<StoredRun[]> {
  const rows: { id: string; at: string; account_id: string; counts: string; faults: string }[] = await trx(
    'fixity_runs',
  )
    .orderBy('id', 'desc')
    .limit(limit)
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    by: row.account_id,
    ...JSON.parse(row.counts),
    faults: JSON.parse(row.faults),
  }))
}

/** Papers whose digest is not that of the attachment they stand for. */
export async function alteredPapers(trx: Knex.Transaction): Promise<string[]> {
  const rows: { id: string }[] = await trx('papers as p')
    .join('blobs as b', 'b.id', 'p.blob_id')
    .whereRaw('p.sha256 <> b.sha256')
    .select('p.id')
  return rows.map((row) => row.id)
}

export async function countPapers(trx: Knex.Transaction): Promise<number> {
  const row = await trx('papers').count({ n: '*' }).first()
  return Number(row?.n ?? 0)
}

/** Bundles whose file took its name, with the place it was written to. */
export async function writtenBundles(
  trx: Knex.Transaction,
): Promise<{ id: string; file: string; folder: string; sha256: string }[]> {
  return trx('bundles')
    .whereNotNull('written_at')
    .select({ id: 'id', file: 'file_name', folder: 'folder', sha256: 'sha256' })
}

/** Titles of papers that are not closed, and of files by their attachment, in a set of cases. */
export async function titlesIn(
  trx: Knex.Transaction,
  ids: () => Knex.QueryBuilder,
  closed: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const papers: { id: string; blob_id: string; title: string }[] = await trx('papers')
    .whereIn('case_id', ids())
    .select('id', 'blob_id', 'title')
  const documents: { blob_id: string; title: string }[] = await trx('rectification_documents')
    .whereIn('case_id', ids())
    .whereNotNull('blob_id')
    .select('blob_id', 'title')
  return new Map([
    ...documents.map((one) => [one.blob_id, one.title] as const),
    ...papers
      .filter((one) => !closed.has(one.id))
      .flatMap((one) => [[one.id, one.title] as const, [one.blob_id, one.title] as const]),
  ])
}
