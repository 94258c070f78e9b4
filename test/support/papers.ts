import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findBlob, readBlobBytes } from '#electron/core/blobs.ts'
import type { Desk } from '#electron/core/sample/desk.ts'
import { archiveLayout } from '#electron/core/session/folder.ts'
import { temporaryFolder } from './folders.ts'

/** A frozen paper as the archive keeps it. */
export async function frozenBytes(desk: Desk, paperId: string): Promise<Buffer> {
  const { folder, cases } = desk.session.archive
  if (!cases) throw new Error('this account holds no key to the cases')
  const row = await cases.knex('papers').where({ id: paperId }).first('blob_id')
  return readBlobBytes(archiveLayout(folder).blobs, await findBlob(cases.knex, row.blob_id))
}

/** The same as a file outside the archive, as if it had been taken out and came back. */
export async function frozenFile(desk: Desk, paperId: string, change = (bytes: Buffer) => bytes): Promise<string> {
  const file = join(temporaryFolder(), '定稿.docx')
  writeFileSync(file, change(await frozenBytes(desk, paperId)))
  return file
}
