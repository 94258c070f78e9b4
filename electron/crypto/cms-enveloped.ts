import { constants, createCipheriv, createDecipheriv, publicEncrypt, randomBytes } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { fail, YuetanError } from '#shared/contract/errors.ts'
import {
  type Asn1,
  Asn1Error,
  decode,
  encode,
  head,
  integer,
  isNull,
  nothing,
  octets,
  oid,
  readInteger,
  readOctets,
  readOid,
  readSequence,
  readSet,
  readSmallInteger,
  readTagged,
  sameBytes,
  sequence,
  setOf,
  tagged,
} from './asn1.ts'
import { keyOf, readPem } from './certificates.ts'
import { cms } from './cms-oids.ts'
import type { UnwrappingKey } from './token.ts'
import { type Certificate, smallestModulus } from './x509.ts'

/*
 * CMS AuthEnvelopedData (RFC 5083) with AES-256-GCM (RFC 5084) for RSA-OAEP-SHA-256 recipients. The ciphertext is as long
 * as the plaintext, so every DER length is known before the first byte is written and nothing has to be kept in memory.
 */

const nonceLength = 12
const macLength = 16
const chunkSize = 1 << 18

/** One envelope being written: `prefix`, then the outcome of every `update`, then `finish()`. */
export interface Envelope {
  readonly prefix: Uint8Array
  /** Length of the whole file in bytes. */
  readonly length: number
  update(chunk: Uint8Array): Uint8Array
  /** The authentication tag as DER. Fails with `envelope.length` when the content was not as long as announced. */
  finish(): Uint8Array
}

/** Starts an envelope around `contentLength` bytes for the given encryption certificates (PEM, one or more). */
export function startEnvelope(recipients: readonly string[], contentLength: number): Envelope {
  if (recipients.length === 0) fail('envelope.noRecipient')
  const key = randomBytes(32)
  const nonce = randomBytes(nonceLength)
  const version = encode(integer(0))
  const infos = encode(setOf(...recipients.map((pem) => recipientInfo(pem, key))))
  const innerType = encode(oid(cms.data))
  const algorithm = encode(sequence(oid(cms.aes256Gcm), sequence(octets(nonce), integer(macLength))))
  const contentHead = head(0x80, contentLength)
  const encryptedLength = innerType.length + algorithm.length + contentHead.length + contentLength
  const encryptedHead = head(0x30, encryptedLength)
  const macHead = head(0x04, macLength)
  const bodyLength = version.length + infos.length + encryptedHead.length + encryptedLength + macHead.length + macLength
  const bodyHead = head(0x30, bodyLength)
  const explicitHead = head(0xa0, bodyHead.length + bodyLength)
  const type = encode(oid(cms.authEnvelopedData))
  const outerLength = type.length + explicitHead.length + bodyHead.length + bodyLength
  const outerHead = head(0x30, outerLength)
  const prefix = Buffer.concat([
    ...[outerHead, type, explicitHead, bodyHead, version, infos],
    ...[encryptedHead, innerType, algorithm, contentHead],
  ])
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: macLength })
  key.fill(0)
  let seen = 0
  return {
    prefix,
    length: outerHead.length + outerLength,
    update: (chunk) => {
      seen += chunk.length
      return cipher.update(chunk)
    },
    finish: () => {
      if (seen !== contentLength) fail('envelope.length')
      cipher.final()
      return Buffer.concat([macHead, cipher.getAuthTag()])
    },
  }
}

function oaepParameters(): Asn1 {
  const sha256 = (): Asn1 => sequence(oid(cms.sha256), nothing())
  return sequence(tagged(0, sha256()), tagged(1, sequence(oid(cms.mgf1), sha256())))
}

/**
 * A certificate something may be encrypted for. Errors: `certificate.unreadable`, `certificate.weakKey`,
 * `certificate.usage` (RFC 5280, 4.2.1.3: one that only signs opens nothing).
 */
export function encryptionCertificate(pem: string): Certificate {
  const certificate = readPem(pem)
  if (certificate.modulusBits < smallestModulus) fail('certificate.weakKey')
  if (!certificate.keyUsage.includes('keyEncipherment')) fail('certificate.usage')
  return certificate
}

function recipientInfo(pem: string, key: Buffer): Asn1 {
  const certificate = encryptionCertificate(pem)
  const padding = constants.RSA_PKCS1_OAEP_PADDING
  const wrapped = publicEncrypt({ key: keyOf(certificate), padding, oaepHash: 'sha256' }, key)
  return sequence(
    integer(0),
    sequence(decode(certificate.issuer), integer(Buffer.from(certificate.serial, 'hex'))),
    sequence(oid(cms.rsaOaep), oaepParameters()),
    octets(wrapped),
  )
}

/** Reads an envelope at its file position, in order; every length is checked against what remains. */
class Reader {
  readonly #file: FileHandle
  at = 0
  readonly size: number

  constructor(file: FileHandle, size: number) {
    this.#file = file
    this.size = size
  }

  async bytes(length: number): Promise<Buffer> {
    if (length < 0 || this.at + length > this.size) throw new Asn1Error('truncated')
    const buffer = Buffer.alloc(length)
    const { bytesRead } = await this.#file.read(buffer, 0, length, this.at)
    if (bytesRead !== length) throw new Asn1Error('truncated')
    this.at += length
    return buffer
  }

  /** Enters an element of the given tag and returns the length of its content. */
  async enter(tag: number): Promise<number> {
    const [found, first] = await this.bytes(2)
    if (found !== tag || first === undefined || first === 0x80 || first > 0x86) throw new Asn1Error('header')
    if (first < 0x80) return first
    const size = await this.bytes(first & 0x7f)
    const length = size.readUIntBE(0, size.length)
    if (!sameBytes(head(tag, length).subarray(2), size)) throw new Asn1Error('header')
    return length
  }

  /** One whole small element. */
  async element(tag: number): Promise<Asn1> {
    const start = this.at
    const length = await this.enter(tag)
    if (length > 1 << 20) throw new Asn1Error('too large')
    const end = this.at + length
    this.at = start
    return decode(await this.bytes(end - start))
  }
}

/** Who opens an envelope: the certificate it was sealed to and whoever holds its private key. */
export interface Recipient {
  readonly certificate: string
  readonly key: UnwrappingKey
}

/** Turns what the bytes of a file were wrong about into the code a person is told. */
function unreadable(error: unknown): unknown {
  return error instanceof Asn1Error ? new YuetanError('envelope.unreadable', { expected: error.message }) : error
}

/**
 * The key of an envelope's content, opened with a recipient's certificate and private key; nothing is decrypted yet.
 * Errors: `envelope.unreadable`, `envelope.algorithm`, `envelope.notRecipient`, `envelope.wrongKey`, `token.…`.
 */
export async function contentKey(source: string, recipient: Recipient): Promise<Buffer> {
  const file = await open(source, 'r')
  try {
    const { infos } = await readHeader(new Reader(file, (await file.stat()).size))
    return unwrap(infos, recipient)
  } catch (error) {
    throw unreadable(error)
  } finally {
    await file.close()
  }
}

export interface OpenOptions {
  readonly progress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

/**
 * The content of an envelope, decrypted under its key, in chunks. Nothing of it may be believed before the last chunk
 * has been taken: only then is the tag proven. Errors: `envelope.unreadable`, `envelope.algorithm`, `envelope.tampered`,
 * `envelope.cancelled`.
 */
export async function* envelopeContent(
  source: string,
  key: Uint8Array,
  options: OpenOptions = {},
): AsyncGenerator<Uint8Array> {
  const file = await open(source, 'r')
  try {
    const reader = new Reader(file, (await file.stat()).size)
    const { nonce, length } = await readHeader(reader)
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: macLength })
    const end = reader.at + length
    const buffer = Buffer.allocUnsafe(chunkSize)
    while (reader.at < end) {
      if (options.signal?.aborted) fail('envelope.cancelled')
      const { bytesRead } = await file.read(buffer, 0, Math.min(chunkSize, end - reader.at), reader.at)
      if (bytesRead === 0) throw new Asn1Error('truncated')
      reader.at += bytesRead
      yield decipher.update(buffer.subarray(0, bytesRead))
      options.progress?.(length - (end - reader.at), length)
    }
    decipher.setAuthTag(readOctets(await reader.element(0x04)))
    if (reader.at !== reader.size) throw new Asn1Error('trailing bytes')
    try {
      decipher.final()
    } catch {
      fail('envelope.tampered')
    }
  } catch (error) {
    throw unreadable(error)
  } finally {
    await file.close()
  }
}

/**
 * Opens an envelope with a recipient's certificate and key into `target`. The plaintext stands in `target + '.part'` until
 * the tag is proven; then it is renamed, otherwise removed. Errors: those of `contentKey` and `envelopeContent`.
 */
export async function openEnvelope(
  source: string,
  recipient: Recipient,
  target: string,
  options: OpenOptions = {},
): Promise<void> {
  const key = await contentKey(source, recipient)
  const part = `${target}.part`
  let whole = false
  try {
    const out = await open(part, 'w', 0o600)
    try {
      for await (const chunk of envelopeContent(source, key, options)) await out.write(chunk)
      await out.sync()
    } finally {
      await out.close()
    }
    await rename(part, target)
    whole = true
  } finally {
    key.fill(0)
    if (!whole) await rm(part, { force: true })
  }
}

/** True when a file begins as a CMS AuthEnvelopedData; says nothing about the rest of it. */
export async function isEnvelope(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const reader = new Reader(file, (await file.stat()).size)
    await reader.enter(0x30)
    return readOid(await reader.element(0x06)) === cms.authEnvelopedData
  } catch (error) {
    if (error instanceof Asn1Error) return false
    throw error
  } finally {
    await file.close()
  }
}

interface Header {
  readonly infos: readonly Asn1[]
  readonly nonce: Uint8Array
  /** Bytes of the content; the reader stands at its first. */
  readonly length: number
}

async function readHeader(reader: Reader): Promise<Header> {
  await reader.enter(0x30)
  if (readOid(await reader.element(0x06)) !== cms.authEnvelopedData) fail('envelope.algorithm')
  await reader.enter(0xa0)
  await reader.enter(0x30)
  if (readSmallInteger(await reader.element(0x02)) !== 0) fail('envelope.algorithm')
  const infos = readSet(await reader.element(0x31))
  await reader.enter(0x30)
  if (readOid(await reader.element(0x06)) !== cms.data) fail('envelope.algorithm')
  const [algorithm, parameters] = readSequence(await reader.element(0x30))
  if (readOid(algorithm) !== cms.aes256Gcm) fail('envelope.algorithm')
  const [nonce, mac] = readSequence(parameters)
  const nonceBytes = readOctets(nonce)
  if (nonceBytes.length !== nonceLength || readSmallInteger(mac) !== macLength) fail('envelope.algorithm')
  return { infos, nonce: nonceBytes, length: await reader.enter(0x80) }
}

/** Finds the recipient by issuer and serial number and opens the content key. */
function unwrap(infos: readonly Asn1[], recipient: Recipient): Buffer {
  const certificate = readPem(recipient.certificate)
  const mine = infos.find((info) => {
    const [issuer, serial] = readSequence(readSequence(info)[1])
    return issuer && sameBytes(encode(issuer), certificate.issuer) && readInteger(serial) === certificate.serial
  })
  if (!mine) return fail('envelope.notRecipient')
  const [version, , algorithm, wrapped] = readSequence(mine)
  const [algorithmId, parameters] = readSequence(algorithm)
  if (readSmallInteger(version) !== 0 || readOid(algorithmId) !== cms.rsaOaep || !isOaepSha256(parameters)) {
    fail('envelope.algorithm')
  }
  if (!recipient.key.publicKey.equals(keyOf(certificate))) fail('envelope.wrongKey')
  try {
    const key = recipient.key.unwrap(readOctets(wrapped))
    if (key.length === 32) return key
  } catch (error) {
    // Another key's wrap is told apart below; a token that is gone says so itself.
    if (!(error instanceof YuetanError) || error.code !== 'keyring.wrapBroken') throw error
  }
  return fail('envelope.wrongKey')
}

function isOaepSha256(parameters: Asn1 | undefined): boolean {
  const isSha256 = (node: Asn1 | undefined): boolean => {
    const [id, none] = readSequence(node)
    return readOid(id) === cms.sha256 && (none === undefined || isNull(none))
  }
  const [hash, mask, ...rest] = readSequence(parameters)
  const [maskId, maskHash] = readSequence(readTagged(mask, 1)[0])
  return isSha256(readTagged(hash, 0)[0]) && readOid(maskId) === cms.mgf1 && isSha256(maskHash) && rest.length === 0
}
