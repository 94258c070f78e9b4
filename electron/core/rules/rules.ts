import { normBodies } from '#db/repositories/rules.ts'
import { type HolidayPack, readHolidayPack, shippedPacks } from '#shared/calendar/packs.ts'
import { type DueDay, dueOn } from '#shared/calendar/workingDays.ts'
import { fail } from '#shared/contract/errors.ts'
import {
  type DeadlineAnchor,
  planDeadline,
  type RuleProfile,
  readRuleProfile,
  shippedProfile,
  shippedProfiles,
} from '#shared/rules/profile.ts'
import { type RetentionTable, readRetentionTable } from '#shared/rules/retention.ts'
import { objectHash } from '../audit/object-hash.ts'
import type { Context } from '../context.ts'
import type { LedgerView, Norm } from '../session/types.ts'

/** What a case keeps of the rules it was opened under. */
export interface Pin {
  readonly profile: string
  readonly profile_version: string
  readonly profile_hash: string
}

/** The rules that hold in an archive: shipped with the program, or adopted by two accounts. */
export interface Rules {
  /** The profile a case is pinned to. Errors: `rules.unknownProfile`, `rules.normAltered`. */
  of(pin: Pin): RuleProfile
  byHash(hash: string): RuleProfile
  /** What a case opened on that day falls under, with what it is pinned by. */
  on(day: string): { readonly profile: RuleProfile; readonly hash: string }
  /** One pack a year; an adopted one stands before the shipped one of its year. Errors: `rules.normAltered`. */
  readonly packs: readonly HolidayPack[]
  /** The unit's retention table on a day; null until one is adopted: the profile's own term holds then (Art. 20). */
  retentionOn(day: string): RetentionTable | null
  /** Art. 11's clock of a case: from which day it runs, and its end with every counted day. */
  planAnchor(pin: Pin & { readonly created_at: string }): DeadlineAnchor
  planDue(pin: Pin, anchor: string): DueDay
}

const shipped: ReadonlyMap<string, RuleProfile> = new Map(
  shippedProfiles.map((profile) => [objectHash(profile), profile]),
)
export const shippedHash = objectHash(shippedProfile)

/** What the program ships, described as the ledger describes what is adopted. */
export const shippedNorms: readonly Pick<Norm, 'kind' | 'hash' | 'name' | 'version' | 'effective'>[] = [
  ...[...shipped].map(([hash, { id, version, effective }]) => ({
    kind: 'ruleProfile' as const,
    hash,
    name: id,
    version,
    effective,
  })),
  ...shippedPacks.map((pack) => ({
    kind: 'holidayPack' as const,
    hash: objectHash(pack),
    name: String(pack.year),
    version: pack.notice,
    effective: `${pack.year}-01-01`,
  })),
]

const known = new WeakMap<LedgerView, { readonly norms: number; readonly rules: Rules }>()

/** Reads the adopted files once for every change of the ledger; what they hold is believed only with the ledger's hash. */
export async function rulesOf(context: Pick<Context, 'session' | 'office'>): Promise<Rules> {
  const { ledger } = context.session.archive
  const adopted = ledger.norms().filter((norm) => norm.state === 'adopted')
  const before = known.get(ledger)
  if (before?.norms === adopted.length) return before.rules
  const bodies = adopted.length === 0 ? new Map<string, string>() : await normBodies(context.office)
  const rules = composeRules(ledger, adopted, bodies)
  known.set(ledger, { norms: adopted.length, rules })
  return rules
}

type Adopted = ReturnType<LedgerView['norms']>

function composeRules(ledger: LedgerView, adopted: Adopted, bodies: ReadonlyMap<string, string>): Rules {
  const contents = new Map<string, unknown>()
  const contentOf = (hash: string): unknown => {
    if (contents.has(hash)) return contents.get(hash)
    const body = bodies.get(hash)
    const value: unknown = body === undefined ? undefined : JSON.parse(body)
    // Whoever holds the key of office.db can write the row: only the signed hash makes it a rule.
    if (value === undefined || objectHash(value) !== hash) fail('rules.normAltered', { hash: hash.slice(0, 16) })
    contents.set(hash, value)
    return value
  }
  const profileAt = (hash: string): RuleProfile => {
    const read = readRuleProfile(contentOf(hash))
    return 'profile' in read ? read.profile : fail('rules.normAltered', { hash: hash.slice(0, 16) })
  }
  const byHash = (hash: string): RuleProfile => {
    const own = shipped.get(hash)
    if (own) return own
    if (!adopted.some((norm) => norm.kind === 'ruleProfile' && norm.hash === hash))
      fail('rules.unknownProfile', { hash: hash.slice(0, 16) })
    return profileAt(hash)
  }
  const of = (pin: Pin): RuleProfile => {
    const profile = byHash(pin.profile_hash)
    if (profile.id !== pin.profile || profile.version !== pin.profile_version)
      fail('rules.unknownProfile', { hash: pin.profile_hash.slice(0, 16) })
    return profile
  }
  let packs: HolidayPack[] | null = null
  return {
    of,
    byHash,
    on: (day) => {
      const found = latest(adopted.filter((norm) => norm.kind === 'ruleProfile' && norm.effective <= day))
      return found && found.effective >= shippedProfile.effective
        ? { profile: byHash(found.hash), hash: found.hash }
        : { profile: shippedProfile, hash: shippedHash }
    },
    get packs() {
      packs ??= composePacks(adopted, contentOf)
      return packs
    },
    retentionOn: (day) => {
      const found = latest(adopted.filter((norm) => norm.kind === 'retentionTable' && norm.effective <= day))
      if (!found) return null
      const read = readRetentionTable(contentOf(found.hash))
      return 'table' in read ? read.table : fail('rules.normAltered', { hash: found.hash.slice(0, 16) })
    },
    planAnchor: (pin) => {
      const own = planDeadline(of(pin)).anchor
      // Set later, the choice does not move the clock of a case that is open already.
      return ledger.policyAt<DeadlineAnchor | ''>('planAnchor', pin.created_at, '') || own
    },
    planDue(pin, anchor) {
      return dueOn(planDeadline(of(pin)), anchor, this.packs)
    },
  }
}

/** The one in force the latest; of two from the same day, the one adopted later. */
function latest(norms: Adopted): Adopted[number] | null {
  return norms.reduce<Adopted[number] | null>(
    (best, norm) => (best && best.effective > norm.effective ? best : norm),
    null,
  )
}

function composePacks(adopted: Adopted, contentOf: (hash: string) => unknown): HolidayPack[] {
  const years = new Map(shippedPacks.map((pack) => [pack.year, pack]))
  for (const norm of adopted) {
    if (norm.kind !== 'holidayPack') continue
    const read = readHolidayPack(contentOf(norm.hash))
    if ('faults' in read) fail('rules.normAltered', { hash: norm.hash.slice(0, 16) })
    years.set(read.pack.year, read.pack)
  }
  return [...years.values()].sort((a, b) => a.year - b.year)
}

/** The profile of a case row. Errors: those of `Rules.of`. */
export async function profileOf(context: Pick<Context, 'session' | 'office'>, pin: Pin): Promise<RuleProfile> {
  return (await rulesOf(context)).of(pin)
}
