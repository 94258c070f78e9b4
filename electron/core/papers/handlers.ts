import { createHash } from 'node:crypto'
import { findPaper, insertCopy, nextCopyNumber, papersOfCase } from '#db/repositories/papers.ts'
import { fail } from '#shared/contract/errors.ts'
import type { Paper } from '#shared/domain/papers.ts'
import { isStateSecret } from '#shared/domain/secrecy.ts'
import { findBlob, readBlobBytes } from '../blobs.ts'
import { assertCaseActs } from '../cases/acts.ts'
import { recordEvent } from '../cases/case-file.ts'
import type { Handlers } from '../context.ts'
import { freezeRecord } from '../interviews/record.ts'
import { archiveLayout } from '../session/folder.ts'
import { assertFolder, exportFile } from './export.ts'
import { freezeAll, makePapers, printPaper } from './freeze.ts'
import { assertSettled, requestFor, type Wanted } from './requests.ts'

/** Kinds whose further copies are printed anew with their own 份号 (公文条例 9: one number for each copy). */
const numbered: readonly Paper['kind'][] = ['notice', 'record', 'minutes']

export const papersHandlers = {
  'papers.preview': {
    long: async (context, { caseId, kind, objectId, fields }) => {
      const wanted = await context.read((inside) =>
        requestFor(inside, caseId, kind, objectId, { copyNumber: 1, made: inside.now }, fields),
      )
      const file = await printPaper(context, wanted, 'pdf')
      return { pdf: new Uint8Array(file.bytes), substitutions: [...file.substitutions] }
    },
  },

  'papers.list': async ({ trx }, { caseId }) => papersOfCase(trx, caseId),

  'papers.export': {
    long: async (context, { caseId, paperId, folder }) => {
      await assertFolder(folder)
      const ready = await context.read(async (inside) => {
        const paper = (await findPaper(inside.trx, caseId, paperId)) ?? fail('papers.unknown')
        await assertCaseActs(inside, caseId)
        const copyNumber = await nextCopyNumber(inside.trx, paperId)
        const again = copyNumber > 1 && isStateSecret(paper.level) && numbered.includes(paper.kind)
        const wanted: Wanted | null = again
          ? await requestFor(inside, caseId, paper.kind, paper.objectId, { copyNumber, made: paper.frozenAt })
          : null
        return { paper, copyNumber, wanted, blob: await findBlob(inside.trx, paper.blobId) }
      })
      const { paper, copyNumber, wanted, blob } = ready
      const bytes = wanted
        ? (await printPaper(context, wanted, paper.format)).bytes
        : await readBlobBytes(archiveLayout(context.session.archive.folder).blobs, blob)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      // The copy is entered before it leaves: a copy nobody knows of must not exist (实施条例 27).
      return context.commit(async (inside) => {
        if ((await nextCopyNumber(inside.trx, paperId)) !== copyNumber) fail('papers.copyTaken')
        const name = `${paper.title}${copyNumber > 1 ? `-第${copyNumber}份` : ''}.${paper.format}`
        await insertCopy(inside.trx, {
          id: inside.newId(),
          caseId,
          paperId,
          copyNumber,
          act: 'export',
          recipient: '',
          at: inside.now,
          by: inside.account.id,
          sha256,
        })
        await recordEvent(inside, caseId, 'papers.export', 21, { text: `${paper.title} 第${copyNumber}份` })
        inside.note({ level: paper.level, detail: { paperId, copyNumber, sha256 } })
        const file = await exportFile(folder, name, bytes)
        return { file, sha256, copyNumber }
      })
    },
  },

  'papers.freeze': {
    long: async (context, { caseId, kind, objectId, formats }) => {
      const wanted = await context.read(async (inside) => {
        await assertSettled(inside, caseId, kind, objectId)
        await assertCaseActs(inside, caseId)
        return requestFor(inside, caseId, kind, objectId, { copyNumber: 1, made: inside.now })
      })
      const made = await makePapers(context, [{ ...wanted, formats: [...new Set(formats)] }])
      return context.commit(async (inside) => {
        await assertSettled(inside, caseId, kind, objectId)
        if (kind === 'record') await freezeRecord(inside, caseId, objectId)
        const papers = await freezeAll(inside, caseId, made)
        await recordEvent(inside, caseId, 'papers.freeze', kind === 'record' ? 9 : 20, { text: wanted.title })
        return papers
      })
    },
  },
} satisfies Partial<Handlers>
