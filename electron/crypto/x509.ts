import {
  type Asn1,
  Asn1Error,
  decode,
  encode,
  isNull,
  readBits,
  readBoolean,
  readInteger,
  readOctets,
  readOid,
  readSequence,
  readSet,
  readSmallInteger,
  readTagged,
  readTaggedOctets,
  readText,
  readTime,
  sameBytes,
  tagOf,
  toHex,
} from './asn1.ts'

/** Reading of certificates and the sync half of the chain check. Pure: shared with the verify page. */

export const oids = {
  rsaEncryption: '1.2.840.113549.1.1.1',
  sha256WithRsa: '1.2.840.113549.1.1.11',
  commonName: '2.5.4.3',
  serialNumber: '2.5.4.5',
  country: '2.5.4.6',
  organization: '2.5.4.10',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
} as const

/** Bits of keyUsage in the order of RFC 5280 4.2.1.3, most significant first. */
const usageBits = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
] as const
export type KeyUsage = (typeof usageBits)[number]

/** The smallest RSA modulus that is believed, in bits (DESIGN: algorithms). */
export const smallestModulus = 3072

export interface Certificate {
  readonly der: Uint8Array<ArrayBuffer>
  readonly tbs: Uint8Array<ArrayBuffer>
  readonly signature: Uint8Array<ArrayBuffer>
  /** Big-endian content bytes of the serial number, lower-case hex. */
  readonly serial: string
  readonly issuer: Uint8Array<ArrayBuffer>
  readonly subject: Uint8Array<ArrayBuffer>
  readonly commonName: string
  readonly organization: string
  /** X.520 serialNumber of the subject: the account's id. */
  readonly subjectSerial: string | null
  readonly notBefore: string
  readonly notAfter: string
  readonly publicKeyInfo: Uint8Array<ArrayBuffer>
  readonly modulusBits: number
  readonly isAuthority: boolean
  readonly keyUsage: readonly KeyUsage[]
  readonly subjectKeyId: string | null
  readonly authorityKeyId: string | null
}

/** Why a certificate is not believed under a given CA. */
export type ChainFault =
  | 'algorithm'
  | 'weakKey'
  | 'issuer'
  | 'notYetValid'
  | 'expired'
  | 'authorityExpired'
  | 'notAuthority'
  | 'notEndEntity'
  | 'usage'
  | 'keyId'
  | 'signature'

/** DER of the first CERTIFICATE block of a PEM text. */
export function pemToDer(pem: string): Uint8Array<ArrayBuffer> {
  const match = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/.exec(pem)
  if (!match?.[1]) throw new Asn1Error('pem')
  return base64ToBytes(match[1])
}

/** PEM with 64-character lines (RFC 7468). */
export function derToPem(der: Uint8Array): string {
  const lines = bytesToBase64(der).match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

function base64ToBytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replace(/\s+/g, '')), (char) => char.charCodeAt(0))
}

function bytesToBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

function readName(node: Asn1): Map<string, string> {
  const parts = new Map<string, string>()
  for (const relative of readSequence(node)) {
    for (const attribute of readSet(relative)) {
      const [type, value] = readSequence(attribute)
      parts.set(readOid(type), readText(value))
    }
  }
  return parts
}

/** `parameters` must be NULL for both identifiers (RFC 8017 A.1, A.2.4). */
function requireAlgorithm(node: Asn1 | undefined, expected: string): void {
  const [algorithm, parameters] = readSequence(node)
  if (readOid(algorithm) !== expected || !isNull(parameters)) throw new Asn1Error('algorithm')
}

function modulusBits(keyBits: Uint8Array): number {
  const hex = readInteger(readSequence(decode(keyBits))[0]).replace(/^0+/, '')
  return hex === '' ? 0 : (hex.length - 1) * 4 + Number.parseInt(hex.charAt(0), 16).toString(2).length
}

/** Reads an RSA certificate signed with SHA-256 (v3). Anything else throws `Asn1Error`. */
export function readCertificate(der: Uint8Array): Certificate {
  const [tbs, outerAlgorithm, signature, ...rest] = readSequence(decode(der))
  if (!tbs || rest.length > 0) throw new Asn1Error('certificate')
  requireAlgorithm(outerAlgorithm, oids.sha256WithRsa)
  const [version, serial, innerAlgorithm, issuer, validity, subject, publicKeyInfo, extensions] = readSequence(tbs)
  if (readSmallInteger(readTagged(version, 0)[0]) !== 2) throw new Asn1Error('version')
  requireAlgorithm(innerAlgorithm, oids.sha256WithRsa)
  if (!issuer || !subject || !publicKeyInfo) throw new Asn1Error('certificate')
  const [notBefore, notAfter] = readSequence(validity)
  const [keyAlgorithm, keyBits] = readSequence(publicKeyInfo)
  requireAlgorithm(keyAlgorithm, oids.rsaEncryption)
  const names = readName(subject)
  return {
    der: Uint8Array.from(der),
    tbs: encode(tbs),
    signature: readBits(signature).bytes,
    serial: readInteger(serial),
    issuer: encode(issuer),
    subject: encode(subject),
    commonName: names.get(oids.commonName) ?? '',
    organization: names.get(oids.organization) ?? '',
    subjectSerial: names.get(oids.serialNumber) ?? null,
    notBefore: readTime(notBefore),
    notAfter: readTime(notAfter),
    publicKeyInfo: encode(publicKeyInfo),
    modulusBits: modulusBits(readBits(keyBits).bytes),
    ...readExtensions(extensions),
  }
}

type Extensions = Pick<Certificate, 'isAuthority' | 'keyUsage' | 'subjectKeyId' | 'authorityKeyId'>

function readExtensions(node: Asn1 | undefined): Extensions {
  const found = { isAuthority: false, keyUsage: [] as KeyUsage[], subjectKeyId: null, authorityKeyId: null } as {
    -readonly [K in keyof Extensions]: Extensions[K]
  }
  const seen = new Set<string>()
  for (const extension of readSequence(readTagged(node, 3)[0])) {
    const [id, ...parts] = readSequence(extension)
    const critical = parts.length === 2 && readBoolean(parts[0])
    const value = decode(readOctets(parts.at(-1)))
    const name = readOid(id)
    if (seen.has(name)) throw new Asn1Error('extension')
    seen.add(name)
    if (name === oids.basicConstraints) {
      const [authority] = readSequence(value)
      found.isAuthority = authority !== undefined && readBoolean(authority)
    } else if (name === oids.keyUsage) {
      const { bytes } = readBits(value)
      found.keyUsage = usageBits.filter((_, at) => ((bytes[0] ?? 0) & (0x80 >> at)) !== 0)
    } else if (name === oids.subjectKeyIdentifier) {
      found.subjectKeyId = toHex(readOctets(value))
    } else if (name === oids.authorityKeyIdentifier) {
      const keyId = readSequence(value).find((part) => tagOf(part) === 0)
      found.authorityKeyId = keyId ? toHex(readTaggedOctets(keyId, 0)) : null
    } else if (critical) {
      throw new Asn1Error('critical extension') // RFC 5280 4.2: an unknown critical extension must be refused
    }
  }
  return found
}

/** keyUsage bits as the BIT STRING content and its unused bits (DER: no trailing zero bits). */
export function usageToBits(usage: readonly KeyUsage[]): { bytes: Uint8Array; unused: number } {
  let byte = 0
  let last = 0
  usageBits.forEach((name, at) => {
    if (!usage.includes(name)) return
    byte |= 0x80 >> at
    last = at
  })
  return { bytes: Uint8Array.of(byte), unused: 7 - last }
}

/**
 * Everything about a two-link chain but the arithmetic of the signature: names, key ids, dates (`at` is ISO UTC), roles.
 * Null means that only the signatures remain to be checked.
 */
export function chainFault(leaf: Certificate, authority: Certificate, at: string): ChainFault | null {
  const now = Date.parse(at)
  if (Number.isNaN(now)) return 'expired'
  if (leaf.modulusBits < smallestModulus || authority.modulusBits < smallestModulus) return 'weakKey'
  if (!authority.isAuthority || !authority.keyUsage.includes('keyCertSign')) return 'notAuthority'
  if (!sameBytes(authority.subject, authority.issuer)) return 'notAuthority'
  if (leaf.isAuthority) return 'notEndEntity'
  if (!sameBytes(leaf.issuer, authority.subject)) return 'issuer'
  if (leaf.authorityKeyId === null || leaf.authorityKeyId !== authority.subjectKeyId) return 'keyId'
  if (now < Date.parse(leaf.notBefore) || now < Date.parse(authority.notBefore)) return 'notYetValid'
  if (now > Date.parse(leaf.notAfter)) return 'expired'
  if (now > Date.parse(authority.notAfter)) return 'authorityExpired'
  return null
}
