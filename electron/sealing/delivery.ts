import * as v from 'valibot'
import { level } from '#shared/domain/secrecy.ts'

const hex256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))

/**
 * What the sender meant: for whom, as which of its consignments. It is signed with the rest of the bundle, so a copy
 * encrypted again for somebody else still names the recipients it was made for.
 */
const delivery = v.strictObject({
  format: v.literal('yuetan/delivery/v1'),
  id: v.string(),
  archivalCode: v.string(),
  sender: v.strictObject({ unit: v.string(), signer: hex256, authority: hex256 }),
  /** True from a 演练 archive: nothing of it ever enters a production one (DESIGN §4). */
  trial: v.boolean(),
  recipients: v.pipe(v.array(v.strictObject({ name: v.string(), certificate: hex256 })), v.minLength(1)),
  level,
  /** Number of this consignment in the sender's register, from 1. */
  sequence: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** SHA-256 of the sealed file that went before it; null for the first. */
  previous: v.nullable(hex256),
  /** 份号 of this copy of the volume, as the sender's register writes it; absent from bundles older than the register. */
  copy: v.optional(v.string()),
  /** Bags of a case too large for one (BagIt group). */
  bag: v.strictObject({ number: v.number(), count: v.number() }),
  createdAt: v.string(),
  files: v.number(),
  bytes: v.number(),
})
export type Delivery = v.InferOutput<typeof delivery>

/** Canonical enough for people and machines: two-space JSON, one trailing newline. */
export function writeDelivery(value: Delivery): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

/** Null when the text is not a delivery of this form. */
export function readDelivery(text: string): Delivery | null {
  try {
    const parsed = v.safeParse(delivery, JSON.parse(text))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}

const titles = v.record(v.string(), v.strictObject({ title: v.string(), role: v.string(), mediaType: v.string() }))
export type Titles = v.InferOutput<typeof titles>

/** The map from ASCII names to Chinese titles; null when it is not one. */
export function readTitles(text: string): Titles | null {
  try {
    const parsed = v.safeParse(titles, JSON.parse(text))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}
