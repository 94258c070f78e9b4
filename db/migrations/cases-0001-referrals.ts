/** What left a case for the accountability office (Art. 20). What was sent is never rewritten; it is answered once. */
export const referralTables = `
CREATE TABLE referrals (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  year INTEGER NOT NULL,
  n INTEGER NOT NULL CHECK (n > 0),
  state TEXT NOT NULL CHECK (state IN ('sent', 'received', 'returned')),
  fields TEXT NOT NULL CHECK (json_valid(fields)),
  sent_at TEXT NOT NULL,
  sent_by TEXT NOT NULL,
  lead_year INTEGER,
  lead_n INTEGER CHECK (lead_n > 0),
  answered_at TEXT,
  answered_by TEXT,
  note TEXT NOT NULL,
  UNIQUE (year, n),
  UNIQUE (lead_year, lead_n),
  CHECK ((state = 'received') = (lead_n IS NOT NULL)),
  CHECK ((state = 'sent') = (answered_at IS NULL)),
  CHECK (answered_by IS NULL OR answered_by <> sent_by),
  CHECK (state <> 'returned' OR note <> '')
) STRICT;
CREATE INDEX referrals_case ON referrals (case_id);
CREATE INDEX referrals_state ON referrals (state);
CREATE TRIGGER referrals_fixed BEFORE UPDATE OF id, case_id, year, n, fields, sent_at, sent_by ON referrals
BEGIN SELECT RAISE(ABORT, 'what was referred is never rewritten'); END;
CREATE TRIGGER referrals_answered BEFORE UPDATE ON referrals WHEN OLD.state <> 'sent'
BEGIN SELECT RAISE(ABORT, 'a referral is answered once'); END;
CREATE TRIGGER referrals_no_delete BEFORE DELETE ON referrals
BEGIN SELECT RAISE(ABORT, 'a referral is returned, never removed'); END;
`
