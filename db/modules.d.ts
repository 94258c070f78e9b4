/** knex publishes its dialect classes but declares only `Knex.Client`. */
declare module 'knex/lib/dialects/better-sqlite3/index.js' {
  import { Knex } from 'knex'

  class BetterSqlite3Client extends Knex.Client {
    _driver(): unknown
    _formatBindings(bindings: readonly unknown[] | undefined): readonly unknown[]
  }
  export default BetterSqlite3Client
}

/** The driver's own declarations are hidden by its `exports` map; this is the part of them we use. */
declare module 'better-sqlite3-multiple-ciphers' {
  namespace BetterSqlite3 {
    interface RunResult {
      readonly changes: number
      readonly lastInsertRowid: number | bigint
    }
    interface Statement<Parameters extends unknown[] = unknown[], Row = unknown> {
      readonly reader: boolean
      run(...parameters: Parameters): RunResult
      get(...parameters: Parameters): Row | undefined
      all(...parameters: Parameters): Row[]
      iterate(...parameters: Parameters): IterableIterator<Row>
    }
    interface Transaction<Arguments extends unknown[], Result> {
      (...parameters: Arguments): Result
      immediate(...parameters: Arguments): Result
    }
    interface Database {
      readonly open: boolean
      readonly inTransaction: boolean
      prepare<Parameters extends unknown[] = unknown[], Row = unknown>(sql: string): Statement<Parameters, Row>
      transaction<Arguments extends unknown[], Result>(
        work: (...parameters: Arguments) => Result,
      ): Transaction<Arguments, Result>
      exec(sql: string): this
      pragma(sql: string, options?: { readonly simple?: boolean }): unknown
      /** Sets the key of the connection; accepts SQLCipher's raw notation `x'…'` as bytes. */
      key(key: Buffer): number
      /** Writes every page anew under another key; only in `journal_mode=DELETE` (TECH §2.2). */
      rekey(key: Buffer): number
      close(): this
    }
  }
  const BetterSqlite3: {
    new (
      file: string,
      options?: { readonly fileMustExist?: boolean; readonly readonly?: boolean; readonly timeout?: number },
    ): BetterSqlite3.Database
  }
  export default BetterSqlite3
  export type { BetterSqlite3 }
}
