import { leaveCase } from '#db/repositories/cases.ts'
import { interviewOfCase, removeEnterprise, updateInterview } from '#db/repositories/interviews.ts'
import {
  type ChangeRow,
  changeFields,
  changesOfCase,
  findChange,
  insertChange,
  updateChange,
} from '#db/repositories/notice-changes.ts'
import { insertApproval, insertNotice, noticesOfCase, storedOf, updateNotice } from '#db/repositories/notices.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import { changeFaults, openChange } from '#shared/domain/notice-changes.ts'
import { assertCaseActs, changeHash } from '../cases/acts.ts'
import { assertStage, recordEvent, takeWhenReady } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import { releaseNumber } from '../numbers/register.ts'
import { freezeAll, makePapers } from '../papers/freeze.ts'
import { changePapers } from '../papers/preparation-requests.ts'
import { openOnes } from '../secrecy/closed.ts'
import { assertSigner, currentOf, shownChanges } from './shown.ts'

async function changeOf(context: Context, caseId: string, changeId: string): Promise<ChangeRow> {
  const row = await findChange(context.trx, changeId)
  return row?.case_id === caseId ? row : fail('notices.unknownChange')
}

/** Only an interview that has not begun is moved or taken back. Errors: `notices.interviewBegun`. */
async function assertPlanned(context: Context, caseId: string): Promise<void> {
  if ((await interviewOfCase(context.trx, caseId))?.state !== 'planned') fail('notices.interviewBegun')
}

/**
 * A numbered change of an interview that is still to come. Errors: `notices.notNumbered`, `notices.interviewBegun`, and
 * `notices.dayGone` for a 改期 to a day that is over; 取消 takes back also what did not take place on its day.
 */
async function issuable(context: Context, caseId: string, changeId: string): Promise<ChangeRow> {
  const row = await changeOf(context, caseId, changeId)
  if (row.state !== 'numbered') fail('notices.notNumbered', { state: row.state })
  await assertPlanned(context, caseId)
  const { day } = changeFields(row)
  if (row.kind === 'postpone' && day < dayInChina(context.now)) fail('notices.dayGone', { day: officialDay(day) })
  return row
}

/**
 * 改期 moves the planned interview; 取消 takes it back, and the notice may be drafted anew under a new number. 取消 of one
 * enterprise lets it leave: its notice stands as cancelled, the interview goes on with the others.
 */
async function takeEffect(context: Context, row: ChangeRow): Promise<void> {
  const { trx, now } = context
  const caseId = row.case_id
  if (row.kind === 'postpone') {
    const planned = await interviewOfCase(trx, caseId)
    if (planned?.state === 'planned')
      await updateInterview(trx, planned.id, { place: changeFields(row).place, updated_at: now })
    return
  }
  await updateNotice(trx, row.notice_id, { state: 'cancelled', updated_at: now })
  const notice = (await noticesOfCase(trx, caseId)).find((one) => one.id === row.notice_id)
  if (!notice) fail('notices.unknown')
  if (changeFields(row).alone) {
    await leaveCase(trx, caseId, notice.enterprise_id, now)
    const planned = await interviewOfCase(trx, caseId)
    if (planned) await removeEnterprise(trx, planned.id, notice.enterprise_id)
    return
  }
  const { form } = storedOf(notice)
  await insertNotice(
    trx,
    {
      id: context.newId(),
      caseId,
      enterpriseId: notice.enterprise_id,
      form: { ...form, day: '', clock: '', materialsDue: '' },
    },
    now,
  )
  await takeWhenReady(context, caseId, 'cancelInterview')
}

export const changesHandlers = {
  'notices.changes': async (context, { caseId }) =>
    openOnes(context, caseId, await shownChanges(context, caseId), (one) => one.id),

  'notices.proposeChange': async (context, { caseId, kind, noticeId, fields }) => {
    const { trx, account, now } = context
    await assertStage(context, caseId, ['interview'])
    await assertPlanned(context, caseId)
    const before = await changesOfCase(trx, caseId)
    if (before.some((one) => openChange.includes(one.state))) fail('notices.changeOpen')
    const issued = (await noticesOfCase(trx, caseId)).filter((one) => one.state === 'issued')
    const alone = noticeId !== null && issued.length > 1
    // 集体约谈 is one interview: its time changes for every enterprise, each by a paper of its own (Art. 6).
    if (alone && kind === 'postpone') fail('notices.postponeConcernsAll')
    const concerned = noticeId === null ? issued : issued.filter((one) => one.id === noticeId)
    if (concerned.length === 0) fail('notices.unknown')
    for (const notice of concerned) {
      const known = { ...currentOf(notice, before), today: dayInChina(now) }
      const [fault] = changeFaults(kind, fields, known)
      if (fault) fail(fault.code, { field: fault.field })
      await insertChange(trx, {
        id: context.newId(),
        case_id: caseId,
        notice_id: notice.id,
        kind,
        state: 'submitted',
        fields: JSON.stringify({ ...fields, alone }),
        number_id: null,
        proposed_by: account.id,
        created_at: now,
        approved_at: null,
        issued_at: null,
      })
    }
    await recordEvent(context, caseId, 'notices.proposeChange', 4, { text: fields.reason })
    return shownChanges(context, caseId)
  },

  'notices.withdrawChange': async (context, { caseId, changeId, reason }) => {
    const row = await changeOf(context, caseId, changeId)
    if (!openChange.includes(row.state)) fail('notices.notUp', { state: row.state })
    if (!(await releaseNumber(context, row.number_id, reason))) fail('notices.numberFirst')
    await updateChange(context.trx, row.id, { state: 'withdrawn' })
    await recordEvent(context, caseId, 'notices.withdrawChange', 4, { text: reason })
    return shownChanges(context, caseId)
  },

  'notices.decideChange': async (context, { caseId, changeId, decision, opinion }) => {
    const { trx, account, now } = context
    const row = await changeOf(context, caseId, changeId)
    if (row.state !== 'submitted') fail('notices.notSubmitted', { state: row.state })
    await assertSigner(context, caseId)
    if (row.proposed_by === account.id) fail('notices.sameperson')
    if (decision === 'returned' && opinion === '') fail('notices.reasonMissing')
    if (decision === 'approved') await assertPlanned(context, caseId)
    const hash = changeHash(row)
    await insertApproval(trx, {
      id: context.newId(),
      object_kind: 'noticeChange',
      object_id: row.id,
      object_version: 1,
      object_hash: hash,
      step: 'sign',
      decision,
      opinion,
      account_id: account.id,
      at: now,
    })
    const kind = decision === 'approved' ? 'notices.decideChange' : 'notices.returnChange'
    await context.act({ kind, objectKind: 'noticeChange', objectId: row.id, objectHash: hash })
    await updateChange(trx, row.id, {
      state: decision,
      ...(decision === 'approved' ? { approved_at: now } : {}),
    })
    await recordEvent(context, caseId, kind, 4, { text: opinion })
    return shownChanges(context, caseId)
  },

  'notices.issueChange': {
    long: async (context, { caseId, changeId }) => {
      const requests = await context.read(async (inside) => {
        await issuable(inside, caseId, changeId)
        await assertCaseActs(inside, caseId)
        return changePapers(inside, caseId, changeId)
      })
      const made = await makePapers(context, requests)
      return context.commit(async (inside) => {
        const row = await issuable(inside, caseId, changeId)
        await assertStage(inside, caseId, ['interview'])
        await freezeAll(inside, caseId, made)
        await updateChange(inside.trx, row.id, { state: 'issued', issued_at: inside.now })
        await takeEffect(inside, row)
        const kind = row.kind === 'postpone' ? 'notices.postpone' : 'notices.cancel'
        await recordEvent(inside, caseId, kind, 4, { text: changeFields(row).reason })
        return shownChanges(inside, caseId)
      })
    },
  },
} satisfies Partial<Handlers>
