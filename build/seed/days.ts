import { shippedPacks } from '#shared/calendar/packs.ts'
import { addDays, workingDay } from '#shared/calendar/workingDays.ts'

/** The working days of a stretch of time in order, so that a story can be told in them. */
export interface WorkingDays {
  readonly count: number
  /** The `index`-th working day; the last one for a later index. */
  at(index: number): string
}

export function workingDays(from: string, until: string): WorkingDays {
  const days: string[] = []
  for (let day = from; day <= until; day = addDays(day, 1)) if (workingDay(day, shippedPacks).works) days.push(day)
  return { count: days.length, at: (index) => days[Math.max(0, Math.min(index, days.length - 1))] ?? from }
}

/** A moment of a day in Chongqing as UTC. */
export function momentOf(day: string, hour: number, minute: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + ((hour - 8) * 60 + minute) * 60_000).toISOString()
}
