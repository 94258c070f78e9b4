/** SQL of triggers that let rows of a table be added but never changed or removed, whoever asks. */
export function appendOnly(table: string): string {
  return `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table}
BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table}
BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`
}

/** The chained log and its signed heads; the same shape in both databases, office lines may be copies from `cases`. */
export const logTables = `
CREATE TABLE log (
  seq INTEGER PRIMARY KEY,
  prev TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
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
  UNIQUE (source, source_seq)
) STRICT;
CREATE INDEX log_at ON log (at);
CREATE INDEX log_object ON log (object_kind, object_id);
CREATE INDEX log_account ON log (account, at);
${appendOnly('log')}

CREATE TABLE log_heads (
  database TEXT NOT NULL CHECK (database IN ('office', 'cases')),
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL,
  at TEXT NOT NULL,
  signer TEXT NOT NULL,
  signature TEXT NOT NULL,
  PRIMARY KEY (database, seq, at)
) STRICT;
${appendOnly('log_heads')}
`
