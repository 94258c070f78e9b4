import * as v from 'valibot'
import { businessRoles } from '../domain/accounts.ts'
import { id, line, optionalLine } from '../domain/common.ts'
import { enterprise, enterpriseInput, person } from '../domain/parties.ts'
import { verb } from './verb.ts'

const common = {
  window: 'case',
  scope: { none: 'enterprises and persons are known to every business account; cases are not shown here' },
  stepUp: { none: 'nothing leaves the archive' },
  database: 'cases',
} as const

export const parties = {
  /** Enterprises by name, short name, code or pinyin initials; the first 50. */
  'parties.search': verb({
    ...common,
    input: v.object({ query: optionalLine }),
    output: v.array(enterprise),
    roles: businessRoles,
    audit: { none: 'master data; reads of cases are logged' },
  }),
  'parties.createEnterprise': verb({
    ...common,
    input: enterpriseInput,
    output: enterprise,
    roles: ['caseOfficer', 'officeHead', 'accountabilityOffice'],
    audit: 'parties.createEnterprise',
  }),
  'parties.people': verb({
    ...common,
    input: v.object({ enterpriseId: id }),
    output: v.array(person),
    roles: businessRoles,
    audit: { none: 'master data; reads of cases are logged' },
  }),
  'parties.createPerson': verb({
    ...common,
    input: v.object({ enterpriseId: id, name: line, title: optionalLine }),
    output: person,
    roles: ['caseOfficer', 'officeHead', 'minuteTaker', 'accountabilityOffice'],
    audit: 'parties.createPerson',
  }),
} as const
