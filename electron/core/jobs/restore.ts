import { type CopyInput, copyRest } from '../backups/copying.ts'
import { serveJob } from './worker.ts'

serveJob<CopyInput, null>(async (input, progress) => {
  await copyRest(input, (step, done, total) => progress({ step, done, total }))
  return null
})
