import { decodeText } from './csv.ts'
import { isDocx, readDocx } from './docx.ts'
import { readPdf } from './pdf.ts'
import { textLimit } from './text-limits.ts'

/**
 * The words of a material (PDF, DOCX, plain text), known by its bytes and not by its name; empty for anything else, for
 * instance a picture. At most `textLimit` characters. Errors: `parsing.…` when it is one of these and cannot be read.
 */
export async function readText(bytes: Buffer): Promise<string> {
  return (await wordsOf(bytes)).slice(0, textLimit)
}

async function wordsOf(bytes: Buffer): Promise<string> {
  if (bytes.subarray(0, 1024).includes('%PDF-')) return readPdf(bytes)
  if (bytes.length >= 4 && bytes.readUInt32LE(0) === 0x04034b50) return isDocx(bytes) ? readDocx(bytes) : ''
  return isPlain(bytes) ? decodeText(bytes) : ''
}

/** Plain text holds no control characters but those of lines and columns; UTF-16 shows its byte order mark. */
function isPlain(bytes: Buffer): boolean {
  if (bytes.length === 0) return false
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return true
  return !bytes.subarray(0, 65_536).some((one) => one < 32 && one !== 9 && one !== 10 && one !== 12 && one !== 13)
}
