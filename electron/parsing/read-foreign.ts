import { readTable } from './read-table.ts'
import { readText } from './read-text.ts'
import type { Table } from './table.ts'

/** What is asked of the reader: the rows of a table, or the words of a material. */
export interface Foreign {
  readonly what: 'table' | 'text'
  readonly bytes: Uint8Array
}

/** Reads a foreign file. Errors: `parsing.…`. */
export async function readForeign({ what, bytes }: Foreign): Promise<Table | string> {
  const file = Buffer.from(bytes)
  return what === 'text' ? readText(file) : { rows: readTable(file).rows }
}
