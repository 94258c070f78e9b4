import { enterprisesOfCase } from '#db/repositories/cases.ts'
import { attendanceOf, utterancesOf } from '#db/repositories/interviews.ts'
import { insertItem } from '#db/repositories/rectification.ts'
import { concerns } from '#shared/domain/interviews.ts'
import type { Context } from '../context.ts'

/** Longest text of a 整改事项; a longer commitment is cut with a sign that it was. */
const itemLength = 500

/**
 * 承诺 of the record become 整改事项 of the enterprise that made them (Art. 11, 12), with whoever answers for them and
 * the day that was named; without a name the speaker stands for it.
 */
export async function collectCommitments(context: Context, caseId: string, interviewId: string): Promise<void> {
  const { trx, now } = context
  const enterprises = await enterprisesOfCase(trx, caseId)
  const attendees = new Map((await attendanceOf(trx, interviewId)).map((one) => [one.id, one]))
  for (const said of await utterancesOf(trx, interviewId)) {
    if (said.kind !== 'commitment') continue
    const speaker = said.speakerId === null ? undefined : attendees.get(said.speakerId)
    const concerned = enterprises.filter((one) => concerns(said, one.id))
    const own = concerned.filter((one) => one.id === speaker?.enterpriseId)
    for (const enterprise of own.length > 0 ? own : concerned) {
      await insertItem(
        trx,
        {
          id: context.newId(),
          caseId,
          enterpriseId: enterprise.id,
          text: said.text.length > itemLength ? `${said.text.slice(0, itemLength - 1)}…` : said.text,
          owner: said.commitment?.owner || (speaker?.name ?? ''),
          due: said.commitment?.due ?? null,
          sourceUtteranceId: said.id,
          state: 'open',
          closedAt: null,
        },
        now,
      )
    }
  }
}
