import { papersOfCase } from '#db/repositories/papers.ts'
import type { FontLine } from '#electron/documents/font-report.ts'
import { assertCaseActs } from '../cases/acts.ts'
import { recordEvent } from '../cases/case-file.ts'
import type { Handlers } from '../context.ts'
import { openOnes } from '../secrecy/closed.ts'
import { finalHandlers } from './finals.ts'
import { fontFolders, freezeAll, makePapers, printPaper } from './freeze.ts'
import { assertSettled, requestFor } from './request-for.ts'
import { scanHandlers } from './scans.ts'
import { workingPapers } from './working.ts'

export const papersHandlers = {
  ...scanHandlers,
  ...finalHandlers,

  'papers.preview': {
    long: async (context, { caseId, kind, objectId, fields }) => {
      const wanted = await context.read((inside) =>
        requestFor(inside, caseId, kind, objectId, { copyNumber: 1, made: inside.now }, fields),
      )
      const file = await printPaper(context, wanted, 'pdf')
      // A substitution is never silent: on the screen for the reader, in the log for whoever asks later.
      const substituted = file.substitutions.map((one) => one.wanted).join('、')
      context.note({ detail: { substituted, unprintable: file.missing.length } })
      return {
        pdf: new Uint8Array(file.bytes),
        substitutions: [...file.substitutions],
        missing: [...file.missing],
      }
    },
  },

  'papers.fonts': {
    long: async (context) =>
      context.jobs.run<{ folders: string[] }, FontLine[]>('fonts', { folders: fontFolders(context) }),
  },

  'papers.working': async (context, { caseId }) =>
    openOnes(context, caseId, await workingPapers(context, caseId), (one) => one.objectId),

  'papers.list': async (context, { caseId }) =>
    openOnes(context, caseId, await papersOfCase(context.trx, caseId), (one) => one.id),

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
        const papers = await freezeAll(inside, caseId, made)
        await recordEvent(inside, caseId, 'papers.freeze', 20, { text: wanted.title })
        return papers
      })
    },
  },
} satisfies Partial<Handlers>
