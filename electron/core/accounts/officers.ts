import { ulid } from 'ulid'
import { sealKeyFile } from '#electron/crypto/keyring.ts'
import { SoftKeys } from '#electron/crypto/soft-keys.ts'
import type { UnwrappingKey } from '#electron/crypto/token.ts'
import { fail } from '#shared/contract/errors.ts'
import { type OfficerRole, officerRoles } from '#shared/domain/accounts.ts'
import { archiveLayout } from '../session/folder.ts'
import type { Account } from '../session/types.ts'
import { layCaKey, openCaKey, sealCaKey, settleCaKey } from './ca.ts'
import { deviceSecret } from './device.ts'
import { certify, makeArchiveAuthority, wrapFor } from './founding.ts'
import { writeKeyFile } from './key-files.ts'
import { appendRecord, confirmRecord, type Ledger } from './ledger.ts'
import { assertPassword } from './policy.ts'
import { openOffice, proveAccount } from './unlock.ts'

interface Credentials {
  readonly login: string
  readonly password: string
}

interface Place {
  readonly folder: string
  readonly machineFolder: string
  readonly now: string
}

export interface Replacement {
  readonly role: OfficerRole
  /** The two officers who stay, in any order. */
  readonly officers: readonly [Credentials, Credentials]
  readonly chiefLeader: Credentials
  readonly login: string
  readonly name: string
  readonly office: string
  readonly password: string
  readonly reason: string
}

type Proved = Awaited<ReturnType<typeof proveAccount>>

/** Who holds an office now. Errors: `accounts.notOfficer` when nobody does. */
function officerOf(ledger: Ledger, role: OfficerRole): Account {
  return ledger.accounts().find((one) => ledger.holds(one.id, role)) ?? fail('accounts.notOfficer', { role })
}

const signerOf = (one: Proved) => ({ id: one.file.id, key: one.keys.signing })

/**
 * Another person takes an officer's place, with or without the one who leaves: the two other officers, a 主要负责同志 and
 * the newcomer sit together (DESIGN §4). Where the leaver held half of the CA's key, a new CA is made, which needs no old
 * half; certificates issued before stay what they are. The newcomer is a new account: nobody who ever had the key of
 * `cases.db` becomes an officer. The key of `office.db`, which the leaver knows, is due for renewal afterwards.
 *
 * Errors: those of `proveAccount`, `accounts.notOfficer`, `accounts.notLeader`, `accounts.loginTaken`, `password.…`, `ca.…`.
 */
export async function replaceOfficer(place: Place, request: Replacement): Promise<{ accountId: string }> {
  const { folder, machineFolder, now: at } = place
  const { role, reason, login, name, office: unitOffice } = request
  const layout = archiveLayout(folder)
  const proved: Proved[] = []
  for (const one of [...request.officers, request.chiefLeader]) {
    proved.push(await proveAccount({ folder, machineFolder, now: at, ...one }))
  }
  const [first, second, leader] = proved
  if (first === undefined || second === undefined || leader === undefined) return fail('accounts.notOfficer', { role })
  const { office, ledger, key } = await openOffice(layout.officeDatabase, first.file, first.keys)
  try {
    const staying = officerRoles.filter((one) => one !== role)
    const sitting = new Map(staying.map((one) => [one, [first, second].find((two) => ledger.holds(two.file.id, one))]))
    for (const [one, person] of sitting) if (person === undefined) fail('accounts.notOfficer', { role: one })
    if (!ledger.holds(leader.file.id, 'chiefLeader')) fail('accounts.notLeader')
    assertPassword(request.password, ledger)
    if (ledger.accounts().some((one) => one.login === login)) fail('accounts.loginTaken')
    const leaver = officerOf(ledger, role)

    const encryption = (one: OfficerRole): UnwrappingKey =>
      sitting.get(one)?.keys.encryption ?? fail('accounts.notOfficer', { role: one })
    const authority =
      role === 'auditor'
        ? {
            certificate: ledger.caCertificate,
            key: openCaKey(layout.caKey, ledger, {
              systemAdmin: encryption('systemAdmin'),
              securityOfficer: encryption('securityOfficer'),
            }),
          }
        : await makeArchiveAuthority(ledger.unit, at)
    const keys = await SoftKeys.make()
    const account = certify(authority, ledger.unit, { id: ulid(), login, name, office: unitOffice }, keys, at)
    const renewed = role !== 'auditor'
    if (renewed) {
      const half = (one: 'systemAdmin' | 'securityOfficer') =>
        one === role ? account.encryptionCertificate : officerOf(ledger, one).encryptionCertificate
      const halves = { systemAdmin: half('systemAdmin'), securityOfficer: half('securityOfficer') }
      layCaKey(layout.caKey, sealCaKey(authority, ledger.genesis, halves))
    }
    const owner = { id: account.id, login, roles: [role], trial: ledger.kind === 'trial', passwordSince: at }
    const device = deviceSecret(machineFolder, false)
    const file = await sealKeyFile(owner, { keys, genesis: ledger.genesis }, request.password, device)
    await office.transaction(async (trx) => {
      const body = {
        role,
        from: leaver.id,
        account,
        authority: renewed ? authority.certificate : '',
        reason,
        at,
      }
      const record = await appendRecord(trx, ledger, 'officerReplaced', body, signerOf(first))
      for (const one of [second, leader]) await confirmRecord(trx, ledger, record, at, signerOf(one))
      await confirmRecord(trx, ledger, record, at, { id: account.id, key: keys.signing })
    })
    // The ledger first, as at an activation: an officer without a key file is replaced again by the same three.
    if (renewed) settleCaKey(layout.caKey, authority.certificate)
    const wrap = wrapFor(account, 'office', key, ledger.genesis, signerOf(first))
    writeKeyFile(layout.accounts, { ...file, wraps: { office: wrap, cases: null } })
    return { accountId: account.id }
  } finally {
    key.fill(0)
    for (const one of proved) one.keys.token.logout()
    await office.close()
  }
}

/**
 * A new CA for the archive: both officers sit together. Accounts keep the certificates they have; who is activated from
 * now on is certified by the new one, and its fingerprint has to be told to partner archives on paper.
 *
 * Errors: those of `proveAccount`, `accounts.notOfficer`.
 */
export async function renewAuthority(
  place: Place,
  { systemAdmin, securityOfficer }: { readonly systemAdmin: Credentials; readonly securityOfficer: Credentials },
): Promise<{ certificate: string }> {
  const { folder, machineFolder, now: at } = place
  const layout = archiveLayout(folder)
  const admin = await proveAccount({ folder, machineFolder, now: at, ...systemAdmin })
  const security = await proveAccount({ folder, machineFolder, now: at, ...securityOfficer })
  const { office, ledger, key } = await openOffice(layout.officeDatabase, security.file, security.keys)
  try {
    if (!ledger.holds(admin.file.id, 'systemAdmin')) fail('accounts.notOfficer', { role: 'systemAdmin' })
    if (!ledger.holds(security.file.id, 'securityOfficer')) fail('accounts.notOfficer', { role: 'securityOfficer' })
    const authority = await makeArchiveAuthority(ledger.unit, at)
    const { certificate } = authority
    const halves = {
      systemAdmin: officerOf(ledger, 'systemAdmin').encryptionCertificate,
      securityOfficer: officerOf(ledger, 'securityOfficer').encryptionCertificate,
    }
    layCaKey(layout.caKey, sealCaKey(authority, ledger.genesis, halves))
    await office.transaction(async (trx) => {
      const record = await appendRecord(trx, ledger, 'certificateAuthority', { certificate, at }, signerOf(admin))
      await confirmRecord(trx, ledger, record, at, signerOf(security))
    })
    settleCaKey(layout.caKey, certificate)
    return { certificate }
  } finally {
    key.fill(0)
    for (const one of [admin, security]) one.keys.token.logout()
    await office.close()
  }
}
