import * as v from 'valibot'
import { day } from '../domain/common.ts'
import pack2024 from './packs/2024.json' with { type: 'json' }
import pack2025 from './packs/2025.json' with { type: 'json' }
import pack2026 from './packs/2026.json' with { type: 'json' }

/** One year's working days as the State Council announced them; only what departs from Monday to Friday. */
export const holidayPack = v.object({
  year: v.number(),
  /** Number of the State Council notice. */
  notice: v.string(),
  /** Weekdays off (放假与调休). */
  off: v.array(v.object({ day, name: v.string() })),
  /** Saturdays and Sundays worked (调休上班). */
  worked: v.array(day),
})
export type HolidayPack = v.InferOutput<typeof holidayPack>

/** The years this program ships. Later years are imported as data (DESIGN §4: two accounts of the offices concerned). */
export const shippedPacks: readonly HolidayPack[] = v.parse(v.array(holidayPack), [pack2024, pack2025, pack2026])
