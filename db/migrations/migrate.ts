import { fail } from '#shared/contract/errors.ts'
import type { RawDatabase } from '../driver.ts'
import type { DatabaseName, Migration } from './index.ts'

/** Stand in the file's header, so that one database is never taken for the other ("YTof", "YTca"). */
const applicationIds: Readonly<Record<DatabaseName, number>> = { office: 0x59546f66, cases: 0x59546361 }

/**
 * Runs what is missing, all in one transaction together with the version number. `fresh` says that the file has just
 * been made; an unversioned file where an archive is expected is damage (`db.empty`), never a place to start over.
 *
 * Throws `db.newer` for a file written by a later program, `db.other` for the other database under this name.
 */
export function migrate(db: RawDatabase, database: DatabaseName, list: readonly Migration[], fresh: boolean): void {
  const latest = assertMonotonic(list)
  const version = Number(db.pragma('user_version', { simple: true }))
  const application = Number(db.pragma('application_id', { simple: true }))
  if (fresh ? version !== 0 : version === 0) fail('db.empty', { database })
  if (!fresh && application !== applicationIds[database]) fail('db.other', { database })
  if (version > latest) fail('db.newer', { database, found: version, known: latest })
  if (version === latest) return

  // Rebuilding a parent table with the keys on would delete its children through ON DELETE CASCADE (TECH §2.5), and
  // the switch does nothing inside a transaction.
  db.pragma('foreign_keys=OFF')
  try {
    db.transaction(() => {
      for (const migration of list) if (migration.version > version) migration.up(db)
      const broken = db.pragma('foreign_key_check')
      if (!Array.isArray(broken) || broken.length > 0) fail('db.migrationFailed', { database, version: latest })
      db.pragma(`application_id=${applicationIds[database]}`)
      db.pragma(`user_version=${latest}`)
    }).immediate()
  } finally {
    db.pragma('foreign_keys=ON')
  }
}

function assertMonotonic(list: readonly Migration[]): number {
  let last = 0
  for (const { version } of list) {
    if (version <= last) throw new Error(`migration ${version} does not follow ${last}`)
    last = version
  }
  return last
}
