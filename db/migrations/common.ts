import type { DatabaseName } from './index.ts'

/** SQL of triggers that let rows of a table be added but never changed or removed, whoever asks. */
export function appendOnly(table: string): string {
  return `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table}
BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table}
BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`
}

/**
 * The chained log and its signed heads. The same rows in both databases; only `office.db` holds copies from the other one
 * and is searched by the auditor, so the indexes stand there: in `cases.db` each would cost every act a page to encrypt.
 */
export function logTables(database: DatabaseName): string {
  return `
CREATE TABLE log (
  seq INTEGER PRIMARY KEY,
  prev TEXT NOT NULL,
  hash TEXT NOT NULL,
  at TEXT NOT NULL,
  account TEXT,
  roles TEXT NOT NULL CHECK (json_valid(roles)),
  action TEXT NOT NULL,
  object_kind TEXT,
  object_id TEXT,
  level TEXT,
  result TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('office', 'cases')),
  source_seq INTEGER,
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  CHECK ((source_seq IS NULL) = (source = '${database}'))
) STRICT;
${database === 'office' ? officeLogIndexes : ''}${appendOnly('log')}

CREATE TABLE log_heads (
  database TEXT NOT NULL CHECK (database IN ('office', 'cases')),
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL,
  at TEXT NOT NULL,
  signer TEXT NOT NULL,
  signature TEXT NOT NULL,
  PRIMARY KEY (database, seq, at)
) STRICT, WITHOUT ROWID;
${appendOnly('log_heads')}
`
}

const officeLogIndexes = `
CREATE UNIQUE INDEX log_source ON log (source, source_seq, detail) WHERE source_seq IS NOT NULL;
CREATE INDEX log_action ON log (action, seq);
CREATE INDEX log_object ON log (object_kind, object_id);
CREATE INDEX log_account ON log (account, seq);
`
