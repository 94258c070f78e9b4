import { listTemplates } from '#db/repositories/aids.ts'
import { demandsOf, enterprisesOfCase, triggersOf } from '#db/repositories/cases.ts'
import { attendanceOf, interviewBefore } from '#db/repositories/interviews.ts'
import { peopleOf } from '#db/repositories/parties.ts'
import { documentsOfCase, itemsOfCase } from '#db/repositories/rectification.ts'
import type { AttendeeInput, OutlineLine } from '#shared/domain/interviews.ts'
import { draftAttendees, draftOutline, type Invited } from '#shared/domain/outline.ts'
import { caseOf } from '../cases/case-file.ts'
import type { Context } from '../context.ts'
import { shownNotices } from '../notices/shown.ts'
import { rulesOfCase } from '../papers/frame.ts'
import { interviewOf } from './record.ts'

/** 提纲 and participants as case file, templates, notices, confirmations and roll have them (Art. 4, 5, 7, 8, 10). Stores nothing. */
export async function draftPreparation(
  context: Context,
  caseId: string,
  interviewId: string,
): Promise<{ outline: OutlineLine[]; attendees: AttendeeInput[] }> {
  const { trx, account } = context
  await interviewOf(context, caseId, interviewId)
  const row = await caseOf(context, caseId)
  const { triggers } = await triggersOf(trx, caseId)
  const received = await documentsOfCase(trx, caseId)
  const demands = await demandsOf(trx, caseId)
  const outline = draftOutline(
    await rulesOfCase(context, caseId),
    {
      matter: row.matter,
      triggers,
      facts: row.facts,
      amountFen: row.amount_fen,
      instruction: (JSON.parse(row.instructions) as { text: string }[]).map((one) => one.text).join('；'),
      earlierDemand: demands.map((one) => one.number || one.gist).join('、'),
      materials: received.map((one) => one.title),
    },
    await listTemplates(trx),
  )
  const attendees = await earlierPeople(context, caseId, interviewId)
  if (attendees !== null) return { outline: [...outline, ...(await openItems(context, caseId))], attendees }
  const notices = new Map((await shownNotices(context, caseId)).map((one) => [one.enterpriseId, one]))
  const invited: Invited[] = []
  for (const { id, name } of await enterprisesOfCase(trx, caseId)) {
    const notice = notices.get(id)
    if (!notice) continue
    const { fields: form, confirmation } = notice
    const substitutes = confirmation?.substitutes ?? []
    invited.push({ enterpriseId: id, name, form, substitutes, roll: await peopleOf(trx, id) })
  }
  return { outline: [...outline], attendees: [...draftAttendees(invited, account.name, row.office)] }
}

/** Who sat at the interview before this one; null when this is the first. */
async function earlierPeople(context: Context, caseId: string, interviewId: string): Promise<AttendeeInput[] | null> {
  const before = await interviewBefore(context.trx, caseId, interviewId)
  if (!before) return null
  const people = await attendanceOf(context.trx, before.id)
  return people.map(({ delegation, enterpriseId, unit, name, title, speakerKey }) => {
    return { delegation, enterpriseId, unit, name, title, speakerKey }
  })
}

/** What a further interview asks about: 整改事项 that are still open (Art. 12). */
async function openItems(context: Context, caseId: string): Promise<OutlineLine[]> {
  const items = await itemsOfCase(context.trx, caseId)
  return items
    .filter((one) => one.state === 'open')
    .map((one) => ({ section: 'ask', text: `整改落实情况：${one.text}`.slice(0, 500) }))
}
