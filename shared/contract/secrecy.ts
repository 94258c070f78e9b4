import * as v from 'valibot'
import { businessRoles } from '../domain/accounts.ts'
import { day, id, line, nothing, optionalLine } from '../domain/common.ts'
import { classification, inheritingObject, level, proposal, reviewConclusion, scopeRequest } from '../domain/secrecy.ts'
import { verb } from './verb.ts'

const common = { window: 'case', stepUp: { none: 'nothing leaves the archive' }, database: 'cases' } as const

/** One running 保密期限 as the calendar shows it. */
const termRow = v.object({
  caseId: id,
  classificationId: id,
  title: v.string(),
  matter: v.string(),
  level,
  mark: v.string(),
  /** 制发日 the term runs from. */
  from: v.string(),
  /** Last secret day; null for a condition and for 长期. */
  last: v.nullable(v.string()),
  state: v.picklist(['running', 'due180', 'due90', 'due30', 'lapsed', 'open']),
  /** Year of the last review; null when never reviewed. */
  reviewed: v.nullable(v.number()),
  conclusion: v.nullable(reviewConclusion),
  /** True while a change or release waits for its decision. */
  pending: v.boolean(),
  /** 不明确事项: the day its report is due, and what was reported; null otherwise. */
  report: v.nullable(
    v.object({
      due: v.string(),
      provisional: v.boolean(),
      reportedOn: v.nullable(v.string()),
      reportedTo: v.string(),
      number: v.string(),
      repliedOn: v.nullable(v.string()),
      reply: v.string(),
    }),
  ),
})

const scopeRequestRow = v.object({
  ...scopeRequest.entries,
  matter: v.string(),
  person: v.string(),
  requester: v.string(),
  decider: v.string(),
})

export const secrecy = {
  /** Proposals waiting for 定密, inside the account's scope. */
  'secrecy.waiting': verb({
    ...common,
    input: v.object({}),
    output: v.array(
      v.object({
        ...classification.entries,
        title: v.string(),
        proposer: v.string(),
        /** The mark that a change or release would take away; null for a first decision. */
        before: v.nullable(v.string()),
      }),
    ),
    roles: ['classifier'],
    scope: 'filtered',
    audit: 'secrecy.waiting',
  }),
  'secrecy.list': verb({
    ...common,
    input: v.object({ caseId: id }),
    output: v.array(
      v.object({
        ...classification.entries,
        title: v.string(),
        proposer: v.string(),
        approver: v.string(),
        mark: v.nullable(v.string()),
      }),
    ),
    roles: businessRoles,
    scope: 'case',
    audit: 'secrecy.list',
  }),
  /** Papers of a case under the mark of what they are drawn from, which may be given a decision of their own (保密法 18). */
  'secrecy.inheriting': verb({
    ...common,
    input: v.object({ caseId: id }),
    output: v.array(
      v.object({ objectKind: inheritingObject, objectId: id, title: v.string(), level, mark: v.nullable(v.string()) }),
    ),
    roles: businessRoles,
    scope: 'case',
    audit: 'secrecy.inheriting',
  }),
  /** 承办人 proposes level, term and scope of such a paper; the proposals of notices, minutes and redacted versions go with 送审. */
  'secrecy.propose': verb({
    ...common,
    input: v.object({ caseId: id, objectKind: inheritingObject, objectId: id, proposal }),
    output: classification,
    roles: ['caseOfficer', 'officeHead', 'minuteTaker'],
    scope: 'case',
    audit: 'secrecy.propose',
  }),
  /** 定密责任人 decides, never on the own proposal (保密法 16; 实施条例 17); a signed act. */
  'secrecy.decide': verb({
    ...common,
    input: v.object({
      caseId: id,
      classificationId: id,
      decision: v.picklist(['approved', 'returned']),
      opinion: optionalLine,
    }),
    output: classification,
    roles: ['classifier'],
    scope: 'case',
    audit: 'secrecy.decide',
  }),
  /** A change or release of what was decided (保密法 23, 24); decided like the first one, by a second person. */
  'secrecy.proposeChange': verb({
    ...common,
    input: v.object({
      caseId: id,
      classificationId: id,
      act: v.picklist(['change', 'release']),
      proposal,
    }),
    output: classification,
    roles: ['caseOfficer', 'officeHead', 'secrecyOfficer', 'classifier'],
    scope: 'case',
    audit: 'secrecy.proposeChange',
  }),
  /** 保密期限 of every decision in the account's scope: how it stands today, when it was last reviewed. */
  'secrecy.terms': verb({
    ...common,
    input: nothing,
    output: v.array(termRow),
    roles: businessRoles,
    scope: 'filtered',
    audit: 'secrecy.terms',
  }),
  /** 年度审核 (保密法 24); one conclusion a year for each decision, a signed act. */
  'secrecy.review': verb({
    ...common,
    input: v.object({ caseId: id, classificationId: id, conclusion: reviewConclusion, note: optionalLine }),
    output: nothing,
    roles: ['classifier'],
    scope: 'case',
    audit: 'secrecy.review',
  }),
  /** Report of a 不明确事项 to the secrecy authority, and later its reply (实施条例 25: 10 个工作日 each). */
  'secrecy.report': verb({
    ...common,
    input: v.object({
      caseId: id,
      classificationId: id,
      reportedOn: day,
      reportedTo: line,
      number: optionalLine,
      repliedOn: v.nullable(day),
      reply: optionalLine,
    }),
    output: nothing,
    roles: ['caseOfficer', 'officeHead', 'secrecyOfficer'],
    scope: 'case',
    audit: 'secrecy.report',
  }),
  /** Written notices of change and release to the account (实施条例 21), the unread first. */
  'secrecy.notices': verb({
    ...common,
    input: nothing,
    output: v.array(
      v.object({
        id,
        caseId: id,
        title: v.string(),
        act: classification.entries.act,
        before: v.nullable(v.string()),
        after: v.nullable(v.string()),
        reason: v.string(),
        decidedBy: v.string(),
        at: v.string(),
        acknowledgedAt: v.nullable(v.string()),
      }),
    ),
    roles: businessRoles,
    scope: { none: 'addressed to the account by name' },
    audit: 'secrecy.notices',
  }),
  'secrecy.acknowledge': verb({
    ...common,
    input: v.object({ noticeId: id }),
    output: nothing,
    roles: businessRoles,
    scope: { none: 'addressed to the account by name' },
    audit: 'secrecy.acknowledge',
  }),
  /** 知悉范围 of a case by person: since when, by whom, and who has read what (保密法 21; 实施条例 20). */
  'secrecy.scope': verb({
    ...common,
    input: v.object({ caseId: id }),
    output: v.object({
      level,
      members: v.array(
        v.object({
          accountId: id,
          name: v.string(),
          roles: v.array(v.string()),
          addedAt: v.string(),
          addedBy: v.string(),
          /** Times the case was read, and the last one; null when never. */
          reads: v.number(),
          lastRead: v.nullable(v.string()),
        }),
      ),
      former: v.array(v.object({ name: v.string(), removedAt: v.string(), removedBy: v.string() })),
      requests: v.array(scopeRequestRow),
    }),
    roles: businessRoles,
    scope: 'case',
    audit: 'secrecy.scope',
  }),
  'secrecy.requestScope': verb({
    ...common,
    input: v.object({ caseId: id, accountId: id, reason: line }),
    output: scopeRequest,
    roles: businessRoles,
    scope: 'case',
    audit: 'secrecy.requestScope',
  }),
  /** Requests to widen a 知悉范围 that wait for the account. */
  'secrecy.scopeRequests': verb({
    ...common,
    input: nothing,
    output: v.array(scopeRequestRow),
    roles: ['chiefLeader', 'deputyLeader', 'classifier'],
    scope: 'filtered',
    audit: 'secrecy.scopeRequests',
  }),
  /** 主要负责人 or whom they named decides (保密法 21), never on the own request; a signed act. */
  'secrecy.decideScope': verb({
    ...common,
    input: v.object({
      caseId: id,
      requestId: id,
      decision: v.picklist(['approved', 'returned']),
      opinion: optionalLine,
    }),
    output: scopeRequest,
    roles: ['chiefLeader', 'deputyLeader', 'classifier'],
    scope: 'case',
    audit: 'secrecy.decideScope',
  }),
  /** Takes a person out of the 知悉范围, with a reason; never the officer of the case. A signed act. */
  'secrecy.removeFromScope': verb({
    ...common,
    input: v.object({ caseId: id, accountId: id, reason: line }),
    output: nothing,
    roles: ['officeHead', 'deputyLeader', 'chiefLeader', 'classifier'],
    scope: 'case',
    audit: 'secrecy.removeFromScope',
  }),
} as const
