import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createTrial, trialPassword } from '#electron/core/accounts/trial.ts'
import { createJobs } from '#electron/core/jobs/runner.ts'
import { fillWithSamples } from '#electron/core/sample/cases.ts'
import { openDesk } from '#electron/core/sample/desk.ts'
import { temporaryFolder } from '../../support/folders.ts'

/** Makes real papers in real workers, dozens of them; a slow machine takes its time. */
const longPath = 600_000

test(
  'a trial archive with samples shows cases in three stages, all of them truly signed',
  async () => {
    const base = temporaryFolder()
    const place = { folder: join(base, 'archive'), machineFolder: join(base, 'machine') }
    const now = (): string => new Date().toISOString()
    const jobs = createJobs()
    const resources = fileURLToPath(new URL('../../..', import.meta.url))
    const request = { ...place, resources, password: trialPassword, jobs }
    // As the program makes it: furnished before it takes its name, so that a kill leaves the whole or nothing.
    const unfinished = createTrial({
      ...place,
      unit: '渝某国资监管机构',
      now: now(),
      furnish: () => Promise.reject(new Error('the power went')),
    })
    await expect(unfinished).rejects.toThrow('the power went')
    expect(readdirSync(base)).toEqual(['machine'])
    await createTrial({
      ...place,
      unit: '渝某国资监管机构',
      now: now(),
      furnish: (folder) => fillWithSamples({ ...request, folder }),
    })
    expect(readdirSync(base).sort()).toEqual(['archive', 'machine'])

    const desk = await openDesk({ ...request, login: 'chengban', now })
    const { rows: list } = await desk.call('cases.list', {})
    expect(list.map((one) => one.stage).sort()).toEqual(['intake', 'minutes', 'notice'])
    for (const one of list) expect((await desk.call('cases.get', { caseId: one.id })).articles).toHaveLength(23)
    const { mine } = await desk.call('today.get', {})
    expect(mine.map((one) => one.next.code)).toContain('cases.accept')
    await desk.close()
    await jobs.close()
  },
  longPath,
)
