import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { MessageChannel } from 'node:worker_threads'
import { fail } from '#shared/contract/errors.ts'
import type { PreparedBundle } from '../../sealing/bundle.ts'
import type { JobOptions, Jobs } from '../jobs/runner.ts'
import type { SealInput } from '../jobs/seal.ts'
import type { Identity } from '../session/types.ts'

/**
 * Prepares a bundle in a job. The worker asks back once, with the attributes to sign, so that the private key never leaves the
 * identity. Errors: those of `prepareBundle`, `jobs.cancelled`, `bundle.verifyPage` (the program is not whole).
 */
export async function runSeal(
  jobs: Jobs,
  identity: Identity,
  input: Omit<SealInput, 'port' | 'verifyPage'>,
  options: JobOptions = {},
): Promise<PreparedBundle> {
  const { port1: ours, port2: theirs } = new MessageChannel()
  ours.once('message', (attributes: Uint8Array) => ours.postMessage(identity.signAttributes(attributes)))
  try {
    const whole: SealInput = { ...input, verifyPage: verifyPageFile(), port: theirs }
    return await jobs.run<SealInput, PreparedBundle>('seal', whole, { ...options, transfer: [theirs] })
  } finally {
    ours.close()
  }
}

/** The built verify page: beside the bundled core, or in `dist/` when the core runs from source. */
function verifyPageFile(): string {
  const places = ['../verify/index.html', '../../../dist/verify/index.html']
  const found = places.map((place) => fileURLToPath(new URL(place, import.meta.url))).find((place) => existsSync(place))
  return found ?? fail('bundle.verifyPage')
}
