import type { Knex } from 'knex'
import type { Database, DatabaseName } from '#db/connection.ts'
import { signedBy } from '#electron/crypto/signature.ts'
import type { Identity, LedgerView } from '../session/types.ts'
import { emptyChain, hashRow, type LogRow, lastPosition } from './log.ts'

import { isGivenUp } from './rollback.ts'

/** A signed statement that the chain of a database ended in this line at this time. */
export interface LogHead {
  readonly database: DatabaseName
  readonly seq: number
  readonly hash: string
  readonly at: string
  readonly signer: string
  readonly signature: string
}

function signedBody(head: Omit<LogHead, 'signature'>): Record<string, string | number> {
  const { database, seq, hash, at, signer } = head
  return { database, seq, hash, at, signer }
}

/** The latest head of a database's chain that this file knows; heads of the other database stand here as well. */
export async function lastHead(db: Knex, database: DatabaseName): Promise<LogHead | undefined> {
  return db<LogHead>('log_heads').where({ database }).orderBy('seq', 'desc').orderBy('at', 'desc').first()
}

/** Signs the end of a chain inside a transaction, or returns the head that already covers it; undefined when empty. */
export async function signHeadIn(
  trx: Knex.Transaction,
  database: DatabaseName,
  identity: Identity,
  at: string,
): Promise<{ readonly head: LogHead; readonly fresh: boolean } | undefined> {
  const last = await lastPosition(trx)
  if (last.seq === 0) return undefined
  const known = await lastHead(trx, database)
  if (known?.seq === last.seq) return { head: known, fresh: false }
  const body = { database, seq: last.seq, hash: last.hash, at, signer: identity.id }
  const head: LogHead = { ...body, signature: identity.sign('log-head', signedBody(body)) }
  await trx<LogHead>('log_heads').insert(head)
  return { head, fresh: true }
}

/**
 * Signs the end of a chain, keeps the head in its own database and in the other one. Returns it, or undefined when the
 * last line is signed already.
 */
export async function signHead(
  own: Database,
  other: Database | null,
  identity: Identity,
  at: string,
): Promise<LogHead | undefined> {
  const signed = await own.transaction((trx) => signHeadIn(trx, own.name, identity, at))
  if (!signed?.fresh) return undefined
  if (other) await other.transaction((trx) => trx<LogHead>('log_heads').insert(signed.head))
  return signed.head
}

/** True when an account of the ledger signed exactly this head. */
export function headIsValid(head: LogHead, ledger: LedgerView): boolean {
  const signer = ledger.account(head.signer)
  if (!signer) return false
  return signedBy(signer, 'log-head', ledger.genesis, signedBody(head), head.signature)
}

/** Actions whose line stands outside a session: the person proved a password in the act itself. */
const outsideSession = ['door.', 'recovery.', 'session.changePassword', 'accounts.devicePaper']

/**
 * Who may have written a line: the account that signed in last. The sample desks of a trial archive work side by side,
 * so there any account that signed in before may.
 */
class Actors {
  readonly #many: boolean
  readonly #signedIn = new Set<string | null>()

  constructor(many: boolean) {
    this.#many = many
  }

  accept(row: LogRow): boolean {
    if (row.action === 'session.signIn' || row.action.startsWith('log.')) {
      // Marks of a sign-in (unsigned tail, rollback) stand before its own line.
      if (!this.#many) this.#signedIn.clear()
      this.#signedIn.add(row.account)
      return true
    }
    return this.#signedIn.has(row.account) || outsideSession.some((action) => row.action.startsWith(action))
  }
}

/** What is wrong with a chain, at which line. */
export interface LogFault {
  readonly seq: number
  /** `gap` line missing · `chain` order changed · `hash` line changed · `head` signed head does not fit · `signature` head not signed by an account · `behind` a head seen elsewhere is ahead of the file · `foreign` an account that was not signed in. */
  readonly reason: 'gap' | 'chain' | 'hash' | 'head' | 'signature' | 'behind' | 'foreign'
}

export interface LogReport {
  readonly lines: number
  readonly signedTo: number
  readonly fault: LogFault | null
  /** First line that is earlier than the one before it by more than clocks are set right; null when there is none. */
  readonly clockBack: number | null
}

const page = 2000
/** A clock may be set right by this much without anybody asking, in ms. */
export const clockTolerance = 10 * 60_000

/**
 * Rebuilds the chain of a database and compares it with every head known of it, wherever the head was seen (`witnessed`:
 * the other database's copies and the machine's witness). `told` hears of every page: lines judged, of how many.
 * `db` is a transaction where somebody may be writing meanwhile.
 */
export async function verifyLog(
  db: Knex,
  database: DatabaseName,
  ledger: LedgerView,
  witnessed: readonly LogHead[] = [],
  told: (done: number, total: number) => void = () => undefined,
): Promise<LogReport> {
  // What the officers gave up after comparing is missing by right (ledger record `restore`).
  const seen = witnessed.filter((head) => head.database === database && !isGivenUp(head, ledger))
  const own = () => db<LogHead>('log_heads').where({ database }).orderBy('seq')
  const { seq: total } = await lastPosition(db)

  let last = emptyChain
  let signedTo = 0
  let clockBack: number | null = null
  const actors = new Actors(ledger.kind === 'trial')
  let moment = 0
  const report = (fault: LogFault | null): LogReport => ({ lines: last.seq, signedTo, fault, clockBack })
  for (;;) {
    const rows = await db<LogRow>('log').where('seq', '>', last.seq).orderBy('seq').limit(page)
    const end = rows.at(-1)?.seq
    if (end === undefined) break
    told(last.seq, total)
    const heads = [...(await own().whereBetween('seq', [last.seq + 1, end])), ...seen]
    const expected = Map.groupBy(heads, (head) => head.seq)
    for (const row of rows) {
      if (row.seq !== last.seq + 1) return report({ seq: last.seq + 1, reason: 'gap' })
      if (row.prev !== last.hash) return report({ seq: row.seq, reason: 'chain' })
      if (row.hash !== hashRow(row)) return report({ seq: row.seq, reason: 'hash' })
      if (row.source === database) {
        if (!actors.accept(row)) return report({ seq: row.seq, reason: 'foreign' })
        const at = Date.parse(row.at)
        if (at < moment - clockTolerance) clockBack ??= row.seq
        moment = at
      }
      last = { seq: row.seq, hash: row.hash }
      for (const head of expected.get(row.seq) ?? []) {
        if (head.hash !== row.hash) return report({ seq: row.seq, reason: 'head' })
        if (!headIsValid(head, ledger)) return report({ seq: row.seq, reason: 'signature' })
        signedTo = row.seq
      }
    }
  }
  const ahead = seen.some((head) => head.seq > last.seq) || (await own().where('seq', '>', last.seq).first('seq'))
  return report(ahead ? { seq: last.seq + 1, reason: 'behind' } : null)
}
