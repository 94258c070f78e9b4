import * as v from 'valibot'
import { businessRoles } from '../domain/accounts.ts'
import { day, id, line, nothing, optionalLine, path } from '../domain/common.ts'
import {
  checkInput,
  documentKind,
  entry,
  entryInput,
  extension,
  formalInput,
  item,
  itemChange,
  itemInput,
  planClock,
  received,
  shownDocument,
} from '../domain/rectification.ts'
import { level } from '../domain/secrecy.ts'
import { verb } from './verb.ts'

const common = {
  window: 'case',
  scope: 'case',
  stepUp: { none: 'nothing leaves the archive' },
  database: 'cases',
} as const
const writers = ['caseOfficer', 'officeHead'] as const

export const rectification = {
  'rectification.get': verb({
    ...common,
    input: v.object({ caseId: id }),
    output: v.object({
      clocks: v.array(planClock),
      extensions: v.array(extension),
      items: v.array(item),
      documents: v.array(shownDocument),
      /** Entries that stand: neither corrected by a later one nor struck out. */
      entries: v.array(entry),
      /** The sum of the case in fen, beyond which no effects go; null when none is named. */
      amountFen: v.nullable(v.number()),
    }),
    roles: businessRoles,
    audit: 'rectification.get',
  }),
  'rectification.addItem': verb({
    ...common,
    input: v.object({ caseId: id, item: itemInput }),
    output: item,
    roles: writers,
    audit: 'rectification.addItem',
  }),
  /** Changes an open item's words, owner or due day; what it said before stays in the history. */
  'rectification.editItem': verb({
    ...common,
    input: v.object({ caseId: id, itemId: id, change: itemChange }),
    output: item,
    roles: writers,
    audit: 'rectification.editItem',
  }),
  'rectification.closeItem': verb({
    ...common,
    input: v.object({ caseId: id, itemId: id, result: line }),
    output: item,
    roles: writers,
    audit: 'rectification.closeItem',
  }),
  /** A paper of the enterprise arrives (Art. 10, 11, 15), with its file from the given path when there is one. */
  'rectification.receive': verb({
    ...common,
    input: v.object({
      caseId: id,
      enterpriseId: id,
      kind: documentKind,
      title: line,
      /** The paper 佐证材料 prove. */
      provesId: v.optional(v.nullable(id), null),
      formal: v.optional(formalInput, { number: '', sealed: false }),
      /** 密级 the sender marked it with: it counts in the volume and in all that leaves with it (保密法 18). */
      level: v.optional(level, 'none'),
      file: v.nullable(path),
    }),
    output: received,
    roles: writers,
    audit: 'rectification.receive',
  }),
  /** Notes how a report was formally submitted, where that came after the file (Art. 15). */
  'rectification.formal': verb({
    ...common,
    input: v.object({ caseId: id, documentId: id, formal: formalInput }),
    output: shownDocument,
    roles: writers,
    audit: 'rectification.formal',
  }),
  /** A person checks the parts of a paper that came in and accepts it or sends it back (Art. 11, 15). */
  'rectification.check': verb({
    ...common,
    input: v.object({ caseId: id, documentId: id, check: checkInput }),
    output: shownDocument,
    roles: writers,
    audit: 'rectification.check',
  }),
  /** Asks for a later day for an enterprise's work plan (Art. 11). */
  'rectification.askExtension': verb({
    ...common,
    input: v.object({ caseId: id, enterpriseId: id, due: day, reason: line }),
    output: extension,
    roles: writers,
    audit: 'rectification.askExtension',
  }),
  /** Decides about an extension that another account asked for (Art. 11). */
  'rectification.decideExtension': verb({
    ...common,
    input: v.object({
      caseId: id,
      extensionId: id,
      decision: v.picklist(['approved', 'returned']),
      opinion: optionalLine,
    }),
    output: extension,
    roles: ['officeHead', 'deputyLeader', 'chiefLeader'],
    audit: 'rectification.decideExtension',
  }),
  /** Enters effects, a person called to account, a screening (Art. 12–14), or corrects the entry it replaces. */
  'rectification.enter': verb({
    ...common,
    input: v.object({ caseId: id, enterpriseId: id, entry: entryInput, replaces: v.nullable(id) }),
    output: entry,
    roles: writers,
    audit: 'rectification.enter',
  }),
  /** Strikes out an entry that was made by mistake; it stays in the archive with the reason. */
  'rectification.strike': verb({
    ...common,
    input: v.object({ caseId: id, entryId: id, reason: line }),
    output: nothing,
    roles: writers,
    audit: 'rectification.strike',
  }),
  /** 催办函 to an enterprise whose work plan or items are late; the paper is frozen at once (Art. 11, 16, 18). */
  'rectification.remind': verb({
    ...common,
    input: v.object({ caseId: id, enterpriseId: id, newDue: day }),
    output: entry,
    roles: writers,
    audit: 'rectification.remind',
  }),
  /** 销账 of an enterprise: plan, special report and evaluation are there, no item is open (Art. 16). */
  'rectification.close': verb({
    ...common,
    input: v.object({ caseId: id, enterpriseId: id, opinion: optionalLine }),
    output: entry,
    roles: writers,
    audit: 'rectification.close',
  }),
  /** 重新开启 of an enterprise that was closed, with the reason. */
  'rectification.reopen': verb({
    ...common,
    input: v.object({ caseId: id, enterpriseId: id, reason: line }),
    output: entry,
    roles: ['officeHead', 'deputyLeader', 'chiefLeader'],
    audit: 'rectification.reopen',
  }),
} as const
