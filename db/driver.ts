/// <reference path="./modules.d.ts" />
// The only imports of the driver and of knex's dialect: their types are declared beside them.
import Driver, { type BetterSqlite3 } from 'better-sqlite3-multiple-ciphers'
import Dialect from 'knex/lib/dialects/better-sqlite3/index.js'

export type RawDatabase = BetterSqlite3.Database
export type RawStatement = BetterSqlite3.Statement

/** Opens a raw connection. The native part is loaded by the first call: check the runtime before it. */
export const RawDriver = Driver
export const BetterSqlite3Dialect = Dialect
