import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { type Database, openDatabase } from '#db/connection.ts'
import { YuetanError } from '#shared/contract/errors.ts'
import type { DrillCheck, DrillResult } from '#shared/domain/backups.ts'
import { type Ledger, readLedger } from '../accounts/ledger.ts'
import { verifyLog } from '../audit/heads.ts'
import { type Blob, readBlob } from '../blobs.ts'
import { blobsBeside, copyChecked, digestFile, type Manifest } from './store.ts'

export interface CheckInput {
  readonly backup: string
  readonly manifest: Manifest
  /** Folder the backup is restored into for the check; removed afterwards, and first if one was left. */
  readonly scratch: string
  readonly officeKey: Uint8Array
  /** Null for an officer: then cases.db is compared byte by byte and not opened. */
  readonly casesKey: Uint8Array | null
}

type Told = (step: 'drill.files' | 'drill.open' | 'drill.blobs', done: number, total: number) => void

/**
 * Restores a backup beside the archive and looks at everything the keys at hand can open: digests of every file, integrity
 * and schema of the databases, the ledger replayed from its genesis, both logs with their signed heads, and every
 * attachment read to its end. Nothing is written into the backup. What fails is named; nothing is thrown for it.
 */
export async function checkBackup(input: CheckInput, told: Told): Promise<DrillResult[]> {
  const { backup, manifest, scratch } = input
  const results: DrillResult[] = []
  const look = async (code: DrillCheck, work: () => Promise<string>): Promise<void> => {
    results.push(
      await work().then(
        (detail): DrillResult => ({ code, result: 'passed', detail }),
        (error: unknown): DrillResult => ({ code, result: 'failed', detail: codeOf(error) }),
      ),
    )
  }
  await rm(scratch, { recursive: true, force: true })
  await mkdir(scratch, { recursive: true, mode: 0o700 })
  const open: Database[] = []
  try {
    const total = manifest.files.reduce((sum, one) => sum + one.size, 0)
    await look('files', async () => {
      let done = 0
      for (const { path, size, sha256 } of manifest.files) {
        const copy = await copyChecked(join(backup, path), join(scratch, path))
        if (copy.sha256 !== sha256 || copy.size !== size) throw new YuetanError('backups.differs', { file: path })
        done += size
        told('drill.files', done, total)
      }
      return String(manifest.files.length)
    })
    told('drill.open', 0, 0)
    const opened = async (name: 'office' | 'cases', key: Uint8Array): Promise<Knex> => {
      const file = join(scratch, `${name}.db`)
      const database = await openDatabase({ file, schema: name, key: () => Buffer.from(key) })
      open.push(database)
      const [row]: { integrity_check: string }[] = await database.knex.raw('PRAGMA integrity_check')
      if (row?.integrity_check !== 'ok') throw new YuetanError('db.corrupt', { database: name })
      return database.knex
    }
    let office: Knex | null = null
    let ledger: Ledger | null = null
    await look('office', async () => {
      office = await opened('office', input.officeKey)
      return 'integrity_check'
    })
    await look('ledger', async () => {
      ledger = await readLedger(office ?? missing(), manifest.genesis)
      const [row] = await (office ?? missing())('ledger').count({ n: '*' })
      return String(row?.n ?? 0)
    })
    const log = async (db: Knex | null, name: 'office' | 'cases'): Promise<string> => {
      const report = await verifyLog(db ?? missing(), name, ledger ?? missing())
      if (report.fault !== null) throw new YuetanError(`log.${report.fault.reason}`)
      return String(report.lines)
    }
    await look('officeLog', () => log(office, 'office'))
    const { casesKey } = input
    let cases: Knex | null = null
    if (casesKey === null) {
      for (const code of ['cases', 'casesLog', 'contents'] as const)
        results.push({ code, result: 'notHeld', detail: '' })
    } else {
      await look('cases', async () => {
        cases = await opened('cases', casesKey)
        return 'integrity_check'
      })
      await look('casesLog', () => log(cases, 'cases'))
    }
    const blobs = blobsBeside(backup)
    await look('blobs', async () => {
      for (const [at, one] of manifest.blobs.entries()) {
        told('drill.blobs', at, manifest.blobs.length)
        const found = await digestFile(join(blobs, one.id))
        if (found.sha256 !== one.sha256) throw new YuetanError('backups.differs', { file: one.id })
      }
      return String(manifest.blobs.length)
    })
    if (casesKey !== null) {
      await look('contents', async () => {
        const rows: Blob[] = await (cases ?? missing())('blobs').select('id', 'key', 'sha256', 'size')
        for (const row of rows) for await (const _chunk of readBlob(blobs, row));
        return String(rows.length)
      })
    }
    return results
  } finally {
    for (const one of open) await one.close()
    await rm(scratch, { recursive: true, force: true })
  }
}

function missing(): never {
  throw new YuetanError('backups.unopened')
}

function codeOf(error: unknown): string {
  if (error instanceof YuetanError) return error.params.file ? `${error.code} ${error.params.file}` : error.code
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}
