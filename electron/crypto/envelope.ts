import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { fail } from '#shared/contract/errors.ts'
import { canonical } from './canonical.ts'

const algorithm = 'aes-256-gcm'
const keyLength = 32
const nonceLength = 12
const tagLength = 16

/** A small secret under AES-256-GCM, as it stands in a file. `data` is ciphertext followed by the tag, base64. */
export const sealedSecret = v.strictObject({
  v: v.literal(1),
  nonce: v.pipe(v.string(), v.base64()),
  data: v.pipe(v.string(), v.base64()),
})
export type SealedSecret = v.InferOutput<typeof sealedSecret>

/**
 * Seals a small secret. `context` says what it is and whose; it is authenticated, not stored, so that a sealed secret
 * moved to another place no longer opens. One key seals few secrets: random nonces are safe far beyond that.
 */
export function sealSecret(key: Buffer, secret: Buffer, purpose: string, context: unknown): SealedSecret {
  if (key.length !== keyLength) fail('crypto.keyLength')
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagLength })
  cipher.setAAD(additionalData(purpose, context))
  const data = Buffer.concat([cipher.update(secret), cipher.final(), cipher.getAuthTag()])
  return { v: 1, nonce: nonce.toString('base64'), data: data.toString('base64') }
}

/**
 * Opens what `sealSecret` sealed. The caller wipes the result.
 * Errors: `crypto.sealBroken` when key, context or bytes are not the ones that were sealed; it cannot tell which.
 */
export function openSecret(key: Buffer, sealed: SealedSecret, purpose: string, context: unknown): Buffer {
  const nonce = Buffer.from(sealed.nonce, 'base64')
  const data = Buffer.from(sealed.data, 'base64')
  if (key.length !== keyLength || nonce.length !== nonceLength || data.length < tagLength) fail('crypto.sealBroken')
  const end = data.length - tagLength
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagLength })
  decipher.setAAD(additionalData(purpose, context))
  decipher.setAuthTag(data.subarray(end))
  try {
    return Buffer.concat([decipher.update(data.subarray(0, end)), decipher.final()])
  } catch {
    return fail('crypto.sealBroken')
  }
}

function additionalData(purpose: string, context: unknown): Buffer {
  return Buffer.from(`yuetan/${purpose}/v1\0${canonical(context)}`, 'utf8')
}
