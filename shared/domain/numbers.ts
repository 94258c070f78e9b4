import * as v from 'valibot'
import { id } from './common.ts'

export const registerEntry = v.object({
  id,
  year: v.number(),
  n: v.number(),
  text: v.string(),
  state: v.picklist(['used', 'reserved', 'void']),
  caseId: v.nullable(id),
  enterpriseName: v.string(),
  matter: v.string(),
  reason: v.string(),
  at: v.string(),
  by: v.string(),
})
export type RegisterEntry = v.InferOutput<typeof registerEntry>

/** `监管约谈函〔2026〕15号`: 六角括号 U+3014/U+3015, no 第, no leading zero (GB/T 9704 7.2.5). */
export function numberText(word: string, year: number, n: number): string {
  return `${word}〔${year}〕${n}号`
}

/** The next number of a year: one after the highest ever given; gaps stay as 作废 and are never used again (Art. 4). */
export function nextNumber(given: readonly number[]): number {
  return given.reduce((top, n) => Math.max(top, n), 0) + 1
}
