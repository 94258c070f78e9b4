import * as v from 'valibot'
import { businessRoles } from '../domain/accounts.ts'
import { id, line, nothing } from '../domain/common.ts'
import { incident, incidentInput, incidentReport, selfCheck, selfCheckAnswers } from '../domain/incidents.ts'
import { verb } from './verb.ts'

const common = {
  window: 'case',
  database: 'cases',
  stepUp: { none: 'nothing leaves the archive' },
  scope: { none: 'a matter of the office; a case is named by its title only to those in its scope' },
} as const
const readers = ['secrecyOfficer', 'officeHead', 'deputyLeader', 'chiefLeader'] as const

/** 泄密事件 and 保密自查 (实施条例 58, 61). */
export const incidents = {
  'incidents.list': verb({
    ...common,
    input: nothing,
    output: v.array(v.object({ ...incident.entries, matter: v.string() })),
    roles: readers,
    audit: 'incidents.list',
  }),
  /** Whoever finds a leak opens the incident: its clock runs from the finding, not from the form. */
  'incidents.open': verb({
    ...common,
    input: incidentInput,
    output: v.object({ id, due: v.string() }),
    roles: businessRoles,
    audit: 'incidents.open',
  }),
  'incidents.report': verb({
    ...common,
    input: v.object({ incidentId: id, ...incidentReport.entries }),
    output: nothing,
    roles: ['secrecyOfficer', 'officeHead'],
    audit: 'incidents.report',
  }),
  'incidents.close': verb({
    ...common,
    input: v.object({ incidentId: id, conclusion: line }),
    output: nothing,
    roles: ['secrecyOfficer', 'chiefLeader'],
    audit: 'incidents.close',
  }),
  'incidents.selfChecks': verb({
    ...common,
    input: nothing,
    output: v.array(selfCheck),
    roles: readers,
    audit: 'incidents.selfChecks',
  }),
  /** One self-check of the office, whole; a later one stands beside it. */
  'incidents.selfCheck': verb({
    ...common,
    input: v.object({ answers: selfCheckAnswers, conclusion: line }),
    output: selfCheck,
    roles: ['secrecyOfficer'],
    audit: 'incidents.selfCheck',
  }),
} as const
