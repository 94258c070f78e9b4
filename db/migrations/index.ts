import type { RawDatabase } from '../driver.ts'
import { cases0001 } from './cases-0001.ts'
import { office0001 } from './office-0001.ts'

export type DatabaseName = 'office' | 'cases'

/** One step of a schema. Once released it is never edited: the schema comparison compares the SQL text itself. */
export interface Migration {
  readonly version: number
  readonly up: (db: RawDatabase) => void
}

/** Every migration of each database, in order. */
export const migrations: Readonly<Record<DatabaseName, readonly Migration[]>> = {
  office: [office0001],
  cases: [cases0001],
}
