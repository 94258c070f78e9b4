import type { Knex } from 'knex'
import type { Backup, Drill } from '#shared/domain/backups.ts'

// The register of backups and their drills, in office.db: it names no case.

interface BackupRow {
  readonly id: string
  readonly at: string
  readonly account_id: string
  readonly place: string
  readonly name: string
  readonly bytes: number
  readonly blobs: number
  readonly blob_bytes: number
  readonly removed_at: string | null
}

/** `by` is the account's id. */
export async function insertBackup(trx: Knex.Transaction, value: Omit<Backup, 'state' | 'drills'>): Promise<void> {
  await trx<BackupRow>('backups').insert({
    id: value.id,
    at: value.at,
    account_id: value.by,
    place: value.place,
    name: value.name,
    bytes: value.bytes,
    blobs: value.blobs,
    blob_bytes: value.blobBytes,
    removed_at: null,
  })
}

export async function removeBackups(trx: Knex.Transaction, ids: readonly string[], at: string): Promise<void> {
  await trx<BackupRow>('backups').whereIn('id', ids).whereNull('removed_at').update({ removed_at: at })
}

export async function insertDrill(
  trx: Knex.Transaction,
  id: string,
  backupId: string,
  { at, by, depth, ms, passed, checks }: Drill,
): Promise<void> {
  const body = JSON.stringify(checks)
  await trx('backup_drills').insert({
    id,
    backup_id: backupId,
    at,
    account_id: by,
    depth,
    ms,
    passed: passed ? 1 : 0,
    checks: body,
  })
}

/** Every backup, the last first; `by` are ids of accounts. */
export async function listBackups(db: Knex): Promise<Backup[]> {
  const rows: BackupRow[] = await db<BackupRow>('backups').orderBy('at', 'desc')
  const drills: {
    backup_id: string
    at: string
    account_id: string
    depth: Drill['depth']
    ms: number
    passed: 0 | 1
    checks: string
  }[] = await db('backup_drills').orderBy('id', 'desc')
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    by: row.account_id,
    place: row.place,
    name: row.name,
    bytes: row.bytes,
    blobs: row.blobs,
    blobBytes: row.blob_bytes,
    state: row.removed_at === null ? 'kept' : 'removed',
    drills: drills
      .filter((one) => one.backup_id === row.id)
      .map(({ at, account_id, depth, ms, passed, checks }) => ({
        at,
        by: account_id,
        depth,
        ms,
        passed: passed === 1,
        checks: JSON.parse(checks),
      })),
  }))
}
