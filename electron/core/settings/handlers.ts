import { fail } from '#shared/contract/errors.ts'
import { appendRecord } from '../accounts/ledger.ts'
import { ledgerOf } from '../accounts/unlock.ts'
import { lastPosition } from '../audit/log.ts'
import type { Handlers } from '../context.ts'

/** What the officers set: the clock after an error, what is given up after a restore. */
export const settingsHandlers = {
  'settings.proposeRestore': async ({ session, trx, now, note }, { reason }) => {
    const { ledger, signer } = ledgerOf(session.archive)
    const findings = session.findings
      .filter((one) => one.kind !== 'clock')
      .map(({ database, kept, seq, hash }) => ({ database, kept, seq, hash }))
    if (findings.length === 0) fail('halt.nothing')
    if (ledger.waiting().some((act) => act.kind === 'restore')) fail('waiting.already')
    const record = await appendRecord(trx, ledger, 'restore', { reason, findings, at: now }, signer)
    note({ objectKind: 'ledger', objectId: String(record.seq) })
    return {}
  },
  'settings.setClock': async ({ session, trx, now, note }, { reason }) => {
    const { ledger, signer } = ledgerOf(session.archive)
    const { seq: after } = await lastPosition(trx)
    const record = await appendRecord(trx, ledger, 'clock', { floor: now, after, reason, at: now }, signer)
    note({ objectKind: 'ledger', objectId: String(record.seq) })
    return {}
  },
} satisfies Partial<Handlers>
