/** 借阅 of filed volumes: who asked, who let them in, until when, when it came back. */
export const borrowingTables = `
CREATE TABLE borrowings (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  volume_id TEXT NOT NULL REFERENCES volumes (id),
  borrower_id TEXT NOT NULL,
  purpose TEXT NOT NULL,
  days INTEGER NOT NULL CHECK (days > 0),
  at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('requested', 'approved', 'declined')),
  decider_id TEXT,
  decided_at TEXT,
  opinion TEXT NOT NULL,
  -- Last day of reading.
  until TEXT,
  given_back_at TEXT,
  given_back_by TEXT,
  CHECK (decider_id IS NULL OR decider_id <> borrower_id),
  CHECK ((state = 'approved') = (until IS NOT NULL))
) STRICT;
CREATE INDEX borrowings_case ON borrowings (case_id);
CREATE INDEX borrowings_borrower ON borrowings (borrower_id, case_id);
CREATE TRIGGER borrowings_no_delete BEFORE DELETE ON borrowings
BEGIN SELECT RAISE(ABORT, 'a loan stays in the register'); END;
`
