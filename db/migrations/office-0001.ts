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

CREATE TABLE norms (
  hash TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('ruleProfile', 'holidayPack', 'retentionTable')),
  body TEXT NOT NULL CHECK (json_valid(body)),
  at TEXT NOT NULL,
  account_id TEXT NOT NULL
) STRICT;
${appendOnly('norms')}

-- Backups that were made, and what every drill of them found.
CREATE TABLE backups (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  account_id TEXT NOT NULL,
  place TEXT NOT NULL,
  name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  blobs INTEGER NOT NULL,
  blob_bytes INTEGER NOT NULL,
  removed_at TEXT
) STRICT;

CREATE TABLE backup_drills (
  id TEXT PRIMARY KEY,
  backup_id TEXT NOT NULL REFERENCES backups (id),
  at TEXT NOT NULL,
  account_id TEXT NOT NULL,
  depth TEXT NOT NULL CHECK (depth IN ('officer', 'whole')),
  ms INTEGER NOT NULL,
  passed INTEGER NOT NULL CHECK (passed IN (0, 1)),
  checks TEXT NOT NULL CHECK (json_valid(checks))
) STRICT;
CREATE INDEX backup_drills_backup ON backup_drills (backup_id);
${appendOnly('backup_drills')}
${logTables('office')}`)
  },
}
