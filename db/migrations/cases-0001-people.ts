import { appendOnly } from './common.ts'

export const commonTables = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE blobs (
  id TEXT PRIMARY KEY,
  key BLOB NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE blob_texts (
  blob_id TEXT PRIMARY KEY REFERENCES blobs (id) ON DELETE CASCADE,
  text TEXT NOT NULL
) STRICT;

CREATE TABLE journal_keys (
  id TEXT PRIMARY KEY,
  key BLOB NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE drafts (
  account_id TEXT NOT NULL,
  slot TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  at TEXT NOT NULL,
  PRIMARY KEY (account_id, slot)
) STRICT;

CREATE TABLE acts (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  object_kind TEXT NOT NULL,
  object_id TEXT NOT NULL,
  object_hash TEXT NOT NULL,
  log_seq INTEGER NOT NULL,
  account_id TEXT NOT NULL,
  signature TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX acts_object ON acts (object_kind, object_id);
${appendOnly('acts')}
`

export const partyTables = `
CREATE TABLE enterprises (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  short_name TEXT NOT NULL,
  code TEXT,
  parent_id TEXT REFERENCES enterprises (id),
  pinyin TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active', 'retired')),
  merged_into TEXT REFERENCES enterprises (id) CHECK (merged_into <> id),
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX enterprises_merged ON enterprises (merged_into) WHERE merged_into IS NOT NULL;
CREATE UNIQUE INDEX enterprises_code ON enterprises (code) WHERE code IS NOT NULL;
CREATE INDEX enterprises_parent ON enterprises (parent_id);
CREATE INDEX enterprises_name ON enterprises (name);
CREATE INDEX enterprises_pinyin ON enterprises (pinyin);

CREATE TABLE people (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  pinyin TEXT NOT NULL,
  merged_into TEXT REFERENCES people (id) CHECK (merged_into <> id),
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX people_merged ON people (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX people_name ON people (name);

CREATE TABLE posts (
  id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES people (id),
  enterprise_id TEXT NOT NULL REFERENCES enterprises (id),
  title TEXT NOT NULL,
  since TEXT,
  until TEXT
) STRICT;
CREATE INDEX posts_person ON posts (person_id);
CREATE INDEX posts_enterprise ON posts (enterprise_id);

CREATE TABLE party_merges (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('enterprise', 'person')),
  from_id TEXT NOT NULL,
  into_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  account_id TEXT NOT NULL,
  undone_at TEXT,
  undone_by TEXT,
  undone_reason TEXT,
  CHECK ((undone_at IS NULL) = (undone_reason IS NULL))
) STRICT;
CREATE INDEX party_merges_from ON party_merges (from_id);
CREATE INDEX party_merges_into ON party_merges (into_id);
CREATE TRIGGER party_merges_no_delete BEFORE DELETE ON party_merges
BEGIN SELECT RAISE(ABORT, 'a merge is undone with a reason, never removed'); END;

CREATE TABLE offices (
  name TEXT PRIMARY KEY,
  duties TEXT NOT NULL CHECK (json_valid(duties)),
  at TEXT NOT NULL,
  account_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`

export const interviewTables = `
CREATE TABLE interviews (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  state TEXT NOT NULL CHECK (state IN ('planned', 'running', 'paused', 'ended', 'frozen')),
  place TEXT,
  host_person TEXT,
  host_title TEXT,
  started_at TEXT,
  ended_at TEXT,
  fields TEXT NOT NULL CHECK (json_valid(fields)),
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX interviews_case ON interviews (case_id);

CREATE TABLE attendance (
  id TEXT PRIMARY KEY,
  interview_id TEXT NOT NULL REFERENCES interviews (id),
  delegation TEXT NOT NULL CHECK (delegation IN ('host', 'joint', 'enterprise', 'recorder')),
  enterprise_id TEXT REFERENCES enterprises (id),
  unit TEXT NOT NULL,
  name TEXT NOT NULL,
  title TEXT NOT NULL,
  speaker_key INTEGER CHECK (speaker_key BETWEEN 1 AND 99),
  state TEXT NOT NULL CHECK (state IN ('expected', 'present', 'absent', 'late', 'left')),
  reason TEXT,
  at TEXT,
  position INTEGER NOT NULL
) STRICT;
CREATE INDEX attendance_interview ON attendance (interview_id, position);

CREATE TABLE utterances (
  id TEXT PRIMARY KEY,
  interview_id TEXT NOT NULL REFERENCES interviews (id),
  seq INTEGER NOT NULL,
  speaker_id TEXT REFERENCES attendance (id),
  kind TEXT NOT NULL,
  section TEXT,
  part INTEGER CHECK (part BETWEEN 1 AND 9),
  audience TEXT NOT NULL CHECK (json_valid(audience)),
  text TEXT NOT NULL,
  marked INTEGER NOT NULL DEFAULT 0 CHECK (marked IN (0, 1)),
  commitment TEXT CHECK (commitment IS NULL OR json_valid(commitment)),
  started_at TEXT NOT NULL,
  ended_at TEXT,
  version INTEGER NOT NULL,
  UNIQUE (interview_id, seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER utterances_no_delete BEFORE DELETE ON utterances
BEGIN SELECT RAISE(ABORT, 'utterances are never removed'); END;

CREATE TABLE utterance_versions (
  utterance_id TEXT NOT NULL REFERENCES utterances (id),
  version INTEGER NOT NULL,
  text TEXT NOT NULL,
  kind TEXT NOT NULL,
  section TEXT,
  part INTEGER,
  speaker_id TEXT,
  audience TEXT NOT NULL CHECK (json_valid(audience)),
  marked INTEGER NOT NULL DEFAULT 0 CHECK (marked IN (0, 1)),
  commitment TEXT CHECK (commitment IS NULL OR json_valid(commitment)),
  at TEXT NOT NULL,
  account_id TEXT NOT NULL,
  PRIMARY KEY (utterance_id, version)
) STRICT, WITHOUT ROWID;
${appendOnly('utterance_versions')}

CREATE TABLE phrases (
  id TEXT PRIMARY KEY,
  account_id TEXT,
  code TEXT NOT NULL,
  text TEXT NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX phrases_code ON phrases (coalesce(account_id, ''), code);

CREATE TABLE templates (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('outline', 'opening')),
  "trigger" TEXT,
  name TEXT NOT NULL,
  lines TEXT NOT NULL CHECK (json_valid(lines)),
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL
) STRICT;

CREATE TABLE preferences (
  account_id TEXT NOT NULL,
  slot TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  at TEXT NOT NULL,
  PRIMARY KEY (account_id, slot)
) STRICT, WITHOUT ROWID;

CREATE TABLE forms (
  account_id TEXT NOT NULL,
  form TEXT NOT NULL,
  case_id TEXT REFERENCES cases (id),
  body TEXT NOT NULL CHECK (json_valid(body)),
  at TEXT NOT NULL,
  PRIMARY KEY (account_id, form)
) STRICT, WITHOUT ROWID;

CREATE TABLE minutes (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  interview_id TEXT NOT NULL REFERENCES interviews (id),
  enterprise_id TEXT NOT NULL REFERENCES enterprises (id),
  state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'final')),
  edition INTEGER NOT NULL CHECK (edition > 0),
  reason TEXT NOT NULL,
  fields TEXT NOT NULL CHECK (json_valid(fields)),
  classification_id TEXT REFERENCES classifications (id),
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  saved_by TEXT NOT NULL,
  saved_at TEXT NOT NULL,
  submitted_at TEXT,
  finalised_at TEXT,
  UNIQUE (interview_id, enterprise_id)
) STRICT;
CREATE INDEX minutes_case ON minutes (case_id);

CREATE TABLE minutes_sentences (
  minutes_id TEXT NOT NULL REFERENCES minutes (id) ON DELETE CASCADE,
  id TEXT NOT NULL,
  section TEXT NOT NULL CHECK (section IN ('statements', 'opinions', 'other')),
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  sources TEXT NOT NULL CHECK (json_valid(sources)),
  joined INTEGER NOT NULL CHECK (joined IN (0, 1)),
  PRIMARY KEY (minutes_id, id)
) STRICT;

CREATE TABLE minutes_editions (
  minutes_id TEXT NOT NULL REFERENCES minutes (id),
  edition INTEGER NOT NULL,
  reason TEXT NOT NULL,
  version INTEGER NOT NULL,
  fields TEXT NOT NULL CHECK (json_valid(fields)),
  sentences TEXT NOT NULL CHECK (json_valid(sentences)),
  classification_id TEXT NOT NULL REFERENCES classifications (id),
  finalised_at TEXT NOT NULL,
  account_id TEXT NOT NULL,
  PRIMARY KEY (minutes_id, edition)
) STRICT, WITHOUT ROWID;
${appendOnly('minutes_editions')}

CREATE TABLE minutes_comments (
  id TEXT PRIMARY KEY,
  minutes_id TEXT NOT NULL REFERENCES minutes (id),
  edition INTEGER NOT NULL,
  sentence_id TEXT,
  quote TEXT NOT NULL,
  text TEXT NOT NULL,
  account_id TEXT NOT NULL,
  at TEXT NOT NULL,
  resolved_by TEXT,
  resolved_at TEXT
) STRICT;
CREATE INDEX minutes_comments_minutes ON minutes_comments (minutes_id);

CREATE TABLE minutes_answers (
  id TEXT PRIMARY KEY,
  comment_id TEXT NOT NULL REFERENCES minutes_comments (id),
  text TEXT NOT NULL,
  account_id TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX minutes_answers_comment ON minutes_answers (comment_id);
${appendOnly('minutes_answers')}

CREATE TABLE minutes_dispatches (
  id TEXT PRIMARY KEY,
  minutes_id TEXT NOT NULL REFERENCES minutes (id),
  edition INTEGER NOT NULL,
  decision TEXT NOT NULL CHECK (decision IN ('send', 'withhold')),
  reason TEXT NOT NULL,
  ticket_id TEXT UNIQUE REFERENCES tickets (id),
  method TEXT,
  receiver TEXT NOT NULL,
  at TEXT NOT NULL,
  account_id TEXT NOT NULL,
  CHECK ((decision = 'send') = (ticket_id IS NOT NULL AND method IS NOT NULL))
) STRICT;
CREATE INDEX minutes_dispatches_minutes ON minutes_dispatches (minutes_id);
${appendOnly('minutes_dispatches')}

CREATE TABLE record_editions (
  interview_id TEXT NOT NULL REFERENCES interviews (id),
  edition INTEGER NOT NULL,
  reason TEXT NOT NULL,
  content TEXT NOT NULL CHECK (json_valid(content)),
  hash TEXT NOT NULL,
  signatures TEXT NOT NULL CHECK (signatures IN ('each-page', 'last-page', 'none')),
  frozen_at TEXT NOT NULL,
  account_id TEXT NOT NULL,
  PRIMARY KEY (interview_id, edition)
) STRICT, WITHOUT ROWID;
${appendOnly('record_editions')}

CREATE TABLE record_corrections (
  interview_id TEXT NOT NULL REFERENCES interviews (id),
  edition INTEGER NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  account_id TEXT NOT NULL,
  PRIMARY KEY (interview_id, edition)
) STRICT, WITHOUT ROWID;
${appendOnly('record_corrections')}

CREATE TABLE record_signings (
  id TEXT PRIMARY KEY,
  interview_id TEXT NOT NULL REFERENCES interviews (id),
  edition INTEGER NOT NULL,
  attendee_id TEXT NOT NULL REFERENCES attendance (id),
  outcome TEXT NOT NULL CHECK (outcome IN ('signed', 'refused')),
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  account_id TEXT NOT NULL
) STRICT;
CREATE INDEX record_signings_interview ON record_signings (interview_id);
${appendOnly('record_signings')}
`
