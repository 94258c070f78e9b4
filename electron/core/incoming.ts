import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { fail } from '#shared/contract/errors.ts'
import { type Blob, writeBlob } from './blobs.ts'
import type { Outside } from './context.ts'
import { parseText } from './parse.ts'
import { archiveLayout } from './session/folder.ts'

const mediaTypes: Readonly<Record<string, string>> = {
  '.pdf': 'application/pdf',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
  '.ofd': 'application/ofd',
  '.txt': 'text/plain',
}
/** Largest file that is taken in; scans of a thick report stay far below. */
const maxFile = 512 * 1024 * 1024

/**
 * Takes a file the user named into the archive as an encrypted blob, with its words for the search; its row is the act's
 * to write. Errors: `rectification.noFile`, `rectification.fileTooLarge`, those of `writeBlob`.
 */
export async function storeFile(
  context: Outside,
  file: string,
): Promise<{ readonly blob: Blob; readonly name: string; readonly mediaType: string; readonly text: string }> {
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile()) fail('rectification.noFile')
  if (found.size > maxFile) fail('rectification.fileTooLarge', { limit: maxFile })
  const blob = await writeBlob(archiveLayout(context.session.archive.folder).blobs, createReadStream(file))
  const name = basename(file)
  const mediaType = mediaTypes[extname(name).toLowerCase()] ?? 'application/octet-stream'
  return { blob, name, mediaType, text: await parseText(file, context.jobs) }
}
