import * as v from 'valibot'
import { holidayPack } from '../calendar/packs.ts'
import { allRoles } from '../domain/accounts.ts'
import { line, nothing, path } from '../domain/common.ts'
import { deadlineAnchors, ruleProfileSchema } from '../rules/profile.ts'
import { retentionTable } from '../rules/retention.ts'
import { verb } from './verb.ts'

const common = {
  window: 'case',
  scope: { none: 'rules, holidays and policy hold for everybody; no case is shown here' },
  stepUp: { none: 'nothing leaves the archive' },
  database: 'office',
} as const

/** Who may bring or approve a file; the ledger asks for the exact offices (DESIGN §4). */
export const norming = [
  'caseOfficer',
  'officeHead',
  'accountabilityOffice',
  'archivist',
  'deputyLeader',
  'chiefLeader',
] as const

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const kind = v.picklist(['ruleProfile', 'holidayPack', 'retentionTable'])

export const norm = v.object({
  /** Place in the ledger; 0 for what the program ships. */
  seq: v.number(),
  /** Hash of the record, empty for what is shipped. */
  record: v.string(),
  kind,
  hash,
  /** Id of a profile, year of a pack, title of a table. */
  name: v.string(),
  /** Version of a profile, notice of a pack, approval of a table. */
  version: v.string(),
  effective: v.string(),
  state: v.picklist(['shipped', 'waiting', 'adopted', 'declined']),
  /** True for the profile that new cases fall under and for the pack its year is counted by. */
  inForce: v.boolean(),
  signers: v.array(v.object({ name: v.string(), office: v.string(), at: v.string() })),
  reason: v.string(),
  /** The signed-in account has put its signature to it already. */
  mine: v.boolean(),
})

const difference = v.object({ place: v.string(), before: v.nullable(v.string()), after: v.nullable(v.string()) })
const fault = v.object({
  place: v.string(),
  code: v.picklist(['missing', 'unknown', 'value', 'twice', 'order', 'notInArticle', 'notJson']),
})

export const rules = {
  'rules.norms': verb({
    ...common,
    input: nothing,
    output: v.object({
      norms: v.array(norm),
      packs: v.array(holidayPack),
      /** 保管期限表 in force; null until the unit has imported its own. */
      retention: v.nullable(retentionTable),
      planAnchor: v.picklist(deadlineAnchors),
    }),
    roles: allRoles,
    audit: { none: 'rules are published to everybody' },
  }),
  /** The rules of a hash, or those a case opened today falls under. */
  'rules.profile': verb({
    ...common,
    input: v.object({ hash: v.nullable(hash) }),
    output: v.object({ hash, profile: ruleProfileSchema }),
    roles: allRoles,
    audit: { none: 'rules are published to everybody' },
    // Every screen stands on the rules, also the one that says why business has stopped.
    whenStopped: true,
  }),
  /** What a file holds and how it differs from what is in force; nothing is kept. */
  'rules.readNorm': verb({
    ...common,
    input: v.object({ kind, file: path }),
    output: v.object({
      faults: v.array(fault),
      hash: v.nullable(hash),
      name: v.string(),
      version: v.string(),
      effective: v.string(),
      differences: v.array(difference),
    }),
    roles: norming,
    audit: 'rules.readNorm',
  }),
  /** How a file that waits differs from what is in force: what the second account decides upon. */
  'rules.compareNorm': verb({
    ...common,
    input: v.object({ hash }),
    output: v.array(difference),
    roles: allRoles,
    audit: { none: 'rules are published to everybody' },
  }),
  /** Brings a file in and signs it first; the hash is the one that was looked at. */
  'rules.proposeNorm': verb({
    ...common,
    input: v.object({ kind, file: path, hash }),
    output: norm,
    roles: norming,
    audit: 'rules.proposeNorm',
  }),
  'rules.approveNorm': verb({
    ...common,
    input: v.object({ seq: v.number(), record: hash }),
    output: norm,
    roles: norming,
    audit: 'rules.approveNorm',
  }),
  'rules.declineNorm': verb({
    ...common,
    input: v.object({ seq: v.number(), record: hash, reason: line }),
    output: norm,
    roles: norming,
    audit: 'rules.declineNorm',
  }),
  /** From which day the 工作方案 term of cases opened from now on runs (DOMAIN §7 row 1). */
  'rules.setPlanAnchor': verb({
    ...common,
    input: v.object({ anchor: v.picklist(deadlineAnchors) }),
    output: nothing,
    roles: ['securityOfficer'],
    audit: 'rules.setPlanAnchor',
  }),
} as const
