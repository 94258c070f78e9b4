import { casesInScope, enterprisesOfCase } from '#db/repositories/cases.ts'
import {
  addAttendee,
  attendanceOf,
  editUtterance,
  fieldsOf,
  findInterview,
  findUtterance,
  type InterviewRow,
  insertInterview,
  insertUtterance,
  interviewOfCase,
  lastUtterances,
  listInterviews,
  nextSeq,
  replaceAttendance,
  setAttendance,
  updateInterview,
  utterancesOf,
  versionsOf,
} from '#db/repositories/interviews.ts'
import { changesOfCase } from '#db/repositories/notice-changes.ts'
import { enterprisesQuoting } from '#db/repositories/record.ts'
import { fail } from '#shared/contract/errors.ts'
import {
  type Attendee,
  type AttendeeInput,
  attendanceNote,
  checksBeforeStart,
  concerns,
  type Interview,
  type InterviewState,
  joinNote,
  pauseNote,
  resumeNote,
  type Utterance,
  type UtteranceInput,
} from '#shared/domain/interviews.ts'
import { changeNames, decidedChange } from '#shared/domain/notice-changes.ts'
import { lastLineAt } from '../audit/log.ts'
import { assertStage, nameOf, recordEvent, take } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import { collectCommitments, followCorrection } from '../rectification/commitments.ts'
import { refreshSide } from '../side/handlers.ts'
import { draftPreparation } from './draft.ts'
import { isOpen, journalOf, keepLive, selfTest, unfinished } from './live.ts'
import { addNote, interviewOf, shownInterview } from './record.ts'

async function assertUtterance(context: Context, interviewId: string, caseId: string, value: UtteranceInput) {
  const { trx } = context
  if (value.speakerId !== null) {
    const attendees = await attendanceOf(trx, interviewId)
    if (!attendees.some((one) => one.id === value.speakerId)) fail('interviews.unknownSpeaker')
  }
  if (value.audience !== 'all') {
    const known = new Set((await enterprisesOfCase(trx, caseId)).map((one) => one.id))
    if (!value.audience.every((id) => known.has(id))) fail('interviews.unknownAudience')
  }
}

const minuteOf = (at: string): string => at.slice(0, 16)

/** Nobody comes late or leaves before the interview began, after it ended, or later than now. Errors: `interviews.attendTime`. */
function assertWithin(row: InterviewRow, state: Attendee['state'], at: string, now: string): void {
  if (state !== 'late' && state !== 'left') return
  const from = row.started_at ?? at
  const until = row.ended_at ?? now
  if (minuteOf(at) < minuteOf(from) || minuteOf(at) > minuteOf(until)) fail('interviews.attendTime')
}

/** Everybody sits with one delegation and no two share a key. Errors: `interviews.keyTwice`, `interviews.wrongDelegation`. */
async function assertSeats(context: Context, caseId: string, attendees: readonly AttendeeInput[]): Promise<void> {
  const known = new Set((await enterprisesOfCase(context.trx, caseId)).map((one) => one.id))
  const keys = attendees.flatMap((one) => one.speakerKey ?? [])
  if (new Set(keys).size !== keys.length) fail('interviews.keyTwice')
  for (const one of attendees) {
    const belongs = one.enterpriseId !== null && known.has(one.enterpriseId)
    if (one.delegation === 'enterprise' ? !belongs : one.enterpriseId !== null) fail('interviews.wrongDelegation')
  }
}

/** A step that leaves a line in the record. */
async function step(
  context: Context,
  input: { readonly caseId: string; readonly interviewId: string },
  from: InterviewState,
  to: InterviewState,
  kind: string,
  note: string,
  clock: (before: Pick<Interview, 'pausedAt' | 'pausedMs'>) => Pick<Interview, 'pausedAt' | 'pausedMs'>,
): Promise<{ interview: Interview; note: Utterance }> {
  const row = await interviewOf(context, input.caseId, input.interviewId)
  if (row.state !== from) fail('interviews.wrongState', { state: row.state })
  const fields = fieldsOf(row)
  await updateInterview(context.trx, row.id, {
    state: to,
    fields: JSON.stringify({ ...fields, ...clock(fields) }),
    updated_at: context.now,
  })
  await recordEvent(context, input.caseId, kind, 8, { text: note })
  const added = await addNote(context, row.id, note)
  refreshSide(context, row.id)
  return {
    interview: await shownInterview(context, await interviewOf(context, input.caseId, input.interviewId)),
    note: added,
  }
}

export const interviewsHandlers = {
  'interviews.list': async (context) => {
    const rows = await listInterviews(context.trx, casesInScope(context.trx, context.account.id))
    const shown = []
    for (const row of rows) shown.push(await shownInterview(context, row))
    return shown
  },

  'interviews.get': async (context, { caseId, interviewId }) => {
    const row = await interviewOf(context, caseId, interviewId)
    const utterances = await utterancesOf(context.trx, interviewId)
    const open = row.state === 'running' || row.state === 'paused'
    return {
      interview: await shownInterview(context, row),
      utterances,
      ...unfinished(open ? context.session.journal : null, interviewId, utterances),
    }
  },

  'interviews.prepare': async (context, { caseId, interviewId, attendees, outline }) => {
    const { trx, now } = context
    const row = await interviewOf(context, caseId, interviewId)
    if (row.state !== 'planned') fail('interviews.wrongState', { state: row.state })
    await assertSeats(context, caseId, attendees)
    await replaceAttendance(
      trx,
      interviewId,
      attendees.map((one) => ({ ...one, id: context.newId(), state: 'expected', reason: '', at: null })),
    )
    await updateInterview(trx, interviewId, {
      fields: JSON.stringify({ ...fieldsOf(row), outline }),
      updated_at: now,
    })
    await recordEvent(context, caseId, 'interviews.prepare', 5)
    return shownInterview(context, await interviewOf(context, caseId, interviewId))
  },

  'interviews.draft': (context, { caseId, interviewId }) => draftPreparation(context, caseId, interviewId),

  'interviews.check': async (context, { caseId, interviewId, item, done }) => {
    const row = await interviewOf(context, caseId, interviewId)
    if (row.state === 'frozen') fail('interviews.frozen')
    const fields = fieldsOf(row)
    const checks = [...fields.checks.filter((one) => one !== item), ...(done ? [item] : [])]
    await updateInterview(context.trx, interviewId, {
      fields: JSON.stringify({ ...fields, checks }),
      updated_at: context.now,
    })
    await recordEvent(context, caseId, 'interviews.check', 21, { item, done: done ? 1 : 0 })
    return shownInterview(context, await interviewOf(context, caseId, interviewId))
  },

  'interviews.selfTest': async (context, { caseId, interviewId }) => {
    await interviewOf(context, caseId, interviewId)
    return selfTest(context.session, context.now, await lastLineAt(context.trx))
  },

  'interviews.attend': async (context, { caseId, interviewId, attendeeId, state, reason, at = context.now }) => {
    const { trx, now } = context
    const row = await interviewOf(context, caseId, interviewId)
    if (row.state === 'frozen') fail('interviews.frozen')
    if (state === 'absent' && reason === '') fail('interviews.absenceReason')
    assertWithin(row, state, at, now)
    const before = (await attendanceOf(trx, interviewId)).find((one) => one.id === attendeeId)
    if (before === undefined) fail('interviews.unknownSpeaker')
    await setAttendance(trx, interviewId, attendeeId, { state, reason, at })
    await recordEvent(context, caseId, 'interviews.attend', 10)
    // Who is there is part of what the record says, at the time it changed.
    const live = row.state === 'running' || row.state === 'paused'
    const told = minuteOf(at) === minuteOf(now) ? null : at
    const words = live ? attendanceNote(before, state, reason, told) : null
    const note = words === null ? null : await addNote(context, interviewId, words)
    refreshSide(context, interviewId)
    return { interview: await shownInterview(context, row), note }
  },

  'interviews.join': async (context, { caseId, interviewId, attendee }) => {
    const { trx, now } = context
    const row = await interviewOf(context, caseId, interviewId)
    if (row.state === 'frozen') fail('interviews.frozen')
    if (row.state === 'planned') fail('interviews.wrongState', { state: row.state })
    const here = await attendanceOf(trx, interviewId)
    await assertSeats(context, caseId, [...here, attendee])
    const joined = { ...attendee, id: context.newId(), state: 'present', reason: '', at: now } as const
    await addAttendee(trx, interviewId, joined, here.length)
    await recordEvent(context, caseId, 'interviews.join', 7)
    const note = row.state === 'ended' ? null : await addNote(context, interviewId, joinNote(attendee))
    refreshSide(context, interviewId)
    return { interview: await shownInterview(context, row), note }
  },

  'interviews.start': async (context, { caseId, interviewId }) => {
    const { trx, now } = context
    await assertStage(context, caseId, ['interview'])
    const row = await interviewOf(context, caseId, interviewId)
    if (row.state !== 'planned') fail('interviews.wrongState', { state: row.state })
    // A 改期 or 取消 that was signed says that this interview does not take place as called (Art. 4).
    const change = (await changesOfCase(trx, caseId)).find((one) => decidedChange.includes(one.state))
    if (change) fail('interviews.changeOpen', { kind: changeNames[change.kind] })
    const attendees = await attendanceOf(trx, interviewId)
    for (const enterprise of await enterprisesOfCase(trx, caseId)) {
      if (!attendees.some((one) => one.enterpriseId === enterprise.id))
        fail('interviews.nobodyFrom', { enterprise: enterprise.id })
    }
    const { guarded } = await shownInterview(context, row)
    const { checks } = fieldsOf(row)
    if (guarded && !checksBeforeStart.every((one) => checks.includes(one))) fail('interviews.checklistOpen')
    const { reserve, write, clock } = await selfTest(context.session, now, await lastLineAt(trx))
    const fault = clock.code ?? reserve.code ?? write.code
    if (fault !== null) fail(fault)
    await updateInterview(trx, interviewId, { state: 'running', started_at: now, updated_at: now })
    await recordEvent(context, caseId, 'interviews.start', 8)
    return shownInterview(context, await interviewOf(context, caseId, interviewId))
  },

  'interviews.pause': (context, input) =>
    step(context, input, 'running', 'paused', 'interviews.pause', pauseNote(input.reason), (before) => ({
      ...before,
      pausedAt: context.now,
    })),

  'interviews.resume': async (context, input) => {
    const [last] = await lastUtterances(context.trx, input.interviewId, 1)
    const note = resumeNote(last?.endedAt ?? context.now, context.now)
    return step(context, input, 'paused', 'running', 'interviews.resume', note, ({ pausedAt, pausedMs }) => ({
      pausedAt: null,
      pausedMs: pausedMs + Date.parse(context.now) - Date.parse(pausedAt ?? context.now),
    }))
  },

  'interviews.keep': async (context, { caseId, interviewId, live, waiting }) => {
    const { archive } = context.session
    if (!archive.cases) fail('journal.none')
    // The door has checked the case; the interview must be that case's.
    if (!(await findInterview(archive.cases.knex, caseId, interviewId))) fail('interviews.unknown')
    await keepLive(journalOf(context.session), interviewId, live, waiting)
    return { durableAt: new Date().toISOString() }
  },

  // The journal keeps the line until the next one takes its place: it is known by its first keystroke and never offered
  // again. One write to the disk, not two, stands between Enter and the answer.
  'interviews.append': async (context, { caseId, interviewId, utterance }) => {
    const { trx, now, account } = context
    const row = await interviewOf(context, caseId, interviewId)
    if (row.state === 'paused') fail('interviews.paused')
    if (row.state !== 'running') fail('interviews.wrongState', { state: row.state })
    if (utterance.kind === 'note') fail('interviews.ownLine')
    await assertUtterance(context, interviewId, caseId, utterance)
    const value = { id: context.newId(), seq: await nextSeq(trx, interviewId), version: 1, ...utterance }
    await insertUtterance(trx, interviewId, value, account.id, now)
    refreshSide(context, interviewId)
    return { utterance: value, durableAt: now }
  },

  'interviews.edit': async (context, { caseId, interviewId, utteranceId, version, utterance }) => {
    const { trx, account, now } = context
    const row = await interviewOf(context, caseId, interviewId)
    if (row.state === 'frozen') fail('interviews.frozen')
    const before = (await findUtterance(trx, interviewId, utteranceId)) ?? fail('interviews.unknownUtterance')
    if (before.version !== version) fail('interviews.changed')
    if ((before.kind === 'note') !== (utterance.kind === 'note')) fail('interviews.ownLine')
    await assertUtterance(context, interviewId, caseId, utterance)
    // Order and times are the record's: what was said first stays first (DESIGN §6).
    const { startedAt, endedAt } = before
    const value = { ...utterance, id: utteranceId, seq: before.seq, version: version + 1, startedAt, endedAt }
    for (const enterpriseId of await enterprisesQuoting(trx, utteranceId))
      if (!concerns(value, enterpriseId)) fail('interviews.usedElsewhere')
    if (!(await editUtterance(trx, value, account.id, now))) fail('interviews.changed')
    if (row.state === 'ended') await followCorrection(context, caseId, interviewId, before, value)
    refreshSide(context, interviewId)
    return { utterance: value, durableAt: now }
  },

  'interviews.versions': async (context, { caseId, interviewId, utteranceId }) => {
    await interviewOf(context, caseId, interviewId)
    if (!(await findUtterance(context.trx, interviewId, utteranceId))) fail('interviews.unknownUtterance')
    const versions = await versionsOf(context.trx, utteranceId)
    return versions.map((one) => ({ ...one, by: nameOf(context, one.by) }))
  },

  'interviews.again': async (context, { caseId, reason }) => {
    const { trx, now } = context
    const last = (await interviewOfCase(trx, caseId)) ?? fail('interviews.unknown')
    await take(context, caseId, 'talkAgain')
    const id = context.newId()
    const { place, host_person: hostName, host_title: hostTitle } = last
    await insertInterview(trx, {
      id,
      caseId,
      place: place ?? '',
      hostName: hostName ?? '',
      hostTitle: hostTitle ?? '',
      now,
    })
    await recordEvent(context, caseId, 'interviews.again', 8, { text: reason })
    return shownInterview(context, await interviewOf(context, caseId, id))
  },

  'interviews.end': async (context, { caseId, interviewId }) => {
    const { trx, now } = context
    const row = await interviewOf(context, caseId, interviewId)
    if (row.state !== 'running' && row.state !== 'paused') fail('interviews.wrongState', { state: row.state })
    if (isOpen(unfinished(context.session.journal, interviewId, await utterancesOf(trx, interviewId))))
      fail('interviews.lineOpen')
    await updateInterview(trx, interviewId, { state: 'ended', ended_at: now, updated_at: now })
    await collectCommitments(context, caseId, interviewId)
    await take(context, caseId, 'endInterview')
    await recordEvent(context, caseId, 'interviews.end', 8)
    return shownInterview(context, await interviewOf(context, caseId, interviewId))
  },
} satisfies Partial<Handlers>
