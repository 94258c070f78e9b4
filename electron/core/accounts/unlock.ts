import { createPublicKey, type KeyObject, sign } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { openDatabase } from '#db/connection.ts'
import { publicKeyId, sha256 } from '#electron/crypto/fingerprint.ts'
import { deriveKey, newKdfParameters } from '#electron/crypto/kdf.ts'
import { type KeyFile, type KeyWrap, openKeyFile, type Secrets, unwrapKey } from '#electron/crypto/keyring.ts'
import { signBody, signedBy } from '#electron/crypto/signature.ts'
import { fail, YuetanError } from '#shared/contract/errors.ts'
import { isOfficerRole } from '#shared/domain/accounts.ts'
import { archiveLayout } from '../session/folder.ts'
import type { Account, Identity, OpenArchive } from '../session/types.ts'
import { deviceSecret } from './device.ts'
import { attemptsOf, noteAtDoor, readDoorLog } from './door-log.ts'
import { listKeyFiles } from './key-files.ts'
import { type Ledger, readLedger } from './ledger.ts'

/** Wrong passwords in a row before an account is locked, and for how long (DOMAIN §2.5). */
const lockAfter = 5
const lockMinutes = 15
/** Days a password lasts where the policy does not say otherwise (DOMAIN §2.5, 秘密). */
const passwordDays = 30
const longestDelay = 4000

export interface UnlockRequest {
  readonly folder: string
  readonly machineFolder: string
  readonly login: string
  readonly password: string
  readonly now: string
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
  readonly casesKey: Buffer | null
}

const held = new WeakMap<OpenArchive, Held>()

/** The ledger of an open archive, for appending records in the session's own name. */
export function ledgerOf(archive: OpenArchive): { ledger: Ledger; signer: { id: string; key: KeyObject } } {
  const own = held.get(archive) ?? fail('session.none')
  return { ledger: own.ledger, signer: { id: archive.identity.id, key: own.signing } }
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
  const { folder, machineFolder, now } = request
  const layout = archiveLayout(folder)
  const { file, secrets, failures, lastSuccess } = await proveAccount(request)
  const { office, ledger } = await openOffice(layout.officeDatabase, file, secrets)
  try {
    const account = ledger.account(file.id) ?? fail('signin.disabled')
    if (account.state === 'disabled') fail('signin.disabled')
    if (account.state === 'pending') fail('signin.pending')
    if (publicKeyId(createPublicKey(secrets.signing)) !== publicKeyId(account.signingCertificate))
      fail('keyring.foreignKey')
    const officer = account.roles.some(isOfficerRole)
    const casesKey = officer ? null : openWrap(ledger, account, 'cases', file.wraps.cases, secrets)
    const cases =
      casesKey === null
        ? null
        : await openDatabase({ file: layout.casesDatabase, key: () => Buffer.from(casesKey), schema: 'cases' })
    const identity = identify(account, secrets)
    const archive: OpenArchive = { folder, machineFolder, ledger, office, cases, identity }
    held.set(archive, { ledger, signing: secrets.signing, casesKey })
    noteAtDoor(layout.doorLog, 'signin.ok', account.id, now)
    const age = Math.floor((Date.parse(now) - Date.parse(file.passwordSince)) / 86_400_000)
    return {
      archive,
      lastSignIn: lastSuccess,
      failuresSince: failures,
      passwordDaysLeft: Math.max(0, ledger.policy('passwordDays', passwordDays) - age),
    }
  } catch (error) {
    await office.close()
    throw error
  }
}

/** Opens `office.db` with an account's wrap and replays the ledger. Errors: `signin.pending`, `db.…`, `ledger.invalid`. */
export async function openOffice(officeFile: string, file: KeyFile, secrets: Secrets) {
  const wrap = file.wraps.office ?? fail('signin.pending')
  const key = unwrapKey(secrets.encryption, wrap.data, wrap.keyId)
  const office = await openDatabase({ file: officeFile, key: () => Buffer.from(key), schema: 'office' })
  try {
    const ledger = await readLedger(office.knex, secrets.genesis)
    if (ledger.keyId('office') !== wrap.keyId) fail('keyring.foreignKey')
    return { office, ledger, key }
  } catch (error) {
    await office.close()
    throw error
  }
}

/** A wrap is believed only with the ledger's key id and the signature of an account that holds the key itself. */
function openWrap(ledger: Ledger, account: Account, database: 'cases', wrap: KeyWrap | null, secrets: Secrets): Buffer {
  if (wrap === null) return fail('signin.pending')
  const holder = ledger.account(wrap.signer)
  const body = { account: account.id, database, keyId: wrap.keyId, wrapHash: sha256(wrap.data) }
  const trusted =
    holder !== undefined &&
    !holder.roles.some(isOfficerRole) &&
    wrap.keyId === ledger.keyId(database) &&
    signedBy(holder, 'key-wrap', ledger.genesis, body, wrap.signature)
  if (!trusted) fail('keyring.foreignKey')
  return unwrapKey(secrets.encryption, wrap.data, wrap.keyId)
}

function identify(account: Account, secrets: Secrets): Identity {
  return {
    ...account,
    sign: (kind, body) => signBody(secrets.signing, kind, secrets.genesis, body),
    signAttributes: (der) => sign('sha256', der, secrets.signing),
  }
}
