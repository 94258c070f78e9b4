import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import { dayInChina, isRealDay } from '#shared/domain/common.ts'
import { root } from './paths.ts'
import { seedArchive } from './seed/archive.ts'

// `npm run seed [-- --cases 20000 --out DIR --seed N --today DAY]`: a trial archive for measuring, in DIR/archive.

try {
  await seed()
} catch (error) {
  console.error(`yuetan: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}

async function seed(): Promise<void> {
  const { values } = parseArgs({
    options: {
      cases: { type: 'string', default: '20000' },
      out: { type: 'string' },
      seed: { type: 'string', default: '15' },
      today: { type: 'string', default: dayInChina(new Date().toISOString()) },
    },
  })
  const cases = wholeNumber('--cases', values.cases, 100_000)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(values.today) || !isRealDay(values.today) || values.today < '2022-06-01')
    throw new Error(`--today ${values.today} is no day from 2022-06-01 on`)
  const wanted = values.out ?? join(root, 'out', 'seed')
  const out = isAbsolute(wanted) ? wanted : resolve(process.cwd(), wanted)
  clear(out)
  const seeded = await seedArchive({
    out,
    cases,
    seed: wholeNumber('--seed', values.seed, 2 ** 31),
    today: values.today,
    report: (line) => console.log(`yuetan: ${line}`),
  })
  console.log(`yuetan: ${seeded.cases} cases in ${seeded.seconds} s; ${out}/archive, machine folder ${out}/machine`)
  console.log(`yuetan: sign in as chengban, fenguan, zhuize … with ${trialPassword}`)
}

/** Only a folder that an earlier seed made is emptied; anything else is left alone. */
function clear(out: string): void {
  if (existsSync(out) && readdirSync(out).length > 0) {
    const known = readdirSync(out).every((name) => ['archive', 'archive.part', 'machine', 'seed.json'].includes(name))
    if (!known) throw new Error(`${out} is not empty and holds no earlier seed; name another folder`)
    rmSync(out, { recursive: true })
  }
  mkdirSync(out, { recursive: true })
}

function wholeNumber(option: string, text: string, most: number): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new Error(`${option} ${text} is no whole number from 1 to ${most}`)
  return value
}
