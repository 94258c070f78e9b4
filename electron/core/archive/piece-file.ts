import { papersOfCase } from '#db/repositories/papers.ts'
import { documentsOfCase } from '#db/repositories/rectification.ts'
import type { Blob } from '../blobs.ts'
import { findBlob } from '../blobs.ts'
import type { Context } from '../context.ts'

/** A file of the archive and what kind it is. */
export interface KeptFile {
  readonly blob: Blob
  readonly mediaType: string
}

/** An attachment by its id, with the kind it came as. */
export async function keptFile(context: Context, blobId: string): Promise<KeptFile> {
  const row: { media_type: string } | undefined = await context.trx('blobs').where({ id: blobId }).first('media_type')
  return { blob: await findBlob(context.trx, blobId), mediaType: row?.media_type ?? 'application/octet-stream' }
}

/** The attachment of a piece of a volume: a paper made here, or a document that came in. Undefined when there is none. */
export async function blobOfPiece(
  context: Context,
  caseId: string,
  piece: { readonly paperId: string | null; readonly documentId: string | null },
): Promise<string | undefined> {
  const papers = await papersOfCase(context.trx, caseId)
  const documents = await documentsOfCase(context.trx, caseId)
  const found =
    papers.find((one) => one.id === piece.paperId)?.blobId ??
    documents.find((one) => one.id === piece.documentId)?.blobId
  return found ?? undefined
}
