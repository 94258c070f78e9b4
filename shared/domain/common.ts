import * as v from 'valibot'

/** ULID made in the core. */
export const id = v.pipe(v.string(), v.regex(/^[0-9A-HJKMNP-TV-Z]{26}$/))
/** One line of text a person typed: trimmed, not empty. */
export const line = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(500))
/** One line that may stay empty. */
export const optionalLine = v.pipe(v.string(), v.trim(), v.maxLength(500))
/** Longer text with line breaks. */
export const prose = v.pipe(v.string(), v.maxLength(100_000))
/** A day of the law, `2026-03-01`, Asia/Shanghai; impossible days are refused. */
export const day = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}$/),
  v.check((value) => isRealDay(value)),
)
/** A moment in UTC, ISO 8601. */
export const moment = v.pipe(v.string(), v.isoTimestamp())
/** Wall-clock time in the room, `14:30`. */
export const clock = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/))
/** A path the user chose or typed. */
export const path = v.pipe(v.string(), v.minLength(1), v.maxLength(4096))
/** Empty input or output. */
export const nothing = v.object({})

/** True for a calendar day that exists (no 2026-02-30). */
export function isRealDay(value: string): boolean {
  const date = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value)
}

/** The day in Asia/Shanghai at a UTC moment. China keeps no summer time since 1992, so the offset is fixed. */
export function dayInChina(at: string): string {
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10)
}

/** The UTC moment of a day and a clock `14:30` in Asia/Shanghai. */
export function momentInChina(value: string, time: string): string {
  return new Date(`${value}T${time}:00+08:00`).toISOString()
}

/** The clock in Asia/Shanghai at a UTC moment, `14:30:05`. */
export function clockInChina(at: string): string {
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(11, 19)
}

/** `2026-03-01` as `2026年3月1日` (GB/T 9704 7.3.5.4: no leading zeros). */
export function officialDay(value: string): string {
  const [year, month, date] = value.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** A sum in fen as `1,234.56万元` from ten thousand yuan on, below that in 元. */
export function money(fen: number): string {
  const yuan = fen / 100
  const ten = yuan >= 10_000
  const text = (ten ? yuan / 10_000 : yuan).toLocaleString('zh-CN', { maximumFractionDigits: 2 })
  return ten ? `${text}万元` : `${text}元`
}

const digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/** 1 → 一, 12 → 十二, 20 → 二十: numbers of headings and articles; beyond 1 to 99 in Arabic. */
export function chineseNumber(value: number): string {
  if (value < 1 || value > 99) return String(value)
  const tens = Math.floor(value / 10)
  const ones = value % 10
  const head = tens === 0 ? '' : tens === 1 ? '十' : `${digits[tens]}十`
  return head + (ones === 0 ? '' : digits[ones])
}

/** `第二十二条`: numbers of articles as the Rules write them. */
export function articleName(article: number): string {
  return `第${chineseNumber(article)}条`
}
