import { appendOnly } from './common.ts'

/** What follows an interview (Art. 11–16). A check is never rewritten: a later one stands beside it. */
export const rectificationTables = `
CREATE TABLE rectification_items (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  enterprise_id TEXT NOT NULL REFERENCES enterprises (id),
  text TEXT NOT NULL,
  owner TEXT NOT NULL,
  due TEXT,
  source_utterance_id TEXT REFERENCES utterances (id),
  state TEXT NOT NULL CHECK (state IN ('open', 'done', 'closed', 'cancelled')),
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX rectification_items_case ON rectification_items (case_id);
CREATE INDEX rectification_items_due ON rectification_items (state, due);

CREATE TABLE rectification_documents (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  enterprise_id TEXT NOT NULL REFERENCES enterprises (id),
  kind TEXT NOT NULL CHECK (kind IN ('workPlan', 'progress', 'specialReport', 'material', 'statement', 'evidence')),
  title TEXT NOT NULL,
  -- The paper that 佐证材料 prove.
  proves_id TEXT REFERENCES rectification_documents (id),
  received_at TEXT,
  state TEXT NOT NULL CHECK (state IN ('received', 'accepted', 'returned')),
  number TEXT NOT NULL,
  sealed INTEGER NOT NULL CHECK (sealed IN (0, 1)),
  -- 密级 as it stood on the file when it came in.
  level TEXT NOT NULL CHECK (level IN ('none', 'work', 'secret', 'confidential')),
  due TEXT,
  blob_id TEXT REFERENCES blobs (id),
  note TEXT NOT NULL,
  created_at TEXT NOT NULL,
  CHECK ((kind = 'evidence') = (proves_id IS NOT NULL))
) STRICT;
CREATE INDEX rectification_documents_case ON rectification_documents (case_id);

CREATE TABLE document_checks (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  document_id TEXT NOT NULL REFERENCES rectification_documents (id),
  parts TEXT NOT NULL CHECK (json_valid(parts)),
  decision TEXT NOT NULL CHECK (decision IN ('accepted', 'returned')),
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  account_id TEXT NOT NULL,
  CHECK (decision = 'accepted' OR reason <> '')
) STRICT;
CREATE INDEX document_checks_case ON document_checks (case_id);
${appendOnly('document_checks')}

CREATE TABLE plan_extensions (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  enterprise_id TEXT NOT NULL REFERENCES enterprises (id),
  former_due TEXT NOT NULL,
  due TEXT NOT NULL,
  reason TEXT NOT NULL,
  asker_id TEXT NOT NULL,
  asked_at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('asked', 'approved', 'returned')),
  decider_id TEXT,
  decided_at TEXT,
  opinion TEXT NOT NULL,
  CHECK (due > former_due),
  CHECK (decider_id IS NULL OR decider_id <> asker_id)
) STRICT;
CREATE INDEX plan_extensions_case ON plan_extensions (case_id);
CREATE TRIGGER plan_extensions_decided BEFORE UPDATE ON plan_extensions WHEN OLD.state <> 'asked'
BEGIN SELECT RAISE(ABORT, 'a decided extension is never rewritten'); END;

CREATE TABLE rectification_entries (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  enterprise_id TEXT NOT NULL REFERENCES enterprises (id),
  kind TEXT NOT NULL CHECK (kind IN (
    'effects', 'accountable', 'screening', 'guidance', 'evaluation', 'reminder', 'closure', 'reopening', 'unclosed',
    'struck'
  )),
  body TEXT NOT NULL CHECK (json_valid(body)),
  replaces TEXT REFERENCES rectification_entries (id),
  at TEXT NOT NULL,
  account_id TEXT NOT NULL,
  CHECK (kind <> 'struck' OR replaces IS NOT NULL)
) STRICT;
CREATE INDEX rectification_entries_case ON rectification_entries (case_id);
CREATE UNIQUE INDEX rectification_entries_replaced ON rectification_entries (replaces) WHERE replaces IS NOT NULL;
${appendOnly('rectification_entries')}
`
