import * as v from 'valibot'
import { bookKey } from '../domain/books.ts'
import { path } from '../domain/common.ts'
import { verb } from './verb.ts'

const common = {
  window: 'case',
  scope: 'filtered',
  database: 'cases',
  roles: ['secrecyOfficer', 'archivist', 'officeHead', 'deputyLeader', 'chiefLeader'],
} as const
/** A year in China; null for everything there is. */
const year = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(2000), v.maxValue(2999)))

export const books = {
  /** A register as it prints: what happened in the year, in the account's scope. */
  'books.show': verb({
    ...common,
    input: v.object({ book: bookKey, year }),
    output: v.object({ pdf: v.instance(Uint8Array), rows: v.number() }),
    stepUp: { none: 'shown inside the window only' },
    audit: 'books.show',
  }),
  /** Writes the same paper into a folder. */
  'books.export': verb({
    ...common,
    input: v.object({ book: bookKey, year, folder: path }),
    output: v.object({ file: v.string(), rows: v.number() }),
    stepUp: 'password',
    audit: 'books.export',
  }),
} as const
