import { createHash, createPublicKey, hash, type KeyObject } from 'node:crypto'
import { fail } from '#shared/contract/errors.ts'
import { canonicalBytes } from './canonical.ts'

/** Crockford's base32: no I, L, O, U, so that a slip survives being read aloud and written by hand. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const slipBits = 100
const slipLength = slipBits / 5
const groupLength = 5

/** SHA-256 in lower-case hex. */
export function sha256(bytes: Buffer | string): string {
  return hash('sha256', bytes, 'hex')
}

/** Id of a database key: its SHA-256. Safe to publish, since the key is 32 random bytes. */
export function keyId(key: Buffer): string {
  return sha256(key)
}

/** Id of a public key (PEM, certificate PEM or key object): SHA-256 of its SubjectPublicKeyInfo. */
export function publicKeyId(key: KeyObject | string): string {
  const object = typeof key === 'string' ? createPublicKey(key) : key
  return sha256(object.export({ type: 'spki', format: 'der' }))
}

/** Names a device secret without giving it away. */
export function deviceId(secret: Buffer): string {
  return sha256(Buffer.concat([Buffer.from('yuetan/device/v1\0', 'utf8'), secret])).slice(0, 32)
}

/**
 * The 100-bit fingerprint a new user carries on a slip to a key holder: over the account's id and both public keys.
 * Twenty symbols and a check symbol in groups: `XXXXX-XXXXX-XXXXX-XXXXX-C`.
 */
export function slipFingerprint(
  account: string,
  signingKey: KeyObject | string,
  encryptionKey: KeyObject | string,
): string {
  const digest = createHash('sha256')
    .update('yuetan/slip/v1\0')
    .update(canonicalBytes({ account, signing: publicKeyId(signingKey), encryption: publicKeyId(encryptionKey) }))
    .digest()
  return formatSlip(base32(digest, slipLength))
}

/**
 * Reads a typed fingerprint in whatever width, case and grouping it was typed and gives it back in its own form.
 * Errors: `slip.length`, `slip.symbol`, `slip.check` (a slip of the finger, not another key).
 */
export function readSlip(typed: string): string {
  return formatSlip(readBody(typed, slipLength))
}

/** Secret bytes as they stand on a paper: base32 in groups of five, the last symbol checks the others. */
export function writeSymbols(bytes: Buffer): string {
  return formatSlip(base32(bytes, Math.ceil((bytes.length * 8) / 5)))
}

/** Bytes of a typed paper. Errors: `slip.length`, `slip.symbol`, `slip.check`. */
export function readSymbols(typed: string, length: number): Buffer {
  const body = readBody(typed, Math.ceil((length * 8) / 5))
  const bytes = Buffer.alloc(length)
  for (let bit = 0; bit < length * 8; bit += 1) {
    const value = alphabet.indexOf(body.charAt(Math.floor(bit / 5)))
    if ((value >> (4 - (bit % 5))) & 1) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (128 >> (bit & 7))
  }
  return bytes
}

/** The symbols before the check symbol, when they are as many as expected and the check agrees. */
function readBody(typed: string, length: number): string {
  const symbols = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-‐-―−_.·]/gu, '')
    .replace(/O/gu, '0')
    .replace(/[IL]/gu, '1')
  const odd = [...symbols].find((symbol) => !alphabet.includes(symbol))
  if (odd !== undefined) fail('slip.symbol')
  if (symbols.length !== length + 1) fail('slip.length', { expected: length + 1, found: symbols.length })
  const body = symbols.slice(0, length)
  if (checkSymbol(body) !== symbols[length]) fail('slip.check')
  return body
}

/** First `length` × 5 bits of `bytes` as Crockford base32. */
function base32(bytes: Buffer, length: number): string {
  let text = ''
  for (let index = 0; index < length; index++) {
    const bit = index * 5
    const pair = ((bytes[bit >> 3] ?? 0) << 8) | (bytes[(bit >> 3) + 1] ?? 0)
    text += alphabet[(pair >> (11 - (bit & 7))) & 31]
  }
  return text
}

function formatSlip(body: string): string {
  const symbols = body + checkSymbol(body)
  return symbols.match(new RegExp(`.{1,${groupLength}}`, 'gu'))?.join('-') ?? symbols
}

/** Luhn's check modulo 32: every single wrong symbol and all but one kind of swapped neighbours are noticed. */
function checkSymbol(body: string): string {
  let sum = 0
  for (let index = body.length - 1, double = true; index >= 0; index--, double = !double) {
    const value = alphabet.indexOf(body.charAt(index)) * (double ? 2 : 1)
    sum += (value >> 5) + (value & 31)
  }
  return alphabet.charAt((32 - (sum & 31)) & 31)
}
