import { constants, publicEncrypt, timingSafeEqual } from 'node:crypto'
import * as v from 'valibot'
import { fail } from '#shared/contract/errors.ts'
import { sealedSecret } from './envelope.ts'
import { keyId } from './fingerprint.ts'
import { deriveKey, kdfParameters, newKdfParameters } from './kdf.ts'
import { openKeys, type SoftKeys, sealKeys } from './soft-keys.ts'
import type { UnwrappingKey } from './token.ts'

/** A database key wrapped for one account; the signature is the hand-over's (DESIGN §4). */
export const keyWrap = v.strictObject({
  keyId: v.string(),
  data: v.string(),
  signer: v.string(),
  signature: v.string(),
})
export type KeyWrap = v.InferOutput<typeof keyWrap>

/** `accounts/<id>.key`: what must be readable before unlock. No real names; roles are a hint nobody believes. */
export const keyFile = v.strictObject({
  format: v.literal('yuetan-account/1'),
  id: v.string(),
  login: v.string(),
  roles: v.array(v.string()),
  /** Hint for the sign-in screen; what counts is the genesis. */
  trial: v.boolean(),
  /** When the password was chosen, ISO UTC; authenticated. */
  passwordSince: v.string(),
  kdf: kdfParameters,
  sealed: sealedSecret,
  wraps: v.strictObject({ office: v.nullable(keyWrap), cases: v.nullable(keyWrap) }),
  /** Wraps of a key that is being renewed; they take the place of the others once the database stands under it. */
  renewed: v.optional(v.strictObject({ office: v.optional(keyWrap), cases: v.optional(keyWrap) })),
})
export type KeyFile = v.InferOutput<typeof keyFile>

/** What the password opens: both private keys and the genesis the account was made under. */
interface Secrets {
  readonly keys: SoftKeys
  readonly genesis: string
  /** Checks of earlier passwords, sealed with the keys: they are compared without being kept. */
  readonly history?: readonly PasswordCheck[]
}

const passwordCheck = v.strictObject({ kdf: kdfParameters, check: v.string() })
/** What an earlier password derives to under a salt of its own; as dear to guess as the password itself. */
type PasswordCheck = v.InferOutput<typeof passwordCheck>

const besideKeys = v.object({ genesis: v.string(), history: v.array(passwordCheck) })

const purpose = 'account-keys'

function context(file: Pick<KeyFile, 'id' | 'login' | 'passwordSince' | 'kdf'>): unknown {
  return { id: file.id, login: file.login, passwordSince: file.passwordSince, kdf: file.kdf }
}

/** Seals the private keys of an account under its password and this machine's device secret. */
export async function sealKeyFile(
  owner: { id: string; login: string; roles: readonly string[]; trial: boolean; passwordSince: string },
  secrets: Secrets,
  password: string,
  deviceSecret: Buffer,
): Promise<KeyFile> {
  const kdf = newKdfParameters(deviceSecret)
  const key = await deriveKey(password, kdf, deviceSecret, purpose)
  const beside = { genesis: secrets.genesis, history: secrets.history ?? [] }
  const { id, login, trial, passwordSince } = owner
  try {
    const sealed = sealKeys(secrets.keys, beside, key, purpose, context({ id, login, passwordSince, kdf }))
    const roles = [...owner.roles]
    return {
      format: 'yuetan-account/1',
      id,
      login,
      roles,
      trial,
      passwordSince,
      kdf,
      sealed,
      wraps: { office: null, cases: null },
    }
  } finally {
    key.fill(0)
  }
}

/** Opens an account's private keys. Errors: those of `deriveKey`; `crypto.sealBroken` for a wrong password or a changed file. */
export async function openKeyFile(file: KeyFile, password: string, deviceSecret: Buffer): Promise<Required<Secrets>> {
  const key = await deriveKey(password, file.kdf, deviceSecret, purpose)
  try {
    const { keys, beside } = openKeys(file.sealed, key, purpose, context(file))
    return { keys, ...v.parse(besideKeys, beside) }
  } finally {
    key.fill(0)
  }
}

/** A check of a password that is about to be replaced. */
export async function passwordCheckOf(password: string, deviceSecret: Buffer): Promise<PasswordCheck> {
  const kdf = newKdfParameters(deviceSecret)
  const key = await deriveKey(password, kdf, deviceSecret, checkPurpose)
  const check = key.toString('base64')
  key.fill(0)
  return { kdf, check }
}

/** True when the password is one of the earlier ones. Derives once for each of them. */
export async function isEarlierPassword(
  password: string,
  history: readonly PasswordCheck[],
  deviceSecret: Buffer,
): Promise<boolean> {
  for (const { kdf, check } of history) {
    const key = await deriveKey(password, kdf, deviceSecret, checkPurpose)
    if (timingSafeEqual(key, Buffer.from(check, 'base64'))) return true
  }
  return false
}

const checkPurpose = 'password-check'

const oaep = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' } as const

/** Wraps 32 secret bytes for the holder of a certificate (RSA-OAEP-SHA256), base64. */
export function wrapKey(certificate: string, key: Buffer): string {
  return publicEncrypt({ key: certificate, ...oaep }, key).toString('base64')
}

/** Opens a wrap. Errors: `keyring.wrapBroken`, also when the key is not the one the id names; `token.…`. */
export function unwrapKey(holder: UnwrappingKey, data: string, expectedId: string | null): Buffer {
  const key = holder.unwrap(Buffer.from(data, 'base64'))
  if (expectedId !== null && keyId(key) !== expectedId) fail('keyring.wrapBroken')
  return key
}
