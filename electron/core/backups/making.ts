import { constants } from 'node:fs'
import { access, mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { openRaw } from '#db/connection.ts'
import { syncFolder } from '#db/sync-folder.ts'
import { fail } from '#shared/contract/errors.ts'
import { archiveLayout } from '../session/folder.ts'
import {
  archiveFiles,
  backupsAt,
  copyChecked,
  digestFile,
  type Manifest,
  storeError,
  storeLayout,
  sweepStore,
} from './store.ts'

export interface MakeInput {
  /** Folder of the archive; nobody has its cases.db open. */
  readonly archive: string
  /** Folder the user chose. */
  readonly place: string
  readonly id: string
  readonly genesis: string
  readonly trial: boolean
  readonly at: string
  readonly officeKey: Uint8Array
}

export interface Prepared {
  /** Folder of the backup, still `.part`. */
  readonly part: string
  readonly manifest: Manifest
}

type Told = (step: 'backup.files' | 'backup.blobs', done: number, total: number) => void

/**
 * Copies an archive into a place. `office.db` is copied by the database itself; `cases.db` is copied as it lies, with its
 * WAL: whoever makes backups holds no key to it, and while an officer is signed in nobody writes it. Attachments the place
 * has already are not copied again. Every copy is read back.
 *
 * Errors: `backups.full` (how many MB it needs), `backups.disk`, `backups.medium` (the medium gives back something else).
 * After any of them only finished attachments are left, which the next backup takes over.
 */
export async function prepareBackup(input: MakeInput, told: Told): Promise<Prepared> {
  const { archive, place, id, genesis, trial, at } = input
  const layout = archiveLayout(archive)
  const store = storeLayout(place)
  const part = join(store.root, `${at.slice(0, 10)}-${id}.part`)
  let needed = 0
  try {
    await mkdir(store.blobs, { recursive: true, mode: 0o700 })
    await sweepStore(place)
    const own = await ownFiles(archive)
    const ids = (await readdir(layout.blobs).catch(() => [])).filter((name) => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(name))
    const known = new Map(
      (await backupsAt(place)).flatMap(({ signed }) => signed.body.blobs.map((one) => [one.id, one])),
    )
    const fresh: { id: string; size: number }[] = []
    for (const name of ids) {
      if (!known.has(name) || !(await exists(join(store.blobs, name))))
        fresh.push({ id: name, size: (await stat(join(layout.blobs, name))).size })
    }
    const officeSize = (await stat(layout.officeDatabase)).size
    needed = officeSize + sum(own) + sum(fresh)
    const disk = await statfs(place)
    if (disk.bavail * disk.bsize < needed) fail('backups.full', { needed: Math.ceil(needed / 1_000_000) })

    await mkdir(part, { mode: 0o700 })
    const files: Manifest['files'][number][] = []
    let done = 0
    told('backup.files', done, needed)
    copyOffice(layout.officeDatabase, join(part, 'office.db'), input.officeKey)
    files.push({ path: 'office.db', ...(await digestFile(join(part, 'office.db'))) })
    done += officeSize
    for (const { path, size } of own) {
      files.push({ path, ...(await copyChecked(join(archive, path), join(part, path))) })
      done += size
      told('backup.files', done, needed)
    }
    const blobs: Manifest['blobs'][number][] = []
    for (const name of ids) {
      const added = fresh.find((one) => one.id === name)
      const before = known.get(name)
      if (added === undefined && before !== undefined) {
        blobs.push(before)
        continue
      }
      const to = join(store.blobs, name)
      await rm(`${to}.part`, { force: true })
      await rm(to, { force: true })
      blobs.push({ id: name, ...(await copyChecked(join(layout.blobs, name), `${to}.part`)) })
      await rename(`${to}.part`, to)
      done += added?.size ?? 0
      told('backup.blobs', done, needed)
    }
    syncFolder(store.blobs)
    syncFolder(part)
    return { part, manifest: { format: 'yuetan/backup/v1', id, genesis, trial, at, files, blobs } }
  } catch (error) {
    await rm(part, { recursive: true, force: true }).catch(() => undefined)
    throw storeError(error, needed)
  }
}

/** Key files and what else lies in the archive's folder, with their sizes. */
async function ownFiles(archive: string): Promise<{ path: string; size: number }[]> {
  const accounts = (await readdir(archiveLayout(archive).accounts)).filter((name) => !name.endsWith('.part'))
  const found: { path: string; size: number }[] = []
  for (const path of [...accounts.map((name) => `accounts/${name}`), ...archiveFiles]) {
    const size = await stat(join(archive, path)).then(
      (one) => one.size,
      () => null,
    )
    if (size !== null && (size > 0 || !path.endsWith('-wal'))) found.push({ path, size })
  }
  return found
}

function copyOffice(from: string, to: string, key: Uint8Array): void {
  const db = openRaw({ file: from, schema: 'office', key: () => Buffer.from(key) })
  try {
    db.prepare('VACUUM INTO ?').run(to)
  } finally {
    db.close()
  }
}

function sum(files: readonly { readonly size: number }[]): number {
  return files.reduce((total, one) => total + one.size, 0)
}

function exists(file: string): Promise<boolean> {
  return access(file, constants.R_OK).then(
    () => true,
    () => false,
  )
}
