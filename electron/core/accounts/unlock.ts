import { createPublicKey, type KeyObject, sign } from 'node:crypto'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Database, openDatabase } from '#db/connection.ts'
import { publicKeyId, sha256 } from '#electron/crypto/fingerprint.ts'
import { deriveKey, newKdfParameters } from '#electron/crypto/kdf.ts'
import { type KeyFile, type KeyWrap, openKeyFile, type Secrets, unwrapKey } from '#electron/crypto/keyring.ts'
import { signBody, signedBy, verifyBody } from '#electron/crypto/signature.ts'
import { fail, YuetanError } from '#shared/contract/errors.ts'
import { isOfficerRole } from '#shared/domain/accounts.ts'
import { policyValue } from '#shared/domain/policy.ts'
import type { JobProgress } from '../jobs/runner.ts'
import { type ArchiveLayout, archiveLayout } from '../session/folder.ts'
import type { Account, Identity, OpenArchive } from '../session/types.ts'
import { deviceSecret } from './device.ts'
import { attemptsOf, noteAtDoor, readDoorLog } from './door-log.ts'
import { listKeyFiles } from './key-files.ts'
import { type Ledger, readLedger, recoverySigner } from './ledger.ts'
import { keepSignInLimits, signInLimits } from './policy.ts'
import { finishRenewal, settleWraps } from './renewal.ts'

const longestDelay = 4000

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
  readonly signing: KeyObject
  readonly encryption: KeyObject
  readonly officeKey: Buffer
  readonly casesKey: Buffer | null
}

const held = new WeakMap<OpenArchive, Held>()

/** The ledger of an open archive, for appending records in the session's own name. */
export function ledgerOf(archive: OpenArchive): { ledger: Ledger; signer: { id: string; key: KeyObject } } {
  const own = held.get(archive) ?? fail('session.none')
  return { ledger: own.ledger, signer: { id: archive.identity.id, key: own.signing } }
}

/** The session's own private key for opening wraps. */
export function encryptionKeyOf(archive: OpenArchive): KeyObject {
  return held.get(archive)?.encryption ?? fail('session.none')
}

/** The key of `office.db`, which every account holds: for the recovery account's wrap. */
export function officeKeyOf(archive: OpenArchive): Buffer {
  return held.get(archive)?.officeKey ?? fail('session.none')
}

/** The key of `cases.db` for a hand-over. Errors: `accounts.noKey` for an officer. */
export function casesKeyOf(archive: OpenArchive): Buffer {
  return held.get(archive)?.casesKey ?? fail('accounts.noKey')
}

/**
 * Proves a password against an account's key file. Failures are counted in door.log, each takes longer than the one
 * before, and after five in a row the account rests.
 *
 * Errors: `signin.wrong` with what is left, `signin.locked` with the minutes, `device.…`, `keyring.…`.
 */
export function proveAccount(request: UnlockRequest): Promise<Proved> {
  // One after the other: guesses sent at once would all see the same count, and each derivation takes 128 MiB.
  const attempt = proving.then(() => prove(request))
  proving = attempt.catch(() => undefined)
  return attempt
}

let proving: Promise<unknown> = Promise.resolve()

interface Proved {
  readonly file: KeyFile
  readonly secrets: Secrets
  readonly failures: number
  readonly lastSuccess: string | null
}

async function prove(request: UnlockRequest): Promise<Proved> {
  const { folder, machineFolder, login, password, now } = request
  const layout = archiveLayout(folder)
  const device = deviceSecret(machineFolder, false)
  const { lockAfter, lockMinutes } = signInLimits(layout.accounts)
  const file = listKeyFiles(layout.accounts).find((one) => one.login === login)
  if (file === undefined) {
    // As slow as a real one, so that the time tells nothing.
    const key = await deriveKey(password, newKdfParameters(device), device, 'account-keys')
    key.fill(0)
    noteAtDoor(layout.doorLog, 'signin.unknown', null, now)
    return fail('signin.wrong', { left: lockAfter - 1 })
  }
  const attempts = attemptsOf(readDoorLog(layout.doorLog), file.id)
  const restUntil = Date.parse(attempts.lastFailure ?? now) + lockMinutes * 60_000
  if (attempts.failures >= lockAfter && Date.parse(now) < restUntil) {
    fail('signin.locked', { minutes: Math.ceil((restUntil - Date.parse(now)) / 60_000) })
  }
  try {
    const secrets = await openKeyFile(file, password, device)
    return { file, secrets, failures: attempts.failures, lastSuccess: attempts.lastSuccess }
  } catch (error) {
    if (!(error instanceof YuetanError) || error.code !== 'crypto.sealBroken') throw error
    noteAtDoor(layout.doorLog, 'signin.wrong', file.id, now)
    await wait(Math.min(250 * 2 ** attempts.failures, longestDelay))
    return fail('signin.wrong', { left: Math.max(0, lockAfter - 1 - attempts.failures) })
  }
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
  const { file, secrets, failures, lastSuccess } = await proveAccount(request)
  const { office, ledger, key: officeKey } = await openOffice(layout.officeDatabase, file, secrets, progress)
  try {
    const account = ledger.account(file.id) ?? fail('signin.disabled')
    if (account.state === 'disabled') fail('signin.disabled')
    if (account.state === 'pending') fail('signin.pending')
    if (publicKeyId(createPublicKey(secrets.signing)) !== publicKeyId(account.signingCertificate))
      fail('keyring.foreignKey')
    const age = Math.floor((Date.parse(now) - Date.parse(file.passwordSince)) / 86_400_000)
    const passwordDaysLeft = Math.max(0, policyValue(ledger, 'passwordDays') - age)
    // A trial archive practises: its sample password protects nobody's secrets.
    if (passwordDaysLeft === 0 && ledger.kind === 'production') fail('signin.expired')
    keepSignInLimits(layout.accounts, ledger)
    const opened = account.roles.some(isOfficerRole)
      ? null
      : await openCases(layout, ledger, account, file, secrets, progress)
    const cases = opened?.database ?? null
    const casesKey = opened?.key ?? null
    const identity = identify(account, secrets)
    const archive: OpenArchive = { folder, machineFolder, ledger, office, cases, identity }
    held.set(archive, { ledger, signing: secrets.signing, encryption: secrets.encryption, officeKey, casesKey })
    noteAtDoor(layout.doorLog, 'signin.ok', account.id, now)
    return { archive, lastSignIn: lastSuccess, failuresSince: failures, passwordDaysLeft }
  } catch (error) {
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
  secrets: Secrets,
  progress?: (progress: JobProgress) => void,
) {
  const wraps = [file.wraps.office, file.renewed?.office].filter((wrap) => wrap !== null && wrap !== undefined)
  if (wraps.length === 0) fail('signin.pending')
  for (const [index, wrap] of wraps.entries()) {
    const key = unwrapKey(secrets.encryption, wrap.data, wrap.keyId)
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
      const ledger = await readLedger(office.knex, secrets.genesis)
      if (ledger.keyId('office') === wrap.keyId) {
        if (index > 0) settleWraps(dirname(officeFile), 'office', wrap.keyId)
        return { office, ledger, key }
      }
      const next = wraps[index + 1]
      if (ledger.formerKeyId('office') !== wrap.keyId || ledger.keyId('office') !== next?.keyId)
        fail('keyring.foreignKey')
      await office.close()
      const newKey = unwrapKey(secrets.encryption, next?.data ?? '', next?.keyId ?? '')
      await finishRenewal(officeFile, 'office', key, newKey, progress)
      return await openOffice(officeFile, { ...file, wraps: { ...file.wraps, office: next ?? null } }, secrets)
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
  secrets: Secrets,
  progress?: (progress: JobProgress) => void,
): Promise<{ database: Database; key: Buffer }> {
  const open = (key: Buffer) =>
    openDatabase({ file: layout.casesDatabase, key: () => Buffer.from(key), schema: 'cases' })
  const renewed = file.renewed?.cases
  if (renewed === undefined || renewed.keyId !== ledger.keyId('cases')) {
    const key = openWrap(ledger, account, file.wraps.cases, ledger.keyId('cases'), secrets)
    return { key, database: await open(key) }
  }
  const key = openWrap(ledger, account, renewed, ledger.keyId('cases'), secrets)
  try {
    const database = await open(key)
    settleWraps(layout.folder, 'cases', renewed.keyId)
    return { key, database }
  } catch (error) {
    if (!(error instanceof YuetanError) || error.code !== 'db.wrongKey') throw error
  }
  const former = openWrap(ledger, account, file.wraps.cases, ledger.formerKeyId('cases'), secrets)
  await finishRenewal(layout.casesDatabase, 'cases', former, key, progress)
  return { key, database: await open(key) }
}

/** A wrap is believed only with the ledger's key id and the signature of an account that holds the key itself. */
function openWrap(ledger: Ledger, account: Account, wrap: KeyWrap | null, keyId: string, secrets: Secrets): Buffer {
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
  return unwrapKey(secrets.encryption, wrap.data, wrap.keyId)
}

function identify(account: Account, secrets: Secrets): Identity {
  return {
    ...account,
    sign: (kind, body) => signBody(secrets.signing, kind, secrets.genesis, body),
    signAttributes: (der) => sign('sha256', der, secrets.signing),
  }
}
