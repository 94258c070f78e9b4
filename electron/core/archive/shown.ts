import type { StoredVolume } from '#db/repositories/archive.ts'
import { closedIds } from '#db/repositories/scope.ts'
import { fail } from '#shared/contract/errors.ts'
import { type VolumeItem, withheld } from '#shared/domain/archive.ts'
import type { Context } from '../context.ts'

// A volume holds papers of one 知悉范围 beside papers of a narrower one (保密法 19, 21): whoever looks into it sees every place
// and every page, and of a paper that is closed to them nothing more; whoever answers for its contents knows them all.

/** Rows of a volume with the papers in `closed` withheld. */
export function shownItems(items: readonly VolumeItem[], closed: ReadonlySet<string>): VolumeItem[] {
  return items.map((item) =>
    item.paperId !== null && closed.has(item.paperId) ? { ...withheld(item), scanIds: [], finalIds: [] } : item,
  )
}

/** Volumes as the account may see them; a copy of a closed paper that left for the accountability office is not named. */
export async function shownVolumes(
  { trx, account }: Pick<Context, 'trx' | 'account'>,
  volumes: readonly StoredVolume[],
): Promise<StoredVolume[]> {
  const closed = await closedIds(
    trx,
    account,
    volumes.map((volume) => volume.caseId),
  )
  if (closed.size === 0) return [...volumes]
  return volumes.map((volume) => ({
    ...volume,
    items: shownItems(volume.items, closed),
    moved: volume.moved.filter((piece) => piece.paperId === null || !closed.has(piece.paperId)),
  }))
}

/** One volume as the account may see it. */
export async function shownVolume(
  context: Pick<Context, 'trx' | 'account'>,
  volume: StoredVolume,
): Promise<StoredVolume> {
  const [shown] = await shownVolumes(context, [volume])
  return shown ?? volume
}

/**
 * Refuses whoever may not know every paper of a case: to hand over, receipt, file, check or seal its volume is to answer for
 * each of them. Errors: `secrecy.papersClosed`.
 */
export async function assertKnowsAll(
  { trx, account }: Pick<Context, 'trx' | 'account'>,
  caseId: string,
): Promise<void> {
  if ((await closedIds(trx, account, caseId)).size > 0) fail('secrecy.papersClosed')
}
