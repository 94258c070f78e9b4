import type { Knex } from 'knex'
import type { DatabaseName } from '#db/connection.ts'
import { fail } from '#shared/contract/errors.ts'
import { anchorDigits, type Finding, readAnchor } from '#shared/domain/audit.ts'
import { seenOnMachine } from '../accounts/device.ts'
import type { Handlers } from '../context.ts'
import { signHeadIn, verifyLog } from './heads.ts'
import { appendLine, type LogRow } from './log.ts'

const page = 200

/** The auditor's room: acts without content, from `office.db` only. */
export const auditHandlers = {
  'audit.list': async ({ trx, session }, { before, action }) => {
    const filtered = () => {
      const query = trx<LogRow>('log')
      return action === '' ? query : query.where('action', 'like', `${action.replaceAll(/[%_]/g, '')}%`)
    }
    const newest = filtered().orderBy('seq', 'desc').limit(page)
    const rows: LogRow[] = await (before === null ? newest : newest.where('seq', '<', before))
    const counted = await filtered().count({ total: '*' }).first()
    const { ledger } = session.archive
    return {
      lines: rows.map((row) => ({
        seq: row.seq,
        at: row.at,
        account: row.account === null ? '' : (ledger.account(row.account)?.name ?? row.account),
        action: row.action,
        object: [row.object_kind, row.object_id].filter(Boolean).join(' '),
        level: row.level ?? '',
        result: row.result,
        source: row.source,
      })),
      total: Number(counted?.total ?? 0),
    }
  },
  'audit.verify': async ({ trx, session, note }) => {
    const { ledger, machineFolder } = session.archive
    // What this machine saw last: a file put back from an older copy is behind it.
    const { heads: witnessed } = seenOnMachine(machineFolder, ledger.genesis)
    const { lines, fault } = await verifyLog(trx, 'office', ledger, witnessed)
    note({ detail: fault ? { fault: fault.reason, seq: fault.seq } : { lines } })
    return { intact: fault === null, lines, fault: fault && `${fault.reason}@${fault.seq}` }
  },
  'audit.checkpoint': async ({ trx, session, now, note }, { note: reason }) => {
    const signed = await signHeadIn(trx, 'office', session.archive.identity, now)
    // The sign-in of the auditor is a line already: the chain is never empty here.
    if (!signed) return fail('audit.empty')
    const { seq, hash } = signed.head
    note({ objectKind: 'log', objectId: hash, detail: { seq, note: reason } })
    return { seq, head: hash }
  },
  'audit.anchor': async ({ trx, session, now, note }, { database, seq, anchor }) => {
    const typed = readAnchor(anchor) ?? fail('audit.anchorForm', { digits: anchorDigits })
    const end = await endOf(trx, database)
    const hash = await hashAt(trx, database, seq)
    const verdict = hash?.startsWith(typed) ? 'fits' : seq > end ? 'behind' : 'differs'
    note({ objectKind: 'log', objectId: database, detail: { seq, verdict } })
    if (verdict !== 'fits') {
      const found: Finding = {
        kind: 'anchor',
        database,
        kept: Math.min(end, seq - 1),
        seq,
        hash: typed,
        at: now,
        source: 'paper',
      }
      const { identity } = session.archive
      await appendLine(trx, 'office', {
        at: now,
        account: identity.id,
        roles: identity.roles,
        action: 'log.behind',
        objectKind: null,
        objectId: null,
        level: null,
        result: 'log.behind',
        detail: found,
      })
    }
    return { verdict, end }
  },
} satisfies Partial<Handlers>

/** Last line of a database as office.db knows it: its own, or the newest copy of one of cases.db. */
async function endOf(db: Knex, database: DatabaseName): Promise<number> {
  const column = database === 'office' ? 'seq' : 'source_seq'
  const row = await db<LogRow>('log').max({ end: column }).first()
  return Number(row?.end ?? 0)
}

/** Hash of a line; of a line of cases.db as its copy keeps it. */
async function hashAt(db: Knex, database: DatabaseName, seq: number): Promise<string | undefined> {
  if (database === 'office') return (await db<LogRow>('log').where({ seq }).first('hash'))?.hash
  const copy = await db<LogRow>('log')
    .where({ source: 'cases', source_seq: seq })
    .orderBy('seq', 'desc')
    .first('detail')
  return copy && (JSON.parse(copy.detail) as { line?: string }).line
}
