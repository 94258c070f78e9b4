import type { Knex } from 'knex'
import type { DatabaseName } from '#db/connection.ts'
import { canonical } from '#electron/crypto/canonical.ts'
import { sha256 } from '#electron/crypto/fingerprint.ts'

/** One line of the log: codes and ids, never case text or names. */
export interface LogLine {
  readonly at: string
  readonly account: string | null
  readonly roles: readonly string[]
  readonly action: string
  readonly objectKind: string | null
  readonly objectId: string | null
  readonly level: string | null
  /** `ok` or the code of the refusal. */
  readonly result: string
  readonly detail: Readonly<Record<string, string | number | boolean | null>>
}

export interface LogRow {
  readonly seq: number
  readonly prev: string
  readonly hash: string
  readonly at: string
  readonly account: string | null
  readonly roles: string
  readonly action: string
  readonly object_kind: string | null
  readonly object_id: string | null
  readonly level: string | null
  readonly result: string
  readonly source: DatabaseName
  readonly source_seq: number | null
  readonly detail: string
}

export interface Position {
  readonly seq: number
  readonly hash: string
}

/** What stands before the first line. */
export const emptyChain: Position = { seq: 0, hash: '0'.repeat(64) }

/** SHA-256 over the canonical JSON of everything in the row but the hash itself; hex. */
export function hashRow(row: Omit<LogRow, 'hash'>): string {
  const { account, action, at, detail, level, object_id, object_kind, prev, result, roles, seq, source, source_seq } =
    row
  // In the order of the canonical form: a log of a million lines is not sorted line by line.
  const body = {
    account,
    action,
    at,
    detail,
    level,
    object_id,
    object_kind,
    prev,
    result,
    roles,
    seq,
    source,
    source_seq,
  }
  return sha256(canonical(body))
}

/** The last line of the chain. */
export async function lastPosition(db: Knex): Promise<Position> {
  const row: Position | undefined = await db<LogRow>('log').select('seq', 'hash').orderBy('seq', 'desc').first()
  return row ?? emptyChain
}

/** Moment of the last line; null while the log is empty. A clock that runs behind it has been set back. */
export async function lastLineAt(db: Knex): Promise<string | null> {
  const row: { at: string } | undefined = await db('log').select('at').orderBy('seq', 'desc').first()
  return row?.at ?? null
}

/** Adds a line in the act's own transaction; the chain has one writer, so the position cannot be taken meanwhile. */
export async function appendLine(trx: Knex.Transaction, database: DatabaseName, line: LogLine): Promise<Position> {
  return appendRow(trx, {
    at: line.at,
    account: line.account,
    roles: JSON.stringify(line.roles),
    action: line.action,
    object_kind: line.objectKind,
    object_id: line.objectId,
    level: line.level,
    result: line.result,
    source: database,
    source_seq: null,
    detail: JSON.stringify(line.detail),
  })
}

const batch = 500

/** What a copy keeps of the details: the hash of its line in cases.db, so that a paper can be compared without the key. */
const copyDetail = (hash: string): string => JSON.stringify({ line: hash })

/**
 * Copies the lines of `cases.db` that `office.db` does not have yet, so that the auditor sees acts without a key to
 * cases. The details stay behind. Repeating is harmless: a line is known by its sequence and its hash. Where an older
 * cases.db was put back, the lines that follow are copied beside the lost ones. Returns how many were copied.
 */
export async function mirrorLines(cases: Knex, office: Knex): Promise<number> {
  let copied = 0
  let after = await lastCommon(cases, office)
  for (;;) {
    const rows = await cases<LogRow>('log').where('seq', '>', after).orderBy('seq').limit(batch)
    if (rows.length === 0) return copied
    await office.transaction(async (trx) => {
      for (const row of rows) {
        const { seq, prev: _prev, hash, ...rest } = row
        await appendRow(trx, { ...rest, source: 'cases', source_seq: seq, detail: copyDetail(hash) })
      }
    })
    copied += rows.length
    after = rows.at(-1)?.seq ?? after
  }
}

/** The last line of cases.db of which office.db holds a true copy. */
async function lastCommon(cases: Knex, office: Knex): Promise<number> {
  const end = await lastPosition(cases)
  const copies = office<LogRow>('log').where({ source: 'cases' }).where('source_seq', '<=', end.seq)
  const newest = await copies.max({ seq: 'source_seq' }).first()
  for (let seq = Number(newest?.seq ?? 0); seq > 0; seq -= 1) {
    const line = await cases<LogRow>('log').where({ seq }).first('hash')
    const copy = await office<LogRow>('log')
      .where({ source: 'cases', source_seq: seq, detail: copyDetail(line?.hash ?? '') })
      .first('seq')
    if (copy) return seq
  }
  return 0
}

async function appendRow(trx: Knex.Transaction, content: Omit<LogRow, 'seq' | 'prev' | 'hash'>): Promise<Position> {
  const last = await lastPosition(trx)
  const row = { ...content, seq: last.seq + 1, prev: last.hash }
  const hash = hashRow(row)
  await trx<LogRow>('log').insert({ ...row, hash })
  return { seq: row.seq, hash }
}
