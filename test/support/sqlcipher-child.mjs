// The second SQLCipher of the tests (AGPL): a program of its own, never linked with ours and never shipped.
import { readFileSync } from 'node:fs'
import Database from '@signalapp/sqlcipher'

const { file, key, statements } = JSON.parse(readFileSync(0, 'utf8'))
let database
try {
  database = new Database(file)
  if (key !== null) database.pragma(`key = "x'${key}'"`)
  const rows = statements.map(({ sql, values = [] }) => {
    const statement = database.prepare(sql)
    if (/^\s*(select|pragma)/i.test(sql)) return statement.all([...values])
    statement.run([...values])
    return []
  })
  process.stdout.write(JSON.stringify({ rows }))
} catch (error) {
  process.stdout.write(JSON.stringify({ error: String(error?.message ?? error) }))
} finally {
  database?.close()
}
