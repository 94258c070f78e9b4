import { fail } from '#shared/contract/errors.ts'
import { type RawDatabase, RawDriver } from './driver.ts'
import type { DatabaseName, Migration } from './migrations/index.ts'
import { migrate } from './migrations/migrate.ts'

type Shape = ReadonlyMap<string, string>

const shipped = new Map<readonly Migration[], Shape>()

/**
 * Refuses a database whose schema is not exactly the one this program ships: whoever holds the key can plant a
 * trigger, a view or a table, and none of them may run. Throws `db.schemaDiffers` naming the first object that was
 * added, removed or changed.
 */
export function compareSchema(db: RawDatabase, database: DatabaseName, list: readonly Migration[]): void {
  const expected = shippedShape(database, list)
  const found = shapeOf(db)
  for (const [object, sql] of found) {
    if (!expected.has(object)) fail('db.schemaDiffers', { database, object, difference: 'added' })
    if (expected.get(object) !== sql) fail('db.schemaDiffers', { database, object, difference: 'changed' })
  }
  for (const object of expected.keys()) {
    if (!found.has(object)) fail('db.schemaDiffers', { database, object, difference: 'removed' })
  }
}

/** The schema the migrations make, from an empty database in memory; computed once per process and list. */
function shippedShape(database: DatabaseName, list: readonly Migration[]): Shape {
  const known = shipped.get(list)
  if (known) return known
  const memory = new RawDriver(':memory:')
  try {
    migrate(memory, database, list, true)
    const shape = shapeOf(memory)
    shipped.set(list, shape)
    return shape
  } finally {
    memory.close()
  }
}

function shapeOf(db: RawDatabase): Shape {
  const rows = db
    .prepare<[], { type: string; name: string; tbl_name: string; sql: string | null }>(
      'SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name',
    )
    .all()
  return new Map(rows.map((row) => [`${row.type} ${row.name}`, `${row.tbl_name} ${row.sql ?? ''}`]))
}
