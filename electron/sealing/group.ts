import * as v from 'valibot'
import type { GroupVerdict, Verdict } from '#shared/domain/archive.ts'
import { missingBags } from '#shared/domain/bags.ts'
import { writeManifest } from './bagit.ts'
import { some } from './text.ts'

/** A case in several bundles (BagIt group, RFC 8493 §2.2.2). Pure: the program and the page inside every bundle run it. */

export const groupFile = 'group.json'

/**
 * The same in every bundle of a group, signed with each: what all of them hold, so that a missing one is known and a
 * foreign one does not pass. A bundle is bound by the digest of its payload manifest, which is known before it is made.
 */
const groupIndex = v.strictObject({
  format: v.literal('yuetan/group/v1'),
  id: v.string(),
  archivalCode: v.string(),
  bags: v.pipe(
    v.array(
      v.strictObject({
        files: v.number(),
        bytes: v.number(),
        /** SHA-256 of its `manifest-sha256.txt`. */
        manifest: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
      }),
    ),
    v.minLength(2),
  ),
})
export type GroupIndex = v.InferOutput<typeof groupIndex>

type Listed = readonly { readonly path: string; readonly size: number; readonly sha256: string }[]

/** The index of bundles with these files. `sha256` answers lower-case hex. */
export function indexGroup(
  about: Pick<GroupIndex, 'id' | 'archivalCode'>,
  bags: readonly Listed[],
  sha256: (text: string) => string,
): GroupIndex {
  return {
    format: 'yuetan/group/v1',
    ...about,
    bags: bags.map((files) => ({
      files: files.length,
      bytes: files.reduce((sum, { size }) => sum + size, 0),
      manifest: sha256(writeManifest(files.map((file) => [file.path, file.sha256] as const))),
    })),
  }
}

/** Two-space JSON with a trailing newline: the same bytes in every bundle. */
export function writeGroup(value: GroupIndex): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

/** Null when the text is not an index of this form. */
export function readGroup(text: string): GroupIndex | null {
  try {
    const parsed = v.safeParse(groupIndex, JSON.parse(text))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}

/** A verdict on one bundle under the name of its file. */
export interface NamedVerdict {
  readonly name: string
  readonly verdict: Verdict
}

/**
 * Judges bundles that were brought together as one case: each sound, all of one group and one sender, none twice, none
 * missing. Null when none of them says that it belongs to a group.
 */
export function judgeGroup(bundles: readonly NamedVerdict[]): GroupVerdict | null {
  const group = largest(bundles.flatMap(({ verdict }) => verdict.bag ?? []))
  if (group === null) return null
  const own: { readonly name: string; readonly number: number }[] = []
  const foreign: string[] = []
  const red: string[] = []
  for (const { name, verdict } of bundles) {
    if (verdict.colour === 'red') red.push(name)
    else if (verdict.bag && sameGroup(verdict.bag, group)) own.push({ name, number: verdict.bag.number })
    else foreign.push(name)
  }
  const numbers = own.map(({ number }) => number)
  const twice = own.filter(({ number }, at) => numbers.indexOf(number) !== at)
  const missing = missingBags(group.count, numbers)
  const check = (code: GroupVerdict['checks'][number]['code'], found: readonly string[]) => ({
    code,
    passed: found.length === 0,
    detail: some(found),
  })
  const checks = [
    check('bundles', red),
    check('foreign', foreign),
    check(
      'twice',
      twice.map(({ name, number }) => `${name}（第${number}包）`),
    ),
    check(
      'missing',
      missing.map((number) => `缺第${number}包`),
    ),
  ]
  const sound = checks.every(({ passed }) => passed)
  const confirmed = bundles.every(({ verdict }) => verdict.colour === 'green')
  return { colour: sound ? (confirmed ? 'green' : 'amber') : 'red', count: group.count, checks }
}

type Bag = NonNullable<Verdict['bag']>

/** Whether two bundles name the same group of the same sender. */
export function sameGroup(one: Bag, other: Bag): boolean {
  return one.group === other.group && one.index === other.index && one.authority === other.authority
}

/** The group most of the bundles belong to; the first of them when several are as large. */
function largest(bags: readonly Bag[]): Bag | null {
  const size = (bag: Bag): number => bags.filter((other) => sameGroup(bag, other)).length
  return bags.reduce<Bag | null>((best, bag) => (best === null || size(bag) > size(best) ? bag : best), null)
}
