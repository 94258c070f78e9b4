import * as v from 'valibot'
import { businessRoles } from '../domain/accounts.ts'
import { id, line, nothing, optionalLine } from '../domain/common.ts'
import { notice, noticeFields } from '../domain/notices.ts'
import { proposal } from '../domain/secrecy.ts'
import { verb } from './verb.ts'

const common = {
  window: 'case',
  scope: 'case',
  stepUp: { none: 'nothing leaves the archive' },
  database: 'cases',
} as const
const one = v.object({ caseId: id, noticeId: id })

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
    input: v.object({ ...one.entries, proposal }),
    output: notice,
    roles: ['caseOfficer', 'officeHead'],
    audit: 'notices.submit',
  }),
  /** 审签 by 分管 or 主要负责同志 (Art. 4); a signed act. */
  'notices.decide': verb({
    ...common,
    input: v.object({ ...one.entries, decision: v.picklist(['approved', 'returned']), opinion: optionalLine }),
    output: notice,
    roles: ['deputyLeader', 'chiefLeader'],
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
    input: v.object({ ...one.entries, channel: v.picklist(['written', 'telephone']), by: line, note: optionalLine }),
    output: nothing,
    roles: ['caseOfficer', 'officeHead'],
    audit: 'notices.confirm',
  }),
} as const
