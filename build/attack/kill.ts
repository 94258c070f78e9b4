import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Knex } from 'knex'
import { createTrial, trialPassword } from '#electron/core/accounts/trial.ts'
import { unlockArchive } from '#electron/core/accounts/unlock.ts'
import { verifyLog } from '#electron/core/audit/heads.ts'
import { openAudit } from '#electron/core/audit/index.ts'
import type { LogRow } from '#electron/core/audit/log.ts'
import { startCoreChild } from '#electron/shell/core-child.ts'
import type { Result } from '#shared/contract/errors.ts'
import { randomFrom } from './hostile.ts'

export interface KillReport {
  readonly kills: number
  /** Answers the window got before the kills, and lines of those verbs in the log: never fewer lines than answers. */
  readonly answers: number
  readonly lines: number
  /** What must never happen, in words; empty when all is well. */
  readonly faults: readonly string[]
}

const entry = fileURLToPath(new URL('../../electron/core/entry.ts', import.meta.url))
const login = 'zhuyao'
/** One verb on each database: the act and its line in one commit, then the copy from one to the other. */
const calls = ['today.get', 'accounts.list'] as const
/** Longest time between the sign-in and the kill, in ms. */
const longest = 400

/**
 * Kills a working core at `count` random moments: in acts, in the commit, in the copying and signing behind it. After
 * all of it the chains are whole, the copies have no gap and no duplicate, and no answer is without its line.
 */
export async function killAtRandom(count: number, seed: number): Promise<KillReport> {
  const base = mkdtempSync(join(tmpdir(), 'yuetan-kill-'))
  const place = { folder: join(base, 'archive'), machineFolder: join(base, 'machine') }
  const random = randomFrom(seed)
  const faults: string[] = []
  let answers = 0
  try {
    await createTrial({ ...place, unit: '某市国资委', now: new Date().toISOString() })
    for (let n = 0; n < count; n += 1) answers += await workAndKill(place, random(longest))
    const now = () => new Date().toISOString()
    const { archive } = await unlockArchive({ ...place, login, password: trialPassword, now: now() })
    const audit = await openAudit({ archive, now, witness: () => undefined })
    await audit.close()
    const { office, cases, ledger } = archive
    let lines = 0
    for (const database of [office, cases]) {
      if (!database) continue
      const { fault } = await verifyLog(database.knex, database.name, ledger)
      if (fault) faults.push(`${database.name}: ${fault.reason} at line ${fault.seq}`)
      lines += await countOf(database.knex)
    }
    if (cases) faults.push(...(await copyFaults(office.knex, cases.knex)))
    if (lines < answers) faults.push(`${answers} answers, ${lines} lines`)
    await Promise.all([office.close(), cases?.close()])
    return { kills: count, answers, lines, faults }
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
}

async function workAndKill(place: { folder: string; machineFolder: string }, after: number): Promise<number> {
  const child = startCoreChild(process.execPath, entry)
  const ready = Promise.withResolvers<void>()
  const signedIn = Promise.withResolvers<void>()
  let answers = 0
  let working = false
  let id = 0
  const ask = (port: number, verb: string, input: unknown) => {
    id += 1
    child.send({ kind: 'message', port, message: { id, verb, input } })
  }
  const keepAsking = () => ask(2, calls[id % calls.length] ?? calls[0], {})
  child.listen((message) => {
    if (message.kind === 'ready') ready.resolve()
    if (message.kind === 'failed') ready.reject(new Error(message.code))
    if (message.kind !== 'message') return
    const answer = message.message as { result?: Result<unknown> }
    if (!answer.result) return
    if (!working) {
      if (answer.result.ok) signedIn.resolve()
      else signedIn.reject(new Error(answer.result.error.code))
      return
    }
    if (answer.result.ok) answers += 1
    keepAsking()
  })
  child.send({
    kind: 'start',
    machineFolder: place.machineFolder,
    archiveFolder: place.folder,
    resources: '',
    trialOnly: true,
  })
  await ready.promise
  for (const [index, window] of (['signin', 'case'] as const).entries())
    child.send({ kind: 'connect', port: index + 1, window })
  ask(1, 'session.signIn', { login, password: trialPassword })
  await signedIn.promise
  working = true
  for (let n = 0; n < 4; n += 1) keepAsking()
  await wait(after)
  child.kill()
  await child.exited
  return answers
}

async function countOf(db: Knex): Promise<number> {
  const row = await db<LogRow>('log')
    .whereIn('action', [...calls])
    .whereNull('source_seq')
    .where({ result: 'ok' })
    .count({ n: '*' })
    .first()
  return Number(row?.n ?? 0)
}

/** Every line of cases.db stands in office.db exactly once. */
async function copyFaults(office: Knex, cases: Knex): Promise<string[]> {
  const own: { seq: number; hash: string }[] = await cases('log').orderBy('seq').select('seq', 'hash')
  const copies: { source_seq: number; detail: string }[] = await office('log')
    .where({ source: 'cases' })
    .orderBy('source_seq')
    .select('source_seq', 'detail')
  const faults: string[] = []
  if (copies.length !== own.length) faults.push(`${own.length} lines of cases.db, ${copies.length} copies`)
  for (const [index, line] of own.entries()) {
    const copy = copies[index]
    if (copy?.source_seq !== line.seq || !copy.detail.includes(line.hash)) {
      faults.push(`copy of line ${line.seq} is missing, doubled or another`)
      break
    }
  }
  return faults
}
