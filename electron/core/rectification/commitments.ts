import { enterprisesOfCase } from '#db/repositories/cases.ts'
import { attendanceOf, utterancesOf } from '#db/repositories/interviews.ts'
import { insertItem, itemsOfCase, removeItem } from '#db/repositories/rectification.ts'
import { fail } from '#shared/contract/errors.ts'
import { concerns, type Utterance } from '#shared/domain/interviews.ts'
import type { Context } from '../context.ts'

/** Longest text of a 整改事项; a longer commitment is cut with a sign that it was. */
const itemLength = 500

/** 承诺 of the record become 整改事项 of the enterprises that made them (Art. 11, 12). */
export async function collectCommitments(context: Context, caseId: string, interviewId: string): Promise<void> {
  for (const said of await utterancesOf(context.trx, interviewId))
    for (const enterpriseId of await owedBy(context, caseId, interviewId, said))
      await giveItem(context, caseId, interviewId, enterpriseId, said)
}

/**
 * 整改事项 follow a line of the closed record that was corrected: one that has become a 承诺 gives its own, an enterprise
 * it no longer binds loses what came from it (Art. 6). Errors: `interviews.usedElsewhere` when that item is closed.
 */
export async function followCorrection(
  context: Context,
  caseId: string,
  interviewId: string,
  said: Utterance,
): Promise<void> {
  const { trx } = context
  const owed = await owedBy(context, caseId, interviewId, said)
  const held = (await itemsOfCase(trx, caseId)).filter((one) => one.sourceUtteranceId === said.id)
  for (const item of held)
    if (!owed.includes(item.enterpriseId) && !(await removeItem(trx, item.id))) fail('interviews.usedElsewhere')
  for (const enterpriseId of owed)
    if (!held.some((one) => one.enterpriseId === enterpriseId))
      await giveItem(context, caseId, interviewId, enterpriseId, said)
}

/** Enterprises a 承诺 binds: the speaker's own, or all it concerns when nobody of them spoke. */
async function owedBy(
  context: Context,
  caseId: string,
  interviewId: string,
  said: Utterance,
): Promise<readonly string[]> {
  if (said.kind !== 'commitment') return []
  const speaker = (await attendanceOf(context.trx, interviewId)).find((one) => one.id === said.speakerId)
  const concerned = (await enterprisesOfCase(context.trx, caseId))
    .map((one) => one.id)
    .filter((id) => concerns(said, id))
  const own = concerned.filter((id) => id === speaker?.enterpriseId)
  return own.length > 0 ? own : concerned
}

/** One 整改事项 with whoever answers for it and the day that was named; without a name the speaker stands for it. */
async function giveItem(
  context: Context,
  caseId: string,
  interviewId: string,
  enterpriseId: string,
  said: Utterance,
): Promise<void> {
  const speaker = (await attendanceOf(context.trx, interviewId)).find((one) => one.id === said.speakerId)
  await insertItem(
    context.trx,
    {
      id: context.newId(),
      caseId,
      enterpriseId,
      text: said.text.length > itemLength ? `${said.text.slice(0, itemLength - 1)}…` : said.text,
      owner: said.commitment?.owner || (speaker?.name ?? ''),
      due: said.commitment?.due ?? null,
      sourceUtteranceId: said.id,
      state: 'open',
      closedAt: null,
    },
    context.now,
  )
}
