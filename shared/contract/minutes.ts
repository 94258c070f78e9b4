import * as v from 'valibot'
import { businessRoles } from '../domain/accounts.ts'
import { id } from '../domain/common.ts'
import { minutes as minutesObject, sentence } from '../domain/minutes.ts'
import { proposal } from '../domain/secrecy.ts'
import { verb } from './verb.ts'

const common = {
  window: 'case',
  scope: 'case',
  stepUp: { none: 'nothing leaves the archive' },
  database: 'cases',
} as const
const writers = ['minuteTaker', 'caseOfficer', 'officeHead'] as const
const one = v.object({ caseId: id, minutesId: id })

export const minutes = {
  'minutes.list': verb({
    ...common,
    input: v.object({ caseId: id }),
    output: v.array(minutesObject),
    roles: businessRoles,
    audit: 'minutes.list',
  }),
  /** Drafts the minutes of every enterprise from the ended record (Art. 9); drafts that exist stay. */
  'minutes.draft': verb({
    ...common,
    input: v.object({ caseId: id, interviewId: id }),
    output: v.array(minutesObject),
    roles: writers,
    audit: 'minutes.draft',
  }),
  'minutes.save': verb({
    ...common,
    input: v.object({ ...one.entries, version: v.number(), sentences: v.array(sentence) }),
    output: minutesObject,
    roles: writers,
    audit: 'minutes.save',
  }),
  /** 送审: proposes the classification of the minutes. */
  'minutes.submit': verb({
    ...common,
    input: v.object({ ...one.entries, proposal }),
    output: minutesObject,
    roles: writers,
    audit: 'minutes.submit',
  }),
  /** 定稿 by the office head who hosted: read-only from here on, the record is frozen, both formats are filed; a signed act. */
  'minutes.finalise': verb({
    ...common,
    input: one,
    output: minutesObject,
    roles: ['officeHead', 'deputyLeader', 'chiefLeader'],
    audit: 'minutes.finalise',
  }),
} as const
