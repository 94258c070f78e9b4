import { createHash, createPublicKey, type KeyObject, randomBytes, sign, verify } from 'node:crypto'
import { fail } from '#shared/contract/errors.ts'
import {
  type Asn1,
  Asn1Error,
  bits,
  boolean,
  decode,
  encode,
  integer,
  nothing,
  octets,
  oid,
  printable,
  readBits,
  readSequence,
  sequence,
  setOf,
  tagged,
  taggedOctets,
  time,
  utf8,
} from './asn1.ts'
import {
  type Certificate,
  type ChainFault,
  chainFault,
  derToPem,
  type KeyUsage,
  oids,
  pemToDer,
  readCertificate,
  smallestModulus,
  usageToBits,
} from './x509.ts'

/** Who a certificate names. `serialNumber` is the account's id (ASCII); names may be Chinese, at most 64 characters. */
interface Subject {
  readonly commonName: string
  readonly organization: string
  readonly serialNumber?: string
}

/** A certificate in PEM with its RSA private key. */
export interface KeyPair {
  readonly certificate: string
  readonly key: KeyObject
}

export interface AuthorityRequest {
  readonly subject: Subject
  /** RSA private key of at least 3072 bits. */
  readonly key: KeyObject
  /** ISO UTC; whole seconds are kept. */
  readonly notBefore: string
  readonly notAfter: string
}

export interface CertificateRequest {
  readonly authority: KeyPair
  readonly subject: Subject
  readonly publicKey: KeyObject
  /** 双证: one certificate signs, the other receives encrypted keys; neither can stand in for the other. */
  readonly usage: 'signing' | 'encryption'
  readonly notBefore: string
  readonly notAfter: string
  /** Hex of a positive serial of at most 20 octets (RFC 5280 4.1.2.2); random when absent. */
  readonly serial?: string
}

const usages: Readonly<Record<CertificateRequest['usage'], readonly KeyUsage[]>> = {
  signing: ['digitalSignature', 'nonRepudiation'],
  encryption: ['keyEncipherment'],
}

/** Makes a self-signed CA certificate (X.509 v3, path length 0) and returns its PEM. */
export function makeAuthority(request: AuthorityRequest): string {
  const name = encodeName(request.subject)
  const publicKey = createPublicKey(request.key)
  return issue({
    serial: randomSerial(),
    issuer: name,
    subject: name,
    publicKey,
    signer: request.key,
    notBefore: request.notBefore,
    notAfter: request.notAfter,
    extensions: [
      extension(oids.basicConstraints, sequence(boolean(true), integer(0)), true),
      extension(oids.keyUsage, usageNode(['keyCertSign', 'cRLSign']), true),
      extension(oids.subjectKeyIdentifier, octets(keyId(publicKey))),
      extension(oids.authorityKeyIdentifier, sequence(taggedOctets(0, keyId(publicKey)))),
    ],
  })
}

/** Issues an end-entity certificate and returns its PEM. Fails with `certificate.authority` when CA and key differ. */
export function issueCertificate(request: CertificateRequest): string {
  const authority = readPem(request.authority.certificate)
  const authorityKey = createPublicKey(request.authority.key)
  if (!authority.isAuthority || !keyId(authorityKey).equals(keyId(keyOf(authority)))) fail('certificate.authority')
  return issue({
    serial: request.serial === undefined ? randomSerial() : serialBytes(request.serial),
    issuer: decode(authority.subject),
    subject: encodeName(request.subject),
    publicKey: request.publicKey,
    signer: request.authority.key,
    notBefore: request.notBefore,
    notAfter: request.notAfter,
    extensions: [
      extension(oids.basicConstraints, sequence(), true),
      extension(oids.keyUsage, usageNode(usages[request.usage]), true),
      extension(oids.subjectKeyIdentifier, octets(keyId(request.publicKey))),
      extension(oids.authorityKeyIdentifier, sequence(taggedOctets(0, keyId(authorityKey)))),
    ],
  })
}

/** SHA-256 of the certificate's DER, 64 lower-case hex digits; what `openssl x509 -fingerprint -sha256` shows. */
export function certificateFingerprint(pem: string): string {
  return createHash('sha256').update(derOf(pem)).digest('hex')
}

/**
 * Checks a certificate under a CA at a moment (ISO UTC): dates, names, key ids, roles, both signatures.
 * Fails with `certificate.chain` and the reason (`ChainFault`).
 */
export function verifyChain(pem: string, caPem: string, at: string): void {
  const leaf = readPem(pem)
  const authority = readPem(caPem)
  const refuse = (reason: ChainFault): never => fail('certificate.chain', { reason })
  const fault = chainFault(leaf, authority, at)
  if (fault) refuse(fault)
  const key = keyOf(authority)
  if (!verify('sha256', authority.tbs, key, authority.signature)) refuse('signature')
  if (!verify('sha256', leaf.tbs, key, leaf.signature)) refuse('signature')
}

/** Reads a PEM certificate; fails with `certificate.unreadable`. */
export function readPem(pem: string): Certificate {
  try {
    return readCertificate(pemToDer(pem))
  } catch (error) {
    return fail('certificate.unreadable', { expected: error instanceof Asn1Error ? error.message : 'certificate' })
  }
}

/** The public key of a certificate as a Node key. */
export function keyOf(certificate: Certificate): KeyObject {
  return createPublicKey({ key: Buffer.from(certificate.publicKeyInfo), format: 'der', type: 'spki' })
}

function derOf(pem: string): Uint8Array {
  return readPem(pem).der
}

interface Issue {
  readonly serial: Uint8Array
  readonly issuer: Asn1
  readonly subject: Asn1
  readonly publicKey: KeyObject
  readonly signer: KeyObject
  readonly notBefore: string
  readonly notAfter: string
  readonly extensions: readonly Asn1[]
}

/** Builds the TBSCertificate with forge's ASN.1 and signs it with Node. */
function issue(parts: Issue): string {
  for (const key of [parts.publicKey, parts.signer]) {
    if (key.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < smallestModulus) {
      fail('certificate.weakKey')
    }
  }
  if (!(Date.parse(parts.notBefore) < Date.parse(parts.notAfter))) fail('certificate.dates')
  const algorithm = (): Asn1 => sequence(oid(oids.sha256WithRsa), nothing())
  const tbs = sequence(
    tagged(0, integer(2)),
    integer(parts.serial),
    algorithm(),
    parts.issuer,
    sequence(time(parts.notBefore), time(parts.notAfter)),
    parts.subject,
    decode(spki(parts.publicKey)),
    tagged(3, sequence(...parts.extensions)),
  )
  const signature = sign('sha256', encode(tbs), parts.signer)
  return derToPem(encode(sequence(tbs, algorithm(), bits(signature))))
}

function encodeName(subject: Subject): Asn1 {
  const part = (type: string, value: Asn1): Asn1 => setOf(sequence(oid(type), value))
  const name = (text: string): Asn1 => {
    const length = [...text].length
    if (length === 0 || length > 64) fail('certificate.name') // ub-common-name, ub-organization-name (RFC 5280 A.1)
    return utf8(text.normalize('NFC'))
  }
  const parts = [
    part(oids.country, printable('CN')),
    part(oids.organization, name(subject.organization)),
    part(oids.commonName, name(subject.commonName)),
  ]
  if (subject.serialNumber !== undefined) {
    if (!/^[A-Za-z0-9 '()+,\-./:=?]{1,64}$/.test(subject.serialNumber)) fail('certificate.name')
    parts.push(part(oids.serialNumber, printable(subject.serialNumber)))
  }
  return sequence(...parts)
}

function extension(id: string, value: Asn1, critical = false): Asn1 {
  return sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(encode(value)))
}

function usageNode(usage: readonly KeyUsage[]): Asn1 {
  const { bytes, unused } = usageToBits(usage)
  return bits(bytes, unused)
}

function spki(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' })
}

/** First 160 bits of the SHA-256 of the key bits (RFC 7093 2, method 1): an identifier, not a proof. */
function keyId(key: KeyObject): Buffer {
  const { bytes } = readBits(readSequence(decode(spki(key)))[1])
  return createHash('sha256').update(bytes).digest().subarray(0, 20)
}

/** 127 random bits, positive and never zero. */
function randomSerial(): Uint8Array {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40
  return bytes
}

function serialBytes(hex: string): Uint8Array {
  const bytes = Buffer.from(hex, 'hex')
  if (!/^([0-9a-f]{2})+$/i.test(hex) || bytes.length > 20 || ((bytes[0] ?? 0) & 0x80) !== 0 || /^0+$/.test(hex)) {
    fail('certificate.serial')
  }
  return bytes
}
