import { findBlob, readBlobBytes } from '#electron/core/blobs.ts'
import type { Desk } from '#electron/core/sample/desk.ts'
import { archiveLayout } from '#electron/core/session/folder.ts'
import type { PaperKind } from '#shared/domain/papers.ts'
import { pdfText } from '../documents/readers.ts'

/** What the last frozen paper of a kind prints in a case, without spaces. */
export async function frozen(desk: Desk, caseId: string, kind: PaperKind): Promise<string> {
  const { cases, folder } = desk.session.archive
  const papers = await desk.call('papers.list', { caseId })
  const paper = papers.findLast((one) => one.kind === kind && one.format === 'pdf')
  const bytes = await cases?.transaction(async (trx) => {
    const row = await trx('papers')
      .where({ id: paper?.id ?? '' })
      .first('blob_id')
    return readBlobBytes(archiveLayout(folder).blobs, await findBlob(trx, row.blob_id))
  })
  return pdfText(new Uint8Array(bytes ?? []))
}
