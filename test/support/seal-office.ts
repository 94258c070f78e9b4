import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import { createJobs } from '#electron/core/jobs/runner.ts'
import { answered } from './answered.ts'

/**
 * The archivist seals a volume in a process of its own (`tickets` with commas), there to be killed: from outside, or by its own hand when the
 * bundle is to take its name (`naming`) or has just taken it (`named`).
 */
const [folder = '', machineFolder = '', caseId = '', volumeId = '', tickets = '', out = '', end = ''] =
  process.argv.slice(2)
const rename = fs.rename
fs.rename = async (from, to) => {
  const bundle = String(to).endsWith('.sealed')
  if (bundle && end === 'naming') process.kill(process.pid, 'SIGKILL')
  await rename(from, to)
  if (bundle && end === 'named') process.kill(process.pid, 'SIGKILL')
}
syncBuiltinESMExports()
const { openDesk } = await import('#electron/core/sample/desk.ts')
const desk = await openDesk({
  folder,
  machineFolder,
  resources: '',
  login: 'dangan',
  password: trialPassword,
  jobs: createJobs(),
  now: () => new Date().toISOString(),
})
const checks = answered(await desk.call('archive.check', { caseId, volumeId }))
await desk.call('archive.seal', { caseId, volumeId, ticketIds: tickets.split(','), folder: out, checks, job: 'seal' })
