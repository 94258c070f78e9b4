import { describe, expect, test } from 'vitest'
import { type RawDatabase, RawDriver } from '#db/driver.ts'
import { type DatabaseName, type Migration, migrations } from '#db/migrations/index.ts'
import { migrate } from '#db/migrations/migrate.ts'
import { compareSchema } from '#db/schema.ts'

const names: readonly DatabaseName[] = ['office', 'cases']

/** Numbers only: the transaction and the guards are the same with or without encryption. */
function memory(): RawDatabase {
  return new RawDriver(':memory:')
}

function tables(db: RawDatabase): string[] {
  return db
    .prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    .all()
    .map((row) => row.name)
}

const parents: Migration = {
  version: 1,
  up: (db) =>
    db.exec(
      'CREATE TABLE parent (id TEXT PRIMARY KEY) STRICT; CREATE TABLE child (id TEXT REFERENCES parent (id)) STRICT',
    ),
}

describe('migrations', () => {
  test.each(names)('%s: the numbers rise, and every released step leaves a whole schema', (name) => {
    const list = migrations[name]
    expect(list.map(({ version }) => version)).toEqual(list.map((_, index) => index + 1))
    for (let steps = 1; steps <= list.length; steps += 1) {
      const db = memory()
      migrate(db, name, list.slice(0, steps), true)
      expect(db.pragma('user_version', { simple: true })).toBe(steps)
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
      expect(db.pragma('foreign_key_check')).toEqual([])
      db.close()
    }
  })

  test('a step that fails leaves neither its tables nor its number', () => {
    const db = memory()
    migrate(db, 'cases', [parents], true)
    const broken: Migration = {
      version: 2,
      up: (raw) => {
        raw.exec('CREATE TABLE half (id TEXT) STRICT')
        raw.exec('CREATE TABLE half (id TEXT) STRICT')
      },
    }
    expect(() => migrate(db, 'cases', [parents, broken], false)).toThrow(/already exists/)
    expect(tables(db)).toEqual(['child', 'parent'])
    expect(db.pragma('user_version', { simple: true })).toBe(1)
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
  })

  test('a step that loses a parent is refused, and rebuilding one keeps the children', () => {
    const db = memory()
    migrate(db, 'cases', [parents], true)
    db.exec("INSERT INTO parent VALUES ('p'); INSERT INTO child VALUES ('p')")
    const losing: Migration = { version: 2, up: (raw) => raw.exec('DELETE FROM parent') }
    expect(() => migrate(db, 'cases', [parents, losing], false)).toThrow(
      expect.objectContaining({ code: 'db.migrationFailed' }),
    )
    const rebuilding: Migration = {
      version: 2,
      up: (raw) =>
        raw.exec(`CREATE TABLE parent_new (id TEXT PRIMARY KEY, note TEXT) STRICT;
          INSERT INTO parent_new SELECT id, NULL FROM parent; DROP TABLE parent; ALTER TABLE parent_new RENAME TO parent`),
    }
    migrate(db, 'cases', [parents, rebuilding], false)
    expect(db.prepare('SELECT * FROM child').all()).toEqual([{ id: 'p' }])
    expect(() => compareSchema(db, 'cases', [parents, rebuilding])).not.toThrow()
  })

  test('an unnumbered file, a numbered new one, a later one, the other database', () => {
    const refusal = (code: string) => expect.objectContaining({ code })
    expect(() => migrate(memory(), 'cases', [parents], false)).toThrow(refusal('db.empty'))
    const db = memory()
    migrate(db, 'cases', [parents], true)
    expect(() => migrate(db, 'cases', [parents], true)).toThrow(refusal('db.empty'))
    expect(() => migrate(db, 'office', [parents], false)).toThrow(refusal('db.other'))
    db.pragma('user_version=7')
    expect(() => migrate(db, 'cases', [parents], false)).toThrow(refusal('db.newer'))
  })

  test('a list that does not rise is a mistake of ours, found before anything is touched', () => {
    const db = memory()
    expect(() => migrate(db, 'cases', [parents, { ...parents }], true)).toThrow('does not follow')
    expect(tables(db)).toEqual([])
  })
})
