import * as v from 'valibot'
import { allRoles, officerRoles } from '../domain/accounts.ts'
import { line, nothing } from '../domain/common.ts'
import { policyNames } from '../domain/policy.ts'
import { verb } from './verb.ts'

const common = {
  window: 'case',
  scope: { none: 'touches no case' },
  stepUp: { none: 'nothing leaves the archive' },
  database: 'office',
} as const

/** What the officers set, and what stops business until they have checked (DESIGN §4). */
export const settings = {
  /** 系统管理员 has compared and gives up what was lost; 安全审计员 confirms (ledger record `restore`). */
  'settings.proposeRestore': verb({
    ...common,
    input: v.object({ reason: line }),
    output: nothing,
    roles: ['systemAdmin'],
    audit: 'settings.proposeRestore',
    whenStopped: true,
  }),
  /** The clock was wrong earlier and is right now: earlier moments no longer bind it (ledger record `clock`). */
  'settings.setClock': verb({
    ...common,
    input: v.object({ reason: line }),
    output: nothing,
    roles: ['securityOfficer'],
    audit: 'settings.setClock',
    whenStopped: true,
  }),
  /** What may be set, how far, and what holds (DOMAIN §2.5). */
  'settings.policies': verb({
    ...common,
    input: nothing,
    output: v.array(
      v.object({
        name: v.picklist(policyNames),
        value: v.number(),
        least: v.number(),
        most: v.number(),
        standard: v.number(),
      }),
    ),
    roles: officerRoles,
    audit: 'settings.policies',
  }),
  'settings.setPolicy': verb({
    ...common,
    input: v.object({ name: v.picklist(policyNames), value: v.pipe(v.number(), v.integer()) }),
    output: nothing,
    roles: ['securityOfficer'],
    audit: 'settings.setPolicy',
  }),
  /** What is due of the officers and key holders, beside the waiting acts. */
  'settings.duties': verb({
    ...common,
    input: nothing,
    output: v.object({
      /** Databases whose key is known to somebody who has left. */
      renewals: v.array(v.picklist(['office', 'cases'])),
      /** Days since the last backup, where 系统管理员 owes one; `null` days: there is none at all. */
      backup: v.nullable(v.object({ days: v.nullable(v.number()) })),
    }),
    roles: allRoles,
    audit: 'settings.duties',
  }),
} as const
