import type { Knex } from 'knex'
import { ulid } from 'ulid'
import { readSlip, sha256, slipFingerprint } from '#electron/crypto/fingerprint.ts'
import { sealKeyFile } from '#electron/crypto/keyring.ts'
import { SoftKeys } from '#electron/crypto/soft-keys.ts'
import { fail } from '#shared/contract/errors.ts'
import { type BusinessRole, isOfficerRole } from '#shared/domain/accounts.ts'
import { archiveLayout } from '../session/folder.ts'
import type { OpenArchive } from '../session/types.ts'
import { openCaKey } from './ca.ts'
import { deviceSecret } from './device.ts'
import { certify, wrapFor } from './founding.ts'
import { readKeyFile, writeKeyFile } from './key-files.ts'
import { appendRecord, confirmRecord, type Ledger } from './ledger.ts'
import type { AccountBody } from './ledger-kinds.ts'
import { assertPassword } from './policy.ts'
import { casesKeyOf, ledgerOf, openOffice, proveAccount } from './unlock.ts'

export interface ActivationRequest {
  readonly folder: string
  readonly machineFolder: string
  readonly now: string
  readonly systemAdmin: { login: string; password: string }
  readonly securityOfficer: { login: string; password: string }
  readonly login: string
  readonly name: string
  readonly office: string
  readonly roles: readonly BusinessRole[]
  readonly password: string
}

/**
 * Both officers and the new user sit together: the user's keys are made, the CA (opened by both officers' halves)
 * certifies them, the ledger takes account and roles, and 安全保密管理员 hands over the key of `office.db`. The slip goes
 * to a key holder on paper; until it is typed there the account is pending. A known login with the same name is
 * activated again (there is no other way back from a forgotten password): same account, new keys, earlier acts stand.
 *
 * Errors: those of `proveAccount`, `accounts.notOfficer`, `accounts.loginTaken`, `accounts.officerStays`,
 * `password.…`, `ca.…`.
 */
export async function activateAccount(request: ActivationRequest): Promise<{ accountId: string; slip: string }> {
  const { folder, machineFolder, now: at } = request
  const layout = archiveLayout(folder)
  const admin = await proveAccount({ folder, machineFolder, now: at, ...request.systemAdmin })
  const security = await proveAccount({ folder, machineFolder, now: at, ...request.securityOfficer })
  const { office, ledger, key } = await openOffice(layout.officeDatabase, security.file, security.keys)
  try {
    if (!ledger.holds(admin.file.id, 'systemAdmin')) fail('accounts.notOfficer', { role: 'systemAdmin' })
    if (!ledger.holds(security.file.id, 'securityOfficer')) fail('accounts.notOfficer', { role: 'securityOfficer' })
    assertPassword(request.password, ledger)
    const known = ledger.accounts().find((account) => account.login === request.login)
    if (known && known.name !== request.name) fail('accounts.loginTaken')
    if (known?.roles.some(isOfficerRole)) fail('accounts.officerStays')
    const ca = openCaKey(layout.caKey, ledger, {
      systemAdmin: admin.keys.encryption,
      securityOfficer: security.keys.encryption,
    })
    const keys = await SoftKeys.make()
    const id = known?.id ?? ulid()
    const person = { id, login: request.login, name: request.name, office: request.office }
    const body = certify({ certificate: ledger.caCertificate, key: ca }, ledger.unit, person, keys, at)
    const officer = { id: security.file.id, key: security.keys.signing }
    const wrap = wrapFor(body, 'office', key, ledger.genesis, officer)
    const device = deviceSecret(machineFolder, false)
    const owner = { id, login: request.login, roles: request.roles, trial: ledger.kind === 'trial', passwordSince: at }
    const file = await sealKeyFile(owner, { keys, genesis: ledger.genesis }, request.password, device)
    await office.transaction(async (trx) => {
      const record = await appendRecord(
        trx,
        ledger,
        'account',
        { account: body, at },
        { id: admin.file.id, key: admin.keys.signing },
      )
      await confirmRecord(trx, ledger, record, at, officer)
      await confirmRecord(trx, ledger, record, at, { id, key: keys.signing })
      const held = known?.roles ?? []
      for (const role of request.roles.filter((one) => !held.includes(one)))
        await appendRecord(trx, ledger, 'role', { account: id, role, grant: true, at }, officer)
      for (const role of held.filter((one) => !request.roles.some((asked) => asked === one)))
        await appendRecord(trx, ledger, 'role', { account: id, role, grant: false, at }, officer)
      const handed = { account: id, database: 'office' as const, keyId: wrap.keyId, wrapHash: sha256(wrap.data), at }
      await appendRecord(trx, ledger, 'handOver', handed, officer)
    })
    // The ledger first: an account without a key file can be activated again, a key file without an account cannot sign in.
    writeKeyFile(layout.accounts, { ...file, wraps: { office: wrap, cases: null } })
    return { accountId: id, slip: slipOf(body) }
  } finally {
    key.fill(0)
    for (const officer of [admin, security]) officer.keys.token.logout()
    await office.close()
  }
}

function slipOf(account: Pick<AccountBody, 'id' | 'signingCertificate' | 'encryptionCertificate'>): string {
  return slipFingerprint(account.id, account.signingCertificate, account.encryptionCertificate)
}

/**
 * A key holder types the slip: the core compares it with the ledger's certificates, wraps the key of `cases.db` and
 * signs. A 主要负责同志 confirms waiting roles of the account in the same act.
 *
 * Errors: `slip.…`, `slip.differs` (another key than the paper's), `accounts.unknown`, `accounts.officer`, `accounts.disabled`,
 * `accounts.noKey`.
 */
export async function handOver(
  archive: OpenArchive,
  trx: Knex.Transaction,
  accountId: string,
  typed: string,
  at: string,
): Promise<void> {
  const { ledger, signer } = ledgerOf(archive)
  const account = ledger.account(accountId) ?? fail('accounts.unknown')
  if (account.roles.some(isOfficerRole)) fail('accounts.officer')
  if (account.state === 'disabled') fail('accounts.disabled')
  if (readSlip(typed) !== slipOf(account)) fail('slip.differs')
  const layout = archiveLayout(archive.folder)
  const file = readKeyFile(layout.accounts, accountId)
  const wrap = wrapFor(account, 'cases', casesKeyOf(archive), ledger.genesis, signer)
  await confirmRoles(trx, ledger, accountId, at, signer)
  const body = { account: accountId, database: 'cases' as const, keyId: wrap.keyId, wrapHash: sha256(wrap.data), at }
  await appendRecord(trx, ledger, 'handOver', body, signer)
  writeKeyFile(layout.accounts, { ...file, wraps: { ...file.wraps, cases: wrap } })
}

async function confirmRoles(
  trx: Knex.Transaction,
  ledger: Ledger,
  accountId: string,
  at: string,
  signer: Parameters<typeof appendRecord>[4],
): Promise<void> {
  if (!ledger.holds(signer.id, 'chiefLeader')) return
  for (const waiting of ledger.waiting()) {
    if (waiting.kind !== 'role' || (waiting.body as { account: string }).account !== accountId) continue
    await appendRecord(trx, ledger, 'confirm', { of: waiting.seq, hash: waiting.hash, at }, signer)
  }
}
