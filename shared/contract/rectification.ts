import * as v from 'valibot'
import { businessRoles } from '../domain/accounts.ts'
import { id, line, path } from '../domain/common.ts'
import { documentKind, item, itemInput, planClock, received } from '../domain/rectification.ts'
import { verb } from './verb.ts'

const common = {
  window: 'case',
  scope: 'case',
  stepUp: { none: 'nothing leaves the archive' },
  database: 'cases',
} as const
const writers = ['caseOfficer', 'officeHead'] as const

export const rectification = {
  'rectification.get': verb({
    ...common,
    input: v.object({ caseId: id }),
    output: v.object({ clocks: v.array(planClock), items: v.array(item), documents: v.array(received) }),
    roles: businessRoles,
    audit: 'rectification.get',
  }),
  'rectification.addItem': verb({
    ...common,
    input: v.object({ caseId: id, item: itemInput }),
    output: item,
    roles: writers,
    audit: 'rectification.addItem',
  }),
  'rectification.closeItem': verb({
    ...common,
    input: v.object({ caseId: id, itemId: id, result: line }),
    output: item,
    roles: writers,
    audit: 'rectification.closeItem',
  }),
  /** A paper of the enterprise arrives (Art. 10, 11, 15), with its file from the given path when there is one. */
  'rectification.receive': verb({
    ...common,
    input: v.object({ caseId: id, enterpriseId: id, kind: documentKind, title: line, file: v.nullable(path) }),
    output: received,
    roles: writers,
    audit: 'rectification.receive',
  }),
} as const
