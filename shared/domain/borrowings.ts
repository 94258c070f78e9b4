import * as v from 'valibot'
import { leaderRoles, type Role } from './accounts.ts'
import { id, line } from './common.ts'
import { isStateSecret, type Level, level } from './secrecy.ts'

// 借阅 of a filed volume by somebody outside its 知悉范围 (保密法 21; 实施条例 20): asked with purpose and days, let in by
// another person for those days, read here and nowhere else, given back or expired.

/** Longest loan, in days; more is asked for again. */
export const longestLoan = 30

export const borrowingRequest = v.object({
  /** 档号, known from elsewhere: the archive does not say what lies behind it. */
  archivalCode: line,
  purpose: line,
  days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(longestLoan)),
})

/** `open` until its last day is over or it is given back: the day decides, nobody has to close it. */
export const borrowingState = v.picklist(['requested', 'declined', 'open', 'expired', 'givenBack'])
export type BorrowingState = v.InferOutput<typeof borrowingState>
export const borrowingStateNames: Readonly<Record<BorrowingState, string>> = {
  requested: '待批准',
  declined: '未同意',
  open: '借阅中',
  expired: '已到期',
  givenBack: '已归还',
}

/** A line of the 借阅登记. */
export const borrowing = v.object({
  id,
  caseId: id,
  volumeId: id,
  archivalCode: v.string(),
  /** 题名; empty for the borrower before somebody has agreed. */
  title: v.string(),
  /** Null in the same case. */
  level: v.nullable(level),
  borrowerId: id,
  borrower: v.string(),
  purpose: v.string(),
  days: v.number(),
  at: v.string(),
  state: borrowingState,
  decider: v.string(),
  decidedAt: v.nullable(v.string()),
  opinion: v.string(),
  /** Last day of reading, ISO; null before it was agreed to. */
  until: v.nullable(v.string()),
  givenBackAt: v.nullable(v.string()),
  /** Times it was read, and the last one. */
  reads: v.number(),
  lastRead: v.nullable(v.string()),
  /** Whether the account that asks may decide on it now. */
  mayDecide: v.boolean(),
})
export type Borrowing = v.InferOutput<typeof borrowing>

/**
 * Who may let somebody read a volume: 主要负责人 or whom they named for a state secret (保密法 21), the archivist too for
 * what is none.
 */
export function lendersOf(of: Level): readonly Role[] {
  return isStateSecret(of) ? leaderRoles : [...leaderRoles, 'archivist']
}

/** Where a loan stands on a day, ISO. Pure. */
export function borrowingStateOn(
  value: {
    readonly state: 'requested' | 'approved' | 'declined'
    readonly until: string | null
    readonly givenBackAt: string | null
  },
  today: string,
): BorrowingState {
  if (value.state !== 'approved') return value.state
  if (value.givenBackAt !== null) return 'givenBack'
  return value.until !== null && value.until < today ? 'expired' : 'open'
}
