import { casesInScope, scopeOf } from '#db/repositories/cases.ts'
import { findMinutes, updateMinutes } from '#db/repositories/minutes.ts'
import { findNotice, updateNotice } from '#db/repositories/notices.ts'
import { setLevelOfPapers } from '#db/repositories/papers.ts'
import { findRedaction, returnRedaction } from '#db/repositories/redactions.ts'
import {
  classificationsOfCase,
  decideClassification,
  decisionsOn,
  findClassification,
  supersede,
  waitingClassifications,
} from '#db/repositories/secrecy.ts'
import { insertHolderNotices } from '#db/repositories/secrecy-followups.ts'
import { fail } from '#shared/contract/errors.ts'
import { markedPapers } from '#shared/domain/papers.ts'
import { type Classification, isInheriting, markText, proposalFaults } from '#shared/domain/secrecy.ts'
import { classificationHash } from '../cases/acts.ts'
import { nameOf, recordEvent } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import { openOnes } from './closed.ts'
import { inheritingPapers } from './inheriting.ts'
import { limitsOf, madeDay, objectTitle, propose } from './proposals.ts'

/** A returned first proposal sends its object back to the desk; approvals given meanwhile no longer count. */
async function sendBack(context: Context, value: Classification): Promise<void> {
  const { trx, now } = context
  if (value.act !== 'initial') return
  if (value.objectKind === 'notice') {
    const notice = await findNotice(trx, value.objectId)
    if (notice?.state === 'submitted' || notice?.state === 'approved')
      await updateNotice(trx, notice.id, { state: 'draft', approved_at: null, updated_at: now })
  } else if (value.objectKind === 'minutes') {
    const row = await findMinutes(trx, value.caseId, value.objectId)
    if (row?.state === 'submitted') await updateMinutes(trx, row.id, { state: 'draft', updated_at: now })
  } else if (value.objectKind === 'redaction') await returnRedaction(trx, value.objectId)
}

/** The paper is printed under the new decision from now on; every holder is told in writing (保密法 23; 实施条例 21). */
async function takePlace(context: Context, value: Classification, before: Classification): Promise<void> {
  const { trx, now } = context
  const pointer = { classification_id: value.id, updated_at: now }
  if (value.objectKind === 'notice') await updateNotice(trx, value.objectId, pointer)
  else if (value.objectKind === 'minutes') await updateMinutes(trx, value.objectId, pointer)
  const holders = new Set([...before.scope, ...value.scope, ...(await scopeOf(trx, value.caseId))])
  holders.delete(context.account.id)
  await insertHolderNotices(
    trx,
    [...holders].map((accountId) => ({
      id: context.newId(),
      classificationId: value.id,
      caseId: value.caseId,
      accountId,
      at: now,
    })),
  )
}

export const decisionHandlers = {
  'secrecy.waiting': async (context) => {
    const { trx, account } = context
    const rows = await waitingClassifications(trx, casesInScope(trx, account.id))
    const shown = []
    for (const one of rows) {
      const title = await objectTitle(context, one.caseId, one.objectKind, one.objectId)
      const before = one.replaces === null ? undefined : await findClassification(trx, one.replaces)
      shown.push({
        ...one,
        title,
        proposer: nameOf(context, one.proposerId),
        before: before === undefined ? null : markText(before),
      })
    }
    return shown
  },

  'secrecy.list': async (context, { caseId }) => {
    const shown = []
    const known = await openOnes(context, caseId, await classificationsOfCase(context.trx, caseId), (one) => one.id)
    for (const one of known) {
      shown.push({
        ...one,
        title: await objectTitle(context, caseId, one.objectKind, one.objectId),
        proposer: nameOf(context, one.proposerId),
        approver: one.approverId === null ? '' : nameOf(context, one.approverId),
        mark: one.state === 'approved' ? markText(one) : null,
      })
    }
    return shown
  },

  'secrecy.inheriting': (context, { caseId }) => inheritingPapers(context, caseId),

  'secrecy.propose': async (context, { caseId, objectKind, objectId, proposal }) => {
    const title = await objectTitle(context, caseId, objectKind, objectId)
    const { inForce, waiting } = await decisionsOn(context.trx, caseId, objectId)
    if (inForce) fail('secrecy.alreadyDecided')
    if (waiting) fail('secrecy.waiting')
    const value = await propose(context, { caseId, kind: objectKind, id: objectId }, proposal)
    await recordEvent(context, caseId, 'secrecy.propose', 21, { text: title })
    return value
  },

  'secrecy.proposeChange': async (context, { caseId, classificationId, act, proposal }) => {
    const before = await findClassification(context.trx, classificationId)
    if (before?.caseId !== caseId) fail('secrecy.unknown')
    if (before.state !== 'approved') fail('secrecy.notInForce', { state: before.state })
    if (proposal.reason === '') fail('secrecy.reasonMissing')
    if (act === 'release' && proposal.level !== 'none') fail('secrecy.releaseKeepsLevel')
    if (act === 'change' && proposal.level === 'none') fail('secrecy.changeReleases')
    const object = { caseId, kind: before.objectKind, id: before.objectId }
    const value = await propose(context, object, proposal, { act, replaces: before.id })
    await recordEvent(context, caseId, 'secrecy.proposeChange', 21, { text: proposal.reason })
    return value
  },

  'secrecy.decide': async (context, { caseId, classificationId, decision, opinion }) => {
    const { trx, account, now } = context
    const value = await findClassification(trx, classificationId)
    if (value?.caseId !== caseId) fail('secrecy.unknown')
    if (value.state !== 'proposed') fail('secrecy.decided', { state: value.state })
    if (value.proposerId === account.id) fail('secrecy.sameperson')
    if (decision === 'returned' && opinion === '') fail('secrecy.reasonMissing')
    const before = value.replaces === null ? undefined : await findClassification(trx, value.replaces)
    // Nobody says what a redacted version may be called before another person has seen what is left of it.
    if (value.objectKind === 'redaction' && (await findRedaction(trx, caseId, value.objectId))?.state === 'submitted')
      fail('redactions.notReviewed')
    if (decision === 'approved') {
      // The machine or the authority may have been lowered since the proposal.
      const from = await madeDay(context, value.caseId, value.objectKind, value.objectId)
      const [fault] = proposalFaults(value, limitsOf(context), from)
      if (fault) fail(fault, { level: value.level })
      if (value.act !== 'initial' && before?.state !== 'approved')
        fail('secrecy.notInForce', { state: before?.state ?? '' })
      await supersede(trx, value.objectKind, value.objectId, ['approved'])
    } else await sendBack(context, value)
    const decided = { state: decision, approverId: account.id, approvedAt: now, opinion } as const
    await decideClassification(trx, value.id, decided)
    if (decision === 'approved') {
      // What was printed under the mark of another paper is handled at its own level from now on, and leaves under its own
      // mark. An edition of a notice or of minutes keeps the level it was decided at.
      if (isInheriting(value.objectKind))
        await setLevelOfPapers(trx, value.objectId, markedPapers[value.objectKind], value.level)
      if (before) await takePlace(context, value, before)
    }
    await context.act({
      kind: decision === 'approved' ? 'secrecy.decide' : 'secrecy.return',
      objectKind: 'classification',
      objectId: value.id,
      objectHash: classificationHash(value),
    })
    const title = await objectTitle(context, caseId, value.objectKind, value.objectId)
    await recordEvent(context, caseId, decision === 'approved' ? 'secrecy.decide' : 'secrecy.return', 21, {
      text: opinion === '' ? title : `${title}：${opinion}`,
    })
    context.note({ level: value.level })
    return { ...value, ...decided }
  },
} satisfies Partial<Handlers>
