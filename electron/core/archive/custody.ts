import type { StoredVolume } from '#db/repositories/archive.ts'
import type { CaseRow } from '#db/repositories/cases.ts'
import { custodyOf, insertCustody, piecesOf } from '#db/repositories/custody.ts'
import { fail } from '#shared/contract/errors.ts'
import {
  type CustodyAct,
  custodyRefusal,
  handedPieces,
  holderAfter,
  speaksForOrganiser,
} from '#shared/domain/archive.ts'
import { custodyHash } from '../cases/acts.ts'
import { nameOf, recordEvent } from '../cases/case-file.ts'
import type { Context } from '../context.ts'

/** The verb of each act: its name in the log, in the history and on the signature. */
const verbs = { handed: 'archive.handOver', received: 'archive.receive', returned: 'archive.return' } as const

/** Refuses whoever does not speak for the organising office of a case. Errors: `archive.notOrganiser`. */
export function assertOrganiser(context: Context, row: CaseRow): void {
  if (!speaksForOrganiser(context.account, { organiser: row.office, officerId: row.officer_id }))
    fail('archive.notOrganiser')
}

/** Enters an act on a volume: a signed line of the 交接登记 that names the pieces, and the history of the case. */
export async function enterCustody(
  context: Context,
  volume: StoredVolume,
  act: CustodyAct,
  note: string,
): Promise<StoredVolume> {
  const { trx, now, account } = context
  const pieces = handedPieces(volume.items)
  const row = {
    id: context.newId(),
    case_id: volume.caseId,
    volume_id: volume.id,
    edition: volume.edition,
    act,
    contents: JSON.stringify(pieces),
    note,
    office: account.office,
    at: now,
    account_id: account.id,
  }
  await insertCustody(trx, row)
  await context.act({ kind: verbs[act], objectKind: 'volume', objectId: volume.id, objectHash: custodyHash(row) })
  const text = [volume.archivalCode, `${pieces.length}件`, note].filter((part) => part !== '').join('，')
  await recordEvent(context, volume.caseId, verbs[act], 20, { text })
  context.note({ level: volume.level })
  return { ...volume, holder: holderAfter(act) }
}

/** 移交, 签收 or 退回 of an open volume by the account that asks. Errors: those of `custodyRefusal`. */
export async function moveVolume(
  context: Context,
  row: CaseRow,
  volume: StoredVolume,
  act: CustodyAct,
  note: string,
): Promise<StoredVolume> {
  const organiser = speaksForOrganiser(context.account, { organiser: volume.organiser, officerId: row.officer_id })
  const refusal = custodyRefusal(act, volume, organiser)
  if (refusal !== null) fail(refusal)
  return enterCustody(context, volume, act, note)
}

/**
 * Refuses to put in order a volume the account does not answer for: the office before the hand-over, the archivist after
 * the receipt, nobody between. Errors: `archive.handedOver`, `archive.notOrganiser`.
 */
export function assertAnswers(context: Context, row: CaseRow, volume: StoredVolume): void {
  const archivist = context.account.roles.includes('archivist')
  if (volume.holder === 'office') assertOrganiser(context, row)
  else if (volume.holder === 'handed' || !archivist) fail('archive.handedOver')
}

/** The 交接登记 of a volume as it is shown, the last act first. */
export async function shownCustody(context: Context, volumeId: string) {
  return (await custodyOf(context.trx, volumeId)).toReversed().map((row) => {
    const { id, edition, act, note, office, at } = row
    const pieces = piecesOf(row)
    const pages = pieces.reduce((sum, piece) => sum + piece.pages, 0)
    return { id, edition, act, note, office, at, pieces: pieces.length, pages, by: nameOf(context, row.account_id) }
  })
}
