import type { DatabaseName } from '#db/connection.ts'
import { type RenewalStep, renewKey } from '#db/renew.ts'
import { serveJob } from './worker.ts'

/** What the renewal of a database's key is given; the keys are copies that die with the worker. */
export interface RenewInput {
  readonly file: string
  readonly schema: DatabaseName
  readonly oldKey: Uint8Array
  readonly newKey: Uint8Array
}

const steps: readonly RenewalStep[] = ['copy', 'rekey', 'check', 'rename']

serveJob<RenewInput, null>(async ({ file, schema, oldKey, newKey }, progress) => {
  const keys = { oldKey: Buffer.from(oldKey), newKey: Buffer.from(newKey) }
  try {
    renewKey({ file, schema, ...keys }, (step) =>
      progress({ step: `renew.${step}`, done: steps.indexOf(step), total: steps.length }),
    )
    return null
  } finally {
    for (const key of [keys.oldKey, keys.newKey, oldKey, newKey]) key.fill(0)
  }
})
