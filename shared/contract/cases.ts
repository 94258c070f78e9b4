import * as v from 'valibot'
import { businessRoles } from '../domain/accounts.ts'
import { articleLine, intake, nextStep, stage } from '../domain/cases.ts'
import { id, line, nothing } from '../domain/common.ts'
import { enterprise } from '../domain/parties.ts'
import { level } from '../domain/secrecy.ts'
import { verb } from './verb.ts'

const common = { window: 'case', stepUp: { none: 'nothing leaves the archive' }, database: 'cases' } as const

export const caseRow = v.object({
  id,
  matter: v.string(),
  enterprises: v.array(v.string()),
  numbers: v.array(v.string()),
  office: v.string(),
  officer: v.string(),
  stage,
  next: nextStep,
  level,
  form: v.picklist(['individual', 'collective']),
  updatedAt: v.string(),
})

export const caseDetail = v.object({
  ...caseRow.entries,
  /** The rule profile it is pinned to. */
  rules: v.object({ id: v.string(), version: v.string(), hash: v.string() }),
  intake,
  enterpriseList: v.array(enterprise),
  articles: v.array(articleLine),
  /** Who did what and when, newest first. */
  history: v.array(
    v.object({ at: v.string(), who: v.string(), act: v.string(), article: v.number(), detail: v.string() }),
  ),
  scope: v.array(v.object({ accountId: id, name: v.string() })),
  interviewId: v.nullable(id),
  volumeId: v.nullable(id),
  version: v.number(),
  createdAt: v.string(),
})

export const cases = {
  'cases.list': verb({
    ...common,
    input: v.object({ stage: v.nullable(stage) }),
    output: v.array(caseRow),
    roles: businessRoles,
    scope: 'filtered',
    audit: 'cases.list',
  }),
  'cases.create': verb({
    ...common,
    input: intake,
    output: v.object({ caseId: id }),
    roles: ['caseOfficer', 'officeHead'],
    scope: { none: 'the case does not exist yet' },
    audit: 'cases.create',
  }),
  /** 承办人 confirms taking the case; the notices are drafted from the intake. */
  'cases.accept': verb({
    ...common,
    input: v.object({ caseId: id }),
    output: nothing,
    roles: ['caseOfficer', 'officeHead'],
    scope: 'case',
    audit: 'cases.accept',
  }),
  'cases.get': verb({
    ...common,
    input: v.object({ caseId: id }),
    output: caseDetail,
    roles: businessRoles,
    scope: 'case',
    audit: 'cases.get',
  }),
  /** Earlier cases of the same enterprises or triggers, inside the account's scope (老问题). */
  'cases.earlier': verb({
    ...common,
    input: v.object({ enterpriseIds: v.array(id), triggers: v.array(v.string()) }),
    output: v.array(
      v.object({
        id,
        matter: v.string(),
        enterprise: v.string(),
        stage,
        at: v.string(),
        same: v.picklist(['enterprise', 'trigger', 'both']),
      }),
    ),
    roles: businessRoles,
    scope: 'filtered',
    audit: 'cases.earlier',
  }),
  /** Takes the step to 立卷 when the rectification is at its end (Art. 16, 20). */
  'cases.beginFiling': verb({
    ...common,
    input: v.object({ caseId: id }),
    output: nothing,
    roles: ['caseOfficer', 'officeHead'],
    scope: 'case',
    audit: 'cases.beginFiling',
  }),
  'cases.withdraw': verb({
    ...common,
    input: v.object({ caseId: id, reason: line }),
    output: nothing,
    roles: ['officeHead', 'deputyLeader', 'chiefLeader'],
    scope: 'case',
    audit: 'cases.withdraw',
  }),
} as const
