import { createHash } from 'node:crypto'
import { open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fail } from '#shared/contract/errors.ts'
import type { Level } from '#shared/domain/secrecy.ts'
import type { Context } from '../context.ts'

/** Signs no file system of an office takes, and those that would name another folder. */
const forbidden = /[\\/:*?"<>|\p{Cc}]/gu

/** A name as a file system of an office takes it. */
export function safeName(name: string): string {
  return name.replace(forbidden, '_')
}

/** Errors: `papers.noFolder` unless the path is an existing folder. */
export async function assertFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined)
  if (!found?.isDirectory()) fail('papers.noFolder')
}

/**
 * Writes bytes into a folder the user chose, under a name nobody has yet: whole and synced before the name shows, and
 * never over another file. Returns the file's path. Errors: `papers.noFolder`, `papers.diskFull`, `papers.disk`.
 */
export async function exportFile(folder: string, name: string, bytes: Uint8Array): Promise<string> {
  await assertFolder(folder)
  const safe = safeName(name)
  const dot = safe.lastIndexOf('.')
  const [stem, ending] = dot > 0 ? [safe.slice(0, dot), safe.slice(dot)] : [safe, '']
  try {
    for (let attempt = 1; ; attempt += 1) {
      const file = join(folder, attempt === 1 ? safe : `${stem}（${attempt}）${ending}`)
      // The empty file takes the name; the whole one replaces it.
      const reserved = await open(file, 'wx', 0o600).catch((error: unknown) => {
        if (codeOf(error) === 'EEXIST') return null
        throw error
      })
      if (!reserved) continue
      await reserved.close()
      const part = `${file}.part`
      try {
        const handle = await open(part, 'wx', 0o600)
        try {
          await handle.writeFile(bytes)
          await handle.sync()
        } finally {
          await handle.close()
        }
        await rename(part, file)
        return file
      } catch (error) {
        await rm(part, { force: true })
        await rm(file, { force: true })
        throw error
      }
    }
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOSPC' || code === 'EDQUOT') fail('papers.diskFull')
    return fail('papers.disk', { code })
  }
}

/**
 * A table of the own scope leaves: written as `exportFile` writes, its log line with the highest level, the number of rows
 * and the digest. Errors: those of `exportFile`.
 */
export async function exportTable(
  context: Context,
  folder: string,
  name: string,
  table: { readonly bytes: Uint8Array; readonly rows: number; readonly level: Level },
): Promise<{ readonly file: string; readonly rows: number }> {
  const { bytes, rows, level } = table
  context.note({ level, detail: { rows, sha256: createHash('sha256').update(bytes).digest('hex') } })
  return { file: await exportFile(folder, name, bytes), rows }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}
