import { createHash } from 'node:crypto'
import type { Part } from './bundle.ts'

/** What reading a part once tells: the archive's own measure, not what was announced. */
export interface Measured {
  readonly size: number
  readonly sha256: string
  readonly first: Uint8Array
  /** The last kilobyte: where a PDF and a ZIP say that they are whole. */
  readonly last: Uint8Array
  /** False when a text is not UTF-8. */
  readonly text: boolean
  /** A PDF that names an encryption dictionary (ISO 32000-1, 7.6.1): a password stands before its content or its printing. */
  readonly locked: boolean
}

interface Format {
  readonly endings: readonly string[]
  /** First bytes, any one of them. */
  readonly begins: readonly (readonly number[])[]
  readonly whole: (measured: Measured) => boolean
}

const tail = 1024
const zipEnd = [0x50, 0x4b, 5, 6]
const ends = (bytes: readonly number[]) => (measured: Measured) => endsWith(measured.last, bytes)
const zip = (ending: string): Format => ({
  endings: [ending],
  begins: [[0x50, 0x4b, 3, 4]],
  whole: ({ last }) => Buffer.from(last).includes(Buffer.from(zipEnd)),
})
const readable = ({ text }: Measured): boolean => text
const office = 'application/vnd.openxmlformats-officedocument'

/** Formats that may be filed (GB/T 18894; a DOCX, XLSX or OFD is a ZIP): their endings, first bytes, and their end. */
const formats: Readonly<Record<string, Format>> = {
  'application/pdf': {
    endings: ['.pdf'],
    begins: [[0x25, 0x50, 0x44, 0x46]],
    whole: ({ last }) => Buffer.from(last).includes('%%EOF'),
  },
  [`${office}.wordprocessingml.document`]: zip('.docx'),
  [`${office}.spreadsheetml.sheet`]: zip('.xlsx'),
  'application/ofd': zip('.ofd'),
  'image/jpeg': { endings: ['.jpg', '.jpeg'], begins: [[0xff, 0xd8, 0xff]], whole: ends([0xff, 0xd9]) },
  'image/png': { endings: ['.png'], begins: [[0x89, 0x50, 0x4e, 0x47]], whole: ends([0xae, 0x42, 0x60, 0x82]) },
  'image/tiff': {
    endings: ['.tif', '.tiff'],
    begins: [
      [0x49, 0x49, 0x2a, 0],
      [0x4d, 0x4d, 0, 0x2a],
    ],
    whole: () => true,
  },
  'text/plain': { endings: ['.txt'], begins: [[]], whole: readable },
  'application/json': { endings: ['.json'], begins: [[]], whole: readable },
}

/** Reads a part once. */
export async function measurePart(part: Part): Promise<Measured> {
  const hash = createHash('sha256')
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let size = 0
  let first: Uint8Array = new Uint8Array()
  let last: Uint8Array = new Uint8Array()
  const pdf = part.mediaType === 'application/pdf'
  let locked = false
  /** The end of what was looked at: the name may stand across two chunks. */
  let edge: Uint8Array = new Uint8Array()
  let text = part.mediaType === 'text/plain' || part.mediaType === 'application/json'
  for await (const chunk of part.open()) {
    if (first.length < 16) first = Buffer.concat([first, chunk.subarray(0, 16 - first.length)])
    last = Buffer.concat([last, chunk.subarray(-tail)]).subarray(-tail)
    hash.update(chunk)
    size += chunk.length
    text &&= decodes(decoder, chunk, true)
    if (pdf && !locked) {
      const joined = Buffer.concat([edge, chunk])
      locked = namesEncryption(joined)
      edge = joined.subarray(-longestEncrypt)
    }
  }
  text &&= decodes(decoder, new Uint8Array(), false)
  return { size, sha256: hash.digest('hex'), first, last, text, locked }
}

/** Characters of `/Encrypt 2147483647 65535 R`, with room for white space. */
const longestEncrypt = 64

/** Whether a stretch of a PDF holds the entry of a trailer that says how it is encrypted. */
function namesEncryption(bytes: Buffer): boolean {
  for (let at = bytes.indexOf('/Encrypt'); at !== -1; at = bytes.indexOf('/Encrypt', at + 1)) {
    if (/^\/Encrypt\s*(<<|\s\d+\s+\d+\s+R)/.test(bytes.toString('latin1', at, at + longestEncrypt))) return true
  }
  return false
}

function decodes(decoder: TextDecoder, chunk: Uint8Array, stream: boolean): boolean {
  try {
    decoder.decode(chunk, { stream })
    return true
  } catch {
    return false
  }
}

/** 格式符合: one of the filing formats, told by its first bytes. */
export function hasFormat(mediaType: string, { first }: Measured): boolean {
  return formats[mediaType]?.begins.some((bytes) => startsWith(first, bytes)) ?? false
}

/** Whether a file's ending is that of its format. */
export function hasEnding(mediaType: string, path: string): boolean {
  return formats[mediaType]?.endings.some((ending) => path.toLowerCase().endsWith(ending)) ?? false
}

/** 可读: the file does not stop before its end. */
export function isWhole(mediaType: string, measured: Measured): boolean {
  return measured.size > 0 && (formats[mediaType]?.whole(measured) ?? false)
}

/**
 * OLE compound files (also those an office suite encrypts), RAR, 7z, gzip; a ZIP entry with the encryption bit; a PDF
 * under a password.
 */
export function isEncrypted({ first, locked }: Measured): boolean {
  const zipped = startsWith(first, [0x50, 0x4b, 3, 4]) && ((first[6] ?? 0) & 1) === 1
  return (
    locked ||
    zipped ||
    [
      [0xd0, 0xcf, 0x11, 0xe0],
      [0x52, 0x61, 0x72, 0x21],
      [0x37, 0x7a, 0xbc, 0xaf],
      [0x1f, 0x8b],
    ].some((magic) => startsWith(first, magic))
  )
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, at) => bytes[at] === byte)
}

function endsWith(bytes: Uint8Array, suffix: readonly number[]): boolean {
  return suffix.every((byte, at) => bytes[bytes.length - suffix.length + at] === byte)
}
