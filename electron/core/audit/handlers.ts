import type { Knex } from 'knex'
import type { DatabaseName } from '#db/connection.ts'
import { fail } from '#shared/contract/errors.ts'
import { anchorDigits, type Finding, readAnchor } from '#shared/domain/audit.ts'
import { seenOnMachine } from '../accounts/device.ts'
import { appendRecord } from '../accounts/ledger.ts'
import { ledgerOf, officeKeyOf } from '../accounts/unlock.ts'
import type { HandlerInput, Handlers } from '../context.ts'
import type { AuditInput } from '../jobs/audit.ts'
import type { JobProgress } from '../jobs/runner.ts'
import { archiveLayout } from '../session/folder.ts'
import type { Session } from '../session/types.ts'
import { Stoppable } from '../stoppable.ts'
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { headIsValid, type LogReport, signHeadIn } from './heads.ts'
import { appendLine, type LogRow } from './log.ts'

const page = 200
const verifying = new Stoppable()

/** The auditor's room: acts without content, from `office.db` only. */
export const auditHandlers = {
  'audit.list': async ({ trx, session }, { before, ...asked }) => {
    const filtered = () => filter(trx<LogRow>('log'), asked)
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
  'audit.verify': {
    long: async (context, { job }) => {
      const { archive } = context.session
      const { genesis } = archive.ledger
      const input: AuditInput = {
        file: archiveLayout(archive.folder).officeDatabase,
        key: Buffer.from(officeKeyOf(archive)),
        genesis,
        // What this machine saw last: a file put back from an older copy is behind it.
        witnessed: seenOnMachine(archive.machineFolder, genesis).heads,
      }
      const progress = (told: JobProgress): void => context.push('jobs.progress', { job, ...told })
      const { lines, fault, clockBack } = await verifying.run(context.account.id, job, (signal) =>
        context.jobs.run<AuditInput, LogReport>('audit', input, { progress, signal }),
      )
      context.note({ detail: fault ? { fault: fault.reason, seq: fault.seq } : { lines } })
      return { intact: fault === null, lines, fault: fault && `${fault.reason}@${fault.seq}`, clockBack }
    },
  },
  'audit.cancel': ({ account }, { job }) => {
    verifying.callOff(account.id, job)
    return {}
  },
  'audit.checkpoint': async ({ trx, session, now, note }, { note: reason, folder }) => {
    const signed = await signHeadIn(trx, 'office', session.archive.identity, now)
    // The sign-in of the auditor is a line already: the chain is never empty here.
    if (!signed) return fail('audit.empty')
    const { seq, hash } = signed.head
    const { ledger, signer } = ledgerOf(session.archive)
    const body = { database: 'office' as const, seq, head: hash, note: reason, at: now }
    await appendRecord(trx, ledger, 'checkpoint', body, signer)
    const file = folder === undefined ? null : writeCheckpoint(folder, ledger.genesis, signed.head)
    note({ objectKind: 'log', objectId: hash, detail: { seq, exported: file !== null } })
    return { seq, head: hash, file }
  },
  'audit.compare': async ({ trx, session, now, note }, { file }) => {
    const { ledger } = session.archive
    const head = readCheckpoint(file, ledger.genesis)
    if (head === null || !headIsValid(head, ledger)) {
      note({ objectKind: 'log', detail: { verdict: 'foreign' } })
      return { verdict: 'foreign' as const, seq: 0 }
    }
    const line = await trx<LogRow>('log').where({ seq: head.seq }).first('hash')
    const verdict = line?.hash === head.hash ? 'fits' : line ? 'differs' : 'behind'
    note({ objectKind: 'log', objectId: head.hash, detail: { seq: head.seq, verdict } })
    if (verdict !== 'fits') await noteFinding(trx, session, head, now)
    return { verdict, seq: head.seq }
  },
  'audit.anchor': async ({ trx, session, now, note }, { database, seq, anchor }) => {
    const typed = readAnchor(anchor) ?? fail('audit.anchorForm', { digits: anchorDigits })
    const end = await endOf(trx, database)
    const hash = await hashAt(trx, database, seq)
    const verdict = hash?.startsWith(typed) ? 'fits' : seq > end ? 'behind' : 'differs'
    note({ objectKind: 'log', objectId: database, detail: { seq, verdict } })
    if (verdict !== 'fits') await noteFinding(trx, session, { database, seq, hash: typed }, now)
    return { verdict, end }
  },
} satisfies Partial<Handlers>

/** Writes down what a paper or a checkpoint file told: it stops business until two officers have compared. */
async function noteFinding(
  trx: Knex.Transaction,
  session: Session,
  seen: Pick<Finding, 'seq' | 'hash'> & { readonly database: DatabaseName },
  at: string,
): Promise<void> {
  const { database, seq, hash } = seen
  const kept = Math.min(await endOf(trx, database), seq - 1)
  const detail: Finding = { kind: 'anchor', database, kept, seq, hash, at, source: 'paper' }
  const { identity } = session.archive
  await appendLine(trx, 'office', {
    at,
    account: identity.id,
    roles: identity.roles,
    action: 'log.behind',
    objectKind: null,
    objectId: null,
    level: null,
    result: 'log.behind',
    detail,
  })
}

/** What the auditor asked to see. */
type Filter = Omit<HandlerInput<'audit.list'>, 'before'>

function filter<Q extends Knex.QueryBuilder>(query: Q, { action, account, object, result, from, to }: Filter): Q {
  const plain = (text: string): string => text.replaceAll(/[%_]/g, '')
  if (action !== '') query.where('action', 'like', `${plain(action)}%`)
  if (account !== undefined) query.where({ account })
  if (object !== undefined && object !== '')
    query.where((given) => given.where('object_id', 'like', `%${plain(object)}%`).orWhere('object_kind', plain(object)))
  if (result === 'ok') query.where({ result })
  if (result === 'refused') query.whereNot({ result: 'ok' })
  // China keeps no summer time: a day begins at 16:00 UTC of the day before.
  if (from !== undefined) query.where('at', '>=', new Date(`${from}T00:00:00+08:00`).toISOString())
  if (to !== undefined) query.where('at', '<', new Date(Date.parse(`${to}T00:00:00+08:00`) + 86_400_000).toISOString())
  return query
}

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
