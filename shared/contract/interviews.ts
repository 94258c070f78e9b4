import * as v from 'valibot'
import { businessRoles } from '../domain/accounts.ts'
import { id, line, nothing, optionalLine } from '../domain/common.ts'
import {
  attendee,
  attendeeInput,
  interview,
  liveLine,
  section,
  utterance,
  utteranceInput,
} from '../domain/interviews.ts'
import { verb } from './verb.ts'

const common = {
  window: 'case',
  scope: 'case',
  stepUp: { none: 'nothing leaves the archive' },
  database: 'cases',
} as const
const writers = ['minuteTaker', 'caseOfficer', 'officeHead'] as const
const one = v.object({ caseId: id, interviewId: id })
const durable = v.object({ durableAt: v.string() })

export const interviews = {
  /** Interviews the account may open, planned and running first. */
  'interviews.list': verb({
    ...common,
    scope: 'filtered',
    input: nothing,
    output: v.array(interview),
    roles: businessRoles,
    audit: 'interviews.list',
  }),
  'interviews.get': verb({
    ...common,
    input: one,
    output: v.object({
      interview,
      utterances: v.array(utterance),
      /** What only the journal holds: the line being typed, and sentences the database has refused so far, in order. */
      live: v.nullable(liveLine),
      waiting: v.array(utteranceInput),
    }),
    roles: businessRoles,
    audit: 'interviews.get',
  }),
  /** Attendance and speaker keys before the start; replaces the list. */
  'interviews.prepare': verb({
    ...common,
    input: v.object({
      ...one.entries,
      attendees: v.array(attendeeInput),
      outline: v.array(v.object({ section, text: v.string() })),
    }),
    output: interview,
    roles: writers,
    audit: 'interviews.prepare',
  }),
  'interviews.attend': verb({
    ...common,
    input: v.object({ ...one.entries, attendeeId: id, state: attendee.entries.state, reason: optionalLine }),
    output: interview,
    roles: writers,
    audit: 'interviews.attend',
  }),
  /** Starts after the self-test: space reserve, journal write, clock. */
  'interviews.start': verb({ ...common, input: one, output: interview, roles: writers, audit: 'interviews.start' }),
  'interviews.pause': verb({
    ...common,
    input: v.object({ ...one.entries, reason: line }),
    output: interview,
    roles: writers,
    audit: 'interviews.pause',
  }),
  'interviews.resume': verb({ ...common, input: one, output: interview, roles: writers, audit: 'interviews.resume' }),
  /**
   * The line being typed goes to the journal, with every sentence the database refuses (a full disk); answered after
   * fdatasync.
   */
  'interviews.keep': verb({
    ...common,
    input: v.object({ ...one.entries, live: liveLine, waiting: v.optional(v.array(utteranceInput), []) }),
    output: durable,
    roles: writers,
    audit: { none: 'every keystroke would be a line; the committed utterance is logged' },
    database: { none: 'the journal is outside the database' },
    whenHidden: true,
  }),
  /** Enter: the live line becomes an utterance. */
  'interviews.append': verb({
    ...common,
    input: v.object({ ...one.entries, utterance: utteranceInput }),
    output: v.object({ utterance, ...durable.entries }),
    roles: writers,
    audit: 'interviews.append',
    whenHidden: true,
  }),
  /** Edits an earlier line; the version before is kept with its time and author. */
  'interviews.edit': verb({
    ...common,
    input: v.object({ ...one.entries, utteranceId: id, version: v.number(), utterance: utteranceInput }),
    output: v.object({ utterance, ...durable.entries }),
    roles: writers,
    audit: 'interviews.edit',
  }),
  'interviews.end': verb({ ...common, input: one, output: interview, roles: writers, audit: 'interviews.end' }),
} as const
