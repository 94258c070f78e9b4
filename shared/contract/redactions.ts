import * as v from 'valibot'
import { businessRoles } from '../domain/accounts.ts'
import { id, line, nothing, optionalLine } from '../domain/common.ts'
import { passage, redaction, strike, survivor } from '../domain/redactions.ts'
import { proposal } from '../domain/secrecy.ts'
import { verb } from './verb.ts'

const common = {
  window: 'case',
  scope: 'case',
  database: 'cases',
  stepUp: { none: 'a redacted version leaves by a ticket, as any copy does' },
} as const

const strikes = v.pipe(v.array(strike), v.minLength(1), v.maxLength(2000))
const survivors = v.pipe(v.array(survivor), v.maxLength(2000))

export const redactions = {
  /** 遮盖版 of a case: who made them, who reviewed them, what they may be called. */
  'redactions.list': verb({
    ...common,
    input: v.object({ caseId: id }),
    output: v.array(redaction),
    roles: businessRoles,
    audit: 'redactions.list',
  }),
  /** Everything a paper prints or carries, in its order: what can be struck. */
  'redactions.passages': verb({
    ...common,
    input: v.object({ caseId: id, paperId: id }),
    output: v.array(passage),
    roles: ['minuteTaker', 'caseOfficer', 'officeHead'],
    audit: 'redactions.passages',
  }),
  /** Sends strikes with a reason and the proposed level of the redacted version for review. */
  'redactions.submit': verb({
    ...common,
    input: v.object({ caseId: id, paperId: id, strikes, reason: line, proposal }),
    output: v.object({ id }),
    roles: ['minuteTaker', 'caseOfficer', 'officeHead'],
    audit: 'redactions.submit',
  }),
  /** What was struck, and where the same words still stand. */
  'redactions.get': verb({
    ...common,
    input: v.object({ caseId: id, redactionId: id }),
    output: v.object({
      redaction,
      passages: v.array(passage),
      strikes: v.array(strike),
      survivors: v.array(survivor),
      kept: v.array(survivor),
    }),
    roles: businessRoles,
    audit: 'redactions.get',
  }),
  /**
   * Another person reviews it and names every occurrence that may stay; both formats are made and searched before the
   * signed act counts. Refused where struck words survive anywhere else.
   */
  'redactions.review': verb({
    ...common,
    input: v.object({
      caseId: id,
      redactionId: id,
      decision: v.picklist(['approved', 'returned']),
      kept: survivors,
      opinion: optionalLine,
    }),
    output: nothing,
    roles: ['officeHead', 'deputyLeader', 'chiefLeader', 'classifier', 'secrecyOfficer'],
    audit: 'redactions.review',
  }),
} as const
