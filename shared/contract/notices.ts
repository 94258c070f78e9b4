import * as v from 'valibot'
import { businessRoles, leaderRoles } from '../domain/accounts.ts'
import { id, line, moment, nothing, optionalLine } from '../domain/common.ts'
import { changeFields, changeKind, noticeChange } from '../domain/notice-changes.ts'
import { confirmation, notice, noticeFields, noticeVersion, substitute } from '../domain/notices.ts'
import { proposal } from '../domain/secrecy.ts'
import { verb } from './verb.ts'

const common = {
  window: 'case',
  scope: 'case',
  stepUp: { none: 'nothing leaves the archive' },
  database: 'cases',
} as const
const one = v.object({ caseId: id, noticeId: id })
const drafters = ['caseOfficer', 'officeHead'] as const

export const notices = {
  'notices.list': verb({
    ...common,
    input: v.object({ caseId: id }),
    output: v.array(notice),
    roles: businessRoles,
    audit: 'notices.list',
  }),
  /** Saves a draft; refused when `version` is not the one stored (another account was faster). */
  'notices.save': verb({
    ...common,
    input: v.object({ ...one.entries, version: v.number(), fields: noticeFields }),
    output: notice,
    roles: ['caseOfficer', 'officeHead'],
    audit: 'notices.save',
  }),
  /** 送审: proposes the classification and asks for 定密 and 审签 together (Art. 4, 21). */
  'notices.submit': verb({
    ...common,
    input: v.object({ ...one.entries, proposal, addressedTo: v.optional(v.nullable(id), null) }),
    output: notice,
    roles: ['caseOfficer', 'officeHead'],
    audit: 'notices.submit',
  }),
  /**
   * The drafter takes a paper back before it goes out; the reason is kept, a signature given meanwhile ends. A number of
   * the register is voided by 责任追究部门 first (Art. 4).
   */
  'notices.withdraw': verb({
    ...common,
    input: v.object({ ...one.entries, reason: line }),
    output: notice,
    roles: drafters,
    audit: 'notices.withdraw',
  }),
  /** Sends a waiting paper to another leader, or to any in the scope: the one it lay with may have left. */
  'notices.address': verb({
    ...common,
    input: v.object({ ...one.entries, accountId: v.nullable(id) }),
    output: notice,
    roles: drafters,
    audit: 'notices.address',
  }),
  /** Leaders who could sign, and the units a copy may go to. */
  'notices.approvers': verb({
    ...common,
    input: v.object({ caseId: id }),
    output: v.object({
      approvers: v.array(v.object({ accountId: id, name: v.string() })),
      allowedCopies: v.array(v.string()),
    }),
    roles: businessRoles,
    audit: { none: 'names of colleagues and units of the scope; the case itself is logged' },
  }),
  /** Every wording that went up, with the answer it got. */
  'notices.versions': verb({
    ...common,
    input: one,
    output: v.array(
      v.object({
        ...noticeVersion.entries,
        decision: v.nullable(v.picklist(['approved', 'returned'])),
        opinion: v.string(),
        decidedBy: v.string(),
      }),
    ),
    roles: businessRoles,
    audit: 'notices.versions',
  }),
  /** 审签 by 分管 or 主要负责同志 (Art. 4); a signed act. */
  'notices.decide': verb({
    ...common,
    input: v.object({ ...one.entries, decision: v.picklist(['approved', 'returned']), opinion: optionalLine }),
    output: notice,
    roles: leaderRoles,
    audit: 'notices.decide',
  }),
  /** 印发: freezes DOCX and PDF of the notice and of its 审签单. */
  'notices.issue': verb({
    ...common,
    input: one,
    output: notice,
    roles: ['caseOfficer', 'officeHead'],
    audit: 'notices.issue',
  }),
  /** Art. 10: the enterprise confirmed in writing or by telephone. */
  'notices.confirm': verb({
    ...common,
    input: v.object({
      ...one.entries,
      channel: confirmation.entries.channel,
      by: line,
      post: v.optional(optionalLine, ''),
      telephone: v.optional(optionalLine, ''),
      /** When the enterprise confirmed; null means now. */
      at: v.optional(v.nullable(moment), null),
      attendance: v.optional(confirmation.entries.attendance, 'promised'),
      /** Who comes; on a replacement it is written from `substitutes`. */
      persons: v.optional(optionalLine, ''),
      substitutes: v.optional(v.pipe(v.array(substitute), v.maxLength(20)), []),
      reason: v.optional(optionalLine, ''),
      note: optionalLine,
    }),
    output: nothing,
    roles: ['caseOfficer', 'officeHead'],
    audit: 'notices.confirm',
  }),
  /** 改期 and 取消 papers of the case, the oldest first. */
  'notices.changes': verb({
    ...common,
    input: v.object({ caseId: id }),
    output: v.array(noticeChange),
    roles: businessRoles,
    audit: 'notices.changes',
  }),
  /**
   * Sends a 改期 or 取消 up for 审签, one paper for every enterprise of the interview; a 取消 may concern the enterprise
   * of one notice only.
   */
  'notices.proposeChange': verb({
    ...common,
    input: v.object({
      caseId: id,
      kind: changeKind,
      noticeId: v.optional(v.nullable(id), null),
      fields: changeFields,
    }),
    output: v.array(noticeChange),
    roles: drafters,
    audit: 'notices.proposeChange',
  }),
  'notices.withdrawChange': verb({
    ...common,
    input: v.object({ caseId: id, changeId: id, reason: line }),
    output: v.array(noticeChange),
    roles: drafters,
    audit: 'notices.withdrawChange',
  }),
  /** 审签 of a change by 分管 or 主要负责同志; a signed act. */
  'notices.decideChange': verb({
    ...common,
    input: v.object({
      caseId: id,
      changeId: id,
      decision: v.picklist(['approved', 'returned']),
      opinion: optionalLine,
    }),
    output: v.array(noticeChange),
    roles: leaderRoles,
    audit: 'notices.decideChange',
  }),
  /** 印发 of a numbered change: freezes the paper and moves, or takes back, the interview. */
  'notices.issueChange': verb({
    ...common,
    input: v.object({ caseId: id, changeId: id }),
    output: v.array(noticeChange),
    roles: drafters,
    audit: 'notices.issueChange',
  }),
} as const
