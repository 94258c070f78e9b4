import { type HolidayPack, isWeekend } from './packs.ts'

/** One day after the anchor and how it counts, so that a deadline can be explained (Art. 11). */
export interface CountedDay {
  readonly day: string
  readonly counted: boolean
  /** Which working day it is, 1 for the first; the number reached so far when it is not counted. */
  readonly n: number
  readonly why: string
  /** Number of the State Council notice that says so; empty for a plain weekday or weekend. */
  readonly notice: string
}

export interface DueDay {
  readonly due: string
  /** True while a day of the span lies in a year without a State Council notice (暂定). */
  readonly provisional: boolean
  /** What a provisional count takes for granted, a sentence for each year; empty when every day is announced. */
  readonly assumptions: readonly string[]
  readonly days: readonly CountedDay[]
}

const dayLength = 86_400_000
/** No span the Rules know comes near this; a longer one is a mistake of the caller. */
const longest = 366

/** The day `count` days later; plain calendar arithmetic without a time zone. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayLength).toISOString().slice(0, 10)
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayLength)
}

/** How one day stands in the packs: 工作日 is Monday to Friday, minus days off, plus worked weekends. */
export function workingDay(
  day: string,
  packs: readonly HolidayPack[],
): { works: boolean; known: boolean; why: string; notice: string } {
  const weekend = isWeekend(day)
  const pack = packs.find((one) => one.year === Number(day.slice(0, 4)))
  if (pack === undefined) {
    // 元旦 is a statutory holiday whatever the notice will say (全国年节及纪念日放假办法).
    if (day.endsWith('-01-01')) return { works: false, known: false, why: '元旦', notice: '' }
    return { works: !weekend, known: false, why: weekend ? '周末' : '工作日（放假安排未公布）', notice: '' }
  }
  const { notice } = pack
  const off = pack.off.find((one) => one.day === day)
  if (off !== undefined) return { works: false, known: true, why: off.name, notice }
  if (pack.worked.includes(day)) return { works: true, known: true, why: '调休上班', notice }
  return { works: !weekend, known: true, why: weekend ? '周末' : '工作日', notice: '' }
}

/**
 * The `length`-th working day after `anchor`, explained day by day. The anchor itself never counts (民法典 201), whatever
 * day it is; the due day ends with the close of business (民法典 203).
 *
 * Throws a RangeError for a length that is not a whole number from 1 to 200.
 */
export function dueDay(anchor: string, length: number, packs: readonly HolidayPack[]): DueDay {
  return count(anchor, length, packs, ({ works }) => works)
}

/** The end of a term by the Rules' own unit: working days, or calendar days of which every one counts. */
export function dueOn(
  rule: { readonly length: number; readonly unit: 'workingDay' | 'calendarDay' },
  anchor: string,
  packs: readonly HolidayPack[],
): DueDay {
  if (rule.unit === 'workingDay') return dueDay(anchor, rule.length, packs)
  // No notice changes how many calendar days there are.
  return { ...count(anchor, rule.length, packs, () => true), provisional: false, assumptions: [] }
}

/**
 * The days behind `term` up to and with a later due day, explained like the term itself; its working days count on from
 * the last one of the term (Art. 11: a term that was extended).
 *
 * Throws a RangeError when the day is not later, or more than a year away.
 */
export function extendedTo(term: DueDay, due: string, packs: readonly HolidayPack[]): DueDay {
  if (due <= term.due) throw new RangeError('an extension ends later')
  const more = walk(
    term.due,
    term.days.at(-1)?.n ?? 0,
    packs,
    ({ works }) => works,
    ({ day }) => day === due,
  )
  return {
    due,
    provisional: term.provisional || more.provisional,
    assumptions: [...new Set([...term.assumptions, ...more.assumptions])],
    days: [...term.days, ...more.days],
  }
}

function count(
  anchor: string,
  length: number,
  packs: readonly HolidayPack[],
  counts: (day: { readonly works: boolean }) => boolean,
): DueDay {
  if (!Number.isInteger(length) || length < 1 || length > 200) throw new RangeError('length of a term in days')
  return walk(anchor, 0, packs, counts, ({ n }) => n === length)
}

/** Explains the days after `anchor`, counting on from `before`, until one of them is the last. */
function walk(
  anchor: string,
  before: number,
  packs: readonly HolidayPack[],
  counts: (day: { readonly works: boolean }) => boolean,
  last: (day: CountedDay) => boolean,
): DueDay {
  const days: CountedDay[] = []
  const unknown = new Set<string>()
  let n = before
  for (let step = 1; step <= longest; step += 1) {
    const day = addDays(anchor, step)
    const found = workingDay(day, packs)
    if (!found.known) unknown.add(day.slice(0, 4))
    const counted = counts(found)
    if (counted) n += 1
    const one = { day, counted, n, why: found.why, notice: found.notice }
    days.push(one)
    if (last(one)) {
      const assumptions = [...unknown].map(
        (year) => `${year}年放假安排尚未公布：暂按周末休息、元旦（1月1日）放假一天、无调休上班计算`,
      )
      return { due: day, provisional: unknown.size > 0, assumptions, days }
    }
  }
  throw new RangeError('no such day within a year')
}

export type Light = 'green' | 'yellow' | 'red'

/** Red once the due day is over, yellow on it and in the last `soon` days before it. */
export function lightOf(due: string, today: string, soon: number): Light {
  const left = daysBetween(today, due)
  if (left < 0) return 'red'
  return left <= soon ? 'yellow' : 'green'
}
