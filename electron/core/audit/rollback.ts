import type { Knex } from 'knex'
import type { Database, DatabaseName } from '#db/connection.ts'
import type { Finding } from '#shared/domain/audit.ts'
import type { LedgerView, OpenArchive } from '../session/types.ts'
import { clockTolerance, headIsValid, type LogHead } from './heads.ts'
import { type LogRow, lastPosition } from './log.ts'

/** What this machine saw of the archive; empty on a machine that never saw it. */
export interface Seen {
  readonly known: boolean
  /** Names this machine's witness, 64 hex digits; another one after the witness was lost. */
  readonly mark: string
  readonly heads: readonly LogHead[]
}

/**
 * Compares both files, the other one's copies of their heads, the machine's witness and the clock: a head behind any of
 * the others stops business until 系统管理员 and 安全审计员 have checked (ledger record `restore`). An officer holds no key
 * to cases.db: what a business sign-in found there stands in office.db as a line, and so does what a paper told.
 */
export async function findRollback(archive: OpenArchive, seen: Seen, now: string): Promise<readonly Finding[]> {
  const { office, cases, ledger } = archive
  const findings: Finding[] = []
  for (const [own, other] of [[office, cases] as const, ...(cases ? [[cases, office] as const] : [])]) {
    const lost = await lostHeadOf(own, other, ledger, seen.heads)
    if (lost) findings.push(lost)
  }
  const end = await lastPosition(office.knex)
  const machine = { database: 'machine', seq: 0, hash: seen.mark } as const
  if (!seen.known && end.seq > 0 && !isRestored(machine, ledger)) {
    findings.push({ ...machine, kind: 'newMachine', source: 'machine', kept: end.seq, at: now })
  }
  for (const noted of await notedFindings(office.knex, ledger)) {
    if (!findings.some((one) => sameHead(one, noted))) findings.push(noted)
  }
  const floor = await clockFloor(office.knex, ledger, seen.heads)
  if (floor !== null && Date.parse(now) < Date.parse(floor) - clockTolerance) {
    findings.push({ kind: 'clock', database: 'machine', kept: 0, seq: 0, hash: '', at: floor, source: 'machine' })
  }
  return findings
}

/** Findings that stand in the log of office.db and that nobody has given up yet. */
export async function notedFindings(db: Knex, ledger: LedgerView): Promise<readonly Finding[]> {
  const rows = await db<LogRow>('log').where({ action: 'log.behind', source: 'office' }).orderBy('seq')
  const open = new Map<string, Finding>()
  for (const row of rows) {
    const noted = JSON.parse(row.detail) as Finding
    if (!isRestored(noted, ledger, row.at)) open.set(`${noted.database}/${noted.seq}/${noted.hash}`, noted)
  }
  return [...open.values()]
}

function isRestored(head: Head, ledger: LedgerView, since = ''): boolean {
  return ledger.restores().some(({ at, findings }) => at >= since && findings.some((one) => sameHead(one, head)))
}

type Head = Pick<Finding, 'database' | 'seq' | 'hash'>
function sameHead(a: Head, b: Head): boolean {
  return a.database === b.database && a.seq === b.seq && a.hash === b.hash
}

/** The newest signed head seen elsewhere that this file does not contain: it is older than that, or another file. */
async function lostHeadOf(
  own: Database,
  other: Database | null,
  ledger: LedgerView,
  witnessed: readonly LogHead[],
): Promise<Finding | null> {
  const elsewhere = other ? await newestHead(other.knex, own.name, ledger) : null
  const candidates = [
    ...witnessed.filter((head) => head.database === own.name).map((head) => [head, 'witness'] as const),
    ...(elsewhere ? [[elsewhere, 'otherDatabase'] as const] : []),
  ].toSorted(([a], [b]) => b.seq - a.seq)
  for (const [head, source] of candidates) {
    // A head nobody of the ledger signed proves nothing: anybody can write the witness.
    if (isGivenUp(head, ledger) || !headIsValid(head, ledger)) continue
    if (await own.knex<LogRow>('log').where({ seq: head.seq, hash: head.hash }).first('seq')) continue
    const { seq: kept } = await lastPosition(own.knex)
    return { kind: 'behind', database: own.name, kept, seq: head.seq, hash: head.hash, at: head.at, source }
  }
  return null
}

/** True when a restore named this head, or one signed before it. */
export function isGivenUp(head: LogHead, ledger: LedgerView): boolean {
  return ledger
    .restores()
    .some(
      ({ at, findings }) =>
        head.at <= at && findings.some((one) => one.database === head.database && head.seq <= one.seq),
    )
}

async function newestHead(db: Knex, database: DatabaseName, ledger: LedgerView): Promise<LogHead | null> {
  const query = db<LogHead>('log_heads').where({ database }).orderBy('seq', 'desc').orderBy('at', 'desc')
  for (const { at, findings } of ledger.restores()) {
    for (const one of findings.filter((lost) => lost.database === database)) {
      query.whereNot((given) => given.where('seq', '>', one.kept).where('seq', '<=', one.seq).where('at', '<=', at))
    }
  }
  return (await query.first()) ?? null
}

/** The latest moment that the archive or this machine has seen; null while nothing was written. */
async function clockFloor(db: Knex, ledger: LedgerView, witnessed: readonly LogHead[]): Promise<string | null> {
  const set = ledger.clock()
  const after = set?.after ?? 0
  const signed = await db<LogHead>('log_heads').where({ database: 'office' }).where('seq', '>', after).max({ at: 'at' })
  const last = await db<LogRow>('log').where('seq', '>', after).orderBy('seq', 'desc').first('at')
  const moments = [
    set?.floor,
    signed[0]?.at,
    last?.at,
    ...witnessed.filter((head) => head.database === 'office' && head.seq > after).map((head) => head.at),
  ].filter((moment) => typeof moment === 'string')
  return moments.toSorted().at(-1) ?? null
}
