import { cpSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readCaseScript } from '#build/demo/script.ts'
import { root } from '#build/paths.ts'
import { randomOf } from '#build/seed/random.ts'
import { likePattern } from '#db/repositories/parties.ts'
import { indexStale } from '#db/repositories/search.ts'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import { createJobs } from '#electron/core/jobs/runner.ts'
import { type Desk, openDesk } from '#electron/core/sample/desk.ts'
import { seeded } from './cases.ts'
import { type Figure, figure, p95 } from './figure.ts'

/** Utterances in the archive that is searched. */
const wanted = 1_000_000
/** The commonest characters of modern written Chinese; each is a query of its own. */
const commonest = [...'的一是在不了有和人这中大为上个国我以要他']
const queries = 200
/** A scan takes a second and more: the peer answers some of the queries. */
const scanned = 20

/** `search.1m`: 95 of 100 of 200 queries over 1,000,000 utterances, beside a LIKE scan of the same encrypted file. */
export async function benchSearch(): Promise<readonly Figure[]> {
  const source = await seeded()
  const out = `${source}-search`
  rmSync(out, { recursive: true, force: true })
  cpSync(source, out, { recursive: true })
  const jobs = createJobs()
  const place = { folder: join(out, 'archive'), machineFolder: join(out, 'machine'), resources: '' }
  const now = (): string => new Date().toISOString()
  const desk = await openDesk({ ...place, login: 'fenguan', password: trialPassword, jobs, now })
  try {
    const clauses = await spoken()
    await talk(desk, clauses)
    await index(desk, join(out, 'archive', 'cases.db'))
    return await measure(desk, chosenQueries(clauses))
  } finally {
    await desk.close()
    await jobs.close()
    rmSync(out, { recursive: true, force: true })
  }
}

/** What people say in the shipped case scripts, cut at its signs. */
async function spoken(): Promise<readonly string[]> {
  const clauses = new Set<string>()
  for (const name of ['individual', 'collective', 'unclassified']) {
    const script = await readCaseScript(join(root, 'test', 'fixtures', 'cases', `${name}.json`))
    for (const { text } of script.interview.utterances)
      for (const clause of text.split(/[，。；：？、！]/)) if (clause.length > 3) clauses.add(clause)
  }
  return [...clauses]
}

function database(desk: Desk) {
  const found = desk.session.archive.cases
  if (!found) throw new Error('a business account holds the key')
  return found
}

/** Lengthens the records until the archive holds a million utterances, each of three to six clauses and a figure. */
async function talk(desk: Desk, clauses: readonly string[]): Promise<void> {
  const random = randomOf(31)
  const { knex } = database(desk)
  const interviews: { id: string; last: number }[] = await knex('utterances')
    .groupBy('interview_id')
    .select('interview_id as id', knex.raw('max(seq) AS last'))
  const [counted]: { n: number }[] = await knex('utterances').select(knex.raw('count(*) AS n'))
  const each = Math.ceil((wanted - (counted?.n ?? 0)) / interviews.length)
  let made = 0
  for (const { id, last } of interviews) {
    const rows = Array.from({ length: each }, (_, index) => {
      made += 1
      const said = Array.from({ length: random.between(3, 6) }, () => random.pick(clauses))
      return {
        id: made.toString().padStart(26, '0'),
        interview_id: id,
        seq: last + 1 + index,
        kind: 'statement',
        audience: '"all"',
        text: `${said.join('，')}，共${random.between(100, 99_999)}万元。`,
        started_at: '2026-03-02T01:00:00.000Z',
        version: 1,
      }
    })
    await database(desk).transaction((trx) => trx.batchInsert('utterances', rows, 100))
  }
}

/** Writes the index and says what it costs. */
async function index(desk: Desk, file: string): Promise<void> {
  const { knex } = database(desk)
  const size = async (): Promise<number> => {
    await knex.raw('PRAGMA wal_checkpoint(TRUNCATE)')
    return statSync(file).size
  }
  const before = await size()
  const begun = performance.now()
  while ((await database(desk).transaction((trx) => indexStale(trx, 10_000))) > 0);
  const seconds = Math.round((performance.now() - begun) / 1000)
  const grown = ((await size()) - before) / 1e6
  console.log(
    `search: index of ${wanted} utterances built in ${seconds} s, ${Math.round(grown)} MB beside ${Math.round(before / 1e6)} MB`,
  )
}

/** 20 single characters, then words of two to eight characters cut from what was said, and some that are nowhere. */
function chosenQueries(clauses: readonly string[]): readonly string[] {
  const random = randomOf(32)
  const words = Array.from({ length: queries - commonest.length - 20 }, (_, at) => {
    const clause = random.pick(clauses)
    const from = random.between(0, Math.max(0, clause.length - 8))
    return clause.slice(from, from + 2 + (at % 7))
  })
  const nowhere = Array.from(
    { length: 10 },
    () => `${random.pick(commonest)}${random.pick(commonest)}${random.pick(commonest)}`,
  )
  const figures = Array.from({ length: 10 }, () => `${random.between(100, 99_999)}万元`)
  return [...commonest, ...words, ...nowhere, ...figures]
}

async function measure(desk: Desk, all: readonly string[]): Promise<readonly Figure[]> {
  const { knex } = database(desk)
  for (const query of all.slice(0, 20)) await desk.call('search.query', { query })
  const times: number[] = []
  for (const query of all) {
    const begun = performance.now()
    await desk.call('search.query', { query })
    times.push(performance.now() - begun)
  }
  const scans: number[] = []
  for (let at = 0; at < scanned; at += 1) {
    const query = all[Math.floor((at * all.length) / scanned)] ?? ''
    const begun = performance.now()
    await knex('utterances')
      .whereRaw("text LIKE ? ESCAPE '\\'", [likePattern(query)])
      .select(knex.raw('count(*) AS n'))
    scans.push(performance.now() - begun)
  }
  return [figure('search.1m', 'ms', p95(times), 'LIKE over the same encrypted utterances, counted', p95(scans))]
}
