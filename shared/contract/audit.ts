import * as v from 'valibot'
import { line, nothing, optionalLine } from '../domain/common.ts'
import { verb } from './verb.ts'

const common = {
  window: 'case',
  scope: { none: 'acts without content' },
  stepUp: { none: 'nothing leaves the archive' },
  database: 'office',
  whenStopped: true,
} as const

/** The auditor's room. */
export const audit = {
  /** The log of `office.db`: acts, never content. Newest first, 200 a page. */
  'audit.list': verb({
    ...common,
    input: v.object({ before: v.nullable(v.number()), action: optionalLine }),
    output: v.object({
      lines: v.array(
        v.object({
          seq: v.number(),
          at: v.string(),
          account: v.string(),
          action: v.string(),
          object: v.string(),
          level: v.string(),
          result: v.string(),
          source: v.string(),
        }),
      ),
      total: v.number(),
    }),
    roles: ['auditor', 'securityOfficer'],
    audit: 'audit.list',
  }),
  /** Recomputes the chain and the signatures of the heads. */
  'audit.verify': verb({
    ...common,
    input: nothing,
    output: v.object({ intact: v.boolean(), lines: v.number(), fault: v.nullable(v.string()) }),
    roles: ['auditor'],
    audit: 'audit.verify',
  }),
  /** A signed checkpoint of the log (纸上锚). */
  'audit.checkpoint': verb({
    ...common,
    input: v.object({ note: line }),
    output: v.object({ seq: v.number(), head: v.string() }),
    roles: ['auditor'],
    audit: 'audit.checkpoint',
  }),
  /** 纸上锚: what a paper says of the log, compared with the log; a difference stops business. */
  'audit.anchor': verb({
    ...common,
    input: v.object({
      /** Papers of a case name lines of cases.db, checkpoints lines of office.db. */
      database: v.picklist(['office', 'cases']),
      seq: v.pipe(v.number(), v.integer(), v.minValue(1)),
      anchor: line,
    }),
    output: v.object({ verdict: v.picklist(['fits', 'differs', 'behind']), end: v.number() }),
    roles: ['auditor'],
    audit: 'audit.anchor',
  }),
} as const
