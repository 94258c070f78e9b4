import knexModule, { type Knex } from 'knex'
import { BetterSqlite3Dialect, type RawDatabase, type RawStatement } from './driver.ts'
import { databaseError } from './errors.ts'

interface Query {
  sql: string
  bindings?: readonly unknown[]
  response?: unknown
  context?: unknown
}

/** Prepared statements kept per connection; preparing costs more than running for the short statements of a verb. */
const statementLimit = 256

/**
 * A knex over one encrypted connection. `open` hands out a connection that is already keyed and checked, so that no
 * key ever stands in a configuration object.
 *
 * One connection only: a second writer would wait for the first, and a `knex()` inside a transaction waits for ever.
 * Repositories therefore take the transaction.
 */
export function createKnex(database: string, open: () => RawDatabase): Knex {
  const statements = new WeakMap<RawDatabase, Map<string, RawStatement>>()

  function prepare(connection: RawDatabase, sql: string): RawStatement {
    const cache = statements.get(connection) ?? new Map<string, RawStatement>()
    statements.set(connection, cache)
    let statement = cache.get(sql)
    if (statement) cache.delete(sql)
    else {
      statement = connection.prepare(sql)
      const oldest = cache.keys().next()
      if (cache.size >= statementLimit && !oldest.done) cache.delete(oldest.value)
    }
    cache.set(sql, statement)
    return statement
  }

  class EncryptedClient extends BetterSqlite3Dialect {
    /** The base class asks for a driver to construct; `open` has already done so. */
    override _driver(): Record<string, never> {
      return {}
    }

    override async acquireRawConnection(): Promise<RawDatabase> {
      return open()
    }

    override async destroyRawConnection(connection: RawDatabase): Promise<void> {
      connection.close()
    }

    /** As in knex's own dialect, with cached statements and with file errors mapped to ours. */
    async _query(connection: RawDatabase, query: Query): Promise<Query> {
      try {
        const statement = prepare(connection, query.sql)
        const bindings = this._formatBindings(query.bindings)
        if (statement.reader) query.response = statement.all(...bindings)
        else {
          const done = statement.run(...bindings)
          query.response = done
          query.context = { lastID: done.lastInsertRowid, changes: done.changes }
        }
        return query
      } catch (error) {
        throw databaseError(error, database)
      }
    }
  }

  return knexModule({
    client: EncryptedClient,
    connection: { filename: database },
    useNullAsDefault: true,
    // Bindings are case text; knex would write them into the message of a failed statement.
    compileSqlOnError: false,
    pool: { min: 1, max: 1 },
  })
}
