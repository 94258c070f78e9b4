import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { seedArchive } from '#build/seed/archive.ts'
import { randomOf } from '#build/seed/random.ts'
import { intakeText } from '#build/seed/text.ts'
import { seenOnMachine } from '#electron/core/accounts/device.ts'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import { unlockArchive } from '#electron/core/accounts/unlock.ts'
import { verifyLog } from '#electron/core/audit/heads.ts'
import { createJobs } from '#electron/core/jobs/runner.ts'
import { type Desk, openDesk } from '#electron/core/sample/desk.ts'
import { suiteFolder } from '../support/folders.ts'

const resources = fileURLToPath(new URL('../..', import.meta.url))
const today = '2026-11-26'
const cases = 60

const suite = suiteFolder()
afterAll(() => suite.remove())

interface Place {
  readonly folder: string
  readonly machineFolder: string
}

async function seeded(name: string): Promise<Place> {
  const out = join(suite.folder, name)
  mkdirSync(out)
  await seedArchive({ out, cases, seed: 7, today, report: () => undefined })
  return { folder: join(out, 'archive'), machineFolder: join(out, 'machine') }
}

const first = seeded('first')

async function deskOf(place: Place, login: string): Promise<Desk> {
  const jobs = createJobs()
  const now = (): string => new Date().toISOString()
  const desk = await openDesk({ ...place, resources, login, password: trialPassword, jobs, now })
  onTestFinished(async () => {
    await desk.close()
    await jobs.close()
  })
  return desk
}

test('a seeded archive obeys the Rules: every case opens, every number stands once, the log is whole', async () => {
  const place = await first
  const fenguan = await deskOf(place, 'fenguan')
  const { rows: list, total } = await fenguan.call('cases.list', {})
  expect([list.length, total]).toEqual([cases, cases])
  // Opening a case judges every signed act in it (审签, 编号, 定密, 定稿, 归档).
  for (const one of list) {
    const { articles } = await fenguan.call('cases.get', { caseId: one.id })
    expect(articles.length).toBeGreaterThan(0)
  }
  expect(new Set(list.map((one) => one.stage)).size).toBeGreaterThanOrEqual(4)
  const issued = list.flatMap((one) => one.numbers)
  expect(new Set(issued).size).toBe(issued.length)

  const zhuize = await deskOf(place, 'zhuize')
  for (const year of [2022, 2024, 2026]) {
    const { entries } = await zhuize.call('numbers.register', { year })
    expect(entries.map((entry) => entry.n)).toEqual(entries.map((_, index) => index + 1))
    expect(entries.length).toBeGreaterThan(0)
  }

  const request = { ...place, login: 'shenji', password: trialPassword, now: new Date().toISOString() }
  const { archive } = await unlockArchive(request)
  const { lines, fault } = await verifyLog(
    archive.office.knex,
    'office',
    archive.ledger,
    seenOnMachine(place.machineFolder, archive.ledger.genesis).heads,
  )
  await archive.office.close()
  expect(fault).toBeNull()
  expect(lines).toBeGreaterThan(cases)
})

test('the same seed and day tell the same story', async () => {
  const story = async (place: Place) => {
    const desk = await deskOf(place, 'fenguan')
    const { rows } = await desk.call('cases.list', {})
    return rows.map((one) => [one.id, one.matter, one.enterprises, one.numbers, one.stage, one.level])
  }
  expect(await story(await seeded('again'))).toEqual(await story(await first))
  expect(intakeText(randomOf(7))).not.toEqual(intakeText(randomOf(8)))
})
