import * as v from 'valibot'
import { allRoles, officerRoles, type Role } from '#shared/domain/accounts.ts'
import { level } from '#shared/domain/secrecy.ts'

const role = v.picklist(allRoles)
const hex = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))

/** An account as it enters the ledger. */
const accountBody = v.strictObject({
  id: v.string(),
  login: v.string(),
  name: v.string(),
  office: v.string(),
  signingCertificate: v.string(),
  encryptionCertificate: v.string(),
})
export type AccountBody = v.InferOutput<typeof accountBody>

/** A head that is given up: seen at `seq`, while the file went only as far as `kept`. */
const restored = v.strictObject({
  database: v.picklist(['office', 'cases', 'machine']),
  kept: v.number(),
  seq: v.number(),
  hash: v.string(),
})
export type Restored = v.InferOutput<typeof restored>

/** Bodies of every kind of record (DESIGN §4). Kinds that later issues write have their place and their signers here already. */
export const bodies = {
  genesis: v.strictObject({
    kind: v.picklist(['production', 'trial']),
    unit: v.string(),
    machineLevel: level,
    at: v.string(),
    caCertificate: v.string(),
    /** The three officers and the first 主要负责同志, in this order of roles. */
    founders: v.strictObject({
      systemAdmin: accountBody,
      securityOfficer: accountBody,
      auditor: accountBody,
      chiefLeader: accountBody,
    }),
    keys: v.strictObject({ office: hex, cases: hex }),
  }),
  confirm: v.strictObject({ of: v.number(), hash: hex, at: v.string() }),
  /** Takes a waiting record off the table: by whoever proposed it, or by one who would have to confirm it. */
  withdraw: v.strictObject({ of: v.number(), hash: hex, reason: v.string(), at: v.string() }),
  account: v.strictObject({ account: accountBody, at: v.string() }),
  role: v.strictObject({ account: v.string(), role, grant: v.boolean(), at: v.string() }),
  handOver: v.strictObject({
    account: v.string(),
    database: v.picklist(['office', 'cases']),
    keyId: hex,
    wrapHash: hex,
    at: v.string(),
  }),
  databaseKey: v.strictObject({ database: v.picklist(['office', 'cases']), keyId: hex, at: v.string() }),
  policy: v.strictObject({ name: v.string(), value: v.union([v.string(), v.number(), v.boolean()]), at: v.string() }),
  disable: v.strictObject({ account: v.string(), reason: v.string(), at: v.string() }),
  unlock: v.strictObject({ account: v.string(), at: v.string() }),
  /** Earlier times in lines up to `after` of office.db no longer bind the clock. */
  clock: v.strictObject({ floor: v.string(), after: v.number(), reason: v.string(), at: v.string() }),
  certificateAuthority: v.strictObject({ certificate: v.string(), at: v.string() }),
  /** Both certificates of an account, by their fingerprints: its key file was copied, or its owner is not to be found. */
  certificateRevoked: v.strictObject({
    account: v.string(),
    fingerprints: v.strictTuple([hex, hex]),
    reason: v.string(),
    at: v.string(),
  }),
  /** Another person takes an officer's place. Who held half of the CA's key leaves with it: `authority` is the new CA. */
  officerReplaced: v.strictObject({
    role: v.picklist(officerRoles),
    from: v.string(),
    account: accountBody,
    authority: v.string(),
    reason: v.string(),
    at: v.string(),
  }),
  recovery: v.strictObject({
    act: v.picklist(['made', 'used', 'rehearsed']),
    /** Who keeps a sheet: three business accounts, at `made` only. */
    holders: v.array(v.string()),
    /** Public keys of the recovery account (PEM), at `made` only. */
    signingKey: v.string(),
    encryptionKey: v.string(),
    /** Who was given the key of cases.db, at `used` only. */
    account: v.string(),
    at: v.string(),
  }),
  ruleProfile: v.strictObject({
    id: v.string(),
    version: v.string(),
    effective: v.string(),
    hash: hex,
    at: v.string(),
  }),
  holidayPack: v.strictObject({ year: v.number(), notice: v.string(), hash: hex, at: v.string() }),
  retentionTable: v.strictObject({
    name: v.string(),
    document: v.string(),
    effective: v.string(),
    hash: hex,
    at: v.string(),
  }),
  partnerAuthority: v.strictObject({ unit: v.string(), fingerprint: hex, at: v.string() }),
  restore: v.strictObject({
    reason: v.string(),
    findings: v.array(restored),
    /** The backup this archive was put back from; left out when nothing but heads is given up. */
    backup: v.optional(v.strictObject({ id: v.string(), at: v.string() })),
    at: v.string(),
  }),
  checkpoint: v.strictObject({
    database: v.picklist(['office', 'cases']),
    seq: v.number(),
    head: v.string(),
    note: v.string(),
    at: v.string(),
  }),
} as const

export type Kind = keyof typeof bodies

/** Kinds whose effect the program does not carry out yet. A ledger that holds one is for a newer program. */
export const laterKinds: ReadonlySet<Kind> = new Set(['partnerAuthority'])

export type Body<K extends Kind> = v.InferOutput<(typeof bodies)[K]>

/**
 * Who must sign: a role; the account the record is about; any business account; a holder of the key of `cases.db`; a holder
 * named by the record; two paper sheets, by the key that only they open.
 */
export type Signer = Role | 'self' | 'business' | 'keyHolder' | 'sheetHolder' | 'recovery'

/**
 * The signatures a record needs before it has effect, each by another account; the first stands on the record itself,
 * the others come as `confirm` records. A slot is filled by any of its alternatives.
 */
export type Signatures = readonly (readonly Signer[])[]

/** The table of DESIGN §4 as data. */
export function signaturesOf<K extends Kind>(kind: K, body: Body<K>): Signatures {
  switch (kind) {
    case 'genesis':
      return [['systemAdmin'], ['securityOfficer'], ['auditor'], ['chiefLeader']]
    case 'account':
      return [['systemAdmin'], ['securityOfficer'], ['self']]
    case 'role': {
      const { role: granted } = body as Body<'role'>
      return granted === 'chiefLeader' || granted === 'classifier'
        ? [['securityOfficer'], ['chiefLeader']]
        : [['securityOfficer']]
    }
    case 'policy':
    case 'clock':
    case 'unlock':
      return [['securityOfficer']]
    case 'disable':
      return [['systemAdmin', 'securityOfficer']]
    case 'certificateAuthority':
    case 'certificateRevoked':
      return [['systemAdmin'], ['securityOfficer']]
    case 'databaseKey':
      return (body as Body<'databaseKey'>).database === 'cases'
        ? [['keyHolder'], ['keyHolder']]
        : [['systemAdmin'], ['securityOfficer']]
    case 'handOver':
      return (body as Body<'handOver'>).database === 'cases' ? [['keyHolder']] : [['securityOfficer']]
    case 'officerReplaced':
      return [
        ['systemAdmin', 'securityOfficer', 'auditor'],
        ['systemAdmin', 'securityOfficer', 'auditor'],
        ['chiefLeader'],
        // Stricter than it need be: the newcomer proves to hold the keys the record brings.
        ['self'],
      ]
    case 'recovery':
      // When the sheets are used their holders' accounts may be what was lost: two sheets sign by the key they open.
      return (body as Body<'recovery'>).act === 'made'
        ? [['sheetHolder'], ['sheetHolder'], ['securityOfficer'], ['auditor']]
        : [['recovery'], ['securityOfficer'], ['auditor']]
    case 'ruleProfile':
      // Art. 3, 4, 19: the offices that hold interviews and the accountability office; a leader may stand for the former.
      return [['accountabilityOffice'], ['officeHead', 'deputyLeader', 'chiefLeader']]
    case 'holidayPack':
      return [
        ['caseOfficer', 'officeHead', 'accountabilityOffice'],
        ['officeHead', 'accountabilityOffice', 'deputyLeader', 'chiefLeader'],
      ]
    case 'retentionTable':
      // Art. 20: who keeps the volumes and who organises the interviews; a leader may stand for the latter.
      return [['archivist'], ['officeHead', 'deputyLeader', 'chiefLeader']]
    case 'partnerAuthority':
      return [['secrecyOfficer'], ['securityOfficer']]
    case 'restore':
      return [['systemAdmin'], ['auditor']]
    case 'checkpoint':
      return [['auditor']]
    default:
      return []
  }
}
