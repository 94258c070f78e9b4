import * as v from 'valibot'
import { allRoles, businessRoles, officerRoles } from '../domain/accounts.ts'
import { id, line, nothing, path } from '../domain/common.ts'
import { level } from '../domain/secrecy.ts'
import { account, archiveStatus, password } from './session.ts'
import { verb } from './verb.ts'

const beforeSignIn = { none: 'nobody can sign in yet' } as const
const noCase = { none: 'touches no case' } as const
const together = { none: 'each person types the own password in the act itself' } as const
const noStepUp = { none: 'nothing leaves the archive' } as const
const login = v.pipe(v.string(), v.trim(), v.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{1,31}$/))
export const credentials = v.object({ login, password })
/** Place of a ceremony: what is still missing before it can be completed. */
const ceremonyState = v.object({
  folder: v.string(),
  unit: v.string(),
  enrolled: v.array(v.object({ login: v.string(), name: v.string(), roles: v.array(v.string()) })),
  missing: v.array(v.string()),
})

/** A waiting act of the ledger, by its place and its hash: what is confirmed is what was shown. */
const waitingAct = v.object({ seq: v.number(), hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) })

export const accounts = {
  /** A trial archive in one step, with one sample account for every role (DESIGN §4). */
  'accounts.createTrial': verb({
    input: v.object({ folder: path, unit: line, sample: v.boolean() }),
    output: v.object({
      status: archiveStatus,
      accounts: v.array(
        v.object({ login: v.string(), name: v.string(), roles: v.array(v.string()), password: v.string() }),
      ),
    }),
    window: 'signin',
    roles: beforeSignIn,
    scope: noCase,
    stepUp: together,
    audit: { none: 'the genesis record is the line' },
    database: { none: 'creates the databases' },
  }),
  /** Begins the ceremony of a production archive; nothing stands in the folder before `complete`. */
  'accounts.beginCeremony': verb({
    input: v.object({ folder: path, unit: line, machineLevel: level }),
    output: ceremonyState,
    window: 'signin',
    roles: beforeSignIn,
    scope: noCase,
    stepUp: together,
    audit: { none: 'no archive exists yet' },
    database: { none: 'no archive exists yet' },
  }),
  /** One person types name, account and password; officers and the first 主要负责同志 come first. */
  'accounts.enrol': verb({
    input: v.object({
      login,
      name: line,
      office: line,
      roles: v.pipe(v.array(v.picklist([...officerRoles, ...businessRoles])), v.minLength(1)),
      password,
    }),
    output: ceremonyState,
    window: 'signin',
    roles: beforeSignIn,
    scope: noCase,
    stepUp: together,
    audit: { none: 'becomes records of the ledger at completion' },
    database: { none: 'no archive exists yet' },
  }),
  'accounts.completeCeremony': verb({
    input: nothing,
    output: v.object({ status: archiveStatus }),
    window: 'signin',
    roles: beforeSignIn,
    scope: noCase,
    stepUp: together,
    audit: { none: 'the genesis record is the line' },
    database: { none: 'creates the databases' },
  }),
  'accounts.abandonCeremony': verb({
    input: nothing,
    output: archiveStatus,
    window: 'signin',
    roles: beforeSignIn,
    scope: noCase,
    stepUp: together,
    audit: { none: 'nothing was made' },
    database: { none: 'nothing was made' },
  }),
  /** Both officers and the new user sit together; the slip goes to a key holder on paper. */
  'accounts.activate': verb({
    input: v.object({
      systemAdmin: credentials,
      securityOfficer: credentials,
      login,
      name: line,
      office: line,
      roles: v.pipe(v.array(v.picklist(businessRoles)), v.minLength(1)),
      password,
    }),
    output: v.object({ accountId: id, slip: v.string() }),
    window: 'signin',
    roles: { none: 'three persons confirm with their own passwords' },
    scope: noCase,
    stepUp: together,
    audit: { none: 'the ledger records are the lines' },
    database: { none: "opened with the officers' own keys" },
  }),
  /** Another person takes an officer's place: the two others, a 主要负责同志 and the newcomer sit together. */
  'accounts.replaceOfficer': verb({
    input: v.object({
      role: v.picklist(officerRoles),
      officers: v.tuple([credentials, credentials]),
      chiefLeader: credentials,
      login,
      name: line,
      office: line,
      password,
      reason: line,
    }),
    output: v.object({ accountId: id }),
    window: 'signin',
    roles: { none: 'four persons confirm with their own passwords' },
    scope: noCase,
    stepUp: together,
    audit: { none: 'the ledger record is the line' },
    database: { none: "opened with the officers' own keys" },
  }),
  /** A new CA for the archive; its fingerprint is told to partner archives on paper. */
  'accounts.renewAuthority': verb({
    input: v.object({ systemAdmin: credentials, securityOfficer: credentials }),
    output: v.object({ fingerprint: v.string() }),
    window: 'signin',
    roles: { none: 'two persons confirm with their own passwords' },
    scope: noCase,
    stepUp: together,
    audit: { none: 'the ledger record is the line' },
    database: { none: "opened with the officers' own keys" },
  }),
  /** Two of three holders and two officers make the recovery sheets; they are shown once, to be copied by hand. */
  'accounts.makeSheets': verb({
    input: v.object({
      holders: v.tuple([credentials, credentials]),
      third: login,
      securityOfficer: credentials,
      auditor: credentials,
    }),
    output: v.object({ sheets: v.array(v.string()) }),
    window: 'signin',
    roles: { none: 'four persons confirm with their own passwords' },
    scope: noCase,
    stepUp: together,
    audit: { none: 'nothing stands before the sheets were typed back' },
    database: { none: "opened with the persons' own keys" },
  }),
  /** The three sheets typed back from paper: only now do they exist. */
  'accounts.checkSheets': verb({
    input: v.object({ sheets: v.tuple([line, line, line]) }),
    output: nothing,
    window: 'signin',
    roles: { none: 'the four persons are still there' },
    scope: noCase,
    stepUp: together,
    audit: { none: 'written by the act itself, beside the ledger record' },
    database: { none: "opened with the persons' own keys" },
  }),
  /** Two sheets and two officers: a rehearsal, or the key of cases.db for one account. */
  'accounts.useSheets': verb({
    input: v.object({
      act: v.picklist(['used', 'rehearsed']),
      sheets: v.tuple([line, line]),
      securityOfficer: credentials,
      auditor: credentials,
      login: v.union([v.literal(''), login]),
    }),
    output: nothing,
    window: 'signin',
    roles: { none: 'two sheets and two officers confirm' },
    scope: noCase,
    stepUp: together,
    audit: { none: 'written by the act itself, beside the ledger record' },
    database: { none: "opened with the officers' own keys" },
  }),
  /** The device secret as a paper, for the day this machine is lost; 系统管理员 alone cannot open anything with it. */
  'accounts.devicePaper': verb({
    input: v.object({ systemAdmin: credentials }),
    output: v.object({ paper: v.string() }),
    window: 'signin',
    roles: { none: '系统管理员 confirms with the own password' },
    scope: noCase,
    stepUp: together,
    audit: { none: 'written by the act itself, in the log of office.db' },
    database: { none: "opened with the officer's own key" },
  }),
  /** On a new machine: the device secret typed from its paper. Business waits for the ledger record `restore`. */
  'accounts.restoreDevice': verb({
    input: v.object({ paper: line }),
    output: nothing,
    window: 'signin',
    roles: beforeSignIn,
    scope: noCase,
    stepUp: together,
    audit: { none: 'the new machine is a finding at the first sign-in' },
    database: { none: 'nothing can be opened before' },
  }),
  /** A key holder types the slip; the core compares, wraps the database keys and signs (DESIGN §4). */
  'accounts.handOver': verb({
    input: v.object({ accountId: id, slip: line }),
    output: nothing,
    window: 'case',
    roles: businessRoles,
    scope: noCase,
    stepUp: noStepUp,
    audit: 'accounts.handOver',
    database: 'office',
  }),
  /** Acts of the ledger that wait for another signature, and whether the signed-in account's own is asked for. */
  'accounts.waiting': verb({
    input: nothing,
    output: v.array(
      v.object({
        seq: v.number(),
        hash: v.string(),
        kind: v.string(),
        at: v.string(),
        facts: v.array(v.object({ name: v.string(), value: v.string() })),
        signers: v.array(v.string()),
        /** One entry for each signature that is still missing: the roles that may give it. */
        missing: v.array(v.array(v.string())),
        mine: v.boolean(),
        retractable: v.boolean(),
      }),
    ),
    window: 'case',
    roles: allRoles,
    scope: noCase,
    stepUp: noStepUp,
    audit: 'accounts.waiting',
    database: 'office',
    whenStopped: true,
  }),
  'accounts.confirm': verb({
    input: waitingAct,
    output: v.object({ kind: v.string(), complete: v.boolean() }),
    window: 'case',
    roles: allRoles,
    scope: noCase,
    stepUp: noStepUp,
    audit: 'accounts.confirm',
    database: 'office',
    whenStopped: true,
  }),
  'accounts.withdraw': verb({
    input: v.object({ ...waitingAct.entries, reason: line }),
    output: nothing,
    window: 'case',
    roles: allRoles,
    scope: noCase,
    stepUp: noStepUp,
    audit: 'accounts.withdraw',
    database: 'office',
    whenStopped: true,
  }),
  /** A leaver's cases go to somebody else, owner and 知悉范围 together (保密法 21: approved by the 主要负责同志). */
  'accounts.handOverCases': verb({
    input: v.object({ from: id, to: id, reason: line }),
    output: v.object({ owned: v.number(), known: v.number() }),
    window: 'case',
    roles: ['chiefLeader'],
    scope: { none: "all of a leaver's cases must find an owner, also those nobody else knows" },
    stepUp: noStepUp,
    audit: 'accounts.handOverCases',
    database: 'cases',
  }),
  /** A new key for a database (DESIGN §4): two key holders for cases.db, both officers for office.db, in turn. */
  'accounts.renewKey': verb({
    input: v.object({ database: v.picklist(['office', 'cases']) }),
    output: nothing,
    window: 'case',
    roles: ['chiefLeader', 'deputyLeader', 'officeHead', 'systemAdmin', 'securityOfficer'],
    scope: noCase,
    stepUp: noStepUp,
    audit: 'accounts.renewKey',
    database: 'office',
  }),
  /** Lets an account that typed wrong passwords try again at once. */
  'accounts.unlock': verb({
    input: v.object({ accountId: id }),
    output: nothing,
    window: 'case',
    roles: ['securityOfficer'],
    scope: noCase,
    stepUp: noStepUp,
    audit: 'accounts.unlock',
    database: 'office',
  }),
  /** The three 恢复密钥单 as blank forms, into a folder the officer chose; the holders fill them in by hand. */
  'accounts.blankSheets': verb({
    input: v.object({ folder: path }),
    output: v.object({ files: v.array(v.string()) }),
    window: 'case',
    roles: ['securityOfficer'],
    scope: noCase,
    stepUp: { none: 'a form without a secret' },
    audit: 'accounts.blankSheets',
    database: 'office',
  }),
  'accounts.list': verb({
    input: nothing,
    output: v.array(v.object({ ...account.entries, state: v.picklist(['pending', 'active', 'disabled']) })),
    window: 'case',
    roles: [...officerRoles, 'chiefLeader'],
    scope: noCase,
    stepUp: noStepUp,
    audit: 'accounts.list',
    database: 'office',
    whenStopped: true,
  }),
  /** Revokes both certificates of a business account; the other of the two officers confirms. Then activation anew. */
  'accounts.revoke': verb({
    input: v.object({ accountId: id, reason: line }),
    output: nothing,
    window: 'case',
    roles: ['systemAdmin', 'securityOfficer'],
    scope: noCase,
    stepUp: noStepUp,
    audit: 'accounts.revoke',
    database: 'office',
  }),
  'accounts.disable': verb({
    input: v.object({ accountId: id, reason: line }),
    output: nothing,
    window: 'case',
    roles: ['systemAdmin', 'securityOfficer'],
    scope: noCase,
    stepUp: noStepUp,
    audit: 'accounts.disable',
    database: 'office',
  }),
} as const
