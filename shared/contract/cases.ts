import * as v from 'valibot'
import { businessRoles } from '../domain/accounts.ts'
import { caseColumnKeys } from '../domain/case-columns.ts'
import { articleLine, intake, nextStep, stage } from '../domain/cases.ts'
import { day, id, line, nothing, optionalLine, path } from '../domain/common.ts'
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
  /** The first day by which something is owed: the next step, a 工作方案, an open 整改事项. */
  due: v.nullable(v.object({ day: v.string(), provisional: v.boolean() })),
  level,
  form: v.picklist(['individual', 'collective']),
  createdAt: v.string(),
  updatedAt: v.string(),
})

export const caseDetail = v.object({
  ...caseRow.entries,
  /** The rule profile it is pinned to. */
  rules: v.object({ id: v.string(), version: v.string(), hash: v.string() }),
  intake,
  enterpriseList: v.array(enterprise),
  articles: v.array(articleLine),
  attachments: v.array(
    v.object({
      id,
      title: v.string(),
      fileName: v.string(),
      size: v.number(),
      /** 来文密级. */
      level,
      at: v.string(),
      by: v.string(),
    }),
  ),
  /** Of the intake alone: what a changed form is compared with. */
  intakeVersion: v.number(),
  /** Who did what and when, newest first. */
  history: v.array(
    v.object({ at: v.string(), who: v.string(), act: v.string(), article: v.number(), detail: v.string() }),
  ),
  scope: v.array(v.object({ accountId: id, name: v.string() })),
  interviewId: v.nullable(id),
  volumeId: v.nullable(id),
  version: v.number(),
})

/** What narrows the list; every part may be left out. */
export const caseFilter = v.object({
  text: v.optional(optionalLine, ''),
  stage: v.optional(v.nullable(stage), null),
  office: v.optional(optionalLine, ''),
  level: v.optional(v.nullable(level), null),
  /** Only cases whose 承办人 asks. */
  mine: v.optional(v.boolean(), false),
  /** Only cases in which something is owed by then: the next step, a 工作方案, an open 整改事项. */
  dueBy: v.optional(v.nullable(day), null),
})
const casePage = v.object({
  order: v.optional(v.picklist(['updated', 'due']), 'updated'),
  offset: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
  limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200)), 100),
})
const listViews = v.object({
  views: v.pipe(v.array(v.object({ name: line, filter: caseFilter })), v.maxLength(30)),
  columns: v.pipe(v.array(v.pipe(v.string(), v.maxLength(40))), v.maxLength(30)),
})

export const cases = {
  /** One page of the cases in the account's scope; `text` words all have to be found, names and pinyin initials alike. */
  'cases.list': verb({
    ...common,
    input: v.object({ ...caseFilter.entries, ...casePage.entries }),
    output: v.object({ rows: v.array(caseRow), total: v.number() }),
    roles: businessRoles,
    scope: 'filtered',
    audit: 'cases.list',
  }),
  /** Writes the filtered list as a table into a folder the user chose; the export is logged with the number of rows. */
  'cases.export': verb({
    ...common,
    input: v.object({
      ...caseFilter.entries,
      columns: v.pipe(v.array(v.picklist(caseColumnKeys)), v.minLength(1)),
      format: v.picklist(['csv', 'xlsx']),
      folder: path,
    }),
    output: v.object({ file: v.string(), rows: v.number() }),
    roles: businessRoles,
    scope: 'filtered',
    stepUp: 'password',
    audit: 'cases.export',
  }),
  /** What this account keeps for its list: named filters and the columns in their order. */
  'cases.views': verb({
    ...common,
    input: nothing,
    output: listViews,
    roles: businessRoles,
    scope: { none: "the account's own choices, no case" },
    audit: { none: "the account's own choices, no case" },
  }),
  'cases.saveViews': verb({
    ...common,
    input: listViews,
    output: listViews,
    roles: businessRoles,
    scope: { none: "the account's own choices, no case" },
    audit: { none: "the account's own choices, no case" },
  }),
  /** Offices that hold cases in the account's scope. */
  'cases.offices': verb({
    ...common,
    input: nothing,
    output: v.array(v.string()),
    roles: businessRoles,
    scope: 'filtered',
    audit: { none: 'names of offices; the list itself is logged' },
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
    input: v.object({
      enterpriseIds: v.array(id),
      triggers: v.array(v.string()),
      persons: v.optional(v.array(v.string()), []),
      /** The case that asks, when it exists already. */
      except: v.optional(v.nullable(id), null),
    }),
    output: v.array(
      v.object({
        id,
        matter: v.string(),
        enterprise: v.string(),
        stage,
        at: v.string(),
        same: v.array(v.picklist(['enterprise', 'family', 'person', 'trigger'])),
      }),
    ),
    roles: businessRoles,
    scope: 'filtered',
    audit: 'cases.earlier',
  }),
  /** Changes the intake before its notices go up; refused when another account was faster. */
  'cases.edit': verb({
    ...common,
    input: v.object({ caseId: id, version: v.number(), intake }),
    output: nothing,
    roles: ['caseOfficer', 'officeHead'],
    scope: 'case',
    audit: 'cases.edit',
  }),
  /** A file that belongs to the facts, kept encrypted in the archive. */
  'cases.attach': verb({
    ...common,
    /** `level`: what the sender marked the file with; it counts in the leave to take it out (保密法 18). */
    input: v.object({ caseId: id, title: line, level: v.optional(level, 'none'), file: path }),
    output: nothing,
    roles: ['caseOfficer', 'officeHead'],
    scope: 'case',
    audit: 'cases.attach',
  }),
  /** Art. 3 (六): an accountability procedure has begun since. */
  'cases.accountability': verb({
    ...common,
    input: v.object({ caseId: id, day, note: line }),
    output: nothing,
    roles: ['caseOfficer', 'officeHead', 'accountabilityOffice'],
    scope: 'case',
    audit: 'cases.accountability',
  }),
  /** 更正涉及金额 once the notices are up: what the interview or an audit found to be another sum, with the reason (Art. 12). */
  'cases.correctAmount': verb({
    ...common,
    input: v.object({ caseId: id, amountFen: intake.entries.amountFen, reason: line }),
    output: nothing,
    roles: ['caseOfficer', 'officeHead'],
    scope: 'case',
    audit: 'cases.correctAmount',
  }),
  /** 重新打开 of an archived or withdrawn case, with its reason. */
  'cases.reopen': verb({
    ...common,
    input: v.object({ caseId: id, reason: line }),
    output: nothing,
    roles: ['officeHead', 'deputyLeader', 'chiefLeader'],
    scope: 'case',
    audit: 'cases.reopen',
  }),
  /** Takes the step to 立卷: every enterprise is closed (销账), or `reason` says why one is not (Art. 16, 20). */
  'cases.beginFiling': verb({
    ...common,
    input: v.object({ caseId: id, reason: v.optional(optionalLine, '') }),
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
