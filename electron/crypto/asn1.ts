import forge from 'node-forge'

/**
 * Thin over node-forge's ASN.1: strict DER in, DER out, no binary strings beyond this file. Pure (no Node, no DOM), since
 * the verify page that travels in a bundle reads certificates and signatures with the same code.
 */
export type Asn1 = forge.asn1.Asn1

const { asn1 } = forge
const universal = asn1.Class.UNIVERSAL
const contextSpecific = asn1.Class.CONTEXT_SPECIFIC

/** Bytes that are not the DER they claim to be. Carries no content, only what was expected. */
export class Asn1Error extends Error {
  constructor(expected: string) {
    super(expected)
    this.name = 'Asn1Error'
  }
}

function toBinary(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}

function fromBinary(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return bytes
}

// Writing.

export function sequence(...children: Asn1[]): Asn1 {
  return asn1.create(universal, asn1.Type.SEQUENCE, true, children)
}

/** SET OF with the members in the order DER asks for (X.690 11.6). */
export function setOf(...children: Asn1[]): Asn1 {
  const sorted = children
    .map((child) => ({ child, key: toBinary(encode(child)) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  return asn1.create(
    universal,
    asn1.Type.SET,
    true,
    sorted.map(({ child }) => child),
  )
}

export function oid(dotted: string): Asn1 {
  return asn1.create(universal, asn1.Type.OID, false, asn1.oidToDer(dotted).getBytes())
}

/** INTEGER from a small number, or from the big-endian bytes of a non-negative one. */
export function integer(value: number | Uint8Array): Asn1 {
  if (typeof value === 'number') {
    return asn1.create(universal, asn1.Type.INTEGER, false, asn1.integerToDer(value).getBytes())
  }
  let start = 0
  while (start < value.length - 1 && value[start] === 0) start++
  const magnitude = toBinary(value.subarray(start))
  const padded = magnitude === '' || magnitude.charCodeAt(0) & 0x80 ? `\0${magnitude}` : magnitude
  return asn1.create(universal, asn1.Type.INTEGER, false, padded)
}

export function boolean(value: boolean): Asn1 {
  return asn1.create(universal, asn1.Type.BOOLEAN, false, value ? '\xff' : '\0')
}

export function octets(bytes: Uint8Array): Asn1 {
  return asn1.create(universal, asn1.Type.OCTETSTRING, false, toBinary(bytes))
}

export function bits(bytes: Uint8Array, unused = 0): Asn1 {
  return asn1.create(universal, asn1.Type.BITSTRING, false, String.fromCharCode(unused) + toBinary(bytes))
}

export function utf8(text: string): Asn1 {
  return asn1.create(universal, asn1.Type.UTF8, false, toBinary(new TextEncoder().encode(text)))
}

/** PrintableString; the caller vouches that the text fits X.680's character set. */
export function printable(text: string): Asn1 {
  return asn1.create(universal, asn1.Type.PRINTABLESTRING, false, text)
}

export function nothing(): Asn1 {
  return asn1.create(universal, asn1.Type.NULL, false, '')
}

/** Time of RFC 5280 4.1.2.5 and RFC 5652 11.3: UTCTime through 2049, GeneralizedTime after; whole seconds. */
export function time(iso: string): Asn1 {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) throw new Asn1Error('time')
  const digits = date
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:T]/g, '')
  return date.getUTCFullYear() < 2050
    ? asn1.create(universal, asn1.Type.UTCTIME, false, digits.slice(2))
    : asn1.create(universal, asn1.Type.GENERALIZEDTIME, false, digits)
}

/** `[n]` around whole elements (EXPLICIT, or IMPLICIT of a constructed type). */
export function tagged(tag: number, ...children: Asn1[]): Asn1 {
  return asn1.create(contextSpecific, tag as forge.asn1.Type, true, children)
}

/** `[n] IMPLICIT` of a primitive type. */
export function taggedOctets(tag: number, bytes: Uint8Array): Asn1 {
  return asn1.create(contextSpecific, tag as forge.asn1.Type, false, toBinary(bytes))
}

export function encode(node: Asn1): Uint8Array<ArrayBuffer> {
  return fromBinary(asn1.toDer(node).getBytes())
}

/** Tag and definite length of a DER element whose content is written apart, because it is streamed. */
export function head(tag: number, length: number): Uint8Array<ArrayBuffer> {
  if (length < 0x80) return Uint8Array.of(tag, length)
  const size: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) size.unshift(rest % 256)
  return Uint8Array.of(tag, 0x80 | size.length, ...size)
}

// Reading.

/**
 * Parses exactly one DER element. What would not be written again byte for byte is refused: indefinite or padded
 * lengths and trailing bytes cannot hide anything from a signature check.
 */
export function decode(der: Uint8Array): Asn1 {
  const binary = toBinary(der)
  let node: Asn1
  try {
    const strict = { strict: true, parseAllBytes: true, decodeBitStrings: false }
    node = asn1.fromDer(binary, strict as unknown as boolean)
  } catch {
    throw new Asn1Error('der')
  }
  if (asn1.toDer(node).getBytes() !== binary) throw new Asn1Error('der')
  return node
}

function primitive(node: Asn1 | undefined, type: forge.asn1.Type, name: string): string {
  if (!node || node.tagClass !== universal || node.type !== type || typeof node.value !== 'string') {
    throw new Asn1Error(name)
  }
  return node.value
}

function constructed(node: Asn1 | undefined, type: forge.asn1.Type, name: string): Asn1[] {
  if (!node || node.tagClass !== universal || node.type !== type || !node.constructed || !Array.isArray(node.value)) {
    throw new Asn1Error(name)
  }
  return node.value
}

export function readSequence(node: Asn1 | undefined): Asn1[] {
  return constructed(node, asn1.Type.SEQUENCE, 'sequence')
}

export function readSet(node: Asn1 | undefined): Asn1[] {
  return constructed(node, asn1.Type.SET, 'set')
}

export function readOid(node: Asn1 | undefined): string {
  return asn1.derToOid(primitive(node, asn1.Type.OID, 'oid'))
}

/** Lower-case hex of the content bytes, sign byte included. */
export function readInteger(node: Asn1 | undefined): string {
  return toHex(fromBinary(primitive(node, asn1.Type.INTEGER, 'integer')))
}

export function readSmallInteger(node: Asn1 | undefined): number {
  const hex = readInteger(node)
  if (hex.length > 8 || /^[89a-f]/.test(hex)) throw new Asn1Error('small integer')
  return Number.parseInt(hex, 16)
}

export function readBoolean(node: Asn1 | undefined): boolean {
  const value = primitive(node, asn1.Type.BOOLEAN, 'boolean')
  if (value !== '\xff' && value !== '\0') throw new Asn1Error('boolean')
  return value === '\xff'
}

export function readOctets(node: Asn1 | undefined): Uint8Array<ArrayBuffer> {
  return fromBinary(primitive(node, asn1.Type.OCTETSTRING, 'octet string'))
}

/** Content of a BIT STRING and the number of its unused bits. */
export function readBits(node: Asn1 | undefined): { bytes: Uint8Array<ArrayBuffer>; unused: number } {
  const value = fromBinary(primitive(node, asn1.Type.BITSTRING, 'bit string'))
  const unused = value[0]
  if (unused === undefined || unused > 7) throw new Asn1Error('bit string')
  return { bytes: value.slice(1), unused }
}

export function isNull(node: Asn1 | undefined): boolean {
  return node?.tagClass === universal && node.type === asn1.Type.NULL && node.value === ''
}

/** Text of a UTF8String, PrintableString or IA5String. */
export function readText(node: Asn1 | undefined): string {
  const kinds: readonly number[] = [asn1.Type.UTF8, asn1.Type.PRINTABLESTRING, asn1.Type.IA5STRING]
  if (!node || node.tagClass !== universal || !kinds.includes(node.type) || typeof node.value !== 'string') {
    throw new Asn1Error('text')
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(fromBinary(node.value))
}

/** ISO UTC of a UTCTime or GeneralizedTime with seconds and `Z`. */
export function readTime(node: Asn1 | undefined): string {
  const short = node?.type === asn1.Type.UTCTIME
  const digits = primitive(node, short ? asn1.Type.UTCTIME : asn1.Type.GENERALIZEDTIME, 'time')
  const full = short ? (Number(digits.slice(0, 2)) < 50 ? `20${digits}` : `19${digits}`) : digits
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(full)
  if (!match) throw new Asn1Error('time')
  const [, year, month, day, hour, minute, second] = match
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  if (Number.isNaN(date.getTime())) throw new Asn1Error('time')
  return date.toISOString()
}

/** The tag number when the element is context-specific, else undefined. */
export function tagOf(node: Asn1 | undefined): number | undefined {
  return node?.tagClass === contextSpecific ? node.type : undefined
}

/** Children of a constructed `[tag]`. */
export function readTagged(node: Asn1 | undefined, tag: number): Asn1[] {
  if (tagOf(node) !== tag || !node?.constructed || !Array.isArray(node.value)) throw new Asn1Error(`[${tag}]`)
  return node.value
}

/** Bytes of a primitive `[tag]`. */
export function readTaggedOctets(node: Asn1 | undefined, tag: number): Uint8Array<ArrayBuffer> {
  if (tagOf(node) !== tag || typeof node?.value !== 'string') throw new Asn1Error(`[${tag}]`)
  return fromBinary(node.value)
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}

export function toHex(bytes: Uint8Array): string {
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return hex
}
