import { generateKeyPair, type KeyObject, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Knex } from 'knex'
import { ulid } from 'ulid'
import { openDatabase } from '#db/connection.ts'
import { syncFolder } from '#db/sync-folder.ts'
import { issueCertificate, makeAuthority } from '#electron/crypto/certificates.ts'
import { keyId, sha256 } from '#electron/crypto/fingerprint.ts'
import { type KeyFile, type KeyWrap, sealKeyFile, wrapKey } from '#electron/crypto/keyring.ts'
import { signBody } from '#electron/crypto/signature.ts'
import { SoftKeys } from '#electron/crypto/soft-keys.ts'
import type { SigningKey, UnwrappingKey } from '#electron/crypto/token.ts'
import { fail } from '#shared/contract/errors.ts'
import { isOfficerRole, type Role, rolesAreSeparate } from '#shared/domain/accounts.ts'
import type { Level } from '#shared/domain/secrecy.ts'
import { writeWhole } from '../files.ts'
import { inPairs } from '../in-pairs.ts'
import { archiveLayout, folderError } from '../session/folder.ts'
import { sealCaKey } from './ca.ts'
import { deviceSecret, noteArchive } from './device.ts'
import { writeKeyFile } from './key-files.ts'
import { appendRecord, confirmRecord, draftOf, Ledger } from './ledger.ts'
import type { AccountBody } from './ledger-kinds.ts'

const makeKeyPair = promisify(generateKeyPair)
const caYears = 20
const accountYears = 10
/** Stands in the staging folder of a founding, and only there. */
const stagingMark = 'founding'

/** One person at the founding of an archive, with the password just typed. */
export interface Founder {
  readonly login: string
  readonly name: string
  readonly office: string
  readonly roles: readonly Role[]
  readonly password: string
}

export interface Founding {
  readonly folder: string
  readonly machineFolder: string
  readonly kind: 'production' | 'trial'
  readonly unit: string
  readonly machineLevel: Level
  readonly people: readonly Founder[]
  readonly now: string
  /** Fills the finished archive before it takes its name: a kill leaves either the whole or nothing. */
  readonly furnish?: (folder: string) => Promise<void>
}

/** A person whose keys were just made. */
interface Made {
  readonly body: AccountBody
  readonly founder: Founder
  readonly keys: SoftKeys
}

/** What a founding lacks, by role or rule; empty when it may be carried out (DESIGN §4). */
export function foundingFaults(people: readonly Pick<Founder, 'login' | 'roles'>[]): readonly string[] {
  const faults: string[] = []
  for (const role of ['systemAdmin', 'securityOfficer', 'auditor', 'chiefLeader'] as const) {
    if (!people.some((person) => person.roles.includes(role))) faults.push(role)
  }
  if (people.some((person) => !rolesAreSeparate(person.roles))) faults.push('separation')
  if (new Set(people.map((person) => person.login.toLowerCase())).size !== people.length) faults.push('loginTwice')
  return faults
}

/** A CA for the archive: its certificate and its private key, which is sealed to both officers and then forgotten. */
export async function makeArchiveAuthority(
  unit: string,
  now: string,
): Promise<{ certificate: string; key: KeyObject }> {
  const { privateKey: key } = await makeKeyPair('rsa', { modulusLength: 3072 })
  const subject = { commonName: `${unit} 约谈档案签发者`, organization: unit }
  return { key, certificate: makeAuthority({ subject, key, notBefore: now, notAfter: yearsLater(now, caYears) }) }
}

/** Both certificates of an account (双证), issued by the archive's CA. */
export function certify(
  authority: { certificate: string; key: KeyObject },
  unit: string,
  person: { id: string; login: string; name: string; office: string },
  keys: { readonly signing: SigningKey; readonly encryption: UnwrappingKey },
  now: string,
): AccountBody {
  const common = {
    authority,
    subject: { commonName: person.name, organization: unit, serialNumber: person.id },
    notBefore: now,
    notAfter: yearsLater(now, accountYears),
  }
  const signingCertificate = issueCertificate({ ...common, publicKey: keys.signing.publicKey, usage: 'signing' })
  const encryptionCertificate = issueCertificate({
    ...common,
    publicKey: keys.encryption.publicKey,
    usage: 'encryption',
  })
  const { id, login, name, office } = person
  return { id, login, name, office, signingCertificate, encryptionCertificate }
}

/** A database key wrapped for an account and signed by whoever hands it over. */
export function wrapFor(
  account: Pick<AccountBody, 'id' | 'encryptionCertificate'>,
  database: 'office' | 'cases',
  key: Buffer,
  genesis: string,
  holder: { id: string; key: SigningKey },
): KeyWrap {
  const data = wrapKey(account.encryptionCertificate, key)
  const body = { account: account.id, database, keyId: keyId(key), wrapHash: sha256(data) }
  return { keyId: body.keyId, data, signer: holder.id, signature: signBody(holder.key, 'key-wrap', genesis, body) }
}

/**
 * Founds an archive: keys, CA, ledger, both databases, one key file for each person. Everything is made in
 * `<folder>.part` and renamed at the end, so that a kill at any moment leaves no folder that looks like an archive.
 *
 * Errors: `archive.folderTaken` (something stands there), `archive.incomplete` with what is missing, `folder.…`.
 */
export async function foundArchive(founding: Founding): Promise<void> {
  const { folder, now, unit } = founding
  const missing = foundingFaults(founding.people)
  if (missing.length > 0) fail('archive.incomplete', { missing: missing.join(',') })
  assertFree(folder)
  const staging = takeStaging(`${folder}.part`)
  const officeKey = randomBytes(32)
  const casesKey = randomBytes(32)
  try {
    const device = deviceSecret(founding.machineFolder, true)
    const authority = await makeArchiveAuthority(unit, now)
    const made = await Promise.all(
      founding.people.map(async (founder): Promise<Made> => {
        const keys = await SoftKeys.make()
        return { founder, body: certify(authority, unit, { id: ulid(), ...founder }, keys, now), keys }
      }),
    )
    const layout = archiveLayout(staging)
    mkdirSync(layout.blobs, { mode: 0o700 })
    mkdirSync(layout.backups, { mode: 0o700 })
    const office = await openDatabase({
      file: layout.officeDatabase,
      key: () => Buffer.from(officeKey),
      schema: 'office',
      create: true,
    })
    const cases = await openDatabase({
      file: layout.casesDatabase,
      key: () => Buffer.from(casesKey),
      schema: 'cases',
      create: true,
    })
    let genesis: string
    let wraps: ReadonlyMap<string, KeyFile['wraps']>
    try {
      const written = await office.transaction((trx) =>
        writeLedger(trx, founding, authority.certificate, made, { office: officeKey, cases: casesKey }),
      )
      genesis = written.genesis
      wraps = written.wraps
    } finally {
      await Promise.all([office.close(), cases.close()])
    }
    const admin = byRole(made, 'systemAdmin')
    const security = byRole(made, 'securityOfficer')
    writeWhole(
      layout.caKey,
      sealCaKey(authority, genesis, {
        systemAdmin: admin.body.encryptionCertificate,
        securityOfficer: security.body.encryptionCertificate,
      }),
    )
    await inPairs(made, async ({ body, founder, keys }) => {
      const owner = {
        id: body.id,
        login: body.login,
        roles: founder.roles,
        trial: founding.kind === 'trial',
        passwordSince: now,
      }
      const file = await sealKeyFile(owner, { keys, genesis }, founder.password, device)
      writeKeyFile(layout.accounts, { ...file, wraps: wraps.get(body.id) ?? file.wraps })
    })
    await founding.furnish?.(staging)
    rmSync(join(staging, stagingMark))
    syncFolder(staging)
    noteArchive(founding.machineFolder, genesis, now)
    if (existsSync(folder)) rmdirSync(folder)
    renameSync(staging, folder)
    syncFolder(dirname(folder))
  } catch (error) {
    rmSync(staging, { recursive: true, force: true })
    throw folderError(error)
  } finally {
    officeKey.fill(0)
    casesKey.fill(0)
  }
}

function assertFree(folder: string): void {
  if (!existsSync(folder)) return
  if (!statSync(folder).isDirectory()) fail('folder.isFile')
  if (readdirSync(folder).length > 0) fail('archive.folderTaken')
}

/** Makes the staging folder anew. What a kill left behind is cleared; a folder that is not ours is never touched. */
function takeStaging(staging: string): string {
  if (existsSync(staging)) {
    const content = statSync(staging).isDirectory() ? readdirSync(staging) : null
    if (content === null || (content.length > 0 && !content.includes(stagingMark))) fail('archive.folderTaken')
    rmSync(staging, { recursive: true })
  }
  try {
    mkdirSync(staging, { recursive: true, mode: 0o700 })
    writeWhole(join(staging, stagingMark), '')
  } catch (error) {
    throw folderError(error)
  }
  return staging
}

function byRole(made: readonly Made[], role: Role): Made {
  return made.find((one) => one.founder.roles.includes(role)) ?? fail('archive.incomplete', { missing: role })
}

/** Writes the genesis, the accounts, their roles and the hand-overs, every record signed by those it asks for. */
async function writeLedger(
  trx: Knex.Transaction,
  founding: Founding,
  caCertificate: string,
  made: readonly Made[],
  keys: { office: Buffer; cases: Buffer },
): Promise<{ genesis: string; wraps: Map<string, KeyFile['wraps']> }> {
  const { now: at } = founding
  const signer = (one: Made) => ({ id: one.body.id, key: one.keys.signing })
  const admin = byRole(made, 'systemAdmin')
  const security = byRole(made, 'securityOfficer')
  const auditor = byRole(made, 'auditor')
  const leader = byRole(made, 'chiefLeader')
  const founders = {
    systemAdmin: admin.body,
    securityOfficer: security.body,
    auditor: auditor.body,
    chiefLeader: leader.body,
  }
  const ledger = draftOf(trx, new Ledger())
  const keyIds = { office: keyId(keys.office), cases: keyId(keys.cases) }
  const { kind, unit, machineLevel } = founding
  const genesis = await appendRecord(
    trx,
    ledger,
    'genesis',
    { kind, unit, machineLevel, at, caCertificate, founders, keys: keyIds },
    signer(admin),
  )
  for (const other of [security, auditor, leader]) await confirmRecord(trx, ledger, genesis, at, signer(other))

  const founderIds = new Set(Object.values(founders).map((one) => one.id))
  for (const one of made) {
    if (!founderIds.has(one.body.id)) {
      const record = await appendRecord(trx, ledger, 'account', { account: one.body, at }, signer(admin))
      await confirmRecord(trx, ledger, record, at, signer(security))
      await confirmRecord(trx, ledger, record, at, signer(one))
    }
    for (const role of one.founder.roles) {
      if (ledger.holds(one.body.id, role)) continue
      const record = await appendRecord(
        trx,
        ledger,
        'role',
        { account: one.body.id, role, grant: true, at },
        signer(security),
      )
      if (role === 'chiefLeader' || role === 'classifier') await confirmRecord(trx, ledger, record, at, signer(leader))
    }
  }

  const wraps = new Map<string, KeyFile['wraps']>()
  for (const one of made) {
    const office = wrapFor(one.body, 'office', keys.office, ledger.genesis, signer(security))
    const isOfficer = one.founder.roles.some(isOfficerRole)
    const cases = isOfficer ? null : wrapFor(one.body, 'cases', keys.cases, ledger.genesis, signer(leader))
    wraps.set(one.body.id, { office, cases })
    if (founderIds.has(one.body.id)) continue
    for (const [database, wrap, holder] of [['office', office, security] as const, ['cases', cases, leader] as const]) {
      if (wrap === null) continue
      const body = { account: one.body.id, database, keyId: wrap.keyId, wrapHash: sha256(wrap.data), at }
      await appendRecord(trx, ledger, 'handOver', body, signer(holder))
    }
  }
  return { genesis: ledger.genesis, wraps }
}

function yearsLater(iso: string, years: number): string {
  const date = new Date(iso)
  date.setUTCFullYear(date.getUTCFullYear() + years)
  return date.toISOString()
}
