/** 遮盖版: what was struck from which paper, by whom, and what another person let stand. */
export const redactionTables = `
CREATE TABLE redactions (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  paper_id TEXT NOT NULL REFERENCES papers (id),
  -- Digest of the passages that were struck from: another wording is another paper.
  source_hash TEXT NOT NULL,
  strikes TEXT NOT NULL CHECK (json_valid(strikes)),
  kept TEXT NOT NULL CHECK (json_valid(kept)),
  reason TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('submitted', 'reviewed', 'returned')),
  author_id TEXT NOT NULL,
  at TEXT NOT NULL,
  reviewer_id TEXT,
  reviewed_at TEXT,
  opinion TEXT NOT NULL,
  CHECK (reviewer_id IS NULL OR reviewer_id <> author_id)
) STRICT;
CREATE INDEX redactions_case ON redactions (case_id);
CREATE INDEX redactions_paper ON redactions (paper_id);
CREATE TRIGGER redactions_fixed BEFORE UPDATE OF paper_id, source_hash, strikes, reason, author_id ON redactions
BEGIN SELECT RAISE(ABORT, 'what was sent for review is never rewritten'); END;
`
