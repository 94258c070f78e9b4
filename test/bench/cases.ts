import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { seedArchive, seedManifest } from '#build/seed/archive.ts'
import { type RawDatabase, RawDriver } from '#db/driver.ts'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import { createJobs } from '#electron/core/jobs/runner.ts'
import { type Desk, openDesk } from '#electron/core/sample/desk.ts'
import type { VerbInput } from '#shared/contract/bridge.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { compare, type Figure, figure } from './figure.ts'

const cases = 20_000
const rounds = 15
/** Tables the three questions read; the peer holds the same rows without encryption, door, scope rule or log. */
const tables = [
  'cases',
  'case_scope',
  'case_enterprises',
  'case_triggers',
  'case_events',
  'enterprises',
  'notices',
  'numbers',
  'approvals',
  'classifications',
  'interviews',
  'attendance',
  'minutes',
  'rectification_items',
  'rectification_documents',
  'volumes',
] as const

/** `list.20k`, `today.20k`, `case.open`, `analysis.10y`: an account whose 知悉范围 holds every one of 20,000 cases. */
export async function benchCases(): Promise<readonly Figure[]> {
  const out = await seeded()
  const jobs = createJobs()
  const now = (): string => new Date().toISOString()
  const place = { folder: join(out, 'archive'), machineFolder: join(out, 'machine'), resources: '' }
  const desk = await openDesk({ ...place, login: 'fenguan', password: trialPassword, jobs, now })
  const plain = new RawDriver(':memory:')
  plain.pragma('foreign_keys=OFF')
  try {
    await copyTables(desk, plain)
    return await measure(desk, plain)
  } finally {
    plain.close()
    await desk.close()
    await jobs.close()
  }
}

/** The archive of an earlier run serves again: making it takes minutes, and it only grows by log lines. */
export async function seeded(): Promise<string> {
  const out = fileURLToPath(new URL(`../../out/seed-${cases}`, import.meta.url))
  if (seedManifest(out)?.cases === cases) return out
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  const today = dayInChina(new Date().toISOString())
  await seedArchive({ out, cases, seed: 15, today, report: (line) => console.log(line) })
  return out
}

async function copyTables({ session }: Desk, plain: RawDatabase): Promise<void> {
  const source = session.archive.cases?.knex
  if (!source) throw new Error('a business account holds the key')
  for (const table of tables) {
    const shape: { sql: string }[] = await source('sqlite_master')
      .where({ tbl_name: table })
      .whereIn('type', ['table', 'index'])
      .whereNotNull('sql')
      .orderBy('type', 'desc')
      .select('sql')
    for (const { sql } of shape) plain.exec(sql)
    const rows: Record<string, unknown>[] = await source(table)
    const [first] = rows
    if (!first) continue
    const columns = Object.keys(first)
    const insert = plain.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join(',')})`)
    plain.transaction(() => {
      for (const row of rows) insert.run(...columns.map((column) => row[column]))
    })()
  }
}

/** The first page, and the list narrowed in every way: words that nothing, much and everything holds, each of the choices. */
const filters: readonly VerbInput<'cases.list'>[] = [
  {},
  { text: 'zzzz' },
  { text: '投资' },
  { text: '渝某' },
  { text: '能源 投资' },
  { stage: 'rectification' },
  { office: '财务监管处' },
  { level: 'none' },
  { mine: true },
  { dueBy: '2026-12-31' },
  { order: 'due' },
  { text: '公司', stage: 'archived', level: 'secret', order: 'due' },
]

async function measure(desk: Desk, plain: RawDatabase): Promise<readonly Figure[]> {
  const me = desk.accountId
  const scope = '(SELECT case_id FROM case_scope WHERE account_id = ? AND removed_at IS NULL)'
  const page = plain.prepare(`SELECT c.*, (SELECT group_concat(e.short_name) FROM case_enterprises p
      JOIN enterprises e ON e.id = p.enterprise_id WHERE p.case_id = c.id) AS enterprises,
    (SELECT group_concat(n.n) FROM notices o JOIN numbers n ON n.id = o.number_id WHERE o.case_id = c.id) AS numbers
    FROM cases c WHERE c.id IN ${scope} ORDER BY c.updated_at DESC, c.id LIMIT 100`)
  const open = plain.prepare(`SELECT c.id, c.state, c.matter,
    (SELECT count(*) FROM notices o WHERE o.case_id = c.id AND o.state = 'issued') AS issued,
    (SELECT count(*) FROM minutes m WHERE m.case_id = c.id AND m.state = 'final') AS final,
    (SELECT min(d.received_at) FROM rectification_documents d WHERE d.case_id = c.id AND d.kind = 'workPlan') AS planned
    FROM cases c WHERE c.state NOT IN ('archived', 'withdrawn') AND c.id IN ${scope}`)
  const ofCase = tables.filter(
    (table) => !['cases', 'enterprises', 'numbers', 'approvals', 'attendance'].includes(table),
  )
  const whole = ofCase.map((table) => plain.prepare(`SELECT * FROM ${table} WHERE case_id = ?`))
  const peerPage = async (): Promise<unknown> => page.all(me)
  const ids = (plain.prepare(`SELECT id FROM cases ORDER BY id LIMIT ${rounds * 40}`).all() as { id: string }[]).map(
    (row) => row.id,
  )
  const caseOf = (round: number): string => ids[(round * 37) % ids.length] ?? ''

  // The slowest of the first page and of every way to narrow it.
  const lists = []
  for (const filter of filters) lists.push(await compare(rounds, () => desk.call('cases.list', filter), peerPage, 2))
  const list = lists.reduce((slowest, one) => (one[0] > slowest[0] ? one : slowest))
  const today = await compare(
    rounds,
    () => desk.call('today.get', {}),
    async () => open.all(me),
    2,
  )
  const opened = await compare(
    rounds * 4,
    (round) => desk.call('cases.get', { caseId: caseOf(round) }),
    async (round) => whole.map((one) => one.all(caseOf(round))),
    5,
  )
  // Ten years of figures (Art. 19): every case counted by enterprise with all above it, situation, office, quarter, stage.
  const until = dayInChina(new Date().toISOString())
  const since = `${Number(until.slice(0, 4)) - 10}-01-01`
  const counted = [
    `SELECT office, count(*) FROM cases WHERE id IN ${scope} GROUP BY office`,
    `SELECT state, count(*) FROM cases WHERE id IN ${scope} GROUP BY state`,
    `SELECT substr(created_at, 1, 7), count(*) FROM cases WHERE id IN ${scope} GROUP BY 1`,
    `SELECT code, count(*) FROM case_triggers WHERE case_id IN ${scope} GROUP BY code`,
    `SELECT p.enterprise_id, t.code, count(*) FROM case_enterprises p JOIN case_triggers t ON t.case_id = p.case_id
      WHERE p.case_id IN ${scope} GROUP BY 1, 2`,
    `WITH RECURSIVE up (id, top) AS (SELECT id, id FROM enterprises
        UNION SELECT up.id, e.parent_id FROM up JOIN enterprises e ON e.id = up.top WHERE e.parent_id IS NOT NULL)
      SELECT up.top, count(DISTINCT p.case_id) FROM case_enterprises p JOIN up ON up.id = p.enterprise_id
      WHERE p.case_id IN ${scope} GROUP BY up.top`,
  ].map((sql) => plain.prepare(sql))
  const analysed = await compare(
    rounds,
    () => desk.call('analysis.figures', { since, until, office: '', enterpriseId: null }),
    async () => counted.map((one) => one.all(me)),
    2,
  )
  return [
    figure(
      'analysis.10y',
      'ms',
      analysed[0],
      'the same counts by six statements of plain SQLite in memory',
      analysed[1],
    ),
    figure(
      'list.20k',
      'ms',
      list[0],
      'the first 100 rows, unfiltered, by one statement of plain SQLite in memory',
      list[1],
    ),
    figure('today.20k', 'ms', today[0], 'the open cases by one statement of plain SQLite in memory', today[1]),
    figure('case.open', 'ms', opened[0], 'every row of the case from plain SQLite in memory', opened[1]),
  ]
}
