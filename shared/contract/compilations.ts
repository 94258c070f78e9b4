import * as v from 'valibot'
import { leaderRoles } from '../domain/accounts.ts'
import { id, nothing, optionalLine } from '../domain/common.ts'
import {
  compilationFigures,
  compilationReaders,
  compilationState,
  compilationSubject,
  compilationTexts,
  inspectionEntry,
  inspectionInput,
  sheetLeader,
  sheetYear,
} from '../domain/compilations.ts'
import { paper, substitution } from '../domain/papers.ts'
import { level } from '../domain/secrecy.ts'
import { verb } from './verb.ts'

const common = {
  window: 'case',
  scope: 'case',
  database: 'cases',
  stepUp: { none: 'nothing leaves the archive' },
} as const
const office = ['accountabilityOffice'] as const
const one = { compilationId: id }

/** A compilation in a list. */
const row = v.object({
  id,
  subject: compilationSubject,
  title: v.string(),
  state: compilationState,
  level,
  drafter: v.string(),
  updatedAt: v.string(),
  /** Whether the account that asks drew it. */
  mine: v.boolean(),
  /** Of a 专项核查 that was announced: enterprises done and in all, and whether it has ended. */
  inspection: v.nullable(v.object({ done: v.number(), of: v.number(), closed: v.boolean() })),
})
const shown = v.object({
  ...row.entries,
  texts: compilationTexts,
  figures: compilationFigures,
  /** As it will be printed, `机密★10年`; null where the law forbids a mark. */
  mark: v.nullable(v.string()),
  /** Of a notice of 专项核查, from the register of Art. 4; empty while it has none. */
  number: v.string(),
  version: v.number(),
  /** Cases it is drawn from, the first opened first. */
  sources: v.array(v.object({ caseId: id, matter: v.string() })),
  papers: v.array(paper),
  decider: v.string(),
  decidedAt: v.nullable(v.string()),
  opinion: v.string(),
  /** What its sources bind it to when they have outgrown its mark (保密法 18); null when they have not. */
  outgrown: v.nullable(v.object({ mark: v.nullable(v.string()), undecided: v.boolean() })),
  /** The last 重新定密. */
  reclassified: v.nullable(v.object({ by: v.string(), at: v.string(), reason: v.string() })),
  /** 档号 under which it is filed; empty before, null where the unit's table does not file by piece. */
  archivalCode: v.nullable(v.string()),
})

/** 综合材料 (Art. 17, 19): drawn from the cases an account may know, and known only to those who may know all of them. */
export const compilations = {
  'compilations.list': verb({
    ...common,
    scope: 'filtered',
    input: nothing,
    output: v.array(row),
    roles: compilationReaders,
    audit: 'compilations.list',
  }),
  /** Whom a sheet of Art. 17 may be drawn for: who came to the interviews of a year or was called to account over them. */
  'compilations.leaders': verb({
    ...common,
    scope: 'filtered',
    input: v.object({ enterpriseId: id, year: sheetYear }),
    output: v.array(sheetLeader),
    roles: office,
    audit: 'compilations.leaders',
  }),
  /** Counts, and writes the first words; level and term come from the cases it is drawn from. */
  'compilations.draft': verb({
    ...common,
    scope: 'filtered',
    input: v.object({ subject: compilationSubject }),
    output: shown,
    roles: office,
    audit: 'compilations.draft',
  }),
  'compilations.get': verb({
    ...common,
    input: v.object(one),
    output: shown,
    roles: compilationReaders,
    audit: 'compilations.get',
  }),
  /** Keeps the words of a draft, and counts anew. */
  'compilations.save': verb({
    ...common,
    input: v.object({ ...one, version: v.number(), texts: compilationTexts }),
    output: shown,
    roles: office,
    audit: 'compilations.save',
  }),
  /** The paper as it would print now, with words that are not saved yet. */
  'compilations.preview': verb({
    ...common,
    input: v.object({ ...one, texts: v.nullable(compilationTexts) }),
    output: v.object({
      pdf: v.instance(Uint8Array),
      substitutions: v.array(substitution),
      missing: v.array(v.string()),
    }),
    roles: compilationReaders,
    stepUp: { none: 'shown inside the window only' },
    audit: 'compilations.preview',
  }),
  /** 送审: the words and figures of this moment go up. */
  'compilations.submit': verb({
    ...common,
    input: v.object(one),
    output: shown,
    roles: office,
    audit: 'compilations.submit',
  }),
  /** 审签 by a leader who did not draw it: frozen in both formats (a notice when it is issued), or sent back; a signed act. */
  'compilations.decide': verb({
    ...common,
    input: v.object({ ...one, decision: v.picklist(['approved', 'returned']), opinion: optionalLine }),
    output: shown,
    roles: leaderRoles,
    audit: 'compilations.decide',
  }),
  /** 印发 of the notice of a 专项核查 under its number: frozen in both formats; a signed act (Art. 4, 19). */
  'compilations.issue': verb({
    ...common,
    input: v.object(one),
    output: shown,
    roles: office,
    audit: 'compilations.issue',
  }),
  /**
   * 重新定密 of an approved one whose sources rose: bound by them anew, and frozen again under the new mark, by a 定密责任人
   * who did not draw it; a signed act (保密法 18, 23).
   */
  'compilations.reclassify': verb({
    ...common,
    input: v.object({ ...one, reason: v.pipe(optionalLine, v.minLength(1)) }),
    output: shown,
    roles: ['classifier'],
    audit: 'compilations.reclassify',
  }),
  /** 归档 of an approved one as a piece with its own 档号, by the office that drew it (谁组织、谁负责, Art. 20); a signed act. */
  'compilations.file': verb({
    ...common,
    input: v.object(one),
    output: shown,
    roles: office,
    audit: 'compilations.file',
  }),
  /** A draft nobody wants any more; it stays with the reason. */
  'compilations.withdraw': verb({
    ...common,
    input: v.object({ ...one, reason: v.pipe(optionalLine, v.minLength(1)) }),
    output: shown,
    roles: office,
    audit: 'compilations.withdraw',
  }),
  /** What followed the notice of a 专项核查 (Art. 19), the first first. */
  'inspections.get': verb({
    ...common,
    input: v.object(one),
    output: v.array(inspectionEntry),
    roles: compilationReaders,
    audit: 'inspections.get',
  }),
  /** Enters a self-examination, a finding or the end of one enterprise. */
  'inspections.enter': verb({
    ...common,
    input: v.object({ ...one, enterpriseId: id, entry: inspectionInput }),
    output: v.array(inspectionEntry),
    roles: office,
    audit: 'inspections.enter',
  }),
  /** Ends a 专项核查 when every enterprise is done; a signed act. */
  'inspections.close': verb({
    ...common,
    input: v.object({ ...one, conclusion: v.pipe(optionalLine, v.minLength(1)) }),
    output: v.array(inspectionEntry),
    roles: office,
    audit: 'inspections.close',
  }),
} as const
