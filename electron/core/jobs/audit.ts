import { openDatabase } from '#db/connection.ts'
import { readLedger } from '../accounts/ledger.ts'
import { type LogHead, type LogReport, verifyLog } from '../audit/heads.ts'
import { serveJob } from './worker.ts'

export interface AuditInput {
  /** `office.db`, which goes on being written meanwhile: what stood there at the beginning is judged. */
  readonly file: string
  readonly key: Uint8Array
  readonly genesis: string
  readonly witnessed: readonly LogHead[]
}

serveJob<AuditInput, LogReport>(async ({ file, key, genesis, witnessed }, progress) => {
  const office = await openDatabase({ file, schema: 'office', readOnly: true, key: () => Buffer.from(key) })
  try {
    return await office.transaction(async (trx) => {
      const ledger = await readLedger(trx, genesis)
      return verifyLog(trx, 'office', ledger, witnessed, (done, total) => progress({ step: 'audit', done, total }))
    })
  } finally {
    await office.close()
    key.fill(0)
  }
})
