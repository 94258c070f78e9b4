import { appendOnly } from './common.ts'

export const caseTables = `
CREATE TABLE cases (
  id TEXT PRIMARY KEY,
  profile TEXT NOT NULL,
  profile_version TEXT NOT NULL,
  profile_hash TEXT NOT NULL,
  form TEXT NOT NULL CHECK (form IN ('individual', 'collective')),
  matter TEXT NOT NULL,
  facts TEXT NOT NULL,
  sources TEXT NOT NULL,
  situations TEXT NOT NULL CHECK (json_valid(situations)),
  amount_fen INTEGER,
  instructions TEXT NOT NULL CHECK (json_valid(instructions)),
  scope_units TEXT NOT NULL CHECK (json_valid(scope_units)),
  office TEXT NOT NULL,
  officer_id TEXT NOT NULL,
  state TEXT NOT NULL,
  safety_gate TEXT NOT NULL,
  accountability_started INTEGER CHECK (accountability_started IN (0, 1)),
  proposed_level TEXT,
  recusals TEXT NOT NULL CHECK (json_valid(recusals)),
  duty_reason TEXT NOT NULL,
  intake_version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX cases_state ON cases (state, updated_at);
CREATE INDEX cases_officer ON cases (officer_id);

CREATE TABLE case_triggers (
  case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
  code TEXT NOT NULL CHECK (
    code IN ('one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten')
  ),
  areas TEXT NOT NULL CHECK (json_valid(areas)),
  note TEXT NOT NULL,
  PRIMARY KEY (case_id, code)
) STRICT;
CREATE INDEX case_triggers_code ON case_triggers (code);

CREATE TABLE case_enterprises (
  case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
  enterprise_id TEXT NOT NULL REFERENCES enterprises (id),
  position INTEGER NOT NULL,
  -- 取消 for one enterprise of a 集体约谈: it was called, and left before the interview (Art. 6).
  left_at TEXT,
  PRIMARY KEY (case_id, enterprise_id)
) STRICT;
CREATE INDEX case_enterprises_enterprise ON case_enterprises (enterprise_id);

CREATE TABLE case_links (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  number TEXT NOT NULL,
  day TEXT NOT NULL,
  issuer TEXT NOT NULL,
  gist TEXT NOT NULL,
  on_paper INTEGER NOT NULL CHECK (on_paper IN (0, 1)),
  earlier_case_id TEXT REFERENCES cases (id)
) STRICT;
CREATE INDEX case_links_case ON case_links (case_id);
CREATE INDEX case_links_earlier ON case_links (earlier_case_id) WHERE earlier_case_id IS NOT NULL;

CREATE TABLE case_people (
  case_id TEXT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  person_id TEXT REFERENCES people (id),
  name TEXT NOT NULL,
  title TEXT NOT NULL,
  unit TEXT NOT NULL,
  PRIMARY KEY (case_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_people_name ON case_people (name);

CREATE TABLE case_scope (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  account_id TEXT NOT NULL,
  added_at TEXT NOT NULL,
  added_by TEXT NOT NULL,
  removed_at TEXT,
  removed_by TEXT
) STRICT;
-- The account first: what one account may see lies together, and a list asks it for every line.
CREATE UNIQUE INDEX case_scope_current ON case_scope (account_id, case_id) WHERE removed_at IS NULL;
CREATE INDEX case_scope_case ON case_scope (case_id);

CREATE TABLE case_events (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  at TEXT NOT NULL,
  account_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  article TEXT,
  detail TEXT NOT NULL CHECK (json_valid(detail))
) STRICT;
CREATE INDEX case_events_case ON case_events (case_id, at);
${appendOnly('case_events')}

CREATE TABLE notices (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  enterprise_id TEXT NOT NULL REFERENCES enterprises (id),
  state TEXT NOT NULL CHECK (
    state IN ('draft', 'submitted', 'returned', 'approved', 'numbered', 'issued', 'cancelled')
  ),
  fields TEXT NOT NULL CHECK (json_valid(fields)),
  number_id TEXT REFERENCES numbers (id),
  classification_id TEXT REFERENCES classifications (id),
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  saved_by TEXT,
  submitted_at TEXT,
  approved_at TEXT,
  issued_at TEXT
) STRICT;
CREATE INDEX notices_case ON notices (case_id);
CREATE INDEX notices_state ON notices (state, updated_at);

CREATE TABLE notice_versions (
  notice_id TEXT NOT NULL REFERENCES notices (id),
  version INTEGER NOT NULL,
  fields TEXT NOT NULL CHECK (json_valid(fields)),
  at TEXT NOT NULL,
  account_id TEXT NOT NULL,
  PRIMARY KEY (notice_id, version)
) STRICT, WITHOUT ROWID;
${appendOnly('notice_versions')}

CREATE TABLE notice_changes (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  notice_id TEXT NOT NULL REFERENCES notices (id),
  kind TEXT NOT NULL CHECK (kind IN ('postpone', 'cancel')),
  state TEXT NOT NULL CHECK (state IN ('submitted', 'returned', 'withdrawn', 'approved', 'numbered', 'issued')),
  fields TEXT NOT NULL CHECK (json_valid(fields)),
  number_id TEXT REFERENCES numbers (id),
  proposed_by TEXT NOT NULL,
  created_at TEXT NOT NULL,
  approved_at TEXT,
  issued_at TEXT
) STRICT;
CREATE INDEX notice_changes_notice ON notice_changes (notice_id);
CREATE INDEX notice_changes_case ON notice_changes (case_id);
CREATE INDEX notice_changes_state ON notice_changes (state);
CREATE TRIGGER notice_changes_fixed BEFORE UPDATE OF kind, notice_id, fields ON notice_changes
BEGIN SELECT RAISE(ABORT, 'a change that was sent up is never rewritten'); END;

CREATE TABLE approvals (
  id TEXT PRIMARY KEY,
  object_kind TEXT NOT NULL,
  object_id TEXT NOT NULL,
  object_version INTEGER NOT NULL,
  object_hash TEXT NOT NULL,
  step TEXT NOT NULL,
  decision TEXT NOT NULL,
  opinion TEXT NOT NULL,
  account_id TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX approvals_object ON approvals (object_kind, object_id, object_version);
${appendOnly('approvals')}

CREATE TABLE number_blocks (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('given', 'taken')),
  year INTEGER NOT NULL,
  first INTEGER NOT NULL CHECK (first > 0),
  last INTEGER NOT NULL,
  office TEXT NOT NULL,
  slip TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  account_id TEXT NOT NULL,
  closed_at TEXT,
  CHECK (last >= first)
) STRICT;
CREATE INDEX number_blocks_year ON number_blocks (year, first);
CREATE TRIGGER number_blocks_no_delete BEFORE DELETE ON number_blocks
BEGIN SELECT RAISE(ABORT, 'a block of numbers is closed, never removed'); END;

CREATE TABLE numbers (
  id TEXT PRIMARY KEY,
  year INTEGER NOT NULL,
  n INTEGER NOT NULL CHECK (n > 0),
  state TEXT NOT NULL CHECK (state IN ('reserved', 'used', 'void')),
  notice_id TEXT REFERENCES notices (id),
  change_id TEXT REFERENCES notice_changes (id),
  compilation_id TEXT REFERENCES compilations (id),
  block_id TEXT REFERENCES number_blocks (id),
  elsewhere TEXT CHECK (elsewhere IS NULL OR json_valid(elsewhere)),
  reason TEXT,
  at TEXT NOT NULL,
  account_id TEXT NOT NULL,
  UNIQUE (year, n)
) STRICT;
CREATE UNIQUE INDEX numbers_living ON numbers (notice_id, ifnull(change_id, '')) WHERE state = 'used' AND notice_id IS NOT NULL;
CREATE UNIQUE INDEX numbers_compilation ON numbers (compilation_id) WHERE state = 'used' AND compilation_id IS NOT NULL;
CREATE INDEX numbers_block ON numbers (block_id) WHERE block_id IS NOT NULL;
CREATE TRIGGER numbers_final BEFORE UPDATE OF state, notice_id, change_id, compilation_id, elsewhere ON numbers
WHEN OLD.state = 'void' OR (OLD.state = 'used' AND NEW.state = 'reserved')
  OR (OLD.notice_id IS NOT NULL AND NEW.notice_id IS NOT OLD.notice_id)
  OR (OLD.change_id IS NOT NULL AND NEW.change_id IS NOT OLD.change_id)
  OR (OLD.compilation_id IS NOT NULL AND NEW.compilation_id IS NOT OLD.compilation_id)
BEGIN SELECT RAISE(ABORT, 'a number is never used again'); END;
CREATE TRIGGER numbers_no_delete BEFORE DELETE ON numbers
BEGIN SELECT RAISE(ABORT, 'a number is voided, never removed'); END;
CREATE TRIGGER numbers_fixed BEFORE UPDATE OF year, n ON numbers
BEGIN SELECT RAISE(ABORT, 'a number is never changed'); END;

CREATE TABLE classifications (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  object_kind TEXT NOT NULL,
  object_id TEXT NOT NULL,
  act TEXT NOT NULL CHECK (act IN ('initial', 'change', 'release')),
  replaces TEXT REFERENCES classifications (id),
  state TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'returned', 'superseded')),
  level TEXT NOT NULL,
  term TEXT NOT NULL CHECK (json_valid(term)),
  basis TEXT NOT NULL,
  reason TEXT NOT NULL,
  scope TEXT NOT NULL CHECK (json_valid(scope)),
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  proposer_id TEXT NOT NULL,
  proposed_at TEXT NOT NULL,
  approver_id TEXT,
  approved_at TEXT,
  opinion TEXT,
  CHECK (approver_id IS NULL OR approver_id <> proposer_id),
  CHECK ((act = 'initial') = (replaces IS NULL))
) STRICT;
CREATE INDEX classifications_object ON classifications (object_kind, object_id);
CREATE INDEX classifications_case ON classifications (case_id);
-- Partial on purpose: an index on every state would be taken for 'approved', which is nearly all of them.
CREATE INDEX classifications_waiting ON classifications (case_id) WHERE state = 'proposed';
`

/** What follows from a classification: written notices, yearly reviews, reports, the widening of the 知悉范围. */
export const secrecyTables = `
CREATE TABLE classification_notices (
  id TEXT PRIMARY KEY,
  classification_id TEXT NOT NULL REFERENCES classifications (id),
  case_id TEXT NOT NULL REFERENCES cases (id),
  account_id TEXT NOT NULL,
  at TEXT NOT NULL,
  acknowledged_at TEXT
) STRICT;
CREATE INDEX classification_notices_account ON classification_notices (account_id, acknowledged_at);
CREATE INDEX classification_notices_classification ON classification_notices (classification_id);

CREATE TABLE classification_reviews (
  id TEXT PRIMARY KEY,
  classification_id TEXT NOT NULL REFERENCES classifications (id),
  year INTEGER NOT NULL,
  conclusion TEXT NOT NULL CHECK (conclusion IN ('keep', 'change', 'release')),
  note TEXT NOT NULL,
  account_id TEXT NOT NULL,
  at TEXT NOT NULL,
  UNIQUE (classification_id, year)
) STRICT;
${appendOnly('classification_reviews')}

CREATE TABLE classification_reports (
  classification_id TEXT PRIMARY KEY REFERENCES classifications (id),
  reported_on TEXT NOT NULL,
  reported_to TEXT NOT NULL,
  number TEXT NOT NULL,
  replied_on TEXT,
  reply TEXT NOT NULL
) STRICT;

CREATE TABLE scope_requests (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  account_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  requester_id TEXT NOT NULL,
  at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('requested', 'approved', 'returned')),
  decider_id TEXT,
  decided_at TEXT,
  opinion TEXT NOT NULL,
  CHECK (decider_id IS NULL OR decider_id <> requester_id)
) STRICT;
CREATE INDEX scope_requests_case ON scope_requests (case_id);
CREATE INDEX scope_requests_state ON scope_requests (state);

CREATE TABLE incidents (
  id TEXT PRIMARY KEY,
  found_at TEXT NOT NULL,
  case_id TEXT REFERENCES cases (id),
  what TEXT NOT NULL,
  level TEXT NOT NULL,
  measures TEXT NOT NULL,
  account_id TEXT NOT NULL,
  reported_at TEXT,
  reported_to TEXT NOT NULL,
  number TEXT NOT NULL,
  closed_at TEXT,
  conclusion TEXT NOT NULL
) STRICT;

CREATE TABLE self_checks (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  account_id TEXT NOT NULL,
  answers TEXT NOT NULL CHECK (json_valid(answers)),
  conclusion TEXT NOT NULL
) STRICT;
${appendOnly('self_checks')}
`

export const paperTables = `
-- A paper, its tickets and its copies belong to one case, or to a compilation drawn from several.
CREATE TABLE papers (
  id TEXT PRIMARY KEY,
  case_id TEXT REFERENCES cases (id),
  compilation_id TEXT REFERENCES compilations (id),
  kind TEXT NOT NULL,
  object_kind TEXT NOT NULL,
  object_id TEXT NOT NULL,
  edition INTEGER NOT NULL CHECK (edition > 0),
  title TEXT NOT NULL,
  format TEXT NOT NULL,
  blob_id TEXT NOT NULL REFERENCES blobs (id),
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  pages INTEGER,
  level TEXT,
  -- 密级 the sender of a file that came in had marked it with; null for a paper of our own.
  marked TEXT,
  frozen_at TEXT NOT NULL,
  account_id TEXT NOT NULL,
  CHECK ((case_id IS NULL) <> (compilation_id IS NULL))
) STRICT;
CREATE INDEX papers_case ON papers (case_id);
CREATE INDEX papers_compilation ON papers (compilation_id) WHERE compilation_id IS NOT NULL;
CREATE INDEX papers_object ON papers (object_kind, object_id);

CREATE TABLE paper_scans (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  paper_id TEXT NOT NULL REFERENCES papers (id),
  blob_id TEXT NOT NULL REFERENCES blobs (id),
  signer TEXT NOT NULL,
  signed_on TEXT NOT NULL,
  created_at TEXT NOT NULL,
  account_id TEXT NOT NULL
) STRICT;
CREATE INDEX paper_scans_case ON paper_scans (case_id);
CREATE INDEX paper_scans_paper ON paper_scans (paper_id);

-- 定稿: the editable text of a paper that came back from elsewhere, with both wordings as they were compared.
CREATE TABLE paper_finals (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  paper_id TEXT NOT NULL REFERENCES papers (id),
  blob_id TEXT NOT NULL REFERENCES blobs (id),
  ours TEXT NOT NULL,
  theirs TEXT NOT NULL,
  note TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('submitted', 'approved', 'returned', 'replaced')),
  signer_id TEXT NOT NULL,
  brought_by TEXT NOT NULL,
  brought_at TEXT NOT NULL,
  decided_by TEXT,
  decided_at TEXT,
  opinion TEXT NOT NULL
) STRICT;
CREATE INDEX paper_finals_case ON paper_finals (case_id);
CREATE INDEX paper_finals_paper ON paper_finals (paper_id);

CREATE TABLE tickets (
  id TEXT PRIMARY KEY,
  batch_id TEXT NOT NULL,
  case_id TEXT REFERENCES cases (id),
  compilation_id TEXT REFERENCES compilations (id),
  paper_id TEXT REFERENCES papers (id),
  volume_id TEXT REFERENCES volumes (id),
  parent_id TEXT REFERENCES copies (id),
  copy_number INTEGER NOT NULL,
  label TEXT NOT NULL,
  act TEXT NOT NULL CHECK (act IN ('print', 'export', 'burn', 'seal')),
  recipient TEXT NOT NULL,
  purpose TEXT NOT NULL,
  medium TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  -- The bytes that leave; a bundle is made when it is sealed, for these certificates.
  blob_id TEXT REFERENCES blobs (id),
  recipients TEXT CHECK (recipients IS NULL OR json_valid(recipients)),
  -- Which bundle of how many, on what, and the size it may have there.
  bag TEXT CHECK (bag IS NULL OR json_valid(bag)),
  state TEXT NOT NULL CHECK (state IN ('requested', 'approved', 'returned', 'used')),
  requester_id TEXT NOT NULL,
  requested_at TEXT NOT NULL,
  decider_id TEXT,
  decided_at TEXT,
  opinion TEXT NOT NULL,
  UNIQUE (paper_id, label),
  UNIQUE (volume_id, label),
  CHECK (decider_id IS NULL OR decider_id <> requester_id),
  CHECK ((case_id IS NULL) <> (compilation_id IS NULL)),
  CHECK ((act = 'seal') = (volume_id IS NOT NULL AND recipients IS NOT NULL AND bag IS NOT NULL)),
  CHECK ((act <> 'seal') = (paper_id IS NOT NULL AND blob_id IS NOT NULL))
) STRICT;
CREATE INDEX tickets_case ON tickets (case_id);
CREATE INDEX tickets_compilation ON tickets (compilation_id) WHERE compilation_id IS NOT NULL;
CREATE INDEX tickets_state ON tickets (state);
CREATE INDEX tickets_batch ON tickets (batch_id);

CREATE TABLE copies (
  id TEXT PRIMARY KEY,
  case_id TEXT REFERENCES cases (id),
  compilation_id TEXT REFERENCES compilations (id),
  paper_id TEXT REFERENCES papers (id),
  volume_id TEXT REFERENCES volumes (id),
  ticket_id TEXT NOT NULL UNIQUE REFERENCES tickets (id),
  parent_id TEXT REFERENCES copies (id),
  copy_number INTEGER NOT NULL,
  label TEXT NOT NULL,
  act TEXT NOT NULL CHECK (act IN ('print', 'export', 'burn', 'seal')),
  recipient TEXT NOT NULL,
  medium TEXT NOT NULL,
  -- Where this machine put it: a folder, or the name of a printer.
  place TEXT NOT NULL,
  at TEXT NOT NULL,
  account_id TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  UNIQUE (paper_id, label),
  UNIQUE (volume_id, label),
  CHECK ((case_id IS NULL) <> (compilation_id IS NULL)),
  CHECK ((act = 'seal') = (volume_id IS NOT NULL)),
  CHECK ((act <> 'seal') = (paper_id IS NOT NULL))
) STRICT;
CREATE INDEX copies_case ON copies (case_id);
CREATE INDEX copies_compilation ON copies (compilation_id) WHERE compilation_id IS NOT NULL;
CREATE INDEX copies_at ON copies (at);
${appendOnly('copies')}

CREATE TABLE copy_fates (
  id TEXT PRIMARY KEY,
  copy_id TEXT NOT NULL REFERENCES copies (id),
  fate TEXT NOT NULL CHECK (fate IN ('received', 'returned', 'lost', 'failed', 'destroyAsked', 'destroyed')),
  day TEXT NOT NULL,
  person TEXT NOT NULL,
  note TEXT NOT NULL,
  -- JSON: how, where and with whose leave a copy is to be destroyed; with the request for it and nothing else.
  destroying TEXT CHECK (destroying IS NULL OR json_valid(destroying)),
  account_id TEXT NOT NULL,
  at TEXT NOT NULL,
  CHECK ((fate = 'destroyAsked') = (destroying IS NOT NULL))
) STRICT;
CREATE INDEX copy_fates_copy ON copy_fates (copy_id);
${appendOnly('copy_fates')}

-- 清理 of what an act of leaving left on the machine: a copy by its id, the export of a list by its line of the log.
CREATE TABLE clearings (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('copy', 'list')),
  ref TEXT NOT NULL,
  day TEXT NOT NULL,
  note TEXT NOT NULL,
  account_id TEXT NOT NULL,
  at TEXT NOT NULL,
  UNIQUE (kind, ref)
) STRICT;
${appendOnly('clearings')}
`

export const archiveTables = `
CREATE TABLE volumes (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  enterprise_id TEXT REFERENCES enterprises (id),
  code TEXT,
  title TEXT NOT NULL,
  retention TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'filed', 'sealed')),
  organiser_office TEXT NOT NULL,
  created_at TEXT NOT NULL,
  filed_at TEXT,
  edition INTEGER NOT NULL CHECK (edition > 0),
  reason TEXT NOT NULL,
  fields TEXT NOT NULL CHECK (json_valid(fields)),
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX volumes_case ON volumes (case_id);
CREATE UNIQUE INDEX volumes_code ON volumes (code) WHERE code IS NOT NULL;

CREATE TABLE volume_editions (
  volume_id TEXT NOT NULL REFERENCES volumes (id),
  edition INTEGER NOT NULL CHECK (edition > 0),
  reason TEXT NOT NULL,
  filed_at TEXT NOT NULL,
  account_id TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  PRIMARY KEY (volume_id, edition)
) STRICT, WITHOUT ROWID;
${appendOnly('volume_editions')}

CREATE TABLE volume_items (
  id TEXT PRIMARY KEY,
  volume_id TEXT NOT NULL REFERENCES volumes (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  paper_id TEXT REFERENCES papers (id),
  document_id TEXT REFERENCES rectification_documents (id),
  title TEXT NOT NULL,
  number TEXT,
  date TEXT,
  pages INTEGER,
  page_from INTEGER,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX volume_items_volume ON volume_items (volume_id, position);

-- 件 of the volumes filed by piece (DA/T 22): a 档号 once given stays with its paper, whatever edition it is filed in again.
CREATE TABLE pieces (
  id TEXT PRIMARY KEY,
  case_id TEXT REFERENCES cases (id),
  volume_id TEXT REFERENCES volumes (id),
  compilation_id TEXT REFERENCES compilations (id),
  paper_id TEXT UNIQUE REFERENCES papers (id),
  document_id TEXT UNIQUE REFERENCES rectification_documents (id),
  code TEXT NOT NULL UNIQUE,
  year INTEGER NOT NULL,
  term TEXT NOT NULL CHECK (term IN ('Y', 'D30', 'D10')),
  organ TEXT NOT NULL,
  n INTEGER NOT NULL CHECK (n > 0),
  title TEXT NOT NULL,
  number TEXT NOT NULL,
  author TEXT NOT NULL,
  day TEXT NOT NULL,
  level TEXT NOT NULL,
  pages INTEGER NOT NULL,
  filed_at TEXT NOT NULL,
  account_id TEXT NOT NULL,
  UNIQUE (year, term, organ, n),
  CHECK ((paper_id IS NULL) <> (document_id IS NULL)),
  CHECK ((case_id IS NULL) = (volume_id IS NULL) AND (case_id IS NULL) <> (compilation_id IS NULL))
) STRICT;
CREATE INDEX pieces_volume ON pieces (volume_id);
${appendOnly('pieces')}

-- Who answers for a volume, edition by edition (Art. 20): what an act leaves stands; a later one stands beside it.
CREATE TABLE volume_custody (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  volume_id TEXT NOT NULL REFERENCES volumes (id),
  edition INTEGER NOT NULL CHECK (edition > 0),
  act TEXT NOT NULL CHECK (act IN ('handed', 'received', 'returned')),
  contents TEXT NOT NULL CHECK (json_valid(contents)),
  note TEXT NOT NULL,
  office TEXT NOT NULL,
  at TEXT NOT NULL,
  account_id TEXT NOT NULL,
  CHECK (act <> 'returned' OR note <> '')
) STRICT;
CREATE INDEX volume_custody_volume ON volume_custody (volume_id, edition, at);
${appendOnly('volume_custody')}

-- 封包登记: a line stands before its file can be opened by anybody; \`written_at\` says that the file took its name.
CREATE TABLE bundles (
  id TEXT PRIMARY KEY,
  volume_id TEXT NOT NULL REFERENCES volumes (id),
  copy_id TEXT NOT NULL UNIQUE REFERENCES copies (id),
  file_name TEXT NOT NULL,
  folder TEXT NOT NULL,
  sequence INTEGER NOT NULL UNIQUE,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  recipients TEXT NOT NULL CHECK (json_valid(recipients)),
  level TEXT,
  sealed_at TEXT NOT NULL,
  account_id TEXT NOT NULL,
  receipt TEXT CHECK (receipt IS NULL OR json_valid(receipt)),
  written_at TEXT
) STRICT;
CREATE INDEX bundles_volume ON bundles (volume_id);

-- 鉴定 of filed volumes: asked by one, decided by another; what was destroyed keeps its line and its certificate.
CREATE TABLE disposals (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  volume_id TEXT NOT NULL REFERENCES volumes (id),
  conclusion TEXT NOT NULL CHECK (conclusion IN ('destroy', 'D10', 'D30', 'Y')),
  reason TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('asked', 'approved', 'returned', 'done')),
  asked_by TEXT NOT NULL,
  asked_at TEXT NOT NULL,
  decided_by TEXT,
  decided_at TEXT,
  opinion TEXT NOT NULL,
  done_by TEXT,
  done_at TEXT,
  witness TEXT NOT NULL,
  certificate_blob_id TEXT REFERENCES blobs (id),
  CHECK (decided_by IS NULL OR decided_by <> asked_by),
  CHECK ((state = 'done') = (done_by IS NOT NULL AND certificate_blob_id IS NOT NULL))
) STRICT;
CREATE INDEX disposals_volume ON disposals (volume_id);
CREATE TRIGGER disposals_done BEFORE UPDATE ON disposals WHEN OLD.state IN ('done', 'returned')
BEGIN SELECT RAISE(ABORT, 'what was decided about a volume is never rewritten'); END;

CREATE TABLE disposal_holds (
  id TEXT PRIMARY KEY,
  volume_id TEXT NOT NULL REFERENCES volumes (id),
  held INTEGER NOT NULL CHECK (held IN (0, 1)),
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  account_id TEXT NOT NULL
) STRICT;
CREATE INDEX disposal_holds_volume ON disposal_holds (volume_id);
${appendOnly('disposal_holds')}

-- 定期核对 of what is kept: every attachment read to its end, and what did not agree.
CREATE TABLE fixity_runs (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  account_id TEXT NOT NULL,
  counts TEXT NOT NULL CHECK (json_valid(counts)),
  faults TEXT NOT NULL CHECK (json_valid(faults))
) STRICT;
${appendOnly('fixity_runs')}

CREATE TABLE receivings (
  id TEXT PRIMARY KEY,
  year INTEGER NOT NULL,
  n INTEGER NOT NULL CHECK (n > 0),
  delivery_id TEXT NOT NULL UNIQUE,
  sender TEXT NOT NULL,
  signer TEXT NOT NULL,
  signed_at TEXT NOT NULL,
  authority TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  archival_code TEXT NOT NULL,
  title TEXT NOT NULL,
  level TEXT NOT NULL,
  files INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  blob_id TEXT NOT NULL REFERENCES blobs (id),
  receipt_blob_id TEXT NOT NULL REFERENCES blobs (id),
  contents TEXT NOT NULL CHECK (json_valid(contents)),
  received_at TEXT NOT NULL,
  account_id TEXT NOT NULL,
  note TEXT NOT NULL,
  UNIQUE (year, n)
) STRICT;
CREATE INDEX receivings_volume ON receivings (authority, archival_code);
${appendOnly('receivings')}
`
