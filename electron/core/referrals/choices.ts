import type { CaseRow } from '#db/repositories/cases.ts'
import { movedPieces } from '#db/repositories/referrals.ts'
import type { Referable } from '#shared/domain/referrals.ts'
import { collect } from '../archive/volume.ts'
import type { Context } from '../context.ts'
import { profileOf } from '../rules/rules.ts'
import { openOnes } from '../secrecy/closed.ts'

/** The papers of referrals themselves: they tell of what left, and do not leave with it. */
const own = ['transferList', 'transferReceipt', 'transferLetter']

/**
 * What of a case this account may refer: everything its volume would hold that it may know, but the papers of referrals
 * themselves.
 */
export async function choicesOf(context: Context, row: CaseRow): Promise<Referable[]> {
  const moved = await movedPieces(context.trx, row.id)
  const all = await collect(context, row, await profileOf(context, row))
  const drafts = await openOnes(context, row.id, all, (draft) => draft.paperId ?? '')
  return drafts
    .filter((draft) => !own.includes(draft.code))
    .map(({ code, title, number, day, level, pages, paperId, documentId }) => {
      const left = moved.find(
        (one) => one.form === 'original' && one.paperId === paperId && one.documentId === documentId,
      )
      return { code, title, number, day, level, pages, paperId, documentId, gone: left?.number ?? '' }
    })
}
