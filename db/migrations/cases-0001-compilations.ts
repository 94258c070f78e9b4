import { appendOnly } from './common.ts'

/**
 * Papers of the office that are drawn from several cases (Art. 17, 19), and what follows a 专项核查. What was approved is
 * never rewritten; its sources say who may know it.
 */
export const compilationTables = `
CREATE TABLE compilations (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('annualSheet', 'analysisReport', 'inspectionNotice')),
  subject TEXT NOT NULL CHECK (json_valid(subject)),
  texts TEXT NOT NULL CHECK (json_valid(texts)),
  figures TEXT NOT NULL CHECK (json_valid(figures)),
  title TEXT NOT NULL,
  office TEXT NOT NULL,
  level TEXT NOT NULL,
  term TEXT CHECK (term IS NULL OR json_valid(term)),
  state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'approved', 'withdrawn')),
  version INTEGER NOT NULL,
  drafter_id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  submitted_at TEXT,
  decider_id TEXT,
  decided_at TEXT,
  opinion TEXT NOT NULL,
  CHECK (decider_id IS NULL OR decider_id <> drafter_id)
) STRICT;
CREATE INDEX compilations_state ON compilations (state);
CREATE TRIGGER compilations_final BEFORE UPDATE ON compilations WHEN OLD.state IN ('approved', 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'an approved compilation is never rewritten'); END;
CREATE TRIGGER compilations_no_delete BEFORE DELETE ON compilations
BEGIN SELECT RAISE(ABORT, 'a compilation is withdrawn, never removed'); END;

CREATE TABLE compilation_sources (
  compilation_id TEXT NOT NULL REFERENCES compilations (id),
  case_id TEXT NOT NULL REFERENCES cases (id),
  PRIMARY KEY (compilation_id, case_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX compilation_sources_case ON compilation_sources (case_id);
CREATE TRIGGER compilation_sources_fixed BEFORE DELETE ON compilation_sources
WHEN (SELECT state FROM compilations WHERE id = OLD.compilation_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'what a compilation was drawn from is never forgotten'); END;

-- 重新定密 of an approved compilation after a source of it rose (保密法 18, 23): what binds it stands in the last line.
CREATE TABLE compilation_levels (
  id TEXT PRIMARY KEY,
  compilation_id TEXT NOT NULL REFERENCES compilations (id),
  level TEXT NOT NULL,
  term TEXT CHECK (term IS NULL OR json_valid(term)),
  reason TEXT NOT NULL CHECK (reason <> ''),
  at TEXT NOT NULL,
  account_id TEXT NOT NULL
) STRICT;
CREATE INDEX compilation_levels_compilation ON compilation_levels (compilation_id);
${appendOnly('compilation_levels')}

CREATE TABLE inspection_entries (
  id TEXT PRIMARY KEY,
  compilation_id TEXT NOT NULL REFERENCES compilations (id),
  enterprise_id TEXT REFERENCES enterprises (id),
  kind TEXT NOT NULL CHECK (kind IN ('report', 'finding', 'done', 'closure')),
  text TEXT NOT NULL CHECK (text <> ''),
  day TEXT NOT NULL,
  at TEXT NOT NULL,
  account_id TEXT NOT NULL,
  CHECK ((kind = 'closure') = (enterprise_id IS NULL))
) STRICT;
CREATE INDEX inspection_entries_compilation ON inspection_entries (compilation_id);
${appendOnly('inspection_entries')}
`
