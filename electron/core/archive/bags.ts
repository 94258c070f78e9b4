import { createHash } from 'node:crypto'
import type { EepPackage } from '#electron/sealing/eep.ts'
import { type GroupIndex, indexGroup } from '#electron/sealing/group.ts'
import { fail } from '#shared/contract/errors.ts'
import { type Bag, bagName, type Carrier, carriers, OversizeFile, planBags } from '#shared/domain/bags.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import { discLabel, type Ticket } from '#shared/domain/copies.ts'
import { policyValue } from '#shared/domain/policy.ts'
import { nameOf } from '../cases/case-file.ts'
import type { Outside } from '../context.ts'
import type { Checkable } from './checks.ts'
import type { PartInput } from './parts.ts'

// A volume in bundles (DESIGN §8): how its files are shared out over a carrier, and what one bundle holds of it.

/** What one bundle of a volume holds; its description names these files and no others. */
export interface Bagged {
  readonly parts: readonly PartInput[]
  readonly eep: EepPackage
  /** What all bundles of the case hold; null when this is the only one. */
  readonly index: GroupIndex | null
}

/** Largest bundle on a carrier, by policy never above the largest there is. Bytes. */
export function bundleLimit(context: Outside, on: Carrier): number {
  return Math.min(carriers[on].bundle, policyValue(context.session.archive.ledger, 'bundleMebibytes') * 1024 ** 2)
}

/**
 * The bundles a volume makes at that size, in their order; the same for the same volume. `groupId` names them together.
 * Errors: `bundle.fileTooLarge`.
 */
export function bagsOf({ parts, eep, volume }: Checkable, limit: number, groupId: string): Bagged[] {
  const planned = plan(eep, limit).map((paths) => new Set(paths))
  const shares = planned.map((paths) => parts.filter(({ path }) => paths.has(path)))
  const about = { id: groupId, archivalCode: volume.archivalCode }
  const index = shares.length === 1 ? null : indexGroup(about, shares, digestOf)
  return shares.map((share) => ({ parts: share, eep: describing(eep, share), index }))
}

function plan({ files }: EepPackage, limit: number): string[][] {
  try {
    return planBags(
      files.map(({ documents }) => ({ files: documents })),
      limit,
    )
  } catch (error) {
    if (error instanceof OversizeFile) fail('bundle.fileTooLarge', { title: error.title, bytes: error.size, limit })
    throw error
  }
}

/** The description of those pieces, files, acts and persons of a package that concern these files. */
function describing(eep: EepPackage, share: readonly PartInput[]): EepPackage {
  const here = new Set(share.map(({ path }) => path))
  const files = eep.files.flatMap((file) => {
    const documents = file.documents.filter(({ path }) => here.has(path))
    return documents.length === 0 ? [] : [{ ...file, documents }]
  })
  const events = eep.events.filter(({ fileId }) => files.some(({ id }) => id === fileId))
  return { ...eep, files, events, actors: eep.actors.filter(({ id }) => events.some(({ actorId }) => actorId === id)) }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Text for the face of the disc a bundle is written on. */
export function bundleLabel(
  context: Outside,
  value: Pick<Ticket, 'title' | 'label' | 'level' | 'recipient' | 'medium'>,
  { bag, by, at }: { readonly bag: Bag; readonly by: string; readonly at: string },
): string {
  const { ledger } = context.session.archive
  const place = bagName(bag, bag.carrier)
  return discLabel([{ ...value, title: place === '' ? value.title : `${value.title}（${place}）` }], {
    unit: ledger.unit,
    trial: ledger.kind === 'trial',
    by: nameOf(context, by),
    day: officialDay(dayInChina(at)),
  })
}
