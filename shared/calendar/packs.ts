import * as v from 'valibot'
import { day } from '../domain/common.ts'
import { type FileFault, faultOf } from '../domain/file-faults.ts'
import pack2024 from './packs/2024.json' with { type: 'json' }
import pack2025 from './packs/2025.json' with { type: 'json' }
import pack2026 from './packs/2026.json' with { type: 'json' }

/** One year's working days as the State Council announced them; only what departs from Monday to Friday. */
export const holidayPack = v.strictObject({
  year: v.pipe(v.number(), v.integer(), v.minValue(2000), v.maxValue(2099)),
  /** Number of the State Council notice. */
  notice: v.pipe(v.string(), v.regex(/^国办发明电〔\d{4}〕\d{1,3}号$/)),
  /** Weekdays off (放假与调休). */
  off: v.pipe(
    v.array(v.strictObject({ day, name: v.pipe(v.string(), v.minLength(1), v.maxLength(20)) })),
    v.minLength(1),
  ),
  /** Saturdays and Sundays worked (调休上班). */
  worked: v.array(day),
})
export type HolidayPack = v.InferOutput<typeof holidayPack>

/** The years this program ships. Later years are imported as data (DESIGN §4: two accounts of the offices concerned). */
export const shippedPacks: readonly HolidayPack[] = v.parse(v.array(holidayPack), [pack2024, pack2025, pack2026])

/** Reads a pack from parsed JSON: the pack, or every fault with its place. Pure. */
export function readHolidayPack(value: unknown): { pack: HolidayPack } | { faults: readonly FileFault[] } {
  const parsed = v.safeParse(holidayPack, value)
  if (!parsed.success) return { faults: parsed.issues.map(faultOf) }
  const pack = parsed.output
  const faults: FileFault[] = []
  const seen = new Set<string>()
  const judge = (place: string, one: string, weekend: boolean): void => {
    // A weekend off and a weekday worked are no departure: a file that names one has mixed the two lists up.
    if (Number(one.slice(0, 4)) !== pack.year || isWeekend(one) !== weekend) faults.push({ place, code: 'value' })
    if (seen.has(one)) faults.push({ place, code: 'twice' })
    seen.add(one)
  }
  pack.off.forEach((one, index) => {
    judge(`off[${index}].day`, one.day, false)
  })
  pack.worked.forEach((one, index) => {
    judge(`worked[${index}]`, one, true)
  })
  return faults.length > 0 ? { faults } : { pack }
}

export function isWeekend(one: string): boolean {
  const weekday = new Date(`${one}T00:00:00Z`).getUTCDay()
  return weekday === 0 || weekday === 6
}
