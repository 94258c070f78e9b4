import { type MakeInput, type Prepared, prepareBackup } from '../backups/making.ts'
import { serveJob } from './worker.ts'

serveJob<MakeInput, Prepared>(async (input, progress) => {
  try {
    return await prepareBackup(input, (step, done, total) => progress({ step, done, total }))
  } finally {
    input.officeKey.fill(0)
  }
})
