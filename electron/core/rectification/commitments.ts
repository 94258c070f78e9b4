import { enterprisesOfCase } from '#db/repositories/cases.ts'
import { attendanceOf, utterancesOf } from '#db/repositories/interviews.ts'
import { changeItem, insertItem, itemsOfCase, removeItem } from '#db/repositories/rectification.ts'
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
 * it no longer binds loses what came from it (Art. 6), and an open one is worded anew, except for what somebody has
 * changed in it since. Errors: `interviews.usedElsewhere` when an item that would go is closed.
 */
export async function followCorrection(
  context: Context,
  caseId: string,
  interviewId: string,
  before: Utterance,
  said: Utterance,
): Promise<void> {
  const { trx } = context
  const owed = await owedBy(context, caseId, interviewId, said)
  const held = (await itemsOfCase(trx, caseId)).filter((one) => one.sourceUtteranceId === said.id)
  for (const item of held)
    if (!owed.includes(item.enterpriseId) && !(await removeItem(trx, item.id))) fail('interviews.usedElsewhere')
  const was = await givenBy(context, interviewId, before)
  const is = await givenBy(context, interviewId, said)
  for (const enterpriseId of owed) {
    const item = held.find((one) => one.enterpriseId === enterpriseId)
    if (item === undefined) await giveItem(context, caseId, interviewId, enterpriseId, said)
    else
      await changeItem(trx, caseId, item.id, {
        text: item.text === was.text ? is.text : item.text,
        owner: item.owner === was.owner ? is.owner : item.owner,
        due: item.due === was.due ? is.due : item.due,
      })
  }
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

/** What a 承诺 gives its 整改事项: its words, whoever answers for it and the day; without a name the speaker stands for it. */
async function givenBy(context: Context, interviewId: string, said: Utterance) {
  const speaker = (await attendanceOf(context.trx, interviewId)).find((one) => one.id === said.speakerId)
  return {
    text: said.text.length > itemLength ? `${said.text.slice(0, itemLength - 1)}…` : said.text,
    owner: said.commitment?.owner || (speaker?.name ?? ''),
    due: said.commitment?.due ?? null,
  }
}

async function giveItem(
  context: Context,
  caseId: string,
  interviewId: string,
  enterpriseId: string,
  said: Utterance,
): Promise<void> {
  await insertItem(
    context.trx,
    {
      id: context.newId(),
      caseId,
      enterpriseId,
      ...(await givenBy(context, interviewId, said)),
      sourceUtteranceId: said.id,
      state: 'open',
      closedAt: null,
    },
    context.now,
  )
}
