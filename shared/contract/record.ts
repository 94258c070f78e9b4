import * as v from 'valibot'
import { businessRoles, recordWriters } from '../domain/accounts.ts'
import { id, line, optionalLine } from '../domain/common.ts'
import { recordContent, recordEdition, recordSignatures, recordSigning } from '../domain/record.ts'
import { verb } from './verb.ts'

const common = {
  window: 'case',
  scope: 'case',
  stepUp: { none: 'nothing leaves the archive' },
  database: 'cases',
} as const
const one = v.object({ caseId: id, interviewId: id })
const state = v.object({
  editions: v.array(recordEdition),
  signings: v.array(recordSigning),
  /** Why the record is open again after it was frozen; null while it is frozen or was never. */
  correcting: v.nullable(v.string()),
})

/** The record after the interview: frozen for signing, signed or refused, corrected only as a new edition (Art. 9). */
export const record = {
  'record.get': verb({ ...common, input: one, output: state, roles: businessRoles, audit: 'record.get' }),
  /** A frozen edition as it was signed. */
  'record.edition': verb({
    ...common,
    input: v.object({ ...one.entries, edition: v.number() }),
    output: recordContent,
    roles: businessRoles,
    audit: 'record.edition',
  }),
  /** Prints the record for signing: both formats are filed and no word of it changes from here on. A signed act. */
  'record.freeze': verb({
    ...common,
    input: v.object({ ...one.entries, signatures: recordSignatures }),
    output: state,
    roles: recordWriters,
    audit: 'record.freeze',
  }),
  /** Opens a frozen record for a correction; what was frozen stays as it was signed. A signed act. */
  'record.correct': verb({
    ...common,
    input: v.object({ ...one.entries, reason: line }),
    output: state,
    roles: ['officeHead', 'minuteTaker'],
    audit: 'record.correct',
  }),
  /** Notes who signed the printed record and who refused, with the reason. */
  'record.sign': verb({
    ...common,
    input: v.object({
      ...one.entries,
      attendeeId: id,
      outcome: recordSigning.entries.outcome,
      reason: optionalLine,
    }),
    output: state,
    roles: recordWriters,
    audit: 'record.sign',
  }),
} as const
