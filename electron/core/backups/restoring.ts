import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncFolder } from '#db/sync-folder.ts'
import { fail } from '#shared/contract/errors.ts'
import { restoreDevice } from '../accounts/device.ts'
import { listKeyFiles } from '../accounts/key-files.ts'
import { appendRecord, confirmRecord } from '../accounts/ledger.ts'
import { openOffice, proveAccount } from '../accounts/unlock.ts'
import { appendLine } from '../audit/log.ts'
import type { Handlers } from '../context.ts'
import type { CoreControl } from '../core.ts'
import type { JobProgress, Jobs } from '../jobs/runner.ts'
import { archiveLayout } from '../session/folder.ts'
import { type CopyInput, copyListed } from './copying.ts'
import { isOurs, readManifest, storeError } from './store.ts'

interface Credentials {
  readonly login: string
  readonly password: string
}

export interface RestoreRequest {
  /** Folder of one backup. */
  readonly backup: string
  /** Folder of the restored archive; it must not exist. */
  readonly folder: string
  readonly reason: string
  readonly systemAdmin: Credentials
  readonly auditor: Credentials
  /** The device secret as it stands on its paper; empty on the machine that has it. */
  readonly device: string
}

/** What the officers are proved with; the rest follows when they are. */
function isSmall(path: string): boolean {
  return path.startsWith('accounts/') || path === 'office.db' || path === 'door.log'
}

/**
 * Puts a backup back into a folder that does not exist yet: 系统管理员 and 安全审计员 prove their passwords against the
 * backup's own key files, the manifest is compared with the ledger in it, and the restore stands in the restored ledger
 * under both signatures before the folder takes its name. A kill leaves `<folder>.part`, which the next attempt removes.
 * What was lost since that day is found at the next sign-in, as after any other step back.
 *
 * Errors: `backups.targetExists`, `backups.foreign`, `backups.differs`, `backups.missing`, `accounts.notOfficer`, those of
 * `proveAccount` and of the disk.
 */
export async function restoreBackup(
  { machineFolder, now: at, jobs }: { readonly machineFolder: string; readonly now: string; readonly jobs: Jobs },
  { backup, folder, reason, systemAdmin, auditor, device }: RestoreRequest,
  progress: (progress: JobProgress) => void,
): Promise<{ at: string; files: number; blobs: number }> {
  if (existsSync(folder)) fail('backups.targetExists')
  const part = `${folder}.part`
  const signed = await readManifest(backup)
  const { body: manifest } = signed
  let whole = false
  try {
    await clearPart(part)
    await mkdir(part, { recursive: true, mode: 0o700 })
    const small = manifest.files.filter(({ path }) => isSmall(path))
    for (const one of small) await copyListed(join(backup, one.path), join(part, one.path), one.path, one.sha256)
    const layout = archiveLayout(part)
    if (device !== '') restoreDevice(machineFolder, device, listKeyFiles(layout.accounts)[0]?.kdf.device ?? '')
    const place = { folder: part, machineFolder, now: at }
    const admin = await proveAccount({ ...place, ...systemAdmin })
    const second = await proveAccount({ ...place, ...auditor })
    const { office, ledger, key } = await openOffice(layout.officeDatabase, admin.file, admin.keys)
    try {
      if (!ledger.holds(admin.file.id, 'systemAdmin')) fail('accounts.notOfficer', { role: 'systemAdmin' })
      if (!ledger.holds(second.file.id, 'auditor')) fail('accounts.notOfficer', { role: 'auditor' })
      if (!isOurs(signed, ledger)) fail('backups.foreign')
      const done = small.map(({ path }) => path)
      await jobs.run<CopyInput, null>('restore', { backup, part, manifest, done }, { progress })
      await office.transaction(async (trx) => {
        const signer = { id: admin.file.id, key: admin.keys.signing }
        const body = { reason, findings: [], backup: { id: manifest.id, at: manifest.at }, at }
        const record = await appendRecord(trx, ledger, 'restore', body, signer)
        await confirmRecord(trx, ledger, record, at, { id: second.file.id, key: second.keys.signing })
        await appendLine(trx, 'office', {
          at,
          account: second.file.id,
          roles: ['auditor'],
          action: 'backups.restore',
          objectKind: 'backup',
          objectId: manifest.id,
          level: null,
          result: 'ok',
          detail: { record: record.seq },
        })
      })
    } finally {
      key.fill(0)
      for (const one of [admin, second]) one.keys.token.logout()
      await office.close()
    }
    if (existsSync(folder)) fail('backups.targetExists')
    await rename(part, folder)
    syncFolder(dirname(folder))
    whole = true
    return { at: manifest.at, files: manifest.files.length, blobs: manifest.blobs.length }
  } catch (error) {
    throw storeError(error)
  } finally {
    if (!whole) await rm(part, { recursive: true, force: true }).catch(() => undefined)
  }
}

/** Removes what a killed restore left, and nothing else: a folder of that name with other things in it is somebody's. */
async function clearPart(part: string): Promise<void> {
  const own = new Set(['accounts', 'blobs', 'office.db', 'cases.db', 'ca.key', 'recovery.key', 'door.log'])
  const names = await readdir(part).catch(() => [])
  if (names.some((name) => !own.has(name.replace(/-(wal|shm|journal)$/, '')))) fail('backups.targetExists')
  await rm(part, { recursive: true, force: true })
}

/** Before sign-in nothing is open: the two officers prove themselves with the call. */
export function restoreHandlers(control: CoreControl) {
  return {
    'backups.restore': {
      long: async (context, { job, ...request }) => {
        const place = { machineFolder: control.machineFolder, now: context.now, jobs: control.jobs }
        const done = await restoreBackup(place, request, (progress) =>
          context.push('jobs.progress', { job, ...progress }),
        )
        return { folder: request.folder, ...done }
      },
    },
  } satisfies Partial<Handlers>
}
