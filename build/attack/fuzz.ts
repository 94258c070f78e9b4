import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { createTrial, trialPassword } from '#electron/core/accounts/trial.ts'
import { unlockArchive } from '#electron/core/accounts/unlock.ts'
import { openAudit } from '#electron/core/audit/index.ts'
import { createCore } from '#electron/core/core.ts'
import { createDoor, type Door } from '#electron/core/dispatch.ts'
import { createHandlers } from '#electron/core/handlers.ts'
import { createJobs } from '#electron/core/jobs/runner.ts'
import { noPrinting } from '#electron/core/printing.ts'
import type { OpenArchive } from '#electron/core/session/types.ts'
import type { Result } from '#shared/contract/errors.ts'
import { contract } from '#shared/contract/index.ts'
import type { VerbSpec, WindowName } from '#shared/contract/verb.ts'
import { hostileInput, hostileValue, type Random, randomFrom } from './hostile.ts'

export interface FuzzReport {
  readonly calls: number
  readonly passed: number
  readonly refused: number
  /** Verbs whose answer was `internal.unexpected`, with how often: none is expected. */
  readonly unexpected: Readonly<Record<string, number>>
  /** What must never happen, in words; empty when all is well. */
  readonly faults: readonly string[]
}

/** Longest time one call may take, in ms; beyond it the door hangs. */
const patience = 60_000
const contractTable: Readonly<Record<string, VerbSpec>> = contract
const verbs = Object.keys(contractTable)
/** Accounts that call: with and without a key to cases. */
const callers = ['chengban', 'zhuyao', 'dingmi', 'anquan', 'shenji'] as const

/**
 * Sends `count` hostile calls through the real door of a real trial archive: no crash, no hang, no answer that breaks
 * its form, and no success of an audited verb without its log line.
 */
export async function fuzz(count: number, seed: number): Promise<FuzzReport> {
  const base = mkdtempSync(join(tmpdir(), 'yuetan-fuzz-'))
  const place = { folder: join(base, 'archive'), machineFolder: join(base, 'machine') }
  const random = randomFrom(seed)
  const tally = { calls: 0, passed: 0, refused: 0, unexpected: new Map<string, number>(), faults: [] as string[] }
  try {
    await createTrial({ ...place, unit: '某市国资委', now: new Date().toISOString() })
    for (const login of callers) await asCaller(place, login, Math.ceil(count / callers.length), random, tally)
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
  const { calls, passed, refused, faults } = tally
  return { calls, passed, refused, faults, unexpected: Object.fromEntries(tally.unexpected) }
}

interface Tally {
  calls: number
  passed: number
  refused: number
  readonly unexpected: Map<string, number>
  readonly faults: string[]
}

async function asCaller(
  place: { folder: string; machineFolder: string },
  login: string,
  count: number,
  random: Random,
  tally: Tally,
): Promise<void> {
  const { archive } = await unlockArchive({ ...place, login, password: trialPassword, now: new Date().toISOString() })
  const now = () => new Date().toISOString()
  const audit = await openAudit({ archive, now, witness: () => undefined })
  const jobs = createJobs()
  const session = { archive, openedAt: now(), journal: null, findings: [], resources: '', printing: noPrinting }
  // The control of a core that has no folder: session verbs find nothing to end, and paths lead nowhere.
  let door: Door | null = null
  const core = createCore({
    machineFolder: place.machineFolder,
    archiveFolder: null,
    resources: '',
    handlers: (control) => {
      const handlers = createHandlers({ ...control, lock: () => undefined }, { trialOnly: true })
      door = createDoor({
        contract,
        handlers,
        session: () => ({ session, audit, hidden: false, takeStepUp: () => true }),
        now,
        jobs,
        push: () => undefined,
        refused: () => undefined,
      })
      return handlers
    },
    session: () => undefined,
  })
  if (!door) throw new Error('no door')
  const before = await linesOf(archive)
  const succeeded = new Map<string, number>()
  for (let n = 0; n < count; n += 1) {
    const verb = random(20) === 0 ? hostileValue(random) : verbs[random(verbs.length)]
    const spec = typeof verb === 'string' && Object.hasOwn(contractTable, verb) ? contractTable[verb] : undefined
    const window: WindowName = random(10) === 0 ? 'signin' : 'case'
    const result = await answered(door, window, verb, cloned(hostileInput(random, spec)))
    tally.calls += 1
    if (result === null) {
      tally.faults.push(`${String(verb)} threw or did not answer`)
      break
    }
    if (result.ok) {
      tally.passed += 1
      if (typeof spec?.audit === 'string') succeeded.set(spec.audit, (succeeded.get(spec.audit) ?? 0) + 1)
    } else {
      tally.refused += 1
      if (typeof result.error?.code !== 'string') tally.faults.push(`${String(verb)} failed without a code`)
      if (result.error.code.startsWith('internal.'))
        tally.unexpected.set(String(verb), (tally.unexpected.get(String(verb)) ?? 0) + 1)
    }
  }
  const after = await linesOf(archive)
  for (const [action, times] of succeeded) {
    const written = (after.get(action) ?? 0) - (before.get(action) ?? 0)
    if (written < times) tally.faults.push(`${action}: ${times} successes, ${written} log lines`)
  }
  await audit.close()
  await core.stop()
  await jobs.close()
  await Promise.all([archive.office.close(), archive.cases?.close()])
}

/** What the wire lets through: the clone of a port. */
function cloned(value: unknown): unknown {
  try {
    return structuredClone(value)
  } catch {
    return undefined
  }
}

async function answered(
  door: Door,
  window: WindowName,
  verb: unknown,
  input: unknown,
): Promise<Result<unknown> | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), patience)
  })
  try {
    return await Promise.race([door.call(window, verb, input), late])
  } catch {
    return null
  } finally {
    clearTimeout(timer)
  }
}

/** Successful lines by action, of both databases, copies left out. */
async function linesOf({ office, cases }: OpenArchive): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>()
  for (const db of [office.knex, cases?.knex].filter((one): one is Knex => one !== undefined)) {
    const rows: { action: string; n: number }[] = await db('log')
      .where({ result: 'ok' })
      .whereNull('source_seq')
      .groupBy('action')
      .select('action')
      .count({ n: '*' })
    for (const row of rows) found.set(row.action, (found.get(row.action) ?? 0) + Number(row.n))
  }
  return found
}
