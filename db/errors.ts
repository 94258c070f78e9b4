import { YuetanError } from '#shared/contract/errors.ts'

/** What a failing SQLite call means to the person at the screen. Never carries SQL, bindings or a pragma. */
const codes: ReadonlyArray<readonly [prefix: string, code: string]> = [
  ['SQLITE_NOTADB', 'db.wrongKey'],
  ['SQLITE_CORRUPT', 'db.corrupt'],
  ['SQLITE_IOERR_SHORT_READ', 'db.corrupt'],
  ['SQLITE_READONLY', 'db.readOnly'],
  ['SQLITE_PERM', 'db.readOnly'],
  ['SQLITE_FULL', 'db.diskFull'],
  ['SQLITE_IOERR', 'db.disk'],
  ['SQLITE_CANTOPEN', 'db.disk'],
  ['SQLITE_BUSY', 'db.busy'],
  ['SQLITE_LOCKED', 'db.busy'],
]

/** The SQLite result code of a driver error, or undefined for anything else. */
export function sqliteCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined
  return error.code.startsWith('SQLITE_') ? error.code : undefined
}

/**
 * Turns a driver error about the file or the disk into its typed error; anything else (a broken constraint, a bug in
 * a statement) comes back as it is. `database` is the short name, never a path.
 */
export function databaseError(error: unknown, database: string): unknown {
  const sqlite = sqliteCode(error)
  if (sqlite === undefined) return error
  const known = codes.find(([prefix]) => sqlite.startsWith(prefix))
  return known ? new YuetanError(known[1], { database, sqlite }) : error
}
