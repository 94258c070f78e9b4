import { findCase, scopeOf } from '#db/repositories/cases.ts'
import { insertInterview, interviewOfCase, updateInterview } from '#db/repositories/interviews.ts'
import { changesOfCase } from '#db/repositories/notice-changes.ts'
import {
  addressNotice,
  approvalsOf,
  insertApproval,
  keepVersion,
  type NoticeRow,
  noticesOfCase,
  saveForm,
  storedOf,
  updateNotice,
  versionsOf,
} from '#db/repositories/notices.ts'
import { insertConfirmation } from '#db/repositories/preparation.ts'
import { findClassification, supersede } from '#db/repositories/secrecy.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import { maySign, type NoticeFields, noticeFaults, substitutesText } from '#shared/domain/notices.ts'
import { assertCaseActs, noticeHash } from '../cases/acts.ts'
import { assertStage, nameOf, openStages, recordEvent, takeWhenReady } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import { releaseNumber } from '../numbers/register.ts'
import { rulesOfCase } from '../papers/frame.ts'
import { freezeAll, makePapers } from '../papers/freeze.ts'
import { noticePapers } from '../papers/requests.ts'
import { openOnes } from '../secrecy/closed.ts'
import { propose } from '../secrecy/proposals.ts'
import { changesHandlers } from './changes.ts'
import { assertSigner, currentOf, noticeOf, shownNotice, shownNotices } from './shown.ts'

/** With the last notice out, the interview stands on the calendar (Art. 4, 8). */
export async function planInterview(context: Context, caseId: string): Promise<void> {
  const { trx, now } = context
  const issued = (await noticesOfCase(trx, caseId)).find((row) => row.state === 'issued')
  if (!issued) return
  const { form } = storedOf(issued)
  const { place } = currentOf(issued, await changesOfCase(trx, caseId))
  const host = { hostName: form.hostName, hostTitle: form.hostTitle }
  const planned = await interviewOfCase(trx, caseId)
  if (planned === undefined) await insertInterview(trx, { id: context.newId(), caseId, place, ...host, now })
  else if (planned.state === 'planned')
    await updateInterview(trx, planned.id, {
      place,
      host_person: host.hostName,
      host_title: host.hostTitle,
      updated_at: now,
    })
}

/** The leaders who could sign: active accounts of the scope, never the one who brings the paper (Art. 4). */
export async function approversOf(context: Context, caseId: string): Promise<{ accountId: string; name: string }[]> {
  const { ledger } = context.session.archive
  const profile = await rulesOfCase(context, caseId)
  return (await scopeOf(context.trx, caseId)).flatMap((accountId) => {
    const account = ledger.account(accountId)
    return account?.state === 'active' && maySign(profile, account.roles) && accountId !== context.account.id
      ? { accountId, name: account.name }
      : []
  })
}

/** Units that may read copies: those the 知悉范围 of the case names (Art. 4; 保密法 21). */
async function allowedCopies(context: Context, caseId: string): Promise<string[]> {
  const row = await findCase(context.trx, caseId)
  return row === undefined ? [] : (JSON.parse(row.scope_units) as string[])
}

async function assertSendable(context: Context, caseId: string, form: NoticeFields): Promise<void> {
  const rules = await rulesOfCase(context, caseId)
  const known = { rules, today: dayInChina(context.now), allowedCopies: await allowedCopies(context, caseId) }
  const [fault] = noticeFaults(form, known)
  if (fault) fail(fault.code, { field: fault.field })
}

/** States in which the desk may take a paper back before it goes out. */
const takenBack: readonly NoticeRow['state'][] = ['submitted', 'approved', 'numbered']

/** A numbered notice whose interview is still ahead. Errors: `notices.notNumbered`, `notices.dayGone`. */
async function issuable(context: Context, caseId: string, noticeId: string): Promise<void> {
  const row = await noticeOf(context, caseId, noticeId)
  if (row.state !== 'numbered') fail('notices.notNumbered', { state: row.state })
  const { day } = storedOf(row).form
  if (day < dayInChina(context.now)) fail('notices.dayGone', { day: officialDay(day) })
}

export const noticesHandlers = {
  'notices.list': async (context, { caseId }) =>
    openOnes(context, caseId, await shownNotices(context, caseId), (one) => one.id),

  'notices.save': async (context, { caseId, noticeId, version, fields }) => {
    await assertStage(context, caseId, ['notice'])
    const row = await noticeOf(context, caseId, noticeId)
    if (row.state !== 'draft') fail('notices.notDraft', { state: row.state })
    if (!(await saveForm(context.trx, row, fields, version, { by: context.account.id, at: context.now })))
      fail('notices.changed')
    await recordEvent(context, caseId, 'notices.save', 4)
    return shownNotice(context, caseId, noticeId)
  },

  'notices.submit': async (context, { caseId, noticeId, proposal, addressedTo }) => {
    const { trx, now } = context
    await assertStage(context, caseId, ['notice'])
    const row = await noticeOf(context, caseId, noticeId)
    if (row.state !== 'draft') fail('notices.notDraft', { state: row.state })
    await assertSendable(context, caseId, storedOf(row).form)
    // A paper must find somebody to sign it: an approver who has left is no approver (Art. 4).
    const approvers = await approversOf(context, caseId)
    if (approvers.length === 0) fail('notices.noApprover', { field: 'addressedTo' })
    if (addressedTo !== null && !approvers.some((one) => one.accountId === addressedTo))
      fail('notices.notApprover', { field: 'addressedTo' })
    await addressNotice(trx, row, addressedTo, now)
    await keepVersion(trx, row, context.account.id, now)
    const classification = await propose(context, { caseId, kind: 'notice', id: noticeId }, proposal)
    await updateNotice(trx, noticeId, {
      state: 'submitted',
      classification_id: classification.id,
      submitted_at: now,
      updated_at: now,
    })
    await recordEvent(context, caseId, 'notices.submit', 4)
    return shownNotice(context, caseId, noticeId)
  },

  'notices.decide': async (context, { caseId, noticeId, decision, opinion }) => {
    const { trx, account, now } = context
    const row = await noticeOf(context, caseId, noticeId)
    if (row.state !== 'submitted') fail('notices.notSubmitted', { state: row.state })
    await assertSigner(context, caseId)
    const { addressedTo } = storedOf(row)
    if (addressedTo !== null && addressedTo !== account.id)
      fail('notices.otherApprover', { name: nameOf(context, addressedTo) })
    const proposed = row.classification_id === null ? undefined : await findClassification(trx, row.classification_id)
    // Art. 4: 报经审签. Whoever brought the paper does not sign it.
    if (proposed?.proposerId === account.id) fail('notices.sameperson')
    if (decision === 'returned' && opinion === '') fail('notices.reasonMissing')
    const hash = noticeHash(row)
    await insertApproval(trx, {
      id: context.newId(),
      object_kind: 'notice',
      object_id: noticeId,
      object_version: row.version,
      object_hash: hash,
      step: 'sign',
      decision,
      opinion,
      account_id: account.id,
      at: now,
    })
    const kind = decision === 'approved' ? 'notices.decide' : 'notices.return'
    await context.act({ kind, objectKind: 'notice', objectId: noticeId, objectHash: hash })
    if (decision === 'approved')
      await updateNotice(trx, noticeId, { state: 'approved', approved_at: now, updated_at: now })
    else {
      await supersede(trx, 'notice', noticeId, ['proposed', 'approved'])
      await updateNotice(trx, noticeId, { state: 'draft', updated_at: now })
    }
    await recordEvent(context, caseId, kind, 4, { text: opinion })
    return shownNotice(context, caseId, noticeId)
  },

  'notices.issue': {
    long: async (context, { caseId, noticeId }) => {
      const requests = await context.read(async (inside) => {
        await issuable(inside, caseId, noticeId)
        await assertCaseActs(inside, caseId)
        return noticePapers(inside, caseId, noticeId)
      })
      const made = await makePapers(context, requests)
      return context.commit(async (inside) => {
        await issuable(inside, caseId, noticeId)
        await freezeAll(inside, caseId, made)
        await updateNotice(inside.trx, noticeId, { state: 'issued', issued_at: inside.now, updated_at: inside.now })
        const shown = await shownNotice(inside, caseId, noticeId)
        await recordEvent(inside, caseId, 'notices.issue', 4, { text: shown.number ?? '' })
        if (await takeWhenReady(inside, caseId, 'issueNotices')) await planInterview(inside, caseId)
        return shown
      })
    },
  },

  'notices.withdraw': async (context, { caseId, noticeId, reason }) => {
    const { trx, now } = context
    const row = await noticeOf(context, caseId, noticeId)
    if (!takenBack.includes(row.state)) fail('notices.notUp', { state: row.state })
    if (!(await releaseNumber(context, row.number_id, reason))) fail('notices.numberFirst')
    // What was signed and classified was this wording: the next one is signed and classified anew.
    await supersede(trx, 'notice', noticeId, ['proposed', 'approved'])
    await updateNotice(trx, noticeId, { state: 'draft', number_id: null, updated_at: now })
    await recordEvent(context, caseId, 'notices.withdraw', 4, { text: reason })
    return shownNotice(context, caseId, noticeId)
  },

  'notices.address': async (context, { caseId, noticeId, accountId }) => {
    const row = await noticeOf(context, caseId, noticeId)
    if (row.state !== 'submitted') fail('notices.notSubmitted', { state: row.state })
    const approvers = await approversOf(context, caseId)
    if (accountId !== null && !approvers.some((one) => one.accountId === accountId)) fail('notices.notApprover')
    await addressNotice(context.trx, row, accountId, context.now)
    const text = accountId === null ? '' : nameOf(context, accountId)
    await recordEvent(context, caseId, 'notices.address', 4, { text })
    return shownNotice(context, caseId, noticeId)
  },

  'notices.approvers': async (context, { caseId }) => ({
    approvers: await approversOf(context, caseId),
    allowedCopies: await allowedCopies(context, caseId),
  }),

  'notices.versions': async (context, { caseId, noticeId }) => {
    await noticeOf(context, caseId, noticeId)
    const opinions = await approvalsOf(context.trx, 'notice', noticeId)
    return (await versionsOf(context.trx, noticeId)).map((one) => {
      const answer = opinions.find((opinion) => opinion.object_version === one.version)
      return {
        version: one.version,
        fields: JSON.parse(one.fields),
        at: one.at,
        by: nameOf(context, one.account_id),
        decision: answer?.decision ?? null,
        opinion: answer?.opinion ?? '',
        decidedBy: answer ? nameOf(context, answer.account_id) : '',
      }
    })
  },

  'notices.confirm': async (context, { caseId, noticeId, at, ...value }) => {
    const { trx, account, now } = context
    await assertStage(context, caseId, openStages)
    const row = await noticeOf(context, caseId, noticeId)
    if (row.state !== 'issued') fail('notices.notIssued', { state: row.state })
    if (value.attendance !== 'promised' && value.reason === '') fail('notices.attendanceReason', { field: 'reason' })
    const substitutes = value.attendance === 'replacement' ? value.substitutes : []
    if (value.attendance === 'replacement' && substitutes.length === 0)
      fail('notices.replacementMissing', { field: 'substitutes' })
    const confirmedAt = at ?? now
    if (confirmedAt > now) fail('notices.confirmedAhead', { field: 'at' })
    if (row.issued_at !== null && dayInChina(confirmedAt) < dayInChina(row.issued_at))
      fail('notices.confirmedBeforeIssue', { field: 'at' })
    await insertConfirmation(trx, {
      id: context.newId(),
      case_id: caseId,
      notice_id: noticeId,
      channel: value.channel,
      confirmed_by: value.by,
      post: value.post,
      telephone: value.telephone,
      confirmed_at: confirmedAt,
      attendance: value.attendance,
      persons: substitutes.length > 0 ? substitutesText(substitutes) : value.persons,
      substitutes: JSON.stringify(substitutes),
      reason: value.reason,
      note: value.note,
      at: now,
      account_id: account.id,
    })
    await recordEvent(context, caseId, 'notices.confirm', 10, {
      text: value.attendance === 'promised' ? '' : value.reason,
    })
    return {}
  },

  ...changesHandlers,
} satisfies Partial<Handlers>
