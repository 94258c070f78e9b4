import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { assertRuntime, type Database, type DatabaseName, openDatabase } from '#db/connection.ts'
import { RawDriver } from '#db/driver.ts'
import { temporaryFolder } from '../support/folders.ts'

const key = () => Buffer.alloc(32, 7)
const names: readonly DatabaseName[] = ['office', 'cases']

async function make(folder: string, schema: DatabaseName = 'cases'): Promise<string> {
  const file = join(folder, `${schema}.db`)
  const database = await openDatabase({ file, key, schema, create: true })
  await database.transaction((trx) => trx('meta').insert({ key: 'genesis', value: '约谈事由不得以明文落盘' }))
  await database.close()
  return file
}

/** A connection that knows the key but none of our checks: what an insider's own tool can do. */
function insider(file: string, sql: string): void {
  const raw = new RawDriver(file)
  raw.pragma("cipher='sqlcipher'")
  raw.pragma('legacy=4')
  raw.key(Buffer.from(`x'${key().toString('hex')}'`))
  raw.exec(sql)
  raw.pragma('wal_checkpoint(TRUNCATE)')
  raw.close()
}

function overwrite(file: string, position: number, bytes: Buffer): void {
  const handle = openSync(file, 'r+')
  writeSync(handle, bytes, 0, bytes.length, position)
  closeSync(handle)
}

describe('opening an encrypted database', () => {
  test.each(names)('%s: what was written is there again, and nothing of it in plain bytes', async (schema) => {
    const file = await make(temporaryFolder(), schema)
    const database = await openDatabase({ file, key, schema })
    expect(await database.knex('meta').select('value')).toEqual([{ value: '约谈事由不得以明文落盘' }])
    await database.transaction((trx) => trx('meta').insert({ key: 'more', value: '预写日志里也不得有明文' }))
    for (const path of [file, `${file}-wal`]) {
      const bytes = readFileSync(path)
      expect(bytes.includes('明文')).toBe(false)
      expect(bytes.includes('SQLite format 3')).toBe(false)
    }
    await database.close()
  })

  test('sets every pragma of the recipe', async () => {
    const folder = temporaryFolder()
    const database = await openDatabase({ file: await make(folder), key, schema: 'cases' })
    const expected = {
      journal_mode: 'wal',
      synchronous: 2,
      foreign_keys: 1,
      temp_store: 2,
      trusted_schema: 0,
      cell_size_check: 1,
    }
    for (const [name, value] of Object.entries(expected)) {
      const rows: Record<string, unknown>[] = await database.knex.raw(`PRAGMA ${name}`)
      expect([name, rows[0]?.[name]]).toEqual([name, value])
    }
    await database.close()
  })

  test('full-text search works under the untrusted-schema and cell-size pragmas, through knex', async () => {
    const database = await openDatabase({ file: await make(temporaryFolder()), key, schema: 'cases' })
    const found = await database.transaction(async (trx) => {
      await trx.raw('CREATE VIRTUAL TABLE probe USING fts5(body)')
      await trx('probe').insert({ body: '请 说明 该项 投资 的 决策 程序' })
      const rows: unknown[] = await trx('probe').whereRaw('probe MATCH ?', ['决策']).select('body')
      await trx.raw('DROP TABLE probe')
      return rows
    })
    expect(found).toHaveLength(1)
    await database.close()
  })

  test('the runtime is checked before the driver can end the process', () => {
    expect(() => assertRuntime(9)).toThrow(expect.objectContaining({ code: 'runtime.napi' }))
    expect(() => assertRuntime(Number.NaN)).toThrow(expect.objectContaining({ code: 'runtime.napi' }))
    expect(() => assertRuntime(10)).not.toThrow()
  })

  test('a failed transaction leaves nothing, and an error message carries no binding', async () => {
    const database = await openDatabase({ file: await make(temporaryFolder()), key, schema: 'cases' })
    const attempt = database.transaction(async (trx) => {
      await trx('meta').insert({ key: 'second', value: 'x' })
      await trx('meta').insert({ key: 'genesis', value: '绝密内容' })
    })
    const error = await attempt.then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(String(error)).toMatch(/UNIQUE/)
    expect(String(error)).not.toContain('绝密内容')
    expect(await database.knex('meta').where({ key: 'second' }).select()).toEqual([])
    await database.close()
  })

  test('a read-only connection reads beside the writer and cannot write', async () => {
    const file = await make(temporaryFolder())
    const writer = await openDatabase({ file, key, schema: 'cases' })
    const reader = await openDatabase({ file, key, schema: 'cases', readOnly: true })
    await writer.transaction((trx) => trx('meta').insert({ key: 'fresh', value: '1' }))
    expect(await reader.knex('meta').where({ key: 'fresh' }).select('value')).toEqual([{ value: '1' }])
    await expect(reader.transaction((trx) => trx('meta').insert({ key: 'no', value: '1' }))).rejects.toMatchObject({
      code: 'db.readOnly',
    })
    await reader.close()
    await writer.close()
  })
})

describe('a file that is not what it should be', () => {
  const open = (file: string, schema: DatabaseName = 'cases'): Promise<Database> => openDatabase({ file, key, schema })

  test('missing: refused, and no file appears in its place', async () => {
    const file = join(temporaryFolder(), 'cases.db')
    await expect(open(file)).rejects.toMatchObject({ code: 'db.missing', params: { database: 'cases' } })
    expect(existsSync(file)).toBe(false)
  })

  test('a folder under its name', async () => {
    const file = join(temporaryFolder(), 'cases.db')
    mkdirSync(file)
    await expect(open(file)).rejects.toMatchObject({ code: 'db.isFolder' })
  })

  test.each([0, 100])('cut to %i bytes: never taken for a new database', async (length) => {
    const file = await make(temporaryFolder())
    truncateSync(file, length)
    await expect(open(file)).rejects.toMatchObject({ code: 'db.empty' })
    expect(readFileSync(file)).toHaveLength(length)
  })

  test('cut in the middle, by whole pages and by bytes', async () => {
    for (const length of [4096 * 3, 4096 * 3 + 777]) {
      const file = await make(temporaryFolder())
      truncateSync(file, length)
      await expect(open(file)).rejects.toMatchObject({ code: 'db.corrupt' })
    }
  })

  test('wrong key', async () => {
    const file = await make(temporaryFolder())
    const attempt = openDatabase({ file, key: () => Buffer.alloc(32, 8), schema: 'cases' })
    await expect(attempt).rejects.toMatchObject({ code: 'db.wrongKey' })
    await expect(openDatabase({ file, key: () => Buffer.alloc(16), schema: 'cases' })).rejects.toMatchObject({
      code: 'db.wrongKey',
    })
  })

  test('one flipped byte in any page is noticed when the page is read, at the latest by the check', async () => {
    const folder = temporaryFolder()
    const file = await make(folder)
    const whole = readFileSync(file)
    for (let page = 0; page * 4096 < whole.length; page += 7) {
      const position = page * 4096 + 40
      overwrite(file, position, Buffer.from([(whole[position] ?? 0) ^ 1]))
      const read = open(file).then(async (database) => {
        try {
          await database.knex.raw('PRAGMA integrity_check').then((rows: unknown) => {
            if (!JSON.stringify(rows).includes('"ok"')) throw Object.assign(new Error('found'), { code: 'db.corrupt' })
          })
        } finally {
          await database.close()
        }
      })
      await expect(read).rejects.toMatchObject({ code: page === 0 ? 'db.wrongKey' : 'db.corrupt' })
      writeFileSync(file, whole)
    }
  })

  test('an unencrypted SQLite file under its name', async () => {
    const file = join(temporaryFolder(), 'cases.db')
    const plain = new RawDriver(file)
    plain.exec('CREATE TABLE meta (key TEXT, value TEXT)')
    plain.close()
    await expect(open(file)).rejects.toMatchObject({ code: 'db.wrongKey' })
  })

  test('written by a later program', async () => {
    const file = await make(temporaryFolder())
    insider(file, 'PRAGMA user_version = 9000')
    await expect(open(file)).rejects.toMatchObject({ code: 'db.newer', params: { found: 9000 } })
  })

  test('the other database under this name', async () => {
    const file = await make(temporaryFolder(), 'office')
    await expect(open(file, 'cases')).rejects.toMatchObject({ code: 'db.other' })
  })

  test.each([
    ['a trigger', 'CREATE TRIGGER planted AFTER INSERT ON meta BEGIN SELECT 1; END', 'trigger planted', 'added'],
    ['a table', 'CREATE TABLE planted (a)', 'table planted', 'added'],
    ['a view', 'CREATE VIEW planted AS SELECT 1', 'view planted', 'added'],
    ['a dropped guard', 'DROP TRIGGER log_no_update', 'trigger log_no_update', 'removed'],
    ['an added column', 'ALTER TABLE cases ADD COLUMN planted TEXT', 'table cases', 'changed'],
  ])('planted or changed from outside: %s', async (_name, sql, object, difference) => {
    const file = await make(temporaryFolder())
    insider(file, sql)
    await expect(open(file)).rejects.toMatchObject({
      code: 'db.schemaDiffers',
      params: { database: 'cases', object, difference },
    })
  })

  test('creating over an existing file is refused and leaves it alone', async () => {
    const file = join(temporaryFolder(), 'cases.db')
    writeFileSync(file, 'something')
    await expect(openDatabase({ file, key, schema: 'cases', create: true })).rejects.toMatchObject({
      code: 'db.exists',
    })
    expect(readFileSync(file, 'utf8')).toBe('something')
  })
})

test('tables of record take no change and no removal, whoever holds the key', async () => {
  const file = await make(temporaryFolder())
  insider(
    file,
    'PRAGMA foreign_keys = OFF;' +
      "INSERT INTO case_events VALUES ('e', 'c', '2026-03-01T00:00:00Z', 'a', 'opened', NULL, '{}');" +
      "INSERT INTO approvals VALUES ('p', 'notice', 'n', 1, 'h', 'review', 'agreed', '', 'a', '2026-03-01T00:00:00Z');",
  )
  const database = await openDatabase({ file, key, schema: 'cases' })
  for (const table of ['case_events', 'approvals']) {
    await expect(database.knex(table).update({ at: 'later' })).rejects.toThrow('append-only')
    await expect(database.knex(table).delete()).rejects.toThrow('append-only')
    expect(await database.knex(table).select()).toHaveLength(1)
  }
  await database.close()
})
