import { closeSync, fsyncSync, openSync, rmSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Knex } from 'knex'
import { fail, YuetanError } from '#shared/contract/errors.ts'
import { createKnex } from './dialect.ts'
import { type RawDatabase, RawDriver } from './driver.ts'
import { databaseError } from './errors.ts'
import { type DatabaseName, migrations } from './migrations/index.ts'
import { migrate } from './migrations/migrate.ts'
import { compareSchema } from './schema.ts'
import { syncFolder } from './sync-folder.ts'

export type { DatabaseName } from './migrations/index.ts'

/** An open, checked, encrypted database with exactly one connection. */
export interface Database {
  readonly file: string
  readonly name: DatabaseName
  readonly readOnly: boolean
  readonly knex: Knex
  /**
   * Runs one short write transaction. Anything thrown inside rolls it back and is thrown on. `work` must use the given
   * transaction only: the pool has one connection.
   */
  transaction<T>(work: (trx: Knex.Transaction) => Promise<T>): Promise<T>
  /** Writes the WAL back into the file and closes; harmless when already closed. */
  close(): Promise<void>
}

export interface OpenOptions {
  /** Absolute path of the database file. */
  readonly file: string
  /** Hands out the raw 32-byte key; called once for each connection; the caller's to wipe. */
  readonly key: () => Buffer
  readonly schema: DatabaseName
  /** Makes the file, which must not exist yet. Never set where an archive is expected. */
  readonly create?: boolean
  readonly readOnly?: boolean
}

const keyLength = 32
/** Smallest page of an SQLite file; anything shorter is not a whole first page. */
const smallestFile = 512

/**
 * Stops with `runtime.napi` where the driver would end the process without a word: it needs Node-API 10
 * (Node 22.14 and later), and on Node 20 it dies of a segmentation fault (TECH §1).
 */
export function assertRuntime(napi = Number(process.versions.napi)): void {
  if (!(napi >= 10)) fail('runtime.napi', { found: Number.isFinite(napi) ? napi : 0, needed: 10 })
}

/**
 * Opens an encrypted database, brings its schema up to date and proves that it is the shipped one.
 *
 * Errors: `runtime.napi`, `db.missing`, `db.isFolder`, `db.exists` (create), `db.empty`, `db.wrongKey` (wrong key or
 * a damaged first page: SQLCipher cannot tell), `db.corrupt`, `db.newer`, `db.schemaDiffers` (names the object),
 * `db.readOnly`, `db.diskFull`, `db.disk`, `db.busy`. None carries a path, a key or SQL text.
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  assertRuntime()
  const { file, schema } = options
  const readOnly = options.readOnly ?? false
  if (options.create) createFile(file)
  else checkFile(file, schema)

  let first: RawDatabase | undefined
  try {
    first = openRaw(options)
    if (!readOnly) migrate(first, schema, migrations[schema], options.create ?? false)
    compareSchema(first, schema, migrations[schema])
  } catch (error) {
    first?.close()
    if (options.create) removeFiles(file)
    throw databaseError(error, schema)
  }

  const knex = createKnex(schema, () => {
    const connection = first ?? openRaw(options)
    first = undefined
    return connection
  })
  let closing: Promise<void> | undefined
  return {
    file,
    name: schema,
    readOnly,
    knex,
    transaction: (work) => knex.transaction(work),
    close: () => {
      closing ??= (async () => {
        // The pool may not have taken the first connection yet.
        first?.close()
        first = undefined
        await knex.destroy()
      })()
      return closing
    },
  }
}

function checkFile(file: string, schema: DatabaseName): void {
  const found = statSync(file, { throwIfNoEntry: false })
  if (found === undefined) fail('db.missing', { database: schema })
  if (found.isDirectory()) fail('db.isFolder', { database: schema })
  // SQLite takes an empty file for a new database: a truncated archive must never turn into an empty one.
  if (found.size < smallestFile) fail('db.empty', { database: schema })
}

function createFile(file: string): void {
  const name = basename(file)
  let handle: number
  try {
    handle = openSync(file, 'wx', 0o600)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'EEXIST') fail('db.exists', { database: name })
    if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') fail('db.readOnly', { database: name })
    if (code === 'ENOSPC') fail('db.diskFull', { database: name })
    if (code === 'ENOENT' || code === 'ENOTDIR') fail('db.missing', { database: name })
    throw new YuetanError('db.disk', { database: name })
  }
  fsyncSync(handle)
  closeSync(handle)
  syncFolder(dirname(file))
}

function removeFiles(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true })
}

/** The opening recipe of TECH §2.3. The key goes in as bytes, never as SQL text. */
export function openRaw({ file, key, schema, readOnly = false }: OpenOptions): RawDatabase {
  let raw: RawDatabase | undefined
  try {
    raw = new RawDriver(file, { fileMustExist: true, readonly: readOnly })
    raw.pragma("cipher='sqlcipher'")
    raw.pragma('legacy=4')
    applyKey(raw, key(), schema)
    raw.prepare('SELECT count(*) FROM sqlite_master').get()
    if (readOnly) raw.pragma('query_only=ON')
    else raw.pragma('journal_mode=WAL')
    raw.pragma('synchronous=FULL')
    raw.pragma('foreign_keys=ON')
    raw.pragma('temp_store=MEMORY')
    // What is removed is overwritten: a destroyed volume leaves no text on a free page.
    raw.pragma('secure_delete=ON')
    raw.pragma('trusted_schema=OFF')
    raw.pragma('cell_size_check=ON')
    return raw
  } catch (error) {
    raw?.close()
    if (error instanceof YuetanError) throw error
    const mapped = databaseError(error, schema)
    throw mapped instanceof YuetanError ? mapped : new YuetanError('db.disk', { database: schema })
  }
}

function applyKey(raw: RawDatabase, key: Buffer, schema: DatabaseName): void {
  if (key.length !== keyLength) fail('db.wrongKey', { database: schema })
  const notation = rawNotation(key)
  try {
    raw.key(notation)
  } finally {
    notation.fill(0)
  }
}

/** SQLCipher's raw-key notation as bytes: 64 hex digits and no KDF, since the key is random already. The caller wipes it. */
export function rawNotation(key: Buffer): Buffer {
  const notation = Buffer.alloc(3 + keyLength * 2)
  notation.write("x'", 0, 'latin1')
  notation.write(key.toString('hex'), 2, 'latin1')
  notation.write("'", notation.length - 1, 'latin1')
  return notation
}
