import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { indexStale } from '#db/repositories/search.ts'
import { noteHead } from '#electron/core/accounts/device.ts'
import { openAudit } from '#electron/core/audit/index.ts'
import { refreshLines } from '#electron/core/cases/lines.ts'
import { addDays } from '#shared/calendar/workingDays.ts'
import { momentOf, workingDays } from './days.ts'
import { foundSeed, openDesks } from './desks.ts'
import { liveCase } from './life.ts'
import { seedParties } from './parties.ts'
import { idsOf, randomOf } from './random.ts'

export interface SeedRequest {
  readonly out: string
  readonly cases: number
  readonly seed: number
  /** The story's last day; the same seed and day tell the same story. */
  readonly today: string
  readonly report: (line: string) => void
}

/** What a seeded folder says of itself, in `seed.json`. */
export interface SeedManifest {
  readonly cases: number
  readonly seed: number
  readonly today: string
  readonly seconds: number
}

/** First working day after the Rules came into force that a case may start on. */
const begin = '2022-01-04'
const perTransaction = 200

export function seedManifest(out: string): SeedManifest | null {
  const file = join(out, 'seed.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

/**
 * Makes a trial archive for measuring: cases spread over the years since the Rules came into force, each as far as the
 * calendar lets it be, with valid signed acts. No papers are made and only binding acts leave log lines. Texts, days and
 * sums follow the seed; keys and signatures are made anew each time.
 */
export async function seedArchive(request: SeedRequest): Promise<SeedManifest> {
  const { out, cases, seed, today, report } = request
  const started = performance.now()
  const random = randomOf(seed)
  const newId = idsOf(randomOf(seed + 1))
  const now = momentOf(today, 8, 30)
  await foundSeed(out, now)
  const desks = await openDesks(out, now, newId)
  const { database, archive } = desks
  const audit = await openAudit({
    archive,
    now: () => now,
    witness: (head) => noteHead(archive.machineFolder, archive.ledger.genesis, head),
  })
  try {
    const groups = Math.max(12, Math.min(400, Math.round(cases / 50)))
    const enterprises = await database.transaction((trx) =>
      seedParties((inside) => desks.at('chengban', inside, momentOf(begin, 9, 0)), trx, random, groups),
    )
    const days = workingDays(begin, addDays(today, 90))
    const present = workingDays(begin, today).count - 1
    const next = new Map<string, number>()
    const registers = {
      next: (register: string) => {
        const n = (next.get(register) ?? 0) + 1
        next.set(register, n)
        return n
      },
    }
    for (let done = 0; done < cases; done += perTransaction) {
      const many = Math.min(perTransaction, cases - done)
      await database.transaction(async (trx) => {
        for (let index = done; index < done + many; index += 1) {
          const opened = Math.floor((index / cases) * present)
          const party = random.chance(0.06)
            ? random.some(enterprises, random.between(2, 4))
            : [random.pick(enterprises)]
          await liveCase({ desks, trx, random, days, registers, today: present }, opened, party)
        }
      })
      if ((done / perTransaction) % 10 === 9) report(`${done + many} of ${cases} cases`)
    }
    report('writing the lines of the list')
    await database.transaction((trx) => refreshLines(desks.at('fenguan', trx, now)))
    report('writing the index of the search')
    while ((await database.transaction((trx) => indexStale(trx, 5000))) > 0);
    report('signing the log and copying it for the auditor')
  } finally {
    await audit.close()
    await desks.close()
  }
  const manifest = { cases, seed, today, seconds: Math.round((performance.now() - started) / 1000) }
  writeFileSync(join(out, 'seed.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  return manifest
}
