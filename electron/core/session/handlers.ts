import { fail, YuetanError } from '#shared/contract/errors.ts'
import { policyValue } from '#shared/domain/policy.ts'
import type { Level } from '#shared/domain/secrecy.ts'
import { proveAccount } from '../accounts/unlock.ts'
import type { Handlers } from '../context.ts'
import type { CoreControl } from '../core.ts'
import type { Account } from './types.ts'

function shown(account: Account) {
  const { id, login, name, office, roles } = account
  return { id, login, name, office, roles: [...roles] }
}

/** The verbs of an open session. Sign-in itself belongs to the accounts. */
export function sessionHandlers(control: CoreControl) {
  return {
    'session.current': ({ session, now }) => {
      const { ledger, identity } = session.archive
      return {
        account: shown(identity),
        unit: ledger.unit,
        kind: ledger.kind,
        machineLevel: ledger.machineLevel,
        authorityLevel: ledger.policy<Level>('classificationCeiling', 'confidential'),
        idleSeconds: policyValue(ledger, 'idleSeconds'),
        soonDays: policyValue(ledger, 'soonDays'),
        carries: { clipboard: policyValue(ledger, 'clipboardOut') === 1, drag: policyValue(ledger, 'dragOut') === 1 },
        findings: [...session.findings],
        now,
      }
    },
    'session.colleagues': ({ session }) =>
      session.archive.ledger
        .accounts()
        .filter((account) => account.state === 'active')
        .map(shown),
    'session.lock': (context, { reason }) => {
      context.note({ detail: { reason } })
      control.lock(reason)
      return {}
    },
    'session.stepUpAsked': ({ account }) => {
      const verb = control.stepUpAsked()
      return verb === null ? null : { verb, name: account.name }
    },
    'session.stepUp': {
      long: async ({ session, now, note }, { password }) => {
        note({ detail: { asked: control.stepUpAsked() } })
        const { folder, machineFolder, identity } = session.archive
        try {
          const proved = await proveAccount({ folder, machineFolder, login: identity.login, password, now })
          proved.keys.token.logout()
        } catch (error) {
          // Said in words of its own: the archive stands open, and stays so.
          if (error instanceof YuetanError && error.code === 'signin.wrong') fail('session.wrongPassword', error.params)
          throw error
        }
        control.grantStepUp()
        return {}
      },
    },
    'session.reveal': {
      long: async ({ session, now }, { password }) => {
        const { folder, machineFolder, identity } = session.archive
        const proved = await proveAccount({ folder, machineFolder, login: identity.login, password, now })
        proved.keys.token.logout()
        control.reveal()
        return {}
      },
    },
  } satisfies Partial<Handlers>
}
