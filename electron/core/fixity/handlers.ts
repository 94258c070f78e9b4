import { join } from 'node:path'
import { casesInScope } from '#db/repositories/cases.ts'
import {
  alteredPapers,
  countPapers,
  insertRun,
  listRuns,
  type StoredRun,
  titlesIn,
  writtenBundles,
} from '#db/repositories/fixity.ts'
import { closedIds } from '#db/repositories/scope.ts'
import { daysSince } from '#shared/domain/backups.ts'
import type { FixityRun } from '#shared/domain/fixity.ts'
import { policyValue } from '#shared/domain/policy.ts'
import type { Blob } from '../blobs.ts'
import { nameOf } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import type { FixityInput, FixityOutput } from '../jobs/fixity.ts'
import { archiveLayout } from '../session/folder.ts'

/** Runs the result page shows. */
const shownRuns = 20

/** With the titles of what the account may know. */
async function shown(context: Context, runs: readonly StoredRun[]): Promise<FixityRun[]> {
  const { trx, account } = context
  const titles = runs.some((run) => run.faults.length > 0)
    ? await titlesIn(trx, () => casesInScope(trx, account.id), await closedIds(trx, account, null))
    : new Map<string, string>()
  return runs.map((run) => ({
    ...run,
    by: nameOf(context, run.by),
    faults: run.faults.map((fault) => ({ ...fault, title: titles.get(fault.id) ?? '' })),
  }))
}

export const fixityHandlers = {
  'fixity.list': async (context) => {
    const runs = await listRuns(context.trx, shownRuns)
    const days = daysSince(runs[0]?.at ?? null, context.now)
    const every = policyValue(context.session.archive.ledger, 'fixityDays')
    return { runs: await shown(context, runs), days, every, due: days === null || days >= every }
  },

  'fixity.run': {
    long: async (context, { job }) => {
      const began = performance.now()
      const { folder } = context.session.archive
      const kept = await context.read(async ({ trx }) => {
        const blobs: Blob[] = await trx('blobs').whereRaw('length(key) > 0').select('id', 'key', 'sha256', 'size')
        const bundles = (await writtenBundles(trx)).map((one) => ({
          id: one.id,
          file: join(one.folder, one.file),
          sha256: one.sha256,
        }))
        return { blobs, bundles, altered: await alteredPapers(trx), papers: await countPapers(trx) }
      })
      const { blobs, bundles, altered, papers } = kept
      const found = await context.jobs.run<FixityInput, FixityOutput>(
        'fixity',
        { folder: archiveLayout(folder).blobs, blobs, bundles },
        { progress: (progress) => context.push('jobs.progress', { job, ...progress }) },
      )
      const run: StoredRun = {
        id: context.newId(),
        at: context.now,
        by: context.account.id,
        ms: Math.round(performance.now() - began),
        attachments: blobs.length,
        bytes: blobs.reduce((sum, one) => sum + one.size, 0),
        papers,
        bundles: found.bundles,
        faults: [...found.faults, ...altered.map((id) => ({ kind: 'paper' as const, id, code: 'papers.altered' }))],
      }
      return context.commit(async (inside) => {
        await insertRun(inside.trx, run)
        inside.note({
          objectKind: 'fixity',
          objectId: run.id,
          detail: { faults: run.faults.length, blobs: blobs.length },
        })
        const [one] = await shown(inside, [run])
        return one ?? { ...run, faults: [] }
      })
    },
  },
} satisfies Partial<Handlers>
