import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type TransferListItem, Worker } from 'node:worker_threads'
import { YuetanError } from '#shared/contract/errors.ts'

/** What a job reports while it works: `done` of `total` units, `total` 0 while unknown. */
export interface JobProgress {
  readonly step: string
  readonly done: number
  readonly total: number
}

export interface JobOptions {
  readonly progress?: (progress: JobProgress) => void
  readonly signal?: AbortSignal
  /** What of the input is moved, not copied: ports and large byte arrays. */
  readonly transfer?: readonly TransferListItem[]
}

/** Long work outside the core's thread; each worker opens a read-only connection of its own if it needs one. */
export interface Jobs {
  /**
   * Runs `electron/core/jobs/<job>.ts` in a worker thread with an input that can be cloned, and returns what it
   * returned. Errors: the job's own codes, `jobs.cancelled`, `jobs.failed`.
   */
  run<Input, Output>(job: string, input: Input, options?: JobOptions): Promise<Output>
  /** Stops every running job: at lock. */
  close(): Promise<void>
}

/** From a worker to the core. */
export type JobMessage =
  | { readonly kind: 'progress'; readonly progress: JobProgress }
  | { readonly kind: 'done'; readonly output: unknown }
  | { readonly kind: 'failed'; readonly code: string; readonly params: YuetanError['params'] }

/** Where a job's file stands: beside this one from source, as `job-<job>.js` beside the bundled core. */
export function jobFile(job: string, base: string | URL = import.meta.url): string {
  if (!/^[a-z][a-z-]*$/.test(job)) throw new YuetanError('jobs.failed', { job: 'malformed' })
  const places = [`./${job}.ts`, `./job-${job}.js`, `./job-${job}.cjs`].map((name) =>
    fileURLToPath(new URL(name, base)),
  )
  const found = places.find((place) => existsSync(place))
  if (!found) throw new YuetanError('jobs.failed', { job })
  return found
}

/** `base` is the address of the module beside which the job files stand; only tests name another one. */
export function createJobs(base: string | URL = import.meta.url): Jobs {
  const running = new Set<Worker>()
  let closed = false

  function run<Input, Output>(job: string, input: Input, options: JobOptions = {}): Promise<Output> {
    if (closed || options.signal?.aborted) return Promise.reject(new YuetanError('jobs.cancelled', { job }))
    return new Promise<Output>((resolve, reject) => {
      // The environment may hold paths and test hooks: a job gets none of it, and no command-line flags either.
      const worker = new Worker(jobFile(job, base), {
        workerData: input,
        env: {},
        execArgv: [],
        name: job,
        transferList: [...(options.transfer ?? [])],
      })
      running.add(worker)
      let outcome: (() => void) | undefined
      const cancel = (): void => {
        outcome ??= () => reject(new YuetanError('jobs.cancelled', { job }))
        worker.terminate()
      }
      options.signal?.addEventListener('abort', cancel, { once: true })
      worker.on('message', (message: JobMessage) => {
        if (message.kind === 'progress') options.progress?.(message.progress)
        else if (message.kind === 'done') outcome ??= () => resolve(message.output as Output)
        else outcome ??= () => reject(new YuetanError(message.code, message.params))
      })
      worker.on('error', (error) => {
        // The message of an unexpected error may quote case text; only its kind travels on.
        outcome ??= () =>
          reject(new YuetanError('jobs.failed', { job, error: error instanceof Error ? error.name : '' }))
      })
      worker.on('exit', () => {
        running.delete(worker)
        options.signal?.removeEventListener('abort', cancel)
        if (outcome) outcome()
        else reject(new YuetanError(closed ? 'jobs.cancelled' : 'jobs.failed', { job }))
      })
    })
  }

  return {
    run,
    close: async () => {
      closed = true
      await Promise.all([...running].map((worker) => worker.terminate()))
    },
  }
}
