import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { fail } from '#shared/contract/errors.ts'
import { openRaw, rawNotation } from './connection.ts'
import { databaseError } from './errors.ts'
import { type DatabaseName, migrations } from './migrations/index.ts'
import { compareSchema } from './schema.ts'
import { syncFolder } from './sync-folder.ts'

export interface Renewal {
  /** Absolute path of the database; nobody else may have it open. */
  readonly file: string
  readonly schema: DatabaseName
  readonly oldKey: Buffer
  readonly newKey: Buffer
}

export type RenewalStep = 'copy' | 'rekey' | 'check' | 'rename'

/** Where the copy stands while it is made. */
export function renewedFile(file: string): string {
  return `${file}.renewed`
}

/**
 * Puts a database under a new key: copy (`VACUUM INTO`), re-key the copy in DELETE journal (re-keying under WAL
 * corrupts, TECH §2.2), check it whole, rename it over the old file. The old file stays what it was until the rename,
 * so that a kill at any moment leaves a database that opens, and the renewal is simply done again.
 *
 * Errors: those of opening; `db.diskFull`; `db.renewalDiffers` when the copy is not the original.
 */
export function renewKey({ file, schema, oldKey, newKey }: Renewal, step: (name: RenewalStep) => void): void {
  const part = renewedFile(file)
  removeWithLogs(part)
  try {
    step('copy')
    const old = openRaw({ file, schema, key: () => Buffer.from(oldKey) })
    const before = measureDatabase(old)
    try {
      compareSchema(old, schema, migrations[schema])
      old.prepare('VACUUM INTO ?').run(part)
      // Nothing of the old file may wait in its WAL when the new one takes its name.
      old.pragma('wal_checkpoint(TRUNCATE)')
    } finally {
      old.close()
    }
    step('rekey')
    const copy = openRaw({ file: part, schema, key: () => Buffer.from(oldKey) })
    const notation = rawNotation(newKey)
    try {
      copy.pragma('journal_mode=DELETE')
      copy.rekey(notation)
    } finally {
      notation.fill(0)
      copy.close()
    }
    step('check')
    const renewed = openRaw({ file: part, schema, key: () => Buffer.from(newKey), readOnly: true })
    try {
      compareSchema(renewed, schema, migrations[schema])
      const sound = renewed.pragma('integrity_check', { simple: true }) === 'ok'
      if (!sound || measureDatabase(renewed) !== before) fail('db.renewalDiffers', { database: schema })
    } finally {
      renewed.close()
    }
    syncFile(part)
    step('rename')
    removeLogs(file)
    renameSync(part, file)
    syncFolder(dirname(file))
  } catch (error) {
    removeWithLogs(part)
    throw databaseError(error, schema)
  }
}

/** Rows of every table and the end of the log: what a copy must have in common with its original. */
function measureDatabase(db: ReturnType<typeof openRaw>): string {
  const tables = db
    .prepare<[], { name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'",
    )
    .all()
  const counts = tables.map(({ name }) => {
    const row = db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM "${name.replaceAll('"', '""')}"`).all()[0]
    return [name, row?.n ?? 0]
  })
  const end = db.prepare('SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1').all()
  return JSON.stringify([counts.sort(), end])
}

function syncFile(file: string): void {
  const handle = openSync(file, 'r+')
  fsyncSync(handle)
  closeSync(handle)
}

function removeLogs(file: string): void {
  for (const suffix of ['-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true })
}

function removeWithLogs(file: string): void {
  if (existsSync(file)) rmSync(file)
  removeLogs(file)
}
