/** A number the 安全保密管理员 may set, and how far (DOMAIN §2.5): the ledger refuses what lies outside. */
interface Bounds {
  readonly least: number
  readonly most: number
}

/** Floors fixed in code: a policy can be stricter than these, never laxer. */
const bounds: Readonly<Record<string, Bounds>> = {
  /** Days a password lasts. */
  passwordDays: { least: 1, most: 30 },
  /** Seconds without input after which a session locks itself. */
  idleSeconds: { least: 60, most: 600 },
}

/** Why a policy may not be set, or null when it may. */
export function policyFault(name: string, value: unknown): 'unknownPolicy' | 'belowFloor' | null {
  const allowed = Object.hasOwn(bounds, name) ? bounds[name] : undefined
  if (allowed === undefined) return 'unknownPolicy'
  if (typeof value !== 'number' || !Number.isInteger(value)) return 'belowFloor'
  return value >= allowed.least && value <= allowed.most ? null : 'belowFloor'
}
