import type { DrillResult } from '#shared/domain/backups.ts'
import { type CheckInput, checkBackup } from '../backups/checking.ts'
import { serveJob } from './worker.ts'

serveJob<CheckInput, DrillResult[]>(async (input, progress) => {
  try {
    return await checkBackup(input, (step, done, total) => progress({ step, done, total }))
  } finally {
    input.officeKey.fill(0)
    input.casesKey?.fill(0)
  }
})
