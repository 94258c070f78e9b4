import * as v from 'valibot'
import { businessRoles } from '../domain/accounts.ts'
import { id, optionalLine } from '../domain/common.ts'
import { classification, classifiedObject, proposal } from '../domain/secrecy.ts'
import { verb } from './verb.ts'

const common = { window: 'case', stepUp: { none: 'nothing leaves the archive' }, database: 'cases' } as const

export const secrecy = {
  /** Proposals waiting for 定密, inside the account's scope. */
  'secrecy.waiting': verb({
    ...common,
    input: v.object({}),
    output: v.array(v.object({ ...classification.entries, title: v.string(), proposer: v.string() })),
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
  /** 承办人 proposes level, term and scope of the record or the minutes; a notice's proposal goes with 送审. */
  'secrecy.propose': verb({
    ...common,
    input: v.object({ caseId: id, objectKind: classifiedObject, objectId: id, proposal }),
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
} as const
