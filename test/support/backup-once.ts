import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import { createJobs } from '#electron/core/jobs/runner.ts'

/**
 * 系统管理员 backs up, or both officers restore, in a process of its own, there to be killed: from outside, or by its own
 * hand when the folder has just taken its name (`named`).
 */
const [act = '', folder = '', machineFolder = '', from = '', to = '', end = ''] = process.argv.slice(2)
const rename = fs.rename
fs.rename = async (source, target) => {
  await rename(source, target)
  if (end === 'named' && String(source) === `${String(target)}.part`) process.kill(process.pid, 'SIGKILL')
}
syncBuiltinESMExports()
const { openDesk } = await import('#electron/core/sample/desk.ts')
const { restoreBackup } = await import('#electron/core/backups/restoring.ts')
const jobs = createJobs()
const now = new Date().toISOString()
const password = trialPassword
if (act === 'make') {
  const account = { login: 'xitong', password }
  const desk = await openDesk({ folder, machineFolder, resources: '', ...account, jobs, now: () => now })
  await desk.call('backups.make', { folder: to, job: 'backup' })
} else {
  const officers = { systemAdmin: { login: 'xitong', password }, auditor: { login: 'shenji', password } }
  const request = { backup: from, folder: to, reason: '演练', device: '', ...officers }
  await restoreBackup({ machineFolder, now, jobs }, request, () => undefined)
}
