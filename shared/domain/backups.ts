import * as v from 'valibot'
import { id } from './common.ts'

// Backups (DESIGN §4): made by 系统管理员, who holds no key to the cases; a key holder's drill opens the rest.

/** What a drill looked at. The last three need the key of cases.db, which no officer holds. */
export const drillChecks = [
  'manifest',
  'files',
  'blobs',
  'office',
  'ledger',
  'officeLog',
  'cases',
  'casesLog',
  'contents',
] as const
export type DrillCheck = (typeof drillChecks)[number]

export const drillResult = v.object({
  code: v.picklist(drillChecks),
  /** `notHeld`: the account has no key to look with. */
  result: v.picklist(['passed', 'failed', 'notHeld']),
  /** Counts, or the code of what was found. */
  detail: v.string(),
})
export type DrillResult = v.InferOutput<typeof drillResult>

/** How far a backup was looked at: as an officer can, or with the key of cases.db. */
export const drillDepth = v.picklist(['officer', 'whole'])
export type DrillDepth = v.InferOutput<typeof drillDepth>

export const drill = v.object({
  at: v.string(),
  by: v.string(),
  depth: drillDepth,
  /** Milliseconds from the first byte read to the last check. */
  ms: v.number(),
  passed: v.boolean(),
  checks: v.array(drillResult),
})
export type Drill = v.InferOutput<typeof drill>

/** A line of the register of backups. */
export const backup = v.object({
  id,
  at: v.string(),
  by: v.string(),
  /** Folder the user chose; the backup is a folder of its own inside it. */
  place: v.string(),
  name: v.string(),
  /** Bytes of the databases and keys; attachments stand once for all backups of a place. */
  bytes: v.number(),
  blobs: v.number(),
  blobBytes: v.number(),
  /** `removed`: its turn in the rotation came, and its folder was taken away. */
  state: v.picklist(['kept', 'removed']),
  drills: v.array(drill),
})
export type Backup = v.InferOutput<typeof backup>

/** Days since the last backup; null when there is none. Pure. */
export function daysSince(last: string | null, now: string): number | null {
  return last === null ? null : Math.floor((Date.parse(now) - Date.parse(last)) / 86_400_000)
}
