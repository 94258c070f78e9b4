import * as v from 'valibot'
import { businessRoles, recordWriters } from '../domain/accounts.ts'
import { id, line } from '../domain/common.ts'
import {
  commentText,
  dispatch,
  dispatchInput,
  keptMinutes,
  minutesComment,
  minutesFields,
  minutes as minutesObject,
  minutesPlace,
  sentence,
} from '../domain/minutes.ts'
import { proposal } from '../domain/secrecy.ts'
import { verb } from './verb.ts'

const common = {
  window: 'case',
  scope: 'case',
  stepUp: { none: 'nothing leaves the archive' },
  database: 'cases',
} as const
const senders = ['caseOfficer', 'officeHead'] as const
const finalisers = ['officeHead', 'deputyLeader', 'chiefLeader'] as const
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
    roles: recordWriters,
    audit: 'minutes.draft',
  }),
  /** Saves what changed: `order` names every sentence in its place, `put` holds the new and the rewritten ones. */
  'minutes.save': verb({
    ...common,
    input: v.object({
      ...one.entries,
      version: v.number(),
      fields: minutesFields,
      order: v.array(sentence.entries.id),
      put: v.array(sentence),
      place: v.nullable(minutesPlace),
    }),
    output: v.object({ version: v.number() }),
    roles: recordWriters,
    audit: 'minutes.save',
  }),
  /**
   * Keeps beside the minutes what is the account's own: its wording when that could not be saved (somebody else was
   * faster; null: nothing is kept any more), and where it stands writing.
   */
  'minutes.keep': verb({
    ...common,
    input: v.object({ ...one.entries, kept: v.nullable(keptMinutes), place: v.nullable(minutesPlace) }),
    output: v.object({ keptAt: v.string() }),
    roles: recordWriters,
    audit: 'minutes.keep',
  }),
  /** What was kept, to go on with after a lock, a kill, or another day. */
  'minutes.kept': verb({
    ...common,
    input: one,
    output: v.object({ kept: v.nullable(keptMinutes), place: v.nullable(minutesPlace) }),
    roles: recordWriters,
    audit: 'minutes.kept',
  }),
  /** 送审: proposes the classification of the minutes; comments must be settled. */
  'minutes.submit': verb({
    ...common,
    input: v.object({ ...one.entries, proposal }),
    output: minutesObject,
    roles: recordWriters,
    audit: 'minutes.submit',
  }),
  /** 定稿 by the office head who hosted: read-only from here on, the record is frozen, both formats are filed; a signed act. */
  'minutes.finalise': verb({
    ...common,
    input: one,
    output: minutesObject,
    roles: finalisers,
    audit: 'minutes.finalise',
  }),
  /** 重新打开: a new edition begins; the final one stays as it was signed, with its paper. A signed act. */
  'minutes.reopen': verb({
    ...common,
    input: v.object({ ...one.entries, reason: line }),
    output: minutesObject,
    roles: finalisers,
    audit: 'minutes.reopen',
  }),
  /** The wording of an edition that became final. */
  'minutes.edition': verb({
    ...common,
    input: v.object({ ...one.entries, edition: v.number() }),
    output: v.object({ fields: minutesFields, sentences: v.array(sentence) }),
    roles: businessRoles,
    audit: 'minutes.edition',
  }),
  'minutes.comments': verb({
    ...common,
    input: one,
    output: v.array(minutesComment),
    roles: businessRoles,
    audit: 'minutes.comments',
  }),
  /** 批注 by whoever knows the case, while the minutes are not final. */
  'minutes.comment': verb({
    ...common,
    input: v.object({ ...one.entries, sentenceId: v.nullable(sentence.entries.id), text: commentText }),
    output: minutesComment,
    roles: businessRoles,
    audit: 'minutes.comment',
  }),
  'minutes.answer': verb({
    ...common,
    input: v.object({ ...one.entries, commentId: id, text: commentText }),
    output: minutesComment,
    roles: businessRoles,
    audit: 'minutes.answer',
  }),
  /** Settles a comment: by who wrote it or by a writer of the minutes. */
  'minutes.resolve': verb({
    ...common,
    input: v.object({ ...one.entries, commentId: id }),
    output: minutesComment,
    roles: businessRoles,
    audit: 'minutes.resolve',
  }),
  'minutes.dispatches': verb({
    ...common,
    input: one,
    output: v.array(dispatch),
    roles: businessRoles,
    audit: 'minutes.dispatches',
  }),
  /**
   * 印送 (Art. 9): one copy of the final minutes is to go to their enterprise. Asks for the copy's ticket, which carries its
   * 份号; the copy leaves by `copies.take` and its receipt is entered in the copies register. Only minutes can be named
   * here: nothing sends a record to an enterprise.
   */
  'minutes.dispatch': verb({
    ...common,
    input: v.object({ ...one.entries, ...dispatchInput.entries }),
    output: v.array(dispatch),
    roles: senders,
    audit: 'minutes.dispatch',
  }),
  /** The decision not to send, with its reason. */
  'minutes.withhold': verb({
    ...common,
    input: v.object({ ...one.entries, reason: line }),
    output: v.array(dispatch),
    roles: senders,
    audit: 'minutes.withhold',
  }),
} as const
