import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  privateDecrypt,
  scryptSync,
  sign,
  verify,
} from 'node:crypto'
import { fail } from '#shared/contract/errors.ts'
import rsa from './self-test-rsa.json' with { type: 'json' }

const hex = (text: string): Buffer => Buffer.from(text, 'hex')

/** NIST's AES-256-GCM example with additional data (McGrew and Viega, "The Galois/Counter Mode of Operation", case 16). */
const gcm = {
  key: hex('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308'),
  nonce: hex('cafebabefacedbaddecaf888'),
  additional: hex('feedfacedeadbeeffeedfacedeadbeefabaddad2'),
  plain: hex(
    'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39',
  ),
  sealed: hex(
    '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662',
  ),
  tag: hex('76fc6ece0f4e1768cddf8853bb2d551b'),
}

function openGcm(sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', gcm.key, gcm.nonce, { authTagLength: 16 })
  decipher.setAAD(gcm.additional)
  decipher.setAuthTag(gcm.tag)
  return Buffer.concat([decipher.update(sealed), decipher.final()])
}

function throws(work: () => unknown): boolean {
  try {
    work()
    return false
  } catch {
    return true
  }
}

function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  copy[0] = (copy[0] ?? 0) ^ 1
  return copy
}

/** Every primitive the archive rests on, with answers known from its standard; true when the machine gives them. */
const tests: Readonly<Record<string, () => boolean>> = {
  /** FIPS 180-4, "abc". */
  'sha-256': () =>
    createHash('sha256').update('abc').digest('hex') ===
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  'sha-512': () =>
    createHash('sha512').update('abc').digest('hex') ===
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
  /** RFC 4231, case 2. */
  'hmac-sha-256': () =>
    createHmac('sha256', 'Jefe').update('what do ya want for nothing?').digest('hex') ===
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  /** RFC 5869, A.1. */
  'hkdf-sha-256': () =>
    Buffer.from(
      hkdfSync('sha256', Buffer.alloc(22, 0x0b), hex('000102030405060708090a0b0c'), hex('f0f1f2f3f4f5f6f7f8f9'), 42),
    ).toString('hex') === '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
  /** RFC 7914 §12, third vector, shortened to the 32 bytes that are used. */
  scrypt: () =>
    scryptSync('pleaseletmein', 'SodiumChloride', 32, { N: 16384, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }).toString(
      'hex',
    ) === '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2',
  'aes-256-gcm seals': () => {
    const cipher = createCipheriv('aes-256-gcm', gcm.key, gcm.nonce, { authTagLength: 16 })
    cipher.setAAD(gcm.additional)
    const sealed = Buffer.concat([cipher.update(gcm.plain), cipher.final()])
    return sealed.equals(gcm.sealed) && cipher.getAuthTag().equals(gcm.tag)
  },
  'aes-256-gcm opens': () => openGcm(gcm.sealed).equals(gcm.plain),
  'aes-256-gcm refuses a changed byte': () => throws(() => openGcm(flipped(gcm.sealed))),
  /** PKCS#1 v1.5 signatures are deterministic (RFC 8017 §8.2): the answer is known to the last bit. */
  'rsa signs': () => sign('sha256', Buffer.from(rsa.message), rsaKey()).toString('base64') === rsa.signature,
  'rsa verifies': () => verifyRsa(Buffer.from(rsa.message)) && !verifyRsa(flipped(Buffer.from(rsa.message))),
  'rsa-oaep-sha-256 opens': () => openOaep(Buffer.from(rsa.wrapped, 'base64')).toString() === rsa.message,
  'rsa-oaep-sha-256 refuses a changed byte': () => throws(() => openOaep(flipped(Buffer.from(rsa.wrapped, 'base64')))),
}

function rsaKey() {
  return createPrivateKey({ key: Buffer.from(rsa.key, 'base64'), format: 'der', type: 'pkcs8' })
}

function verifyRsa(message: Buffer): boolean {
  return verify('sha256', message, createPublicKey(rsaKey()), Buffer.from(rsa.signature, 'base64'))
}

function openOaep(wrapped: Buffer): Buffer {
  return privateDecrypt({ key: rsaKey(), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, wrapped)
}

/**
 * Names of the primitives that do not give their known answers here; empty when all do. Runs on any Node, also
 * Electron's own: what OpenSSL can do, BoringSSL sometimes cannot (TECH §10).
 */
export function failedPrimitives(): readonly string[] {
  return Object.entries(tests)
    .filter(([, passes]) => {
      try {
        return !passes()
      } catch {
        return true
      }
    })
    .map(([name]) => name)
}

/** Stops the program where it could not keep its promises. Errors: `crypto.selfTest` with the primitives' names. */
export function assertPrimitives(): void {
  const failed = failedPrimitives()
  if (failed.length > 0) fail('crypto.selfTest', { failed: failed.join(', ') })
}
