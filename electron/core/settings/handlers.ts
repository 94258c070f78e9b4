import { listBackups } from '#db/repositories/backups.ts'
import { fail } from '#shared/contract/errors.ts'
import { daysSince } from '#shared/domain/backups.ts'
import { policyFault, policyNames, policyRules, policyValue } from '#shared/domain/policy.ts'
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
  'settings.policies': ({ session }) => {
    const { ledger } = session.archive
    const rules = policyRules(ledger.machineLevel)
    return policyNames.map((name) => ({ name, value: policyValue(ledger, name), ...rules[name] }))
  },
  'settings.setPolicy': async ({ session, trx, now, note }, { name, value }) => {
    const { ledger, signer } = ledgerOf(session.archive)
    note({ objectKind: 'policy', objectId: name, detail: { value, before: policyValue(ledger, name) } })
    const { least, most } = policyRules(ledger.machineLevel)[name]
    // The ledger refuses it as well, whoever writes the record; here the bounds are told.
    if (policyFault(ledger.machineLevel, name, value)) fail('settings.belowFloor', { least, most })
    await appendRecord(trx, ledger, 'policy', { name, value, at: now }, signer)
    return {}
  },
  'settings.duties': async ({ session, account, trx, now }) => {
    const { ledger } = ledgerOf(session.archive)
    const days = daysSince((await listBackups(trx))[0]?.at ?? null, now)
    const due = account.roles.includes('systemAdmin') && (days === null || days > policyValue(ledger, 'backupDays'))
    return { renewals: [...ledger.renewalsDue()], backup: due ? { days } : null }
  },
} satisfies Partial<Handlers>
