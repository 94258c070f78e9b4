import { getHeapStatistics } from 'node:v8'
import { parentPort } from 'node:worker_threads'
import { YuetanError } from '#shared/contract/errors.ts'
import type { JobMessage, JobOrder, JobProgress } from './runner.ts'

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
  // One order at a time: the runner sends the next one after the answer.
  port.on('message', ({ input, last }: JobOrder) => {
    work(input as Input, (progress) => send({ kind: 'progress', progress })).then(
      (output) => {
        send({ kind: 'done', output, heap: getHeapStatistics().used_heap_size }, transfer(output))
        if (last) port.close()
      },
      (error: unknown) => {
        if (error instanceof YuetanError) send({ kind: 'failed', code: error.code, params: error.params })
        else send({ kind: 'failed', code: 'jobs.failed', params: { error: error instanceof Error ? error.name : '' } })
        if (last) port.close()
      },
    )
  })
}
