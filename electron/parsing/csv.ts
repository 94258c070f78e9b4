import { fail } from '#shared/contract/errors.ts'
import { type Row, type Table, tableLimits } from './table.ts'

/** UTF-8 where the bytes are UTF-8 (with or without a mark), GB18030 otherwise. Errors: `parsing.encoding`. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff || bytes[0] === 0xfe) return decodeAs('utf-16le', bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return decodeAs('gb18030', bytes)
  }
}

function decodeAs(encoding: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return fail('parsing.encoding')
  }
}

/** Reads CSV (RFC 4180; comma, semicolon or tab, whichever the head uses). Errors: `parsing.encoding`, `parsing.csvQuote`, `parsing.tooManyRows`. */
export function readCsv(bytes: Uint8Array): Table {
  const text = decodeText(bytes)
  const head = text.slice(0, text.search(/[\r\n]|$/))
  const separator = [',', '\t', ';', '，'].reduce((best, one) =>
    head.split(one).length > head.split(best).length ? one : best,
  )
  const rows: Row[] = []
  let cells: string[] = []
  let cell = ''
  let quoted = false
  let line = 1
  let begun = 1
  const endCell = (): void => {
    cells.push(cell.slice(0, tableLimits.cell).trim())
    cell = ''
  }
  const endRow = (): void => {
    endCell()
    if (cells.some((one) => one !== '')) rows.push({ line: begun, cells, formulas: [] })
    if (rows.length > tableLimits.rows) fail('parsing.tooManyRows', { limit: tableLimits.rows })
    cells = []
  }
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '\n') line += 1
    if (quoted) {
      if (sign !== '"') cell += sign
      else if (text[at + 1] === '"') {
        cell += '"'
        at += 1
      } else quoted = false
    } else if (sign === '"' && cell.trim() === '') {
      cell = ''
      quoted = true
    } else if (sign === separator) endCell()
    else if (sign === '\n') {
      endRow()
      begun = line
    } else if (sign !== '\r') cell += sign
  }
  if (quoted) fail('parsing.csvQuote', { line: begun })
  endRow()
  return { rows }
}
