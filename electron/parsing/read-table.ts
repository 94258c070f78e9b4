import { fail } from '#shared/contract/errors.ts'
import { readCsv } from './csv.ts'
import { type Table, tableLimits } from './table.ts'
import { readXlsx } from './xlsx.ts'

/** Reads a foreign table by what its bytes are, not by its name. Errors: `parsing.…`. */
export function readTable(bytes: Buffer): Table {
  if (bytes.length > tableLimits.bytes) fail('parsing.tooLarge', { limit: tableLimits.bytes })
  if (bytes.length >= 4 && bytes.readUInt32LE(0) === 0x04034b50) return readXlsx(bytes)
  // The old binary workbook (OLE2): not read, and said so.
  if (bytes.length >= 4 && bytes.readUInt32BE(0) === 0xd0cf11e0) fail('parsing.oldWorkbook')
  return readCsv(bytes)
}
