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

-- 移送纪检监察机构 (Art. 18): asked for, decided, sent, signed for; each step once, nothing rewritten.
CREATE TABLE discipline_referrals (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  enterprise_id TEXT NOT NULL REFERENCES enterprises (id),
  year INTEGER,
  n INTEGER CHECK (n > 0),
  state TEXT NOT NULL CHECK (state IN ('asked', 'returned', 'approved', 'sent', 'received')),
  fields TEXT NOT NULL CHECK (json_valid(fields)),
  asked_at TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  decided_at TEXT,
  decided_by TEXT,
  opinion TEXT NOT NULL,
  sending TEXT CHECK (sending IS NULL OR json_valid(sending)),
  sent_by TEXT,
  receipt TEXT CHECK (receipt IS NULL OR json_valid(receipt)),
  received_by TEXT,
  UNIQUE (year, n),
  CHECK ((state IN ('asked', 'returned')) = (n IS NULL)),
  CHECK ((state = 'asked') = (decided_by IS NULL)),
  CHECK (decided_by IS NULL OR decided_by <> asked_by),
  CHECK (state <> 'returned' OR opinion <> ''),
  CHECK ((state IN ('sent', 'received')) = (sending IS NOT NULL)),
  CHECK ((state = 'received') = (receipt IS NOT NULL))
) STRICT;
CREATE INDEX discipline_referrals_case ON discipline_referrals (case_id);
CREATE INDEX discipline_referrals_state ON discipline_referrals (state);
CREATE TRIGGER discipline_referrals_fixed BEFORE UPDATE OF id, case_id, enterprise_id, fields, asked_at, asked_by
ON discipline_referrals
BEGIN SELECT RAISE(ABORT, 'what was asked for is never rewritten'); END;
CREATE TRIGGER discipline_referrals_ended BEFORE UPDATE ON discipline_referrals WHEN OLD.state IN ('returned', 'received')
BEGIN SELECT RAISE(ABORT, 'a referral ends once'); END;
CREATE TRIGGER discipline_referrals_no_delete BEFORE DELETE ON discipline_referrals
BEGIN SELECT RAISE(ABORT, 'a referral is returned, never removed'); END;
`
