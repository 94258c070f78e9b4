import * as v from 'valibot'

/**
 * What does not agree with what was seen before (DESIGN §4): `behind` a signed head is ahead of the file · `anchor` a
 * paper is · `newMachine` this machine has never seen the archive · `clock` the clock runs behind the last line.
 */
export const finding = v.object({
  kind: v.picklist(['behind', 'anchor', 'newMachine', 'clock']),
  database: v.picklist(['office', 'cases', 'machine']),
  /** Last line of the file; 0 for a machine or a clock. */
  kept: v.number(),
  /** Line and hash (on paper its first 100 bits) that were seen. */
  seq: v.number(),
  hash: v.string(),
  /** When it was seen, ISO UTC. */
  at: v.string(),
  /** Where it was seen. */
  source: v.picklist(['witness', 'otherDatabase', 'paper', 'machine']),
})
export type Finding = v.InferOutput<typeof finding>

/** Hex digits of a head that stand on a paper: 100 bits (DESIGN §4, 纸上锚). */
export const anchorDigits = 25

/** A 纸上锚 as it is typed: spaces and hyphens do not count; null when it is none. */
export function readAnchor(typed: string): string | null {
  const digits = typed
    .normalize('NFKC')
    .replace(/[\s\-–—·]/gu, '')
    .toLowerCase()
  return new RegExp(`^[0-9a-f]{${anchorDigits}}$`).test(digits) ? digits : null
}
