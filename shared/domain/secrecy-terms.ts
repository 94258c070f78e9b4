import { addDays, daysBetween } from '../calendar/workingDays.ts'
import type { Term } from './secrecy.ts'

// 保密期限 as time: when a term ends, which of two lasts longer, when somebody must be reminded. Pure.

/**
 * How a term stands on a day: reminders 180, 90 and 30 days before the last secret day (解密暂行办法 4: 提醒制度). `open` has
 * no computable end: a condition, or 长期.
 */
export type TermState = 'running' | 'due180' | 'due90' | 'due30' | 'lapsed' | 'open'

/**
 * The last secret day of a term that runs from `from` (制发日, 实施条例 19): the corresponding day, or the last day of the
 * month where it does not exist (民法典 202 by analogy). Null for a condition and for 长期.
 */
export function lastSecretDay(term: Term, from: string): string | null {
  switch (term.kind) {
    case 'date':
      return term.until
    case 'condition':
    case 'permanent':
      return null
    case 'period':
      if (term.unit === 'day') return addDays(from, term.length)
      return addMonths(from, term.unit === 'year' ? term.length * 12 : term.length)
  }
}

/** The corresponding day `count` months later, or the last day of that month. */
export function addMonths(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + count, 1))
  const length = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return `${first.toISOString().slice(0, 8)}${String(Math.min(date, length)).padStart(2, '0')}`
}

/** Where a term stands today. After its last day it is 已届满，待核: nothing is unmarked by itself. */
export function termState(term: Term, from: string, today: string): { state: TermState; last: string | null } {
  const last = lastSecretDay(term, from)
  if (last === null) return { state: 'open', last }
  const left = daysBetween(today, last)
  if (left < 0) return { state: 'lapsed', last }
  if (left <= 30) return { state: 'due30', last }
  if (left <= 90) return { state: 'due90', last }
  return { state: left <= 180 ? 'due180' : 'running', last }
}

/** True when term `a` certainly lasts longer than `b`, both from the same day. A condition compares with nothing. */
export function outlasts(a: Term, b: Term, from: string): boolean {
  if (a.kind === 'permanent') return b.kind !== 'permanent'
  if (b.kind === 'permanent') return false
  const [one, two] = [lastSecretDay(a, from), lastSecretDay(b, from)]
  return one !== null && two !== null && one > two
}

/** The longest of several terms, for a compilation or a bundle (DOMAIN §2.1 row 18); null when there is none. */
export function longestTerm(terms: readonly Term[], from: string): Term | null {
  return terms.reduce<Term | null>((top, one) => (top === null || outlasts(one, top, from) ? one : top), null)
}
