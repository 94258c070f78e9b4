/**
 * One narrow line for every case, as the list and 今日 show it: derived from the other tables, never typed. Whatever
 * changes a case marks its line stale in the same transaction; the next reader writes it anew. So 20,000 cases are
 * filtered and ordered without counting each of them again.
 */
export const lineTables = `
CREATE TABLE case_lines (
  case_id TEXT PRIMARY KEY REFERENCES cases (id),
  state TEXT NOT NULL,
  office TEXT NOT NULL,
  officer_id TEXT NOT NULL,
  form TEXT NOT NULL,
  matter TEXT NOT NULL,
  enterprises TEXT NOT NULL CHECK (json_valid(enterprises)),
  numbers TEXT NOT NULL CHECK (json_valid(numbers)),
  next_code TEXT NOT NULL,
  next_role TEXT,
  next_article INTEGER NOT NULL,
  next_due TEXT,
  next_provisional INTEGER NOT NULL CHECK (next_provisional IN (0, 1)),
  owed_due TEXT,
  first_due TEXT,
  first_provisional INTEGER NOT NULL CHECK (first_provisional IN (0, 1)),
  level TEXT NOT NULL,
  hay TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- Everything a filter but the typed words looks at: a page is found without opening a single wide row.
CREATE INDEX case_lines_updated
  ON case_lines (updated_at DESC, case_id, state, office, level, officer_id, first_due);
CREATE INDEX case_lines_due
  ON case_lines ((first_due IS NULL), first_due, case_id, state, office, level, officer_id);
CREATE INDEX case_lines_next ON case_lines (next_role, next_due);
CREATE INDEX case_lines_owed ON case_lines (owed_due) WHERE owed_due IS NOT NULL;

CREATE TABLE case_stale (case_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TRIGGER cases_opened AFTER INSERT ON cases
BEGIN INSERT INTO case_stale VALUES (NEW.id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER cases_changed AFTER UPDATE ON cases
BEGIN INSERT INTO case_stale VALUES (NEW.id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER case_enterprises_changed AFTER UPDATE ON case_enterprises
BEGIN INSERT INTO case_stale VALUES (NEW.case_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER enterprises_renamed AFTER UPDATE OF name, short_name, pinyin ON enterprises
BEGIN INSERT INTO case_stale SELECT case_id FROM case_enterprises WHERE enterprise_id = NEW.id ON CONFLICT DO NOTHING; END;

-- Cases that ever held a classified paper whose own 知悉范围 left out somebody of the case: a superset of what is closed to
-- anybody, so that a list over 20,000 cases asks only these.
CREATE TABLE narrowed_cases (case_id TEXT PRIMARY KEY REFERENCES cases (id)) STRICT, WITHOUT ROWID;
CREATE TRIGGER classifications_narrower AFTER INSERT ON classifications
WHEN NEW.level <> 'none' AND EXISTS (SELECT 1 FROM case_scope s WHERE s.case_id = NEW.case_id AND s.removed_at IS NULL
  AND s.account_id NOT IN (SELECT value FROM json_each(NEW.scope)))
BEGIN INSERT INTO narrowed_cases VALUES (NEW.case_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER classifications_narrowed AFTER UPDATE OF scope, level, proposed_at ON classifications
BEGIN INSERT INTO narrowed_cases VALUES (NEW.case_id) ON CONFLICT DO NOTHING; END;
-- Whoever is let in later was approved for all of it; not so who came in at the very moment of the proposal.
CREATE TRIGGER case_scope_wider AFTER INSERT ON case_scope
WHEN EXISTS (SELECT 1 FROM classifications c WHERE c.case_id = NEW.case_id AND c.level <> 'none'
  AND c.proposed_at >= NEW.added_at AND NEW.account_id NOT IN (SELECT value FROM json_each(c.scope)))
BEGIN INSERT INTO narrowed_cases VALUES (NEW.case_id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER case_scope_moved AFTER UPDATE OF added_at, account_id ON case_scope
BEGIN INSERT INTO narrowed_cases VALUES (NEW.case_id) ON CONFLICT DO NOTHING; END;
CREATE INDEX case_events_account ON case_events (account_id, at);
`
