import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { canonical } from './canonical.ts'
import type { SigningKey } from './token.ts'

/**
 * The bytes a signature covers: `"yuetan/<kind>/v1\0"` + genesis hash + canonical JSON. The kind keeps a signature
 * from being used for another purpose, the genesis hash from being used in another archive. Only the genesis record
 * itself is signed with an empty genesis hash.
 */
function signedBytes(kind: string, genesis: string, body: unknown): Buffer {
  return Buffer.from(`yuetan/${kind}/v1\0${genesis}${canonical(body)}`, 'utf8')
}

/** Base64 RSA PKCS#1 v1.5 SHA-256 signature over kind, genesis hash and canonical body. */
export function signBody(key: SigningKey, kind: string, genesis: string, body: unknown): string {
  return key.sign(signedBytes(kind, genesis, body)).toString('base64')
}

/** An account's signing certificate, and those it had before it was activated again. */
interface Signatory {
  readonly signingCertificate: string
  readonly formerSigningCertificates?: readonly string[]
}

/** True when the account signed exactly this, under its present certificate or an earlier one. */
export function signedBy(
  signatory: Signatory,
  kind: string,
  genesis: string,
  body: unknown,
  signature: string,
): boolean {
  return [signatory.signingCertificate, ...(signatory.formerSigningCertificates ?? [])].some((certificate) =>
    verifyBody(certificate, kind, genesis, body, signature),
  )
}

/** True when the signature is the key's own over exactly this kind, archive and body. Never throws on bad input. */
export function verifyBody(
  publicKey: KeyObject | string,
  kind: string,
  genesis: string,
  body: unknown,
  signature: string,
): boolean {
  try {
    const key = typeof publicKey === 'string' ? createPublicKey(publicKey) : publicKey
    if (key.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < 3072) return false
    return verify('sha256', signedBytes(kind, genesis, body), key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}
