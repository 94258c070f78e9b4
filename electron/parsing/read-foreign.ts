import { readTable } from './read-table.ts'
import { readText } from './read-text.ts'
import { type Returned, readReturned } from './returned.ts'
import type { Table } from './table.ts'

/** What is asked of the reader: the rows of a table, the words of a material, or a document that came back. */
export interface Foreign {
  readonly what: 'table' | 'text' | 'returned'
  readonly bytes: Uint8Array
}

/** What a reader answers. */
export type Readable = Table | string | Returned

/** Reads a foreign file. Errors: `parsing.…`. */
export async function readForeign({ what, bytes }: Foreign): Promise<Readable> {
  const file = Buffer.from(bytes)
  switch (what) {
    case 'text':
      return readText(file)
    case 'returned':
      return readReturned(file)
    case 'table':
      return { rows: readTable(file).rows }
  }
}
