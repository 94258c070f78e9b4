import * as v from 'valibot'
import { type RetentionTerm, retentionTerms } from '../rules/retention.ts'
import { day, id } from './common.ts'
import { level } from './secrecy.ts'

// Retention, review and disposal of filed volumes (档案法实施条例 24; 实施条例 28): asked by one, approved by another.

/** 鉴定 conclusions: destroy, or keep for another term. */
export const conclusion = v.picklist(['destroy', 'D10', 'D30', 'Y'])
export type Conclusion = v.InferOutput<typeof conclusion>
export const conclusionNames: Readonly<Record<Conclusion, string>> = {
  destroy: '销毁',
  D10: '续存10年',
  D30: '续存30年',
  Y: '改为永久',
}

export const disposalState = v.picklist(['asked', 'approved', 'returned', 'done'])
export type DisposalState = v.InferOutput<typeof disposalState>

export const disposal = v.object({
  id,
  caseId: id,
  volumeId: id,
  conclusion,
  reason: v.string(),
  state: disposalState,
  askedBy: v.string(),
  askedAt: v.string(),
  decidedBy: v.nullable(v.string()),
  decidedAt: v.nullable(v.string()),
  opinion: v.string(),
  doneBy: v.nullable(v.string()),
  doneAt: v.nullable(v.string()),
  /** 监销人, who stood by. */
  witness: v.string(),
})
export type Disposal = v.InferOutput<typeof disposal>

/** A filed volume as the due list shows it. */
export const retained = v.object({
  caseId: id,
  volumeId: id,
  archivalCode: v.string(),
  title: v.string(),
  level,
  retention: v.string(),
  /** Last day of the term; null where it is kept for good. */
  until: v.nullable(day),
  due: v.boolean(),
  /** Why it must not be disposed of; empty where nothing holds it. */
  hold: v.string(),
  /** The last review, if any. */
  disposal: v.nullable(disposal),
})
export type Retained = v.InferOutput<typeof retained>

/** Years of a term by its name or code; null for 永久. */
export function yearsOf(term: string): number | null {
  const found = /(\d+)/.exec(term)
  return found ? Number(found[1]) : null
}

/**
 * Last day of a term: it runs from 1 January of the year after the last paper came about, so it ends on 31 December.
 * `later` is the outcome of a review, counted from the year it was approved in. Pure.
 */
export function retentionEnd(
  lastPaper: string,
  retention: string,
  later: { readonly conclusion: Conclusion; readonly day: string } | null,
): string | null {
  const [from, term] = later && later.conclusion !== 'destroy' ? [later.day, later.conclusion] : [lastPaper, retention]
  const years = yearsOf(term in retentionTerms ? retentionTerms[term as RetentionTerm] : term)
  return years === null ? null : `${Number(from.slice(0, 4)) + years}-12-31`
}

/**
 * Code of why a volume may not be reviewed or destroyed now; null when it may. What is held, or already asked for, waits;
 * destroying before the term is over is never asked for.
 */
export function disposalRefusal(value: Pick<Retained, 'due' | 'hold' | 'disposal'>, wanted: Conclusion): string | null {
  const state = value.disposal?.state
  if (state === 'done') return 'disposals.done'
  if (value.hold !== '') return 'disposals.held'
  if (state === 'asked' || (state === 'approved' && value.disposal?.conclusion === 'destroy')) return 'disposals.asked'
  return wanted === 'destroy' && !value.due ? 'disposals.notDue' : null
}
