import { join } from 'node:path'
import { createTrial, trialPassword } from '#electron/core/accounts/trial.ts'
import { createJobs } from '#electron/core/jobs/runner.ts'
import { type Desk, openDesk } from '#electron/core/sample/desk.ts'
import type { TestOffice } from './office.ts'

/** A trial archive of its own outside any test: for commands that take longer than a test may. */
export async function plainOffice(base: string): Promise<{ office: TestOffice; close(): Promise<void> }> {
  const now = () => new Date().toISOString()
  const folder = join(base, 'archive')
  const machineFolder = join(base, 'machine')
  await createTrial({ folder, machineFolder, unit: '渝某国资监管机构', now: now() })
  const jobs = createJobs()
  const desks = new Map<string, Desk>()
  const open = async (login: string): Promise<Desk> => {
    const seat = { folder, machineFolder, resources: process.cwd(), login, password: trialPassword, jobs, now }
    const desk = await openDesk(seat)
    desks.set(login, desk)
    return desk
  }
  const leave = async (login: string): Promise<void> => {
    await desks.get(login)?.close()
    desks.delete(login)
  }
  const office: TestOffice = {
    folder,
    machineFolder,
    outside: base,
    at: async (login) => desks.get(login) ?? open(login),
    leave,
    again: async (login) => {
      await leave(login)
      return open(login)
    },
  }
  const close = async (): Promise<void> => {
    for (const desk of desks.values()) await desk.close()
    await jobs.close()
  }
  return { office, close }
}
