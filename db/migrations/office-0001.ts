import { appendOnly, logTables } from './common.ts'
import type { Migration } from './index.ts'

/** `office.db`: what every account may read. Ledger, policy, rules, holidays, log; never anything of a case. */
export const office0001: Migration = {
  version: 1,
  up: (db) => {
    db.exec(`
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE ledger (
  seq INTEGER PRIMARY KEY,
  prev TEXT NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  signer TEXT NOT NULL,
  signature TEXT NOT NULL
) STRICT;
${appendOnly('ledger')}

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value)),
  at TEXT NOT NULL,
  "by" TEXT NOT NULL
) STRICT;

CREATE TABLE rule_profiles (
  id TEXT PRIMARY KEY,
  version TEXT NOT NULL,
  effective TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;

CREATE TABLE holiday_packs (
  year INTEGER PRIMARY KEY,
  notice TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
${logTables('office')}`)
  },
}
