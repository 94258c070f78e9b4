import { describe, expect, test } from 'vitest'
import { createJobs, type JobProgress, jobFile } from '#electron/core/jobs/runner.ts'

/** The runner looks for `<job>.ts` beside a module: here beside the fixtures. */
const base = new URL('../fixtures/jobs/runner.ts', import.meta.url)

describe('long work in a worker', () => {
  test('reports progress, returns its answer, and sees nothing of the environment', async () => {
    const seen: JobProgress[] = []
    const jobs = createJobs({ base })
    const output = await jobs.run('probe', { act: 'work' }, { progress: (progress) => seen.push(progress) })
    expect(output).toEqual({ act: 'work', bytes: new Uint8Array([1, 2, 3]), secrets: 0, served: 1 })
    expect(seen).toEqual([
      { step: 'begin', done: 1, total: 2 },
      { step: 'end', done: 2, total: 2 },
    ])
  })

  test.each([
    ['fail', { code: 'probe.refused', params: { count: 3 } }],
    ['throw', { code: 'jobs.failed', params: { error: 'RangeError' } }],
    ['exit', { code: 'jobs.failed' }],
  ])('%s: ends in a code that carries no text', async (act, error) => {
    const attempt = createJobs({ base }).run('probe', { act })
    await expect(attempt).rejects.toMatchObject(error)
    await expect(attempt).rejects.not.toThrow('具体情节')
  })

  test('can be cancelled, before and while it runs', async () => {
    const jobs = createJobs({ base })
    const cancel = new AbortController()
    const running = jobs.run('probe', { act: 'hang' }, { signal: cancel.signal, progress: () => cancel.abort() })
    await expect(running).rejects.toMatchObject({ code: 'jobs.cancelled' })
    await expect(jobs.run('probe', { act: 'work' }, { signal: cancel.signal })).rejects.toMatchObject({
      code: 'jobs.cancelled',
    })
  })

  test('the lock ends every job and takes no new one', async () => {
    const jobs = createJobs({ base })
    const begun = Promise.withResolvers<void>()
    const running = jobs.run('probe', { act: 'hang' }, { progress: () => begun.resolve() })
    const outcome = expect(running).rejects.toMatchObject({ code: 'jobs.cancelled' })
    await begun.promise
    await jobs.close()
    await outcome
    await expect(jobs.run('probe', { act: 'work' })).rejects.toMatchObject({ code: 'jobs.cancelled' })
  })

  test('another job starts a worker of its own', async () => {
    const jobs = createJobs({ base })
    await jobs.run('probe', { act: 'work' })
    expect(await jobs.run('probe', { act: 'work' })).toMatchObject({ served: 1 })
  })

  test('a job is a name of ours, never a path', () => {
    for (const name of ['../worker', '/etc/passwd', 'Probe', 'probe.ts', '']) {
      expect(() => jobFile(name, base)).toThrow(expect.objectContaining({ code: 'jobs.failed' }))
    }
  })
})

describe('a worker that stays warm', () => {
  const one = { probe: 1 }

  test('serves again, and further work waits for it', async () => {
    const jobs = createJobs({ base, kept: one })
    const served = await Promise.all([1, 2, 3].map(() => jobs.run('probe', { act: 'work' })))
    expect(served.map((answer) => (answer as { served: number }).served)).toEqual([1, 2, 3])
    await jobs.close()
  })

  test.each(['fail', 'throw', 'exit'])('%s: another worker takes its place', async (act) => {
    const jobs = createJobs({ base, kept: one })
    await jobs.run('probe', { act: 'work' })
    await expect(jobs.run('probe', { act })).rejects.toMatchObject({
      code: act === 'fail' ? 'probe.refused' : 'jobs.failed',
    })
    expect(await jobs.run('probe', { act: 'work' })).toMatchObject({ served: 1 })
    await jobs.close()
  })

  test('one that holds too much is replaced', async () => {
    const jobs = createJobs({ base, kept: one })
    expect(await jobs.run('probe', { act: 'hoard' })).toMatchObject({ served: 1 })
    expect(await jobs.run('probe', { act: 'work' })).toMatchObject({ served: 1 })
    await jobs.close()
  })

  test('one that nobody needs gives its memory back', async () => {
    const jobs = createJobs({ base, kept: one, idleTime: 1 })
    await jobs.run('probe', { act: 'work' })
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await jobs.run('probe', { act: 'work' })).toMatchObject({ served: 1 })
    await jobs.close()
  })

  test('work that waits can be cancelled, and the lock cancels it', async () => {
    const jobs = createJobs({ base, kept: one })
    const begun = Promise.withResolvers<void>()
    const running = jobs.run('probe', { act: 'hang' }, { progress: () => begun.resolve() })
    const cancel = new AbortController()
    const first = jobs.run('probe', { act: 'work' }, { signal: cancel.signal })
    const second = jobs.run('probe', { act: 'work' })
    const outcomes = Promise.allSettled([running, first, second])
    await begun.promise
    cancel.abort()
    await jobs.close()
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'jobs.cancelled' } })
    }
  })
})
