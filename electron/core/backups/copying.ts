import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fail } from '#shared/contract/errors.ts'
import { archiveLayout } from '../session/folder.ts'
import { blobsBeside, copyChecked, type Manifest, storeError } from './store.ts'

export interface CopyInput {
  readonly backup: string
  readonly part: string
  readonly manifest: Manifest
  /** Files that stand in `part` already. */
  readonly done: readonly string[]
}

type Told = (step: 'restore.files' | 'restore.blobs', done: number, total: number) => void

/** Copies what is left of a backup, every byte compared with its manifest. Errors: `backups.differs`, those of the disk. */
export async function copyRest({ backup, part, manifest, done }: CopyInput, told: Told): Promise<void> {
  try {
    for (const [at, one] of manifest.files.filter(({ path }) => !done.includes(path)).entries()) {
      told('restore.files', at, manifest.files.length)
      await copyListed(join(backup, one.path), join(part, one.path), one.path, one.sha256)
    }
    await mkdir(archiveLayout(part).blobs, { recursive: true, mode: 0o700 })
    for (const [at, one] of manifest.blobs.entries()) {
      told('restore.blobs', at, manifest.blobs.length)
      await copyListed(join(blobsBeside(backup), one.id), join(archiveLayout(part).blobs, one.id), one.id, one.sha256)
    }
  } catch (error) {
    throw storeError(error)
  }
}

/** One file of a backup, which must be what the manifest says. Errors: `backups.missing`, `backups.differs`. */
export async function copyListed(from: string, to: string, name: string, sha256: string): Promise<void> {
  if (!existsSync(from)) fail('backups.missing', { file: name })
  if ((await copyChecked(from, to)).sha256 !== sha256) fail('backups.differs', { file: name })
}
