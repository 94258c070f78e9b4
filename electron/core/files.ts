import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { ulid } from 'ulid'
import { syncFolder } from '#db/sync-folder.ts'

/** Writes a file whole or not at all: temporary file beside it, fsync, rename, fsync of the folder. Mode 600. */
export function writeWhole(file: string, content: string | Uint8Array): void {
  const part = `${file}.${ulid()}.part`
  try {
    const handle = openSync(part, 'wx', 0o600)
    try {
      const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(part, file)
    syncFolder(dirname(file))
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
}
