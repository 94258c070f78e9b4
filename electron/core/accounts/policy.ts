import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { fail } from '#shared/contract/errors.ts'
import { passwordFault, policyRules, policyValue } from '#shared/domain/policy.ts'
import { writeWhole } from '../files.ts'
import type { LedgerView } from '../session/types.ts'

type Policy = Pick<LedgerView, 'kind' | 'machineLevel' | 'policy'>

/** Errors: `password.weak` with what holds here. */
export function assertPassword(password: string, ledger: Policy): void {
  const length = policyValue(ledger, 'passwordLength')
  const symbols = policyValue(ledger, 'passwordSymbols') === 1
  const lacks = passwordFault(password, { length, symbols })
  if (lacks !== null) fail(lacks === 'symbols' ? 'password.symbols' : 'password.weak', { length, lacks })
}

/** Wrong passwords in a row before an account rests, and for how many minutes. */
interface SignInLimits {
  readonly lockAfter: number
  readonly lockMinutes: number
}

const limitsFile = v.object({ lockAfter: v.number(), lockMinutes: v.number() })
const name = 'limits.json'

/**
 * The limits before anything is unlocked: a copy of the policy beside the key files. Whoever can write the folder can
 * write it, so it only ever makes them stricter than the floors in code.
 */
export function signInLimits(accountsFolder: string): SignInLimits {
  const { lockAfter, lockMinutes } = policyRules('none')
  const floors = { lockAfter: lockAfter.standard, lockMinutes: lockMinutes.standard }
  try {
    const found = v.parse(limitsFile, JSON.parse(readFileSync(join(accountsFolder, name), 'utf8')))
    return {
      lockAfter: Math.min(Math.max(found.lockAfter, lockAfter.least), lockAfter.most),
      lockMinutes: Math.min(Math.max(found.lockMinutes, lockMinutes.least), lockMinutes.most),
    }
  } catch {
    return floors
  }
}

/** Brings the copy up to date at a sign-in. */
export function keepSignInLimits(accountsFolder: string, ledger: Policy): void {
  const wanted = { lockAfter: policyValue(ledger, 'lockAfter'), lockMinutes: policyValue(ledger, 'lockMinutes') }
  const found = signInLimits(accountsFolder)
  if (found.lockAfter === wanted.lockAfter && found.lockMinutes === wanted.lockMinutes) return
  writeWhole(join(accountsFolder, name), `${JSON.stringify(wanted)}\n`)
}
