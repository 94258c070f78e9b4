import * as v from 'valibot'
import { day, id, line, nothing, optionalLine, path } from '../domain/common.ts'
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
    input: v.object({
      before: v.nullable(v.number()),
      /** Beginning of an action's code. */
      action: optionalLine,
      account: v.optional(id),
      /** Part of the object's kind or id. */
      object: v.optional(optionalLine),
      result: v.optional(v.picklist(['ok', 'refused'])),
      /** Days in Asia/Shanghai, both included. */
      from: v.optional(day),
      to: v.optional(day),
    }),
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
  /** Recomputes the chain and the signatures of the heads; progress comes as `jobs.progress` under `job`. */
  'audit.verify': verb({
    ...common,
    input: v.object({ job: v.string() }),
    output: v.object({
      intact: v.boolean(),
      lines: v.number(),
      fault: v.nullable(v.string()),
      /** First line written under a clock that had been set back; null when time only went on. */
      clockBack: v.nullable(v.number()),
    }),
    roles: ['auditor'],
    audit: 'audit.verify',
  }),
  /** Stops a verification under way. */
  'audit.cancel': verb({
    ...common,
    input: v.object({ job: v.string() }),
    output: nothing,
    roles: ['auditor'],
    audit: 'audit.cancel',
  }),
  /** A signed checkpoint of the log: a record of the ledger, an anchor for the paper, and a file where one is asked for. */
  'audit.checkpoint': verb({
    ...common,
    input: v.object({ note: line, folder: v.optional(path) }),
    output: v.object({ seq: v.number(), head: v.string(), file: v.nullable(v.string()) }),
    roles: ['auditor'],
    audit: 'audit.checkpoint',
  }),
  /** A checkpoint file of an earlier day: signed by an auditor of this archive, and still true of the log? */
  'audit.compare': verb({
    ...common,
    input: v.object({ file: path }),
    output: v.object({ verdict: v.picklist(['fits', 'differs', 'behind', 'foreign']), seq: v.number() }),
    roles: ['auditor'],
    audit: 'audit.compare',
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
