import type { Knex } from 'knex'

/*
 * What is left of a destroyed case: registers that prove who did what with it, and nothing of what it said. Every table
 * that belongs to a case is found by its foreign keys and emptied, those of a later program too; only what is named here
 * stays, with its texts taken out.
 */
const kept: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  cases: {
    matter: "'（已按规定销毁）'",
    facts: "''",
    sources: "''",
    situations: "'[]'",
    amount_fen: 'NULL',
    instructions: "'[]'",
    scope_units: "'[]'",
    recusals: "'[]'",
    duty_reason: "''",
  },
  case_events: { detail: "'{}'" },
  case_scope: {},
  case_enterprises: {},
  notices: { fields: "'{}'" },
  notice_changes: { fields: "'{}'" },
  interviews: { place: 'NULL', host_person: 'NULL', host_title: 'NULL', fields: "'{}'" },
  minutes: { fields: "'{}'", reason: "''" },
  minutes_dispatches: { reason: "''" },
  numbers: {},
  classifications: { basis: "''", reason: "''", detail: "'{}'", opinion: "''" },
  classification_notices: {},
  classification_reviews: { note: "''" },
  // 移送 and 份号 are registers of other offices and of what left.
  referrals: {},
  discipline_referrals: {},
  papers: {},
  tickets: {},
  copies: {},
  copy_fates: {},
  volumes: { fields: "json_object('gaps', json_array(), 'note', '', 'level', json_extract(fields, '$.level'))" },
  volume_custody: { contents: "'[]'" },
  pieces: {},
  bundles: {},
  rectification_documents: { title: "''", note: "''" },
  incidents: {},
  borrowings: {},
  // A paper drawn from many cases stays, and where it was drawn from.
  compilation_sources: {},
  classification_reports: {},
  disposals: {},
  disposal_holds: {},
}

interface Related {
  readonly table: string
  /** SQL that is true for the rows of the case; one `?` for its id. */
  readonly where: string
}

interface ForeignKey {
  readonly table: string
  readonly from: string
  readonly to: string | null
}

/** Every table with rows of a case, parents before children. */
async function relatedTables(trx: Knex.Transaction): Promise<Related[]> {
  const tables: { name: string }[] = await trx.raw(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_%'",
  )
  const keys = new Map<string, ForeignKey[]>()
  for (const { name } of tables) keys.set(name, await trx.raw(`PRAGMA foreign_key_list("${name}")`))
  const found = new Map<string, Related>([['cases', { table: 'cases', where: 'id = ?' }]])
  for (let grown = true; grown; ) {
    grown = false
    for (const [table, list] of keys) {
      if (found.has(table)) continue
      const direct = list.find((key) => key.table === 'cases' && key.from === 'case_id')
      const parent = direct ?? list.find((key) => found.has(key.table))
      if (parent === undefined) continue
      const above = found.get(parent.table)
      const where =
        direct !== undefined
          ? 'case_id = ?'
          : `"${parent.from}" IN (SELECT "${parent.to ?? 'id'}" FROM "${parent.table}" WHERE ${above?.where})`
      found.set(table, { table, where })
      grown = true
    }
  }
  return [...found.values()]
}

/**
 * Takes the content of a case out of the database, inside the act's own transaction. Returns the ids of the attachments
 * whose keys were destroyed: their files are noise and are removed after the commit. Append-only tables are opened for
 * this and closed again in the same transaction; the schema is the same before and after.
 */
export async function purgeCase(
  trx: Knex.Transaction,
  caseId: string,
  closing: { at: string; by: string },
): Promise<string[]> {
  await trx.raw('PRAGMA defer_foreign_keys = ON')
  const related = await relatedTables(trx)
  const names = related.map((one) => one.table)
  const guards: { name: string; sql: string }[] = await trx('sqlite_master')
    .where({ type: 'trigger' })
    .whereIn('tbl_name', [...names, 'approvals'])
    .where('sql', 'like', '%RAISE(ABORT%')
    .select('name', 'sql')
  for (const { name } of guards) await trx.raw(`DROP TRIGGER "${name}"`)

  const blobs = new Set<string>()
  for (const { table, where } of related) {
    const keys: ForeignKey[] = await trx.raw(`PRAGMA foreign_key_list("${table}")`)
    for (const { from } of keys.filter((key) => key.table === 'blobs' && key.from !== 'certificate_blob_id')) {
      const rows: { id: string }[] = await trx.raw(
        `SELECT DISTINCT "${from}" AS id FROM "${table}" WHERE "${from}" IS NOT NULL AND ${where}`,
        [caseId],
      )
      for (const row of rows) blobs.add(row.id)
    }
  }
  // Opinions stand beside objects of the case without a key to it.
  for (const table of ['notices', 'notice_changes', 'minutes'])
    await trx('approvals')
      .where('object_id', 'in', trx(table).where({ case_id: caseId }).select('id'))
      .update({ opinion: '' })
  // Children first: what hangs on a row is found through it.
  for (const { table, where } of related.toReversed()) {
    if (kept[table] === undefined) await trx.raw(`DELETE FROM "${table}" WHERE ${where}`, [caseId])
  }
  for (const { table, where } of related) {
    const set = Object.entries(kept[table] ?? {}).map(([column, value]) => `"${column}" = ${value}`)
    if (set.length > 0) await trx.raw(`UPDATE "${table}" SET ${set.join(', ')} WHERE ${where}`, [caseId])
  }
  await trx('case_scope')
    .where({ case_id: caseId, removed_at: null })
    .update({ removed_at: closing.at, removed_by: closing.by })
  const ids = [...blobs]
  await trx('blob_texts').whereIn('blob_id', ids).delete()
  await trx('blobs')
    .whereIn('id', ids)
    .update({ key: Buffer.alloc(0), name: '', media_type: '' })
  for (const { sql } of guards) await trx.raw(sql)
  return ids
}
