import { insertInterview, interviewOfCase } from '#db/repositories/interviews.ts'
import {
  confirmNotice,
  insertApproval,
  noticesOfCase,
  saveForm,
  storedOf,
  updateNotice,
} from '#db/repositories/notices.ts'
import { findClassification, supersede } from '#db/repositories/secrecy.ts'
import { fail } from '#shared/contract/errors.ts'
import { noticeFaults } from '#shared/domain/notices.ts'
import { assertCaseActs, noticeHash } from '../cases/acts.ts'
import { assertStage, recordEvent, takeWhenReady } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import { freezeAll, makePapers } from '../papers/freeze.ts'
import { noticePapers } from '../papers/requests.ts'
import { propose } from '../secrecy/proposals.ts'
import { noticeOf, shownNotice, shownNotices } from './shown.ts'

/** With the last notice out, the interview stands on the calendar (Art. 4, 8). */
async function planInterview(context: Context, caseId: string): Promise<void> {
  const { trx, now } = context
  const issued = (await noticesOfCase(trx, caseId)).find((row) => row.state === 'issued')
  if (!issued || (await interviewOfCase(trx, caseId))) return
  const { form } = storedOf(issued)
  await insertInterview(trx, {
    id: context.newId(),
    caseId,
    place: form.place,
    hostName: form.hostName,
    hostTitle: form.hostTitle,
    now,
  })
}

export const noticesHandlers = {
  'notices.list': (context, { caseId }) => shownNotices(context, caseId),

  'notices.save': async (context, { caseId, noticeId, version, fields }) => {
    await assertStage(context, caseId, ['notice'])
    const row = await noticeOf(context, caseId, noticeId)
    if (row.state !== 'draft') fail('notices.notDraft', { state: row.state })
    if (!(await saveForm(context.trx, row, fields, version, context.now))) fail('notices.changed')
    await recordEvent(context, caseId, 'notices.save', 4)
    return shownNotice(context, caseId, noticeId)
  },

  'notices.submit': async (context, { caseId, noticeId, proposal }) => {
    const { trx, now } = context
    await assertStage(context, caseId, ['notice'])
    const row = await noticeOf(context, caseId, noticeId)
    if (row.state !== 'draft') fail('notices.notDraft', { state: row.state })
    const [fault] = noticeFaults(storedOf(row).form)
    if (fault) fail(fault.code, { field: fault.field })
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
        const row = await noticeOf(inside, caseId, noticeId)
        if (row.state !== 'numbered') fail('notices.notNumbered', { state: row.state })
        await assertCaseActs(inside, caseId)
        return noticePapers(inside, caseId, noticeId)
      })
      const made = await makePapers(context, requests)
      return context.commit(async (inside) => {
        const row = await noticeOf(inside, caseId, noticeId)
        if (row.state !== 'numbered') fail('notices.notNumbered', { state: row.state })
        await freezeAll(inside, caseId, made)
        await updateNotice(inside.trx, noticeId, { state: 'issued', issued_at: inside.now, updated_at: inside.now })
        const shown = await shownNotice(inside, caseId, noticeId)
        await recordEvent(inside, caseId, 'notices.issue', 4, { text: shown.number ?? '' })
        if (await takeWhenReady(inside, caseId, 'issueNotices')) await planInterview(inside, caseId)
        return shown
      })
    },
  },

  'notices.confirm': async (context, { caseId, noticeId, channel, by, note }) => {
    const { account, now } = context
    const row = await noticeOf(context, caseId, noticeId)
    if (row.state !== 'issued') fail('notices.notIssued', { state: row.state })
    await confirmNotice(context.trx, row, { channel, by, takenBy: account.name, at: now, note }, now)
    await recordEvent(context, caseId, 'notices.confirm', 10)
    return {}
  },
} satisfies Partial<Handlers>
