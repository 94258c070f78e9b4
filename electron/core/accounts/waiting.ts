import type { Knex } from 'knex'
import { fail } from '#shared/contract/errors.ts'
import type { OpenArchive } from '../session/types.ts'
import { appendRecord, type Ledger, type Waiting } from './ledger.ts'
import type { Body, Kind } from './ledger-kinds.ts'
import { takeUpRenewal } from './renewal.ts'
import { ledgerOf } from './unlock.ts'

/**
 * Acts that several must sign, in turn at one machine: each signs in and confirms by a record of its own (DESIGN §4).
 * What is told of an act are codes, names of accounts and the reason that was typed.
 */
export function waitingActs(archive: OpenArchive) {
  const { ledger, signer } = ledgerOf(archive)
  const nameOf = (id: string): string => ledger.account(id)?.name ?? id
  return ledger
    .waiting()
    .filter(hasNoRoom)
    .map((act) => ({
      seq: act.seq,
      hash: act.hash,
      kind: act.kind,
      at: (act.body as { at?: string }).at ?? '',
      facts: Object.entries(factsOf(act, ledger)).map(([name, value]) => ({ name, value: String(value) })),
      signers: act.signers.map(nameOf),
      missing: act.open.map((slot) => [...slot]),
      mine: ledger.mayConfirm(act.seq, signer.id),
      retractable: act.signers.includes(signer.id) || ledger.mayConfirm(act.seq, signer.id),
    }))
}

/** The signed-in account confirms. Returns the kind of the act when it has all its signatures now, else null. */
export async function confirmWaiting(
  archive: OpenArchive,
  trx: Knex.Transaction,
  act: { readonly seq: number; readonly hash: string },
  at: string,
): Promise<{ readonly kind: Kind; readonly complete: boolean }> {
  const { ledger, signer } = ledgerOf(archive)
  const { kind, body, open } = waitingAt(ledger, act)
  if (!ledger.mayConfirm(act.seq, signer.id)) fail('waiting.notYours')
  if (kind === 'databaseKey') takeUpRenewal(archive, body as Body<'databaseKey'>)
  await appendRecord(trx, ledger, 'confirm', { of: act.seq, hash: act.hash, at }, signer)
  return { kind, complete: open.length === 1 }
}

/** Takes a waiting act off the table, with the reason. Errors: `waiting.gone`, `waiting.notYours`. */
export async function withdrawWaiting(
  archive: OpenArchive,
  trx: Knex.Transaction,
  act: { readonly seq: number; readonly hash: string; readonly reason: string },
  at: string,
): Promise<void> {
  const { ledger, signer } = ledgerOf(archive)
  const { signers } = waitingAt(ledger, act)
  if (!signers.includes(signer.id) && !ledger.mayConfirm(act.seq, signer.id)) fail('waiting.notYours')
  await appendRecord(trx, ledger, 'withdraw', { of: act.seq, hash: act.hash, reason: act.reason, at }, signer)
}

/** Rules and holidays are decided in their own room, beside what they change and after their file was judged again. */
function hasNoRoom({ kind }: Waiting): boolean {
  return kind !== 'ruleProfile' && kind !== 'holidayPack' && kind !== 'retentionTable'
}

function waitingAt(ledger: Ledger, act: { readonly seq: number; readonly hash: string }): Waiting {
  const open = ledger.waiting().filter(hasNoRoom)
  return open.find((one) => one.seq === act.seq && one.hash === act.hash) ?? fail('waiting.gone')
}

/** What a person must know of an act to confirm it. */
function factsOf({ kind, body }: Waiting, ledger: Ledger): Record<string, string | number> {
  const nameOf = (id: string): string => ledger.account(id)?.name ?? id
  switch (kind) {
    case 'restore': {
      const { reason, findings } = body as Body<'restore'>
      const lost = findings.map((one) => [`lost.${one.database}`, `${one.kept} → ${one.seq}`] as const)
      return { reason, ...Object.fromEntries(lost) }
    }
    case 'role': {
      const { account, role, grant } = body as Body<'role'>
      return { account: nameOf(account), [grant ? 'grant' : 'revoke']: role }
    }
    case 'certificateRevoked': {
      const { account, fingerprints, reason } = body as Body<'certificateRevoked'>
      return { account: nameOf(account), certificate: fingerprints[0].slice(0, 20), reason }
    }
    default: {
      const plain = Object.entries(body as object).filter(
        ([name, value]) => name !== 'at' && (typeof value === 'string' || typeof value === 'number'),
      )
      return Object.fromEntries(plain)
    }
  }
}
