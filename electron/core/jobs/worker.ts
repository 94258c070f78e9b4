import { parentPort, workerData } from 'node:worker_threads'
import { YuetanError } from '#shared/contract/errors.ts'
import type { JobMessage, JobProgress } from './runner.ts'

/**
 * The body of a job file: `serveJob<Input, Output>(async (input, progress) => …)` at its end. The answer's large byte
 * arrays are moved, not copied, when `transfer` names them.
 */
export function serveJob<Input, Output>(
  work: (input: Input, progress: (progress: JobProgress) => void) => Promise<Output>,
  transfer: (output: Output) => readonly ArrayBuffer[] = () => [],
): void {
  const port = parentPort
  // Imported outside a worker (a test of the job's own functions): there is nobody to serve.
  if (!port) return
  const send = (message: JobMessage, list: readonly ArrayBuffer[] = []): void => port.postMessage(message, [...list])
  work(workerData, (progress) => send({ kind: 'progress', progress })).then(
    (output) => {
      send({ kind: 'done', output }, transfer(output))
      port.close()
    },
    (error: unknown) => {
      if (error instanceof YuetanError) send({ kind: 'failed', code: error.code, params: error.params })
      else send({ kind: 'failed', code: 'jobs.failed', params: { error: error instanceof Error ? error.name : '' } })
      port.close()
    },
  )
}
