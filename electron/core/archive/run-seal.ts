import { MessageChannel } from 'node:worker_threads'
import type { SealResult } from '../../sealing/bundle.ts'
import type { JobOptions, Jobs } from '../jobs/runner.ts'
import type { SealInput } from '../jobs/seal.ts'
import type { Identity } from '../session/types.ts'

/**
 * Seals in a job. The worker asks back once, with the attributes to sign, so that the private key never leaves the
 * identity. `verifyPage` is the file `dist/verify/index.html`. Errors: those of `sealBundle`, `jobs.cancelled`.
 */
export async function runSeal(
  jobs: Jobs,
  identity: Identity,
  input: Omit<SealInput, 'port'>,
  options: JobOptions = {},
): Promise<SealResult> {
  const { port1: ours, port2: theirs } = new MessageChannel()
  ours.once('message', (attributes: Uint8Array) => ours.postMessage(identity.signAttributes(attributes)))
  try {
    const whole: SealInput = { ...input, port: theirs }
    return await jobs.run<SealInput, SealResult>('seal', whole, { ...options, transfer: [theirs] })
  } finally {
    ours.close()
  }
}
