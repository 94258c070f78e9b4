import * as v from 'valibot'
import { businessRoles, leaderRoles } from '../domain/accounts.ts'
import { id, optionalLine } from '../domain/common.ts'
import { disciplineInput, disciplineReceipt, disciplineReferral, disciplineSending } from '../domain/discipline.ts'
import { referable, referral, referralInput } from '../domain/referrals.ts'
import { verb } from './verb.ts'

const common = { window: 'case', stepUp: { none: 'nothing leaves the archive' }, database: 'cases' } as const
const office = {
  ...common,
  roles: ['accountabilityOffice'],
  scope: {
    none: 'leads belong to the accountability office as a whole (Art. 20); a secret one opens inside the 知悉范围 only',
  },
} as const
const shown = v.object({ ...referral.entries, sentBy: v.string(), answeredBy: v.string() })
/** 移送纪检监察机构 with the names of who took each step; empty for a step nobody has taken. */
const discipline = v.object({
  ...disciplineReferral.entries,
  askedBy: v.string(),
  decidedBy: v.string(),
  sentBy: v.string(),
  receivedBy: v.string(),
  /** Whether the account that asks may decide on it. */
  mayDecide: v.boolean(),
})
const ofCase = { ...common, scope: 'case' } as const
/** A line of the 业务档案: what is secret and outside the account's 知悉范围 shows its number, day and count alone. */
const lead = v.object({
  ...shown.entries,
  matter: v.string(),
  enterprises: v.array(v.string()),
  count: v.number(),
  closed: v.boolean(),
})

export const referrals = {
  /** What of a case may be referred, and what has left already. */
  'referrals.choices': verb({
    ...common,
    input: v.object({ caseId: id }),
    output: v.array(referable),
    roles: businessRoles,
    scope: 'case',
    audit: 'referrals.choices',
  }),
  /** 移送: papers and materials leave for the accountability office, with reason and list; a signed act (Art. 20). */
  'referrals.send': verb({
    ...common,
    input: v.object({ caseId: id, referral: referralInput }),
    output: shown,
    roles: ['caseOfficer', 'officeHead'],
    scope: 'case',
    audit: 'referrals.send',
  }),
  /** Referrals of a case, the last first. */
  'referrals.ofCase': verb({
    ...common,
    input: v.object({ caseId: id }),
    output: v.array(shown),
    roles: businessRoles,
    scope: 'case',
    audit: 'referrals.ofCase',
  }),
  /** 业务档案 of the accountability office: every lead that came, the last first. */
  'referrals.register': verb({
    ...office,
    input: v.object({}),
    output: v.array(lead),
    audit: 'referrals.register',
  }),
  /** 签收: a number of the register is given, and the receipt goes back into the volume; a signed act. */
  'referrals.receive': verb({
    ...office,
    input: v.object({ referralId: id, note: optionalLine }),
    output: shown,
    audit: 'referrals.receive',
  }),
  /** 退回: the pieces are the organising office's again; a signed act. */
  'referrals.return': verb({
    ...office,
    input: v.object({ referralId: id, reason: v.pipe(optionalLine, v.minLength(1)) }),
    output: shown,
    audit: 'referrals.return',
  }),
  /** 移送纪检监察机构 of a case (Art. 18), the last first. */
  'referrals.discipline': verb({
    ...ofCase,
    input: v.object({ caseId: id }),
    output: v.array(discipline),
    roles: businessRoles,
    audit: 'referrals.discipline',
  }),
  /** The office asks: which copies, what is suspected of whom; what the evaluation found goes along (Art. 18). */
  'referrals.askDiscipline': verb({
    ...ofCase,
    input: v.object({ caseId: id, request: disciplineInput }),
    output: discipline,
    roles: ['caseOfficer', 'officeHead'],
    audit: 'referrals.askDiscipline',
  }),
  /** A leader agrees, which gives the number and freezes list and letter, or does not; a signed act. */
  'referrals.decideDiscipline': verb({
    ...ofCase,
    input: v.object({
      caseId: id,
      referralId: id,
      decision: v.picklist(['approved', 'returned']),
      opinion: optionalLine,
    }),
    output: discipline,
    roles: leaderRoles,
    audit: 'referrals.decideDiscipline',
  }),
  /** What was agreed to has left: when, how, carried by whom; a signed act. */
  'referrals.sendDiscipline': verb({
    ...ofCase,
    input: v.object({ caseId: id, referralId: id, sending: disciplineSending }),
    output: discipline,
    roles: ['caseOfficer', 'officeHead'],
    audit: 'referrals.sendDiscipline',
  }),
  /** The receipt of the organ: who signed for it, when, under which number; a signed act. */
  'referrals.receiptDiscipline': verb({
    ...ofCase,
    input: v.object({ caseId: id, referralId: id, receipt: disciplineReceipt }),
    output: discipline,
    roles: ['caseOfficer', 'officeHead'],
    audit: 'referrals.receiptDiscipline',
  }),
  /** One piece of a lead by its place, its list (`list`) or its receipt (`receipt`), for the window only. */
  'referrals.file': verb({
    ...common,
    input: v.object({
      referralId: id,
      part: v.union([v.pipe(v.number(), v.integer()), v.picklist(['list', 'receipt'])]),
    }),
    output: v.object({ bytes: v.instance(Uint8Array), mediaType: v.string() }),
    roles: businessRoles,
    scope: 'filtered',
    stepUp: { none: 'shown inside the window only' },
    audit: 'referrals.file',
  }),
} as const
