import type { Knex } from 'knex'
import type { Database, DatabaseName } from '#db/connection.ts'
import type { Finding } from '#shared/domain/audit.ts'
import type { OpenArchive } from '../session/types.ts'
import { type LogHead, lastHead, signHead } from './heads.ts'
import { appendLine, type LogLine, lastPosition, mirrorLines, type Position } from './log.ts'
import { notedFindings } from './rollback.ts'

/** Lines after which the head is signed, and the longest time a line stays unsigned (DESIGN §4). */
const linesPerHead = 64
const headInterval = 60_000

/** The log of one open archive: appends, copies to the auditor's database, signs the heads. */
export interface Audit {
  /** Adds a line in the transaction of the act it records. */
  append(trx: Knex.Transaction, database: DatabaseName, line: LogLine): Promise<Position>
  /** Adds a line of its own: a refusal, or an act without a transaction. */
  record(database: DatabaseName, line: LogLine): Promise<Position>
  /** Resolves when no signing is under way; nothing is begun. */
  idle(): Promise<void>
  /** Copies and signs what is outstanding. */
  settle(): Promise<void>
  /** Settles and stops the timer: at lock. Harmless when done twice. */
  close(): Promise<void>
}

export interface AuditOptions {
  readonly archive: OpenArchive
  readonly now: () => string
  /** Keeps the heads outside the archive, in the machine's witness. */
  readonly witness: (head: LogHead) => void
  /** What `findRollback` found; each new finding gets a line, so that the officers see it. */
  readonly findings?: readonly Finding[]
}

/**
 * Opens the log at sign-in: lines that a crash left unsigned, and a file that is behind a head seen elsewhere (an older
 * copy put back), are marked by lines of their own; the sign-in is written, and the new head signed.
 */
export async function openAudit({ archive, now, witness, findings = [] }: AuditOptions): Promise<Audit> {
  const { office, cases, identity } = archive
  const databases: readonly Database[] = cases ? [office, cases] : [office]
  let outstanding = 0
  let settling: Promise<void> = Promise.resolve()
  let closing: Promise<void> | null = null

  const line = (action: string, detail: LogLine['detail'] = {}): LogLine => ({
    at: now(),
    account: identity.id,
    roles: identity.roles,
    action,
    objectKind: null,
    objectId: null,
    level: null,
    result: 'ok',
    detail,
  })

  async function settleNow(): Promise<void> {
    outstanding = 0
    // An officer holds no key to cases.db: the lines wait for the next business account.
    if (cases) {
      const head = await signHead(cases, office, identity, now())
      if (head) witness(head)
      await mirrorLines(cases.knex, office.knex)
    }
    const head = await signHead(office, cases, identity, now())
    if (head) witness(head)
  }

  function settle(): Promise<void> {
    // A disk that refused once must not leave every later head unsigned.
    settling = settling.catch(() => undefined).then(settleNow)
    return settling
  }

  function counted(position: Position): Position {
    outstanding += 1
    // Signing happens behind the act; a failure shows at the next settle, the lines themselves are safe.
    if (outstanding >= linesPerHead) settle().catch(() => undefined)
    return position
  }

  for (const database of databases) {
    await database.transaction(async (trx) => {
      const end = await lastPosition(trx)
      const head = await lastHead(trx, database.name)
      const signed = head?.seq ?? 0
      if (end.seq > signed) {
        const detail = { from: signed + 1, to: end.seq }
        await appendLine(trx, database.name, line('log.unsignedTail', detail))
      }
      await appendLine(trx, database.name, line('session.signIn'))
    })
  }
  const noted = await notedFindings(office.knex, archive.ledger)
  const news = findings.filter((one) => !noted.some((old) => old.kind === one.kind && old.hash === one.hash))
  if (news.length > 0) {
    await office.transaction(async (trx) => {
      for (const { kind, ...place } of news) {
        const action = kind === 'clock' ? 'log.clockBack' : 'log.behind'
        await appendLine(trx, 'office', { ...line(action, { kind, ...place }), result: action })
      }
    })
  }
  await settle()

  const timer = setInterval(() => {
    if (outstanding > 0) settle().catch(() => undefined)
  }, headInterval)
  timer.unref()

  const named = (database: DatabaseName): Database => (database === 'cases' && cases ? cases : office)
  return {
    append: async (trx, database, entry) => counted(await appendLine(trx, database, entry)),
    record: async (database, entry) => {
      const target = named(database)
      return counted(await target.transaction((trx) => appendLine(trx, target.name, entry)))
    },
    idle: () => settling.catch(() => undefined),
    settle,
    close: () => {
      clearInterval(timer)
      closing ??= settle()
      return closing
    },
  }
}
