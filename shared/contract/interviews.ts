import * as v from 'valibot'
import { businessRoles, recordWriters } from '../domain/accounts.ts'
import { id, line, moment, nothing, optionalLine } from '../domain/common.ts'
import {
  attendee,
  attendeeInput,
  draftedAttendee,
  interview,
  liveLine,
  outlineLine,
  secrecyCheck,
  utterance,
  utteranceInput,
  utteranceVersion,
} from '../domain/interviews.ts'
import { verb } from './verb.ts'

const common = {
  window: 'case',
  scope: 'case',
  stepUp: { none: 'nothing leaves the archive' },
  database: 'cases',
} as const
const one = v.object({ caseId: id, interviewId: id })
const durable = v.object({ durableAt: v.string() })
/** A step of the interview, and the line it left in the record while that runs. */
const stepped = v.object({ interview, note: v.nullable(utterance) })
const probe = v.object({ ok: v.boolean(), code: v.nullable(v.string()) })

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
      outline: v.array(outlineLine),
    }),
    output: interview,
    roles: recordWriters,
    audit: 'interviews.prepare',
  }),
  /** 提纲 and participants as case file, templates and notices have them (Art. 4, 5, 7, 8); nothing is stored. */
  'interviews.draft': verb({
    ...common,
    input: one,
    output: v.object({ outline: v.array(outlineLine), attendees: v.array(draftedAttendee) }),
    roles: recordWriters,
    audit: 'interviews.draft',
  }),
  /** One item of the secrecy checklist (保密法 38), done or taken back. */
  'interviews.check': verb({
    ...common,
    input: v.object({ ...one.entries, item: secrecyCheck, done: v.boolean() }),
    output: interview,
    roles: recordWriters,
    audit: 'interviews.check',
  }),
  /** What has to work before the start: space set aside, a durable write, a clock that does not run behind the log. */
  'interviews.selfTest': verb({
    ...common,
    input: one,
    output: v.object({
      reserve: v.object({ ...probe.entries, bytes: v.number() }),
      write: v.object({ ...probe.entries, ms: v.number() }),
      clock: v.object({ ...probe.entries, now: v.string() }),
    }),
    roles: recordWriters,
    audit: 'interviews.selfTest',
  }),
  'interviews.attend': verb({
    ...common,
    input: v.object({
      ...one.entries,
      attendeeId: id,
      state: attendee.entries.state,
      reason: optionalLine,
      /** When somebody came late or left; left out, it is now. */
      at: v.optional(moment),
    }),
    output: stepped,
    roles: recordWriters,
    audit: 'interviews.attend',
  }),
  /** Somebody who was on no list sits down in the room (Art. 7); the record says so at the time. */
  'interviews.join': verb({
    ...common,
    input: v.object({ ...one.entries, attendee: attendeeInput }),
    output: stepped,
    roles: recordWriters,
    audit: 'interviews.join',
  }),
  /** Starts after the self-test: space reserve, journal write, clock. */
  'interviews.start': verb({
    ...common,
    input: one,
    output: interview,
    roles: recordWriters,
    audit: 'interviews.start',
  }),
  'interviews.pause': verb({
    ...common,
    input: v.object({ ...one.entries, reason: line }),
    output: stepped,
    roles: recordWriters,
    audit: 'interviews.pause',
  }),
  'interviews.resume': verb({
    ...common,
    input: one,
    output: stepped,
    roles: recordWriters,
    audit: 'interviews.resume',
  }),
  /**
   * The line being typed goes to the journal, with every sentence the database refuses (a full disk); answered after
   * fdatasync.
   */
  'interviews.keep': verb({
    ...common,
    input: v.object({ ...one.entries, live: liveLine, waiting: v.optional(v.array(utteranceInput), []) }),
    output: durable,
    roles: recordWriters,
    audit: { none: 'every keystroke would be a line; the committed utterance is logged' },
    database: { none: 'the journal is outside the database' },
    whenHidden: true,
  }),
  /** Enter: the live line becomes an utterance. */
  'interviews.append': verb({
    ...common,
    input: v.object({ ...one.entries, utterance: utteranceInput }),
    output: v.object({ utterance, ...durable.entries }),
    roles: recordWriters,
    audit: 'interviews.append',
    whenHidden: true,
  }),
  /** Edits an earlier line; the version before is kept with its time and author. */
  'interviews.edit': verb({
    ...common,
    input: v.object({ ...one.entries, utteranceId: id, version: v.number(), utterance: utteranceInput }),
    output: v.object({ utterance, ...durable.entries }),
    roles: recordWriters,
    audit: 'interviews.edit',
  }),
  /** Every wording of one utterance with its time and author. */
  'interviews.versions': verb({
    ...common,
    input: v.object({ ...one.entries, utteranceId: id }),
    output: v.array(utteranceVersion),
    roles: businessRoles,
    audit: 'interviews.versions',
  }),
  /** Plans a further interview of the same case, with the room, the host and the people of the last one. */
  'interviews.again': verb({
    ...common,
    input: v.object({ caseId: id, reason: line }),
    output: interview,
    roles: ['caseOfficer', 'officeHead'],
    audit: 'interviews.again',
  }),
  'interviews.end': verb({ ...common, input: one, output: interview, roles: recordWriters, audit: 'interviews.end' }),
} as const
