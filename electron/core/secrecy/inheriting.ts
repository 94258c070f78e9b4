import { disciplineOfCase } from '#db/repositories/discipline.ts'
import { ordinalsOf } from '#db/repositories/interviews.ts'
import { changesOfCase } from '#db/repositories/notice-changes.ts'
import { referralsOfCase } from '#db/repositories/referrals.ts'
import { classificationsOfCase } from '#db/repositories/secrecy.ts'
import { type InheritingObject, type Level, markText } from '#shared/domain/secrecy.ts'
import type { Context } from '../context.ts'
import { decisionFor } from '../papers/frame.ts'
import { noticeBehind } from '../papers/reminder-request.ts'
import { shownEntries } from '../rectification/entries.ts'
import { openOnes } from './closed.ts'
import { objectTitle } from './proposals.ts'

/** A paper under the mark of what it is drawn from. */
export interface InheritingPaper {
  readonly objectKind: InheritingObject
  readonly objectId: string
  readonly title: string
  readonly level: Level
  /** The mark it prints until it has its own; null where none stands. */
  readonly mark: string | null
}

/** What a case holds of papers that may have a decision of their own, with the notice they are drawn from, the oldest first. */
async function objectsOf(context: Context, caseId: string) {
  const { trx } = context
  const list: { kind: InheritingObject; id: string; noticeId: string | null }[] = []
  for (const { id, state, notice_id: noticeId } of await changesOfCase(trx, caseId))
    if (state !== 'withdrawn' && state !== 'returned') list.push({ kind: 'noticeChange', id, noticeId })
  for (const id of (await ordinalsOf(trx, caseId)).keys()) list.push({ kind: 'record', id, noticeId: null })
  for (const { id, enterpriseId, body } of await shownEntries(context, caseId)) {
    if (body.kind !== 'reminder') continue
    list.push({ kind: 'reminder', id, noticeId: (await noticeBehind(context, caseId, enterpriseId))?.id ?? null })
  }
  for (const { id } of await referralsOfCase(trx, caseId)) list.push({ kind: 'referral', id, noticeId: null })
  for (const { id, state } of await disciplineOfCase(trx, caseId))
    if (state !== 'returned') list.push({ kind: 'discipline', id, noticeId: null })
  return list
}

/** Papers of a case that neither have a decision of their own nor a proposal that waits for one (保密法 18; Art. 21). */
export async function inheritingPapers(context: Context, caseId: string): Promise<InheritingPaper[]> {
  const decided = new Set(
    (await classificationsOfCase(context.trx, caseId))
      .filter((one) => one.state === 'approved' || one.state === 'proposed')
      .map((one) => one.objectId),
  )
  const papers = []
  for (const { kind, id, noticeId } of await openOnes(
    context,
    caseId,
    await objectsOf(context, caseId),
    (one) => one.id,
  )) {
    if (decided.has(id)) continue
    const inherited = await decisionFor(context, caseId, kind, id, noticeId)
    const title = await objectTitle(context, caseId, kind, id)
    const mark = inherited === undefined ? null : markText(inherited)
    papers.push({ objectKind: kind, objectId: id, title, level: inherited?.level ?? 'none', mark })
  }
  return papers
}
