import { dirname } from 'node:path'
import { type Database, openDatabase } from '#db/connection.ts'
import { publicKeyId, sha256 } from '#electron/crypto/fingerprint.ts'
import { deriveKey, newKdfParameters } from '#electron/crypto/kdf.ts'
import { type KeyFile, type KeyWrap, unwrapKey } from '#electron/crypto/keyring.ts'
import { signBody, signedBy, verifyBody } from '#electron/crypto/signature.ts'
import { accountKeys, type SigningKey, type TokenSession, type UnwrappingKey } from '#electron/crypto/token.ts'
import { fail, YuetanError } from '#shared/contract/errors.ts'
import { isOfficerRole } from '#shared/domain/accounts.ts'
import { policyValue } from '#shared/domain/policy.ts'
import type { JobProgress } from '../jobs/runner.ts'
import { type ArchiveLayout, archiveLayout } from '../session/folder.ts'
import type { Account, Identity, OpenArchive } from '../session/types.ts'
import { deviceSecret } from './device.ts'
import { attemptsOf, noteAtDoor, readDoorLog } from './door-log.ts'
import { keyFileToken } from './key-file-token.ts'
import { listKeyFiles } from './key-files.ts'
import { type Ledger, readLedger, recoverySigner } from './ledger.ts'
import { keepSignInLimits, signInLimits } from './policy.ts'
import { finishRenewal, settleWraps } from './renewal.ts'

export interface UnlockRequest {
  readonly folder: string
  readonly machineFolder: string
  readonly login: string
  readonly password: string
  readonly now: string
  /** Told while a key renewal that was interrupted, or just signed, is being finished. */
  readonly progress?: (progress: JobProgress) => void
}

interface Unlocked {
  readonly archive: OpenArchive
  readonly lastSignIn: string | null
  readonly failuresSince: number
  readonly passwordDaysLeft: number
}

/** What a session holds beside the open databases; kept apart so that no use case meets a key by accident. */
interface Held {
  readonly ledger: Ledger
  readonly keys: AccountKeys
  readonly officeKey: Buffer
  readonly casesKey: Buffer | null
}

const held = new WeakMap<OpenArchive, Held>()

/** The ledger of an open archive, for appending records in the session's own name. */
export function ledgerOf(archive: OpenArchive): { ledger: Ledger; signer: { id: string; key: SigningKey } } {
  const own = held.get(archive) ?? fail('session.none')
  return { ledger: own.ledger, signer: { id: archive.identity.id, key: own.keys.signing } }
}

/** The session's own key for opening wraps, wherever it is held. */
export function encryptionKeyOf(archive: OpenArchive): UnwrappingKey {
  return held.get(archive)?.keys.encryption ?? fail('session.none')
}

/** The key of `office.db`, which every account holds: for the recovery account's wrap. */
export function officeKeyOf(archive: OpenArchive): Buffer {
  return held.get(archive)?.officeKey ?? fail('session.none')
}

/** The key of `cases.db` for a hand-over. Errors: `accounts.noKey` for an officer. */
export function casesKeyOf(archive: OpenArchive): Buffer {
  return held.get(archive)?.casesKey ?? fail('accounts.noKey')
}

/** Closes both databases and ends the use of the account's keys. */
export async function closeArchive(archive: OpenArchive): Promise<void> {
  held.get(archive)?.keys.token.logout()
  await Promise.all([archive.office.close(), archive.cases?.close()])
}

/**
 * Proves a password against an account's token. The caller ends the use of the keys when it is done with them.
 *
 * Errors: those of `KeyToken.login`; an unknown account is `signin.wrong` like any other.
 */
export function proveAccount(request: UnlockRequest): Promise<Proved> {
  // One after the other: guesses sent at once would all see the same count, and each derivation takes 128 MiB.
  const attempt = proving.then(() => prove(request))
  proving = attempt.catch(() => undefined)
  return attempt
}

let proving: Promise<unknown> = Promise.resolve()

/** An account's keys at their holder, ready to be used. */
export interface AccountKeys {
  readonly signing: SigningKey
  readonly encryption: UnwrappingKey
  readonly token: TokenSession
}

interface Proved {
  readonly file: KeyFile
  readonly keys: AccountKeys
  readonly failures: number
  readonly lastSuccess: string | null
}

async function prove(request: UnlockRequest): Promise<Proved> {
  const { folder, machineFolder, login, password, now } = request
  const layout = archiveLayout(folder)
  const device = deviceSecret(machineFolder, false)
  const file = listKeyFiles(layout.accounts).find((one) => one.login === login)
  if (file === undefined) {
    // As slow as a real one, so that the time tells nothing.
    const key = await deriveKey(password, newKdfParameters(device), device, 'account-keys')
    key.fill(0)
    noteAtDoor(layout.doorLog, 'signin.unknown', null, now)
    return fail('signin.wrong', { left: signInLimits(layout.accounts).lockAfter - 1 })
  }
  const token = await keyFileToken({ folder, machineFolder, now }, file.id).login(password)
  const { failures, lastSuccess } = attemptsOf(readDoorLog(layout.doorLog), file.id)
  return { file, keys: { ...accountKeys(token), token }, failures, lastSuccess }
}

/**
 * Unlocks an archive for one account: password → key file → `office.db` → replayed ledger → `cases.db`, every step
 * checked against the ledger: an unwrapped key must have the id that stands there.
 *
 * Errors: those of `proveAccount`, `signin.pending`, `signin.disabled`, `ledger.invalid`, `keyring.foreignKey`, `db.…`.
 */
export async function unlockArchive(request: UnlockRequest): Promise<Unlocked> {
  const { folder, machineFolder, now, progress } = request
  const layout = archiveLayout(folder)
  const { file, keys, failures, lastSuccess } = await proveAccount(request)
  const { office, ledger, key: officeKey } = await openOffice(layout.officeDatabase, file, keys, progress)
  try {
    const account = ledger.account(file.id) ?? fail('signin.disabled')
    if (account.state === 'disabled') fail('signin.disabled')
    if (account.state === 'pending') fail('signin.pending')
    if (publicKeyId(keys.signing.publicKey) !== publicKeyId(account.signingCertificate)) fail('keyring.foreignKey')
    const age = Math.floor((Date.parse(now) - Date.parse(file.passwordSince)) / 86_400_000)
    const passwordDaysLeft = Math.max(0, policyValue(ledger, 'passwordDays') - age)
    // A trial archive practises: its sample password protects nobody's secrets.
    if (passwordDaysLeft === 0 && ledger.kind === 'production') fail('signin.expired')
    keepSignInLimits(layout.accounts, ledger)
    const opened = account.roles.some(isOfficerRole)
      ? null
      : await openCases(layout, ledger, account, file, keys, progress)
    const cases = opened?.database ?? null
    const casesKey = opened?.key ?? null
    const identity = identify(account, keys)
    const archive: OpenArchive = { folder, machineFolder, ledger, office, cases, identity }
    held.set(archive, { ledger, keys, officeKey, casesKey })
    noteAtDoor(layout.doorLog, 'signin.ok', account.id, now)
    return { archive, lastSignIn: lastSuccess, failuresSince: failures, passwordDaysLeft }
  } catch (error) {
    keys.token.logout()
    await office.close()
    throw error
  }
}

/**
 * Opens `office.db` with an account's wrap and replays the ledger. Where the ledger names a newer key than the file
 * stands under, a signed renewal is finished first. Errors: `signin.pending`, `db.…`, `ledger.invalid`, `keyring.…`.
 */
export async function openOffice(
  officeFile: string,
  file: KeyFile,
  keys: AccountKeys,
  progress?: (progress: JobProgress) => void,
) {
  const wraps = [file.wraps.office, file.renewed?.office].filter((wrap) => wrap !== null && wrap !== undefined)
  if (wraps.length === 0) fail('signin.pending')
  for (const [index, wrap] of wraps.entries()) {
    const key = unwrapKey(keys.encryption, wrap.data, wrap.keyId)
    let office: Database
    try {
      office = await openDatabase({ file: officeFile, key: () => Buffer.from(key), schema: 'office' })
    } catch (error) {
      // Between the rename and the change of the key files the database stands under the newer wrap already.
      const later = error instanceof YuetanError && error.code === 'db.wrongKey' && index < wraps.length - 1
      if (later) continue
      throw error
    }
    try {
      const ledger = await readLedger(office.knex, keys.token.genesis)
      if (ledger.keyId('office') === wrap.keyId) {
        if (index > 0) settleWraps(dirname(officeFile), 'office', wrap.keyId)
        return { office, ledger, key }
      }
      const next = wraps[index + 1]
      if (ledger.formerKeyId('office') !== wrap.keyId || ledger.keyId('office') !== next?.keyId)
        fail('keyring.foreignKey')
      await office.close()
      const newKey = unwrapKey(keys.encryption, next?.data ?? '', next?.keyId ?? '')
      await finishRenewal(officeFile, 'office', key, newKey, progress)
      return await openOffice(officeFile, { ...file, wraps: { ...file.wraps, office: next ?? null } }, keys)
    } catch (error) {
      await office.close()
      throw error
    }
  }
  return fail('signin.pending')
}

/** Opens `cases.db`, having finished a signed renewal. Errors: `signin.pending`, `keyring.foreignKey`, `db.…`. */
async function openCases(
  layout: ArchiveLayout,
  ledger: Ledger,
  account: Account,
  file: KeyFile,
  keys: AccountKeys,
  progress?: (progress: JobProgress) => void,
): Promise<{ database: Database; key: Buffer }> {
  const open = (key: Buffer) =>
    openDatabase({ file: layout.casesDatabase, key: () => Buffer.from(key), schema: 'cases' })
  const renewed = file.renewed?.cases
  if (renewed === undefined || renewed.keyId !== ledger.keyId('cases')) {
    const key = openWrap(ledger, account, file.wraps.cases, ledger.keyId('cases'), keys)
    return { key, database: await open(key) }
  }
  const key = openWrap(ledger, account, renewed, ledger.keyId('cases'), keys)
  try {
    const database = await open(key)
    settleWraps(layout.folder, 'cases', renewed.keyId)
    return { key, database }
  } catch (error) {
    if (!(error instanceof YuetanError) || error.code !== 'db.wrongKey') throw error
  }
  const former = openWrap(ledger, account, file.wraps.cases, ledger.formerKeyId('cases'), keys)
  await finishRenewal(layout.casesDatabase, 'cases', former, key, progress)
  return { key, database: await open(key) }
}

/** A wrap is believed only with the ledger's key id and the signature of an account that holds the key itself. */
function openWrap(ledger: Ledger, account: Account, wrap: KeyWrap | null, keyId: string, keys: AccountKeys): Buffer {
  if (wrap === null) return fail('signin.pending')
  const holder = wrap.signer === recoverySigner ? null : ledger.account(wrap.signer)
  const body = { account: account.id, database: 'cases', keyId: wrap.keyId, wrapHash: sha256(wrap.data) }
  const signed =
    holder === null
      ? ledger.recoveryKeys().some((key) => verifyBody(key, 'key-wrap', ledger.genesis, body, wrap.signature))
      : holder !== undefined &&
        !holder.roles.some(isOfficerRole) &&
        signedBy(holder, 'key-wrap', ledger.genesis, body, wrap.signature)
  if (!signed || wrap.keyId !== keyId) fail('keyring.foreignKey')
  return unwrapKey(keys.encryption, wrap.data, wrap.keyId)
}

function identify(account: Account, keys: AccountKeys): Identity {
  return {
    ...account,
    sign: (kind, body) => signBody(keys.signing, kind, keys.token.genesis, body),
    signAttributes: (der) => keys.signing.sign(der),
  }
}
