import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { findPaper, insertScan, scansOfCase } from '#db/repositories/papers.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina } from '#shared/domain/common.ts'
import type { PaperScan } from '#shared/domain/papers.ts'
import { assertVolumeHere, followPapers } from '../archive/volume.ts'
import { insertBlob, writeBlob } from '../blobs.ts'
import { recordEvent } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import { openOnes } from '../secrecy/closed.ts'
import { archiveLayout } from '../session/folder.ts'

/** Largest scan: a hundred colour pages at 300 dpi stay below. */
const maxScan = 256 * 1024 * 1024

/** What a scanner gives, told by the file's own first bytes and never by its name. */
const kinds: readonly (readonly [head: string, mediaType: string])[] = [
  ['25504446', 'application/pdf'],
  ['ffd8ff', 'image/jpeg'],
  ['49492a00', 'image/tiff'],
  ['4d4d002a', 'image/tiff'],
]

/** Media type of a scan. Errors: `papers.noScan`, `papers.scanTooLarge`, `papers.notScan`. */
async function mediaTypeOf(file: string): Promise<string> {
  const handle = await open(file, 'r').catch(() => fail('papers.noScan'))
  try {
    const found = await handle.stat()
    if (!found.isFile()) fail('papers.noScan')
    if (found.size > maxScan) fail('papers.scanTooLarge', { limit: maxScan / 1024 / 1024 })
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0)
    const head = buffer.subarray(0, bytesRead).toString('hex')
    return kinds.find(([begins]) => head.startsWith(begins))?.[1] ?? fail('papers.notScan')
  } finally {
    await handle.close()
  }
}

async function assertPaper(context: Context, caseId: string, paperId: string, signedOn: string): Promise<string> {
  const paper = (await findPaper(context.trx, caseId, paperId)) ?? fail('papers.unknown')
  if (signedOn > dayInChina(context.now)) fail('papers.signedLater')
  // What was handed over or filed stays as it was signed for: a scan that comes later asks for the volume to come back.
  await assertVolumeHere(context, caseId)
  return paper.title
}

export const scanHandlers = {
  'papers.scans': async (context, { caseId }) =>
    openOnes(context, caseId, await scansOfCase(context.trx, caseId), (one) => one.paperId),

  'papers.attachScan': {
    long: async (context, { caseId, paperId, file, signer, signedOn }) => {
      await context.read((inside) => assertPaper(inside, caseId, paperId, signedOn))
      const mediaType = await mediaTypeOf(file)
      const blob = await writeBlob(archiveLayout(context.session.archive.folder).blobs, createReadStream(file))
      return context.commit(async (inside) => {
        const title = await assertPaper(inside, caseId, paperId, signedOn)
        const name = basename(file)
        await insertBlob(inside.trx, blob, { name, mediaType, now: inside.now })
        const scan: PaperScan = {
          id: inside.newId(),
          caseId,
          paperId,
          signer,
          signedOn,
          at: inside.now,
          fileName: name,
          size: blob.size,
          sha256: blob.sha256,
        }
        await insertScan(inside.trx, { ...scan, blobId: blob.id }, inside.account.id)
        await followPapers(inside, caseId)
        await recordEvent(inside, caseId, 'papers.attachScan', 20, { text: title })
        inside.note({ detail: { paperId, sha256: blob.sha256 } })
        return scan
      })
    },
  },
} satisfies Partial<Handlers>
