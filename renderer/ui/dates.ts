import { clockInChina, dayInChina, isRealDay, officialDay } from '#shared/domain/common.ts'

/** `2026年3月1日 14:30` in Asia/Shanghai. */
export function officialMoment(at: string): string {
  return `${officialDay(dayInChina(at))} ${clockInChina(at).slice(0, 5)}`
}

/** Weekday of a plain day, `星期五`. */
export function weekday(day: string): string {
  return `星期${'日一二三四五六'[new Date(`${day}T00:00:00Z`).getUTCDay()]}`
}

/** A day as people write it (`2026-3-1`, `20260301`, `2026年3月1日`, `3.1` of this year) as `2026-03-01`; null when none. */
export function readDay(text: string, today: string): string | null {
  const plain = text.trim()
  if (plain === '') return null
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(plain)
  const long = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain)
  const short = /^(\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain)
  const parts = compact ?? long
  const [year, month, date] =
    parts !== null ? [parts[1], parts[2], parts[3]] : [today.slice(0, 4), short?.[1], short?.[2]]
  if (year === undefined || month === undefined || date === undefined) return null
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  return isRealDay(day) ? day : null
}

/** A clock as people write it (`9:30`, `0930`, `９：３０`, `9点30`) as `09:30`; null when none. */
export function readClock(text: string): string | null {
  const plain = text.trim().normalize('NFKC')
  const match = /^(\d{1,2})[:点时](\d{2})分?$/.exec(plain) ?? /^(\d{1,2})(\d{2})$/.exec(plain)
  if (match === null) return null
  const hour = Number(match[1])
  const minute = Number(match[2])
  if (hour > 23 || minute > 59) return null
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

/** A sum in 万元 as typed, in fen; null when empty, NaN when it is no sum. Six decimals reach the fen exactly. */
export function readSum(typed: string): number | null {
  const plain = typed.replace(/[,，\s]|万元?$/g, '').normalize('NFKC')
  if (plain === '') return null
  return /^\d{1,9}(\.\d{1,6})?$/.test(plain) ? Math.round(Number(plain) * 1_000_000) : Number.NaN
}
