import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { assertRuntime } from '#db/connection.ts'
import { RawDriver } from '#db/driver.ts'
import { sqliteCode } from '#db/errors.ts'
import { fail, YuetanError } from '#shared/contract/errors.ts'

/** Where everything of an archive stands (DESIGN §4). */
export interface ArchiveLayout {
  readonly folder: string
  readonly accounts: string
  readonly officeDatabase: string
  readonly casesDatabase: string
  readonly caKey: string
  readonly recoveryKey: string
  readonly doorLog: string
  readonly journal: string
  readonly blobs: string
  readonly backups: string
  readonly lock: string
}

export function archiveLayout(folder: string): ArchiveLayout {
  return {
    folder,
    accounts: join(folder, 'accounts'),
    officeDatabase: join(folder, 'office.db'),
    casesDatabase: join(folder, 'cases.db'),
    caKey: join(folder, 'ca.key'),
    recoveryKey: join(folder, 'recovery.key'),
    doorLog: join(folder, 'door.log'),
    journal: join(folder, 'journal'),
    blobs: join(folder, 'blobs'),
    backups: join(folder, 'backups'),
    lock: join(folder, 'lock'),
  }
}

export interface FolderLock {
  /** Gives the folder back; harmless when done twice. */
  release(): void
}

/**
 * Checks that a folder can hold an archive and takes it for this process.
 *
 * The lock is the operating system's own lock on the file `lock`, taken through the database driver: it ends with the
 * process however that ends, so a kill -9 or a power cut leaves nothing stale behind and no process number is believed.
 *
 * Errors: `folder.missing`, `folder.isFile`, `folder.readOnly`, `folder.full`, `folder.inUse`, `folder.disk`.
 */
export function lockFolder(folder: string): FolderLock {
  assertFolder(folder)
  assertWritable(folder)
  assertRuntime()
  const { lock } = archiveLayout(folder)
  let raw: InstanceType<typeof RawDriver> | undefined
  try {
    writeFileSync(lock, '', { flag: 'a', mode: 0o600 })
    raw = new RawDriver(lock, { fileMustExist: true, timeout: 0 })
    // Nothing is ever written: the transaction only holds the lock, and no rollback file is made for it.
    raw.pragma('journal_mode=MEMORY')
    raw.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    raw?.close()
    const code = sqliteCode(error) ?? ''
    if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) fail('folder.inUse')
    fail('folder.disk', { code: code || errno(error) })
  }
  const held = raw
  return {
    release: () => {
      if (held.open) held.close()
    },
  }
}

/** Refuses a folder that is not there or is a file. */
export function assertFolder(folder: string): void {
  let found: ReturnType<typeof statSync>
  try {
    found = statSync(folder, { throwIfNoEntry: false })
  } catch (error) {
    fail('folder.disk', { code: errno(error) })
  }
  if (!found) fail('folder.missing')
  if (!found.isDirectory()) fail('folder.isFile')
}

/** Writes and removes a probe: permission bits say nothing about a read-only disc or an administrator. */
export function assertWritable(folder: string): void {
  const probe = join(folder, `.probe-${process.pid}`)
  try {
    mkdirSync(probe)
    rmSync(probe, { recursive: true })
  } catch (error) {
    throw folderError(error)
  }
}

/** What a file system error says about the folder: `folder.readOnly`, `folder.full`, `folder.disk`; others stay as they are. */
export function folderError(error: unknown): unknown {
  const code = errno(error)
  if (error instanceof YuetanError || code === '') return error
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return new YuetanError('folder.readOnly')
  if (code === 'ENOSPC' || code === 'EDQUOT') return new YuetanError('folder.full')
  return new YuetanError('folder.disk', { code })
}

function errno(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
