import { fail } from '#shared/contract/errors.ts'
import { seenHeads } from '../accounts/device.ts'
import type { Handlers } from '../context.ts'
import { signHeadIn, verifyLog } from './heads.ts'
import type { LogRow } from './log.ts'

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
    const witnessed = seenHeads(machineFolder, ledger.genesis)
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
} satisfies Partial<Handlers>
