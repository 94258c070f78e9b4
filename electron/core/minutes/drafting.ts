import { enterprisesOfCase } from '#db/repositories/cases.ts'
import { utterancesOf } from '#db/repositories/interviews.ts'
import { insertMinutes, minutesOfCase, putSentences } from '#db/repositories/minutes.ts'
import { fail } from '#shared/contract/errors.ts'
import { clockInChina, dayInChina, officialDay } from '#shared/domain/common.ts'
import type { Attendee, Interview } from '#shared/domain/interviews.ts'
import { draftSentences, type MinutesFields, minutesTime, partyText } from '#shared/domain/minutes.ts'
import { planDeadline, termOf } from '#shared/rules/profile.ts'
import { caseOf } from '../cases/case-file.ts'
import type { Context } from '../context.ts'
import { interviewOf, shownInterview } from '../interviews/record.ts'
import { rulesOf } from '../rules/rules.ts'

/** 约谈要求 as the Rules state it for every enterprise (Art. 11, 15); a day only where it is certain already. */
async function requirementOf(context: Context, caseId: string, startedAt: string): Promise<string> {
  const row = await caseOf(context, caseId)
  const rules = await rulesOf(context)
  const term = termOf(planDeadline(rules.of(row)))
  const clock = rules.planAnchor(row) === 'interviewDay' ? rules.planDue(row, dayInChina(startedAt)) : null
  const until = clock === null || clock.provisional ? '' : `（${officialDay(clock.due)}前）`
  return `请按照责任约谈意见要求研究制定工作方案，明确落实措施、责任主体和时间安排，于责任约谈后${term}内${until}报送市国资委；及时报告整改工作进展，落实完成后报送专项工作报告。`
}

/** The template's fields for one enterprise; persons of another enterprise never stand in them (Art. 6, 9). */
function fieldsFor(
  interview: Interview,
  spoke: ReadonlySet<string | null>,
  enterpriseId: string,
  requirement: string,
): MinutesFields {
  // Whoever was neither ticked in the room nor heard is not said to have been there.
  const here = interview.attendees.filter(
    ({ id, delegation, state }) =>
      state !== 'absent' && (state !== 'expected' || spoke.has(id) || delegation === 'recorder'),
  )
  const own = (one: Attendee): boolean => one.delegation !== 'enterprise' || one.enterpriseId === enterpriseId
  const party = (delegation: Attendee['delegation']): string =>
    partyText(here.filter((one) => one.delegation === delegation && own(one)))
  const started = interview.startedAt
  return {
    time: started === null ? '' : minutesTime(officialDay(dayInChina(started)), clockInChina(started)),
    place: interview.place,
    host: `${interview.hostName}${interview.hostTitle === '' ? '' : `（${interview.hostTitle}）`}`,
    hostUnit: party('host'),
    jointUnit: party('joint'),
    enterpriseParty: party('enterprise'),
    recorder: here
      .filter((one) => one.delegation === 'recorder')
      .map((one) => one.name)
      .join('、'),
    matter: interview.matter,
    requirement,
    attended: partyText(here.filter((one) => one.delegation !== 'recorder' && own(one))),
    excused: interview.attendees
      .filter((one) => one.state === 'absent' && own(one))
      .map((one) => `${partyText([one])}${one.reason === '' ? '' : `，${one.reason}`}`)
      .join('；'),
    observers: '',
    lists: false,
    signatures: false,
  }
}

/** Drafts the minutes of every enterprise from an ended record; those that exist stay. Errors: `interviews.notEnded`. */
export async function draftMinutes(context: Context, caseId: string, interviewId: string): Promise<void> {
  const { trx, now, account } = context
  const row = await interviewOf(context, caseId, interviewId)
  if (row.state !== 'ended' && row.state !== 'frozen') fail('interviews.notEnded')
  const interview = await shownInterview(context, row)
  const utterances = await utterancesOf(trx, interviewId)
  const spoke = new Set(utterances.map((one) => one.speakerId))
  const { startedAt } = interview
  const requirement = startedAt === null ? '' : await requirementOf(context, caseId, startedAt)
  const existing = (await minutesOfCase(trx, caseId)).filter((one) => one.interview_id === interviewId)
  for (const enterprise of await enterprisesOfCase(trx, caseId)) {
    if (existing.some((one) => one.enterprise_id === enterprise.id)) continue
    const id = context.newId()
    const fields = fieldsFor(interview, spoke, enterprise.id, requirement)
    await insertMinutes(trx, { id, caseId, interviewId, enterpriseId: enterprise.id, fields, by: account.id }, now)
    let count = 0
    await putSentences(
      trx,
      id,
      draftSentences(utterances, enterprise.id, () => `r${++count}`, interview.attendees),
    )
  }
}
