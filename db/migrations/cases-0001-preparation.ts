import { appendOnly } from './common.ts'

/** What lies between a notice and its interview (Art. 5, 7, 10). Every row is kept: a later one stands beside it. */
export const preparationTables = `
CREATE TABLE confirmations (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  notice_id TEXT NOT NULL REFERENCES notices (id),
  channel TEXT NOT NULL CHECK (channel IN ('written', 'telephone')),
  confirmed_by TEXT NOT NULL,
  post TEXT NOT NULL,
  telephone TEXT NOT NULL,
  confirmed_at TEXT NOT NULL,
  attendance TEXT NOT NULL CHECK (attendance IN ('promised', 'replacement', 'refused')),
  persons TEXT NOT NULL,
  substitutes TEXT NOT NULL CHECK (json_valid(substitutes)),
  reason TEXT NOT NULL,
  note TEXT NOT NULL,
  at TEXT NOT NULL,
  account_id TEXT NOT NULL,
  CHECK (attendance = 'promised' OR reason <> '')
) STRICT;
CREATE INDEX confirmations_notice ON confirmations (notice_id);
CREATE INDEX confirmations_case ON confirmations (case_id);
${appendOnly('confirmations')}

CREATE TABLE consultations (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  day TEXT NOT NULL,
  clock TEXT NOT NULL,
  place TEXT NOT NULL,
  manner TEXT NOT NULL CHECK (manner IN ('meeting', 'written', 'telephone')),
  chair TEXT NOT NULL,
  recorder TEXT NOT NULL,
  contents TEXT NOT NULL,
  agreed TEXT NOT NULL,
  differences TEXT NOT NULL,
  participants TEXT NOT NULL CHECK (json_valid(participants)),
  at TEXT NOT NULL,
  account_id TEXT NOT NULL
) STRICT;
CREATE INDEX consultations_case ON consultations (case_id);
${appendOnly('consultations')}

CREATE TABLE material_reminders (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  notice_id TEXT NOT NULL REFERENCES notices (id),
  channel TEXT NOT NULL CHECK (channel IN ('written', 'telephone')),
  spoken_to TEXT NOT NULL,
  text TEXT NOT NULL,
  at TEXT NOT NULL,
  account_id TEXT NOT NULL
) STRICT;
CREATE INDEX material_reminders_case ON material_reminders (case_id);
${appendOnly('material_reminders')}

CREATE TABLE services (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  notice_id TEXT NOT NULL REFERENCES notices (id),
  change_id TEXT REFERENCES notice_changes (id),
  recipient TEXT NOT NULL,
  manner TEXT NOT NULL CHECK (manner IN ('courier', 'post', 'person', 'collected')),
  copy_number TEXT NOT NULL,
  sent_by TEXT NOT NULL,
  sent_on TEXT NOT NULL,
  received_by TEXT NOT NULL,
  received_on TEXT NOT NULL,
  note TEXT NOT NULL,
  at TEXT NOT NULL,
  account_id TEXT NOT NULL
) STRICT;
CREATE INDEX services_case ON services (case_id);
${appendOnly('services')}
`
