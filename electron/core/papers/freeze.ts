import { join } from 'node:path'
import { insertPaper, papersOf } from '#db/repositories/papers.ts'
import type { PaperFile, PaperRequest } from '#electron/documents/make-paper.ts'
import { fail } from '#shared/contract/errors.ts'
import { type Holder, type Paper, type PaperFormat, workingKinds } from '#shared/domain/papers.ts'
import { insertBlob, writeBlob } from '../blobs.ts'
import type { Context, Outside } from '../context.ts'
import { archiveLayout } from '../session/folder.ts'
import type { Wanted } from './wanted.ts'

/** Papers made at the same time: a worker each, and the machine of an office has few cores. */
const parallel = 2

/** A paper's bytes, kept as an encrypted blob whose row is written when the act commits. */
export interface MadePaper {
  readonly wanted: Wanted
  readonly format: PaperFormat
  readonly pages: number
  readonly blob: Awaited<ReturnType<typeof writeBlob>>
}

/** Where faces are looked for before the system's own: what the office laid beside its machine folder, what we bring. */
export function fontFolders(context: Outside): string[] {
  return [join(context.session.archive.machineFolder, 'fonts'), join(context.session.resources, 'fonts')]
}

/** Prints one paper in a worker. Errors: those of the job, `papers.missingGlyph` when a character cannot be printed. */
export async function printPaper(
  context: Outside,
  wanted: Pick<Wanted, 'source'>,
  format: PaperFormat,
): Promise<PaperFile> {
  const request: PaperRequest = {
    paper: wanted.source,
    format,
    fontFolders: fontFolders(context),
  }
  return context.jobs.run<PaperRequest, PaperFile>('papers', request)
}

/** Makes papers and keeps their bytes; outside any transaction. What is not committed is swept at the next sign-in. */
export async function makePapers(context: Outside, list: readonly Wanted[]): Promise<MadePaper[]> {
  const folder = archiveLayout(context.session.archive.folder).blobs
  const tasks = list.flatMap((wanted) => wanted.formats.map((format) => ({ wanted, format })))
  const made: MadePaper[] = []
  for (let from = 0; from < tasks.length; from += parallel) {
    const batch = tasks.slice(from, from + parallel).map(async ({ wanted, format }) => {
      const file = await printPaper(context, wanted, format)
      // A filed paper with a hole in a name is no paper: better to stop and have the font installed.
      if (file.missing.length > 0) fail('papers.missingGlyph', { count: file.missing.length })
      return { wanted, format, pages: file.pages, blob: await writeBlob(folder, file.bytes) }
    })
    made.push(...(await Promise.all(batch)))
  }
  return made
}

/** Keeps made papers of a case for good; see `freezeHeld`. */
export async function freezeAll(context: Context, caseId: string, made: readonly MadePaper[]): Promise<Paper[]> {
  return freezeHeld(context, { caseId, compilationId: null }, made)
}

/** Keeps made papers for good, in the transaction of the act; a paper that is frozen already is left as it is. */
export async function freezeHeld(context: Context, holder: Holder, made: readonly MadePaper[]): Promise<Paper[]> {
  const { trx, now, account } = context
  const before = await papersOf(trx, holder)
  const frozen: Paper[] = []
  for (const { wanted, format, pages, blob } of made) {
    const edition = wanted.edition ?? 1
    const known = before.find(
      (one) =>
        one.kind === wanted.kind &&
        one.objectId === wanted.objectId &&
        one.edition === edition &&
        one.format === format,
    )
    // A working paper is made again as the case goes on; each keeps its own day.
    if (known && !workingKinds.some((one) => one === wanted.kind)) {
      frozen.push(known)
      continue
    }
    const mediaType =
      format === 'pdf' ? 'application/pdf' : 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
    await insertBlob(trx, blob, { name: `${wanted.title}.${format}`, mediaType, now })
    const paper: Paper = {
      id: context.newId(),
      ...holder,
      kind: wanted.kind,
      objectId: wanted.objectId,
      edition,
      title: wanted.title,
      format,
      sha256: blob.sha256,
      size: blob.size,
      pages,
      level: wanted.level,
      frozenAt: now,
    }
    await insertPaper(trx, { ...paper, blobId: blob.id, marked: null }, wanted.objectKind, account.id)
    frozen.push(paper)
  }
  return frozen
}
