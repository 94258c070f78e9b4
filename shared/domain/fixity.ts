import * as v from 'valibot'
import { id } from './common.ts'

// 固化信息定期核对 (DA/T 70, 长期保存): what the archive keeps is read to its end again and compared with what was written down.

export const fixityKind = v.picklist(['attachment', 'paper', 'bundle'])
export type FixityKind = v.InferOutput<typeof fixityKind>

export const fixityFault = v.object({
  kind: fixityKind,
  id,
  /** Code of what was found. */
  code: v.string(),
  /** Of the paper or file, where the account may know it. */
  title: v.string(),
})
export type FixityFault = v.InferOutput<typeof fixityFault>

/** One whole check: what was read, how long it took, what did not agree. */
export const fixityRun = v.object({
  id,
  at: v.string(),
  by: v.string(),
  /** Milliseconds. */
  ms: v.number(),
  attachments: v.number(),
  bytes: v.number(),
  papers: v.number(),
  /** Sealed bundles that stand where they were written; those on media elsewhere are checked there by their digest. */
  bundles: v.number(),
  faults: v.array(fixityFault),
})
export type FixityRun = v.InferOutput<typeof fixityRun>
