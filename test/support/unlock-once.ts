import { trialPassword } from '#electron/core/accounts/trial.ts'
import { unlockArchive } from '#electron/core/accounts/unlock.ts'

/** Unlocks a trial archive in a process of its own, for tests that kill it: `unlock-once.ts FOLDER MACHINE-FOLDER LOGIN`. */
const [folder, machineFolder, login] = process.argv.slice(2)
if (!folder || !machineFolder || !login) throw new Error('two folders and a login are needed')
const now = new Date().toISOString()
const { archive } = await unlockArchive({ folder, machineFolder, login, password: trialPassword, now })
await Promise.all([archive.office.close(), archive.cases?.close()])
