import { hkdfSync, randomBytes, type ScryptOptions, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import * as v from 'valibot'
import { fail } from '#shared/contract/errors.ts'
import { deviceId } from './fingerprint.ts'

const scryptAsync = promisify<string | Buffer, Buffer, number, ScryptOptions, Buffer>(scrypt)

const keyLength = 32
const blockSize = 8
const floorN = 2 ** 17
const ceilingN = 2 ** 20

/**
 * How a password became a key. Stands in clear beside what the key opens and is authenticated with it (as AAD), so
 * that nobody can swap in parameters of their own.
 */
export const kdfParameters = v.strictObject({
  name: v.literal('scrypt+hkdf-sha256'),
  n: v.pipe(v.number(), v.safeInteger()),
  r: v.pipe(v.number(), v.safeInteger()),
  p: v.pipe(v.number(), v.safeInteger()),
  /** Base64, at least 16 bytes. */
  salt: v.string(),
  /** Names the device secret that took part; tells a foreign machine from a wrong password. */
  device: v.string(),
})
type KdfParameters = v.InferOutput<typeof kdfParameters>

/** Fresh parameters for one password on one device: scrypt N=2^17, r=8, p=1 (128 MiB, about a third of a second). */
export function newKdfParameters(deviceSecret: Buffer): KdfParameters {
  return {
    name: 'scrypt+hkdf-sha256',
    n: floorN,
    r: blockSize,
    p: 1,
    salt: randomBytes(32).toString('base64'),
    device: deviceId(deviceSecret),
  }
}

/**
 * Refuses parameters weaker than ours, and ones so strong that they would only exhaust the machine.
 * Errors: `keyring.weakKdf`, `keyring.excessiveKdf`.
 */
export function checkKdfParameters(parameters: KdfParameters): void {
  const { n, r, p } = parameters
  const isPowerOfTwo = n > 0 && Number.isInteger(Math.log2(n))
  if (!isPowerOfTwo || n < floorN || r < blockSize || p < 1) fail('keyring.weakKdf')
  if (Buffer.from(parameters.salt, 'base64').length < 16) fail('keyring.weakKdf')
  if (n > ceilingN || r > blockSize || p > 1) fail('keyring.excessiveKdf')
}

/**
 * Turns a password into a 32-byte key: NFC → scrypt → HKDF-SHA256 with the device secret as salt. `purpose` separates
 * keys that come from one password. Runs off the main thread; the caller wipes the result.
 *
 * Errors: those of `checkKdfParameters`; `device.mismatch` when the device secret is not the one that took part.
 */
export async function deriveKey(
  password: string,
  parameters: KdfParameters,
  deviceSecret: Buffer,
  purpose: string,
): Promise<Buffer> {
  checkKdfParameters(parameters)
  if (deviceId(deviceSecret) !== parameters.device) fail('device.mismatch')
  const { n, r, p } = parameters
  const stretched = await scryptAsync(
    Buffer.from(password.normalize('NFC'), 'utf8'),
    Buffer.from(parameters.salt, 'base64'),
    keyLength,
    // scrypt itself takes 128·N·r bytes; the default ceiling of 32 MiB would refuse it.
    { N: n, r, p, maxmem: 128 * n * r + 64 * 1024 * 1024 },
  )
  try {
    return expandKey(stretched, deviceSecret, purpose)
  } finally {
    stretched.fill(0)
  }
}

/** HKDF-SHA256 (RFC 5869) to 32 bytes; `purpose` becomes the domain-separating info. */
export function expandKey(material: Buffer, salt: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', material, salt, `yuetan/${purpose}/v1\0`, keyLength))
}
