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

/** Long work outside the core's thread; no worker is given a connection or a key. */
export interface Jobs {
  /**
   * Runs `electron/core/jobs/<job>.ts` in a worker thread with an input that can be cloned, and returns what it
   * returned. Errors: the job's own codes, `jobs.cancelled`, `jobs.failed`.
   */
  run<Input, Output>(job: string, input: Input, options?: JobOptions): Promise<Output>
  /** Stops every worker, the warm ones too: at lock. */
  close(): Promise<void>
}

/** From the core to a worker; a `last` input ends the worker with its answer. */
export interface JobOrder {
  readonly input: unknown
  readonly last: boolean
}

/** From a worker to the core. */
export type JobMessage =
  | { readonly kind: 'progress'; readonly progress: JobProgress }
  /** `heap`: bytes the worker's isolate holds after the work. */
  | { readonly kind: 'done'; readonly output: unknown; readonly heap: number }
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

/**
 * Jobs whose workers stay warm, and how many of each there are at the most; further ones wait. A paper costs 0.07 s once
 * the writers and the fonts are loaded and 0.8 s before, and a preview follows the typing.
 */
const warm: Readonly<Record<string, number>> = { papers: 2 }
/** A warm worker that holds more than this after its work (a long record) is replaced, in bytes. */
const heapLimit = 192 * 1024 * 1024

/** A warm worker nobody needed for so long gives its memory back (fonts and writers, some 150 MB), in ms. */
const idleTime = 120_000

/** One run that waits for a worker or has one. */
interface Task {
  readonly job: string
  readonly input: unknown
  readonly options: JobOptions
  readonly settle: (outcome: { readonly output: unknown } | { readonly error: YuetanError }) => void
}

export interface JobsOptions {
  /** Address of the module beside which the job files stand. */
  readonly base?: string | URL
  readonly kept?: Readonly<Record<string, number>>
  readonly idleTime?: number
}

/** The options are for tests only. */
export function createJobs(options: JobsOptions = {}): Jobs {
  const { base = import.meta.url, kept = warm } = options
  const workers = new Set<Worker>()
  const idle = new Map<string, Worker[]>()
  const waiting: Task[] = []
  const busy = new Map<string, number>()
  const resting = new WeakMap<Worker, NodeJS.Timeout>()
  let closed = false

  const idleOf = (job: string): Worker[] => idle.get(job) ?? []
  const busyOf = (job: string): number => busy.get(job) ?? 0

  function start(job: string): Worker {
    // The environment may hold paths and test hooks: a job gets none of it, and no command-line flags either.
    const worker = new Worker(jobFile(job, base), { env: {}, execArgv: [], name: job })
    workers.add(worker)
    worker.once('exit', () => {
      workers.delete(worker)
      clearTimeout(resting.get(worker))
      retire(worker)
    })
    // Without a listener an error between two runs would end the core.
    worker.on('error', () => undefined)
    return worker
  }

  /** Takes a worker out of those that wait for work. */
  function retire(worker: Worker): void {
    for (const [job, list] of idle) {
      idle.set(
        job,
        list.filter((one) => one !== worker),
      )
    }
  }

  /** Ends an idle worker after a while. */
  function rest(worker: Worker): void {
    const timer = setTimeout(() => {
      retire(worker)
      void worker.terminate()
    }, options.idleTime ?? idleTime)
    timer.unref()
    resting.set(worker, timer)
  }

  /** Gives the worker its work; the task settles when it is over, and the next one waiting is begun. */
  function begin(task: Task): void {
    const { job, options } = task
    const stays = job in kept
    let worker: Worker
    try {
      worker = idleOf(job).pop() ?? start(job)
    } catch (error) {
      // A file that is not there: the only way in which starting itself fails.
      task.settle({ error: error instanceof YuetanError ? error : new YuetanError('jobs.failed', { job }) })
      return
    }
    worker.ref()
    clearTimeout(resting.get(worker))
    busy.set(job, busyOf(job) + 1)
    let outcome: Parameters<Task['settle']>[0] | undefined

    const finish = (): void => {
      worker.off('message', hear).off('error', broken).off('exit', ended)
      options.signal?.removeEventListener('abort', cancel)
      busy.set(job, busyOf(job) - 1)
      const code = closed || options.signal?.aborted ? 'jobs.cancelled' : 'jobs.failed'
      task.settle(outcome ?? { error: new YuetanError(code, { job }) })
      const next = waiting.findIndex((one) => one.job === job)
      const [following] = next === -1 ? [] : waiting.splice(next, 1)
      if (following) begin(following)
    }
    const hear = (message: JobMessage): void => {
      if (message.kind === 'progress') {
        options.progress?.(message.progress)
        return
      }
      outcome ??=
        message.kind === 'done' ? { output: message.output } : { error: new YuetanError(message.code, message.params) }
      if (!stays) return
      // Idle, it keeps nobody's process alive. One that failed may hold anything: the next paper gets a new one.
      worker.unref()
      if (message.kind === 'done' && message.heap <= heapLimit && !closed) {
        idle.set(job, [...idleOf(job), worker])
        rest(worker)
        finish()
      } else void worker.terminate()
    }
    const broken = (error: unknown): void => {
      // The message of an unexpected error may quote case text; only its kind travels on.
      const kind = error instanceof Error ? error.name : ''
      outcome ??= { error: new YuetanError('jobs.failed', { job, error: kind }) }
    }
    const ended = (): void => finish()
    const cancel = (): void => {
      outcome ??= { error: new YuetanError('jobs.cancelled', { job }) }
      void worker.terminate()
    }

    worker.on('message', hear).on('error', broken).on('exit', ended)
    options.signal?.addEventListener('abort', cancel, { once: true })
    const order: JobOrder = { input: task.input, last: !stays }
    worker.postMessage(order, [...(options.transfer ?? [])])
  }

  return {
    run: <Input, Output>(job: string, input: Input, options: JobOptions = {}) => {
      if (closed || options.signal?.aborted) return Promise.reject(new YuetanError('jobs.cancelled', { job }))
      return new Promise<Output>((resolve, reject) => {
        const task: Task = {
          job,
          input,
          options,
          settle: (outcome) => ('error' in outcome ? reject(outcome.error) : resolve(outcome.output as Output)),
        }
        if (busyOf(job) < (kept[job] ?? Number.POSITIVE_INFINITY)) return begin(task)
        waiting.push(task)
        const forget = (): void => {
          const at = waiting.indexOf(task)
          if (at === -1) return
          waiting.splice(at, 1)
          task.settle({ error: new YuetanError('jobs.cancelled', { job }) })
        }
        options.signal?.addEventListener('abort', forget, { once: true })
      })
    },
    close: async () => {
      closed = true
      for (const task of waiting.splice(0)) task.settle({ error: new YuetanError('jobs.cancelled', { job: task.job }) })
      await Promise.all([...workers].map((worker) => worker.terminate()))
    },
  }
}
