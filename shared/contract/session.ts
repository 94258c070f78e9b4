import * as v from 'valibot'
import { allRoles } from '../domain/accounts.ts'
import { finding } from '../domain/audit.ts'
import { id, line, nothing, path } from '../domain/common.ts'
import { level } from '../domain/secrecy.ts'
import { verb } from './verb.ts'

const role = v.picklist(allRoles)
/** A password as typed; only the KDF ever looks at it. */
export const password = v.pipe(v.string(), v.minLength(1), v.maxLength(1024))

/** State of the archive folder before anybody has signed in. */
export const archiveStatus = v.object({
  state: v.picklist(['none', 'ready', 'refused']),
  folder: v.nullable(v.string()),
  kind: v.nullable(v.picklist(['production', 'trial'])),
  /** Sign-in codes (账号) of the active accounts; never real names. */
  logins: v.array(v.object({ login: v.string(), roles: v.array(role) })),
  /** Why the folder cannot be used, when `refused`. */
  refusal: v.nullable(
    v.object({ code: v.string(), params: v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])) }),
  ),
})

export const account = v.object({ id, login: v.string(), name: v.string(), office: v.string(), roles: v.array(role) })

const beforeSignIn = { none: 'before sign-in there is no account' } as const
const noCase = { none: 'touches no case' } as const
const noStepUp = { none: 'nothing leaves the archive' } as const

export const session = {
  'session.status': verb({
    input: nothing,
    output: archiveStatus,
    window: 'signin',
    roles: beforeSignIn,
    scope: noCase,
    stepUp: noStepUp,
    audit: { none: 'reads only what stands on the disk unprotected' },
    database: { none: 'nothing is open yet' },
  }),
  /** Points the program at another archive folder. */
  'session.choose': verb({
    input: v.object({ folder: path }),
    output: archiveStatus,
    window: 'signin',
    roles: beforeSignIn,
    scope: noCase,
    stepUp: noStepUp,
    audit: { none: 'nothing is open yet' },
    database: { none: 'nothing is open yet' },
  }),
  'session.signIn': verb({
    input: v.object({ login: line, password }),
    output: v.object({
      account,
      lastSignIn: v.nullable(v.string()),
      failuresSince: v.number(),
      passwordDaysLeft: v.nullable(v.number()),
    }),
    window: 'signin',
    roles: beforeSignIn,
    scope: noCase,
    stepUp: noStepUp,
    audit: { none: 'written by the sign-in itself: door.log before, the log after' },
    database: { none: 'opens the databases' },
  }),
  /** Replaces a password, before sign-in: also the way in when it has expired. */
  'session.changePassword': verb({
    input: v.object({ login: line, password, next: password }),
    output: nothing,
    window: 'signin',
    roles: beforeSignIn,
    scope: noCase,
    stepUp: { none: 'the present password is typed in the act itself' },
    audit: { none: 'written by the act itself, in the log of office.db' },
    database: { none: "opened with the account's own key" },
  }),
  'session.current': verb({
    input: nothing,
    output: v.object({
      account,
      unit: v.string(),
      kind: v.picklist(['production', 'trial']),
      machineLevel: level,
      /** 本单位定密权限 (保密法 17): the highest level that may be given here at first hand. */
      authorityLevel: level,
      /** Seconds without input after which the session locks itself. */
      idleSeconds: v.number(),
      /** Days before a due day from which its light is yellow. */
      soonDays: v.number(),
      /** Whether text may leave the window by the clipboard, and by being dragged (policy). */
      carries: v.object({ clipboard: v.boolean(), drag: v.boolean() }),
      /** What does not agree with what was seen before; while one stands, business is stopped. */
      findings: v.array(finding),
      now: v.string(),
    }),
    window: 'case',
    roles: { none: 'every account asks who it is' },
    scope: noCase,
    stepUp: noStepUp,
    audit: { none: 'the sign-in is on the log already' },
    database: { none: 'answered from the session' },
    whenStopped: true,
  }),
  /** Colleagues by id, for scope pickers and names on screens; no secrets. */
  'session.colleagues': verb({
    input: nothing,
    output: v.array(account),
    window: 'case',
    roles: { none: 'every account may know who works here' },
    scope: noCase,
    stepUp: noStepUp,
    audit: { none: 'names of colleagues only' },
    database: { none: 'answered from the replayed ledger' },
    whenStopped: true,
  }),
  'session.lock': verb({
    input: v.object({ reason: v.picklist(['lock', 'idle', 'quit']) }),
    output: nothing,
    window: 'case',
    roles: { none: 'everybody may lock' },
    scope: noCase,
    stepUp: noStepUp,
    audit: 'session.lock',
    database: 'office',
    whenStopped: true,
    whenHidden: true,
  }),
  /** What the password is asked again for; null when nothing waits. */
  'session.stepUpAsked': verb({
    input: nothing,
    output: v.nullable(v.object({ verb: v.string(), name: v.string() })),
    window: 'stepup',
    roles: { none: 'the session is the account that signed in' },
    scope: noCase,
    stepUp: noStepUp,
    audit: { none: 'the refusal that asked is on the log' },
    database: { none: 'answered from the session' },
  }),
  /** The password typed again: the one call that waits for it may be made once. */
  'session.stepUp': verb({
    input: v.object({ password }),
    output: nothing,
    window: 'stepup',
    roles: { none: 'the session is the account that signed in' },
    scope: noCase,
    stepUp: { none: 'this is the step-up itself' },
    audit: 'session.stepUp',
    database: 'office',
  }),
  /** Shows a hidden screen again to the person whose session it is. */
  'session.reveal': verb({
    input: v.object({ password }),
    output: nothing,
    window: 'case',
    roles: { none: 'the session is the account that signed in' },
    scope: noCase,
    stepUp: noStepUp,
    audit: { none: 'the disk that refuses the text refuses the line; a wrong password goes to door.log' },
    database: { none: 'proves the password against the key file' },
    whenStopped: true,
    whenHidden: true,
  }),
} as const
