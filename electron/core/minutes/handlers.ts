import { enterprisesOfCase } from '#db/repositories/cases.ts'
import { attendanceOf, utterancesOf } from '#db/repositories/interviews.ts'
import {
  bumpMinutes,
  findMinutes,
  insertMinutes,
  type MinutesFields,
  type MinutesRow,
  minutesFields,
  minutesOfCase,
  replaceSentences,
  sentencesOf,
  updateMinutes,
} from '#db/repositories/minutes.ts'
import { papersOfCase } from '#db/repositories/papers.ts'
import { findClassification } from '#db/repositories/secrecy.ts'
import { fail } from '#shared/contract/errors.ts'
import { clockInChina, dayInChina, officialDay } from '#shared/domain/common.ts'
import type { Attendee, Interview } from '#shared/domain/interviews.ts'
import { draftSentences, type Minutes, minutesTime } from '#shared/domain/minutes.ts'
import { markText } from '#shared/domain/secrecy.ts'
import { assertCaseActs, minutesHash } from '../cases/acts.ts'
import { assertStage, recordEvent, takeWhenReady } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import { assertFrozenRecord, freezeRecord, interviewOf, shownInterview } from '../interviews/record.ts'
import { freezeAll, makePapers } from '../papers/freeze.ts'
import { classificationRequest, minutesRequest, personText, recordRequest } from '../papers/requests.ts'
import { propose } from '../secrecy/proposals.ts'

async function minutesOf(context: Context, caseId: string, minutesId: string): Promise<MinutesRow> {
  return (await findMinutes(context.trx, caseId, minutesId)) ?? fail('minutes.unknown')
}

async function shown(context: Context, row: MinutesRow): Promise<Minutes> {
  const { trx } = context
  const decision = row.classification_id === null ? undefined : await findClassification(trx, row.classification_id)
  const enterprises = await enterprisesOfCase(trx, row.case_id)
  return {
    id: row.id,
    caseId: row.case_id,
    interviewId: row.interview_id,
    enterpriseId: row.enterprise_id,
    enterpriseName: enterprises.find((one) => one.id === row.enterprise_id)?.name ?? '',
    state: row.state,
    ...minutesFields(row),
    sentences: await sentencesOf(trx, row.id),
    classificationId: row.classification_id,
    mark: decision?.state === 'approved' ? markText(decision) : null,
    version: row.version,
  }
}

async function shownAll(context: Context, caseId: string): Promise<Minutes[]> {
  const list: Minutes[] = []
  for (const row of await minutesOfCase(context.trx, caseId)) list.push(await shown(context, row))
  return list
}

/** The template's fields for one enterprise; persons of another enterprise never stand in them (Art. 6, 9). */
function fieldsFor(interview: Interview, attendees: readonly Attendee[], enterpriseId: string): MinutesFields {
  const here = attendees.filter((one) => one.state !== 'absent')
  const named = (delegation: Attendee['delegation']): string =>
    here
      .filter((one) => one.delegation === delegation)
      .map(personText)
      .join('、')
  const started = interview.startedAt
  return {
    time: started === null ? '' : minutesTime(officialDay(dayInChina(started)), clockInChina(started)),
    place: interview.place,
    host: `${interview.hostName}${interview.hostTitle === '' ? '' : `（${interview.hostTitle}）`}`,
    hostUnit: named('host'),
    jointUnit: named('joint'),
    enterpriseParty: here
      .filter((one) => one.delegation === 'enterprise' && one.enterpriseId === enterpriseId)
      .map(personText)
      .join('、'),
    recorder: here
      .filter((one) => one.delegation === 'recorder')
      .map((one) => one.name)
      .join('、'),
    matter: interview.matter,
  }
}

export const minutesHandlers = {
  'minutes.list': (context, { caseId }) => shownAll(context, caseId),

  'minutes.draft': async (context, { caseId, interviewId }) => {
    const { trx, now } = context
    await assertStage(context, caseId, ['minutes'])
    const row = await interviewOf(context, caseId, interviewId)
    if (row.state !== 'ended' && row.state !== 'frozen') fail('interviews.notEnded')
    const interview = await shownInterview(context, row)
    const attendees = await attendanceOf(trx, interviewId)
    const utterances = await utterancesOf(trx, interviewId)
    const existing = new Set((await minutesOfCase(trx, caseId)).map((one) => one.enterprise_id))
    for (const enterprise of await enterprisesOfCase(trx, caseId)) {
      if (existing.has(enterprise.id)) continue
      const id = context.newId()
      const fields = fieldsFor(interview, attendees, enterprise.id)
      await insertMinutes(trx, { id, caseId, interviewId, enterpriseId: enterprise.id, fields }, now)
      await replaceSentences(
        trx,
        id,
        draftSentences(utterances, enterprise.id, () => context.newId()),
      )
    }
    await recordEvent(context, caseId, 'minutes.draft', 9)
    return shownAll(context, caseId)
  },

  'minutes.save': async (context, { caseId, minutesId, version, sentences }) => {
    const { trx, now } = context
    const row = await minutesOf(context, caseId, minutesId)
    if (row.state !== 'draft') fail('minutes.notDraft', { state: row.state })
    const said = await utterancesOf(trx, row.interview_id)
    const allowed = new Map(said.map((one) => [one.id, one]))
    for (const sentence of sentences) {
      for (const source of sentence.sources) {
        const one = allowed.get(source)
        if (!one) fail('minutes.unknownSource')
        // Art. 6: what was meant for another enterprise cannot be a source of these minutes.
        if (one.audience !== 'all' && !one.audience.includes(row.enterprise_id)) fail('minutes.foreignSource')
      }
    }
    if (!(await bumpMinutes(trx, minutesId, version, now))) fail('minutes.changed')
    // Sentences keep the ids the core gave; new ones get theirs here, so that none is taken from other minutes.
    const own = new Set((await sentencesOf(trx, minutesId)).map((one) => one.id))
    const used = new Set<string>()
    const kept = sentences.map((one) => {
      const known = own.has(one.id) && !used.has(one.id)
      used.add(one.id)
      return { ...one, id: known ? one.id : context.newId() }
    })
    await replaceSentences(trx, minutesId, kept)
    await recordEvent(context, caseId, 'minutes.save', 9)
    return shown(context, await minutesOf(context, caseId, minutesId))
  },

  'minutes.submit': async (context, { caseId, minutesId, proposal }) => {
    const { trx, now } = context
    const row = await minutesOf(context, caseId, minutesId)
    if (row.state !== 'draft') fail('minutes.notDraft', { state: row.state })
    const sentences = await sentencesOf(trx, minutesId)
    if (!sentences.some((one) => one.text.trim() !== '')) fail('minutes.empty')
    const classification = await propose(context, { caseId, kind: 'minutes', id: minutesId }, proposal)
    await updateMinutes(trx, minutesId, {
      state: 'submitted',
      classification_id: classification.id,
      submitted_at: now,
      updated_at: now,
    })
    await recordEvent(context, caseId, 'minutes.submit', 9)
    return shown(context, await minutesOf(context, caseId, minutesId))
  },

  'minutes.finalise': {
    long: async (context, { caseId, minutesId }) => {
      const requests = await context.read(async (inside) => {
        const row = await assertReady(inside, caseId, minutesId)
        await assertCaseActs(inside, caseId)
        await assertFrozenRecord(inside, caseId, row.interview_id)
        const printing = { copyNumber: 1, made: inside.now }
        const list = [await minutesRequest(inside, caseId, minutesId, printing)]
        // One record for all enterprises, in both formats: the first minutes that become final freeze it.
        const filed = await papersOfCase(inside.trx, caseId)
        if (filed.filter((one) => one.kind === 'record' && one.objectId === row.interview_id).length < 2)
          list.push(await recordRequest(inside, caseId, row.interview_id, printing))
        if (row.classification_id !== null)
          list.push({
            ...(await classificationRequest(inside, caseId, row.classification_id, printing)),
            formats: ['pdf'],
          })
        return list
      })
      const made = await makePapers(context, requests)
      return context.commit(async (inside) => {
        const { trx, now } = inside
        const row = await assertReady(inside, caseId, minutesId)
        await freezeRecord(inside, caseId, row.interview_id)
        await freezeAll(inside, caseId, made)
        const objectHash = await minutesHash(trx, row)
        await inside.act({ kind: 'minutes.finalise', objectKind: 'minutes', objectId: minutesId, objectHash })
        await updateMinutes(trx, minutesId, { state: 'final', finalised_at: now, updated_at: now })
        await recordEvent(inside, caseId, 'minutes.finalise', 9)
        await takeWhenReady(inside, caseId, 'finaliseMinutes')
        return shown(inside, await minutesOf(inside, caseId, minutesId))
      })
    },
  },
} satisfies Partial<Handlers>

/** Minutes may become final when their classification is decided. Errors: `minutes.notSubmitted`, `minutes.notClassified`. */
async function assertReady(context: Context, caseId: string, minutesId: string): Promise<MinutesRow> {
  const row = await minutesOf(context, caseId, minutesId)
  if (row.state !== 'submitted') fail('minutes.notSubmitted', { state: row.state })
  const decision =
    row.classification_id === null ? undefined : await findClassification(context.trx, row.classification_id)
  if (decision?.state !== 'approved') fail('minutes.notClassified')
  return row
}
