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

/** Keys of certificates read before, so that a log with its thousands of heads reads each certificate once. */
const read = new Map<string, KeyObject | null>()
/** More certificates than an office has in its life. */
const readLimit = 1000

/** The public key of a PEM; null when it is no RSA key of 3072 bits. Errors: those of `createPublicKey`. */
function readKey(pem: string): KeyObject | null {
  const known = read.get(pem)
  if (known !== undefined) return known
  const key = strong(createPublicKey(pem))
  if (read.size >= readLimit) read.clear()
  read.set(pem, key)
  return key
}

function strong(key: KeyObject): KeyObject | null {
  return key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 3072 ? key : null
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
    const key = typeof publicKey === 'string' ? readKey(publicKey) : strong(publicKey)
    return key !== null && verify('sha256', signedBytes(kind, genesis, body), key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}
