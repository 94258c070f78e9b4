import { createTrial } from '#electron/core/accounts/trial.ts'

/** Founds a trial archive in a process of its own, for tests that kill it: `found-trial.ts FOLDER MACHINE-FOLDER`. */
const [folder, machineFolder] = process.argv.slice(2)
if (!folder || !machineFolder) throw new Error('two folders are needed')
await createTrial({ folder, machineFolder, unit: '某市国资委', now: '2026-11-24T01:00:00.000Z' })
