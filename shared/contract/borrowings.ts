import * as v from 'valibot'
import { businessRoles } from '../domain/accounts.ts'
import { volumeItem } from '../domain/archive.ts'
import { borrowing, borrowingRequest } from '../domain/borrowings.ts'
import { id, nothing, optionalLine } from '../domain/common.ts'
import { verb } from './verb.ts'

const common = { window: 'case', database: 'cases', stepUp: { none: 'shown inside the window only' } } as const

export const borrowings = {
  /** Asks to read a filed volume by its 档号, with purpose and days. */
  'borrowings.ask': verb({
    ...common,
    input: borrowingRequest,
    output: v.object({ id }),
    roles: businessRoles,
    scope: { none: 'asks about a case outside the scope, and is told nothing of it' },
    audit: 'borrowings.ask',
  }),
  /** 借阅登记: the own loans, and those of the cases in the scope, the last first. */
  'borrowings.list': verb({
    ...common,
    input: nothing,
    output: v.array(borrowing),
    roles: businessRoles,
    scope: 'filtered',
    audit: 'borrowings.list',
  }),
  /** A leader, or for what is no state secret the archivist, lets somebody read; never oneself. A signed act. */
  'borrowings.decide': verb({
    ...common,
    input: v.object({
      caseId: id,
      borrowingId: id,
      decision: v.picklist(['approved', 'declined']),
      opinion: optionalLine,
    }),
    output: nothing,
    roles: ['deputyLeader', 'chiefLeader', 'archivist'],
    scope: 'case',
    audit: 'borrowings.decide',
  }),
  /** What lies in a borrowed volume. */
  'borrowings.read': verb({
    ...common,
    input: v.object({ caseId: id, borrowingId: id }),
    output: v.object({ borrowing, items: v.array(volumeItem) }),
    roles: businessRoles,
    scope: 'borrowed',
    audit: 'borrowings.read',
  }),
  /** One piece of it, to be read in the window. */
  'borrowings.file': verb({
    ...common,
    input: v.object({ caseId: id, borrowingId: id, itemId: id }),
    output: v.object({ bytes: v.instance(Uint8Array), mediaType: v.string() }),
    roles: businessRoles,
    scope: 'borrowed',
    audit: 'borrowings.file',
  }),
  /** 归还 by the borrower before the last day. */
  'borrowings.giveBack': verb({
    ...common,
    input: v.object({ caseId: id, borrowingId: id }),
    output: nothing,
    roles: businessRoles,
    scope: 'borrowed',
    audit: 'borrowings.giveBack',
  }),
  /** Takes a loan back before its last day, with a reason. */
  'borrowings.callIn': verb({
    ...common,
    input: v.object({ caseId: id, borrowingId: id, reason: v.pipe(optionalLine, v.minLength(1)) }),
    output: nothing,
    roles: ['deputyLeader', 'chiefLeader', 'archivist'],
    scope: 'case',
    audit: 'borrowings.callIn',
  }),
} as const
