import { interviewOfCase } from '#db/repositories/interviews.ts'
import { findChange } from '#db/repositories/notice-changes.ts'
import {
  type ConsultationRow,
  confirmationsOf,
  consultationsOf,
  insertConsultation,
  insertReminder,
  insertService,
  remindersOf,
  type ServiceRow,
  servicesOf,
} from '#db/repositories/preparation.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { type Consultation, consultationFaults, type Service } from '#shared/domain/preparation.ts'
import { assertStage, nameOf, openStages, recordEvent } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import { noticeOf, shownConfirmation, shownNotices } from '../notices/shown.ts'
import { materialsOf } from './materials.ts'

function shownConsultation(context: Context, row: ConsultationRow): Consultation {
  const { id, day, clock, place, manner, chair, recorder, contents, agreed, differences, at } = row
  const participants = JSON.parse(row.participants)
  const by = nameOf(context, row.account_id)
  return { id, day, clock, place, manner, chair, recorder, contents, agreed, differences, participants, at, by }
}

function shownService(context: Context, row: ServiceRow): Service {
  return {
    id: row.id,
    noticeId: row.notice_id,
    changeId: row.change_id,
    recipient: row.recipient,
    manner: row.manner,
    copyNumber: row.copy_number,
    sentBy: row.sent_by,
    sentOn: row.sent_on,
    receivedBy: row.received_by,
    receivedOn: row.received_on,
    note: row.note,
    by: nameOf(context, row.account_id),
    at: row.at,
  }
}

export const preparationHandlers = {
  'preparation.get': async (context, { caseId }) => {
    const { trx } = context
    const names = new Map((await shownNotices(context, caseId)).map((one) => [one.id, one.enterpriseName]))
    return {
      consultations: (await consultationsOf(trx, caseId)).map((row) => shownConsultation(context, row)),
      confirmations: (await confirmationsOf(trx, caseId)).map((row) => ({
        noticeId: row.notice_id,
        enterpriseName: names.get(row.notice_id) ?? '',
        ...shownConfirmation(context, row),
      })),
      materials: await materialsOf(context, caseId),
      reminders: (await remindersOf(trx, caseId)).map((row) => ({
        id: row.id,
        noticeId: row.notice_id,
        channel: row.channel,
        to: row.spoken_to,
        text: row.text,
        by: nameOf(context, row.account_id),
        at: row.at,
      })),
      services: (await servicesOf(trx, caseId)).map((row) => shownService(context, row)),
    }
  },

  'preparation.consult': async (context, { caseId, consultation }) => {
    const { trx, now, account } = context
    const [fault] = consultationFaults(consultation, dayInChina(now))
    if (fault) fail(fault.code, { field: fault.field })
    await assertStage(context, caseId, openStages)
    // 在责任约谈前: it may be entered late, never held late (Art. 5).
    const started = (await interviewOfCase(trx, caseId))?.started_at
    if (started && consultation.day > dayInChina(started)) fail('preparation.afterInterview', { field: 'day' })
    const { participants, ...rest } = consultation
    const row: ConsultationRow = {
      ...rest,
      id: context.newId(),
      case_id: caseId,
      participants: JSON.stringify(participants),
      at: now,
      account_id: account.id,
    }
    await insertConsultation(trx, row)
    const text = [...new Set(participants.map((one) => one.unit))].join('、')
    await recordEvent(context, caseId, 'preparation.consult', 5, { text })
    return shownConsultation(context, row)
  },

  'preparation.remind': async (context, { caseId, noticeId, channel, to, text }) => {
    const { trx, now, account } = context
    await assertStage(context, caseId, openStages)
    const row = await noticeOf(context, caseId, noticeId)
    if (row.state !== 'issued') fail('notices.notIssued', { state: row.state })
    await insertReminder(trx, {
      id: context.newId(),
      case_id: caseId,
      notice_id: noticeId,
      channel,
      spoken_to: to,
      text,
      at: now,
      account_id: account.id,
    })
    await recordEvent(context, caseId, 'preparation.remind', 10, { text: to })
    return {}
  },

  'preparation.serve': async (context, { caseId, service }) => {
    const { trx, now, account } = context
    await assertStage(context, caseId, openStages)
    const notice = await noticeOf(context, caseId, service.noticeId)
    const change = service.changeId === null ? undefined : await findChange(trx, service.changeId)
    if (service.changeId !== null && change?.notice_id !== notice.id) fail('notices.unknownChange')
    const issued = service.changeId === null ? notice.issued_at : (change?.issued_at ?? null)
    if (issued === null) fail('notices.notIssued', { state: notice.state })
    if (service.sentOn < dayInChina(issued)) fail('preparation.sentBeforeIssue', { field: 'sentOn' })
    if (service.receivedOn < service.sentOn) fail('preparation.receivedBeforeSent', { field: 'receivedOn' })
    if (service.receivedOn > dayInChina(now)) fail('preparation.dayAhead', { field: 'receivedOn' })
    const row: ServiceRow = {
      id: context.newId(),
      case_id: caseId,
      notice_id: service.noticeId,
      change_id: service.changeId,
      recipient: service.recipient,
      manner: service.manner,
      copy_number: service.copyNumber,
      sent_by: service.sentBy,
      sent_on: service.sentOn,
      received_by: service.receivedBy,
      received_on: service.receivedOn,
      note: service.note,
      at: now,
      account_id: account.id,
    }
    await insertService(trx, row)
    await recordEvent(context, caseId, 'preparation.serve', 4, { text: service.recipient })
    return shownService(context, row)
  },
} satisfies Partial<Handlers>
