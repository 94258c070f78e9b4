import { casesInScope } from '#db/repositories/cases.ts'
import { findMinutes, updateMinutes } from '#db/repositories/minutes.ts'
import { findNotice, updateNotice } from '#db/repositories/notices.ts'
import {
  classificationsOfCase,
  decideClassification,
  findClassification,
  supersede,
  waitingClassifications,
} from '#db/repositories/secrecy.ts'
import { fail } from '#shared/contract/errors.ts'
import { type Classification, markText, proposalFaults } from '#shared/domain/secrecy.ts'
import { classificationHash } from '../cases/acts.ts'
import { nameOf, recordEvent } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import { ceilingOf, objectTitle, propose } from './proposals.ts'

/** A returned proposal sends its object back to the desk; approvals given meanwhile no longer count. */
async function sendBack(context: Context, value: Classification): Promise<void> {
  const { trx, now } = context
  if (value.objectKind === 'notice') {
    const notice = await findNotice(trx, value.objectId)
    if (notice?.state === 'submitted' || notice?.state === 'approved')
      await updateNotice(trx, notice.id, { state: 'draft', approved_at: null, updated_at: now })
  } else if (value.objectKind === 'minutes') {
    const row = await findMinutes(trx, value.caseId, value.objectId)
    if (row?.state === 'submitted') await updateMinutes(trx, row.id, { state: 'draft', updated_at: now })
  }
}

export const secrecyHandlers = {
  'secrecy.waiting': async (context) => {
    const { trx, account } = context
    const rows = await waitingClassifications(trx, casesInScope(trx, account.id))
    const shown = []
    for (const one of rows) {
      const title = await objectTitle(context, one.caseId, one.objectKind, one.objectId)
      shown.push({ ...one, title, proposer: nameOf(context, one.proposerId) })
    }
    return shown
  },

  'secrecy.list': async (context, { caseId }) => {
    const shown = []
    for (const one of await classificationsOfCase(context.trx, caseId)) {
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

  'secrecy.propose': async (context, { caseId, objectKind, objectId, proposal }) => {
    // Notices and minutes carry their proposal with 送审, so that nobody decides on a paper still being written.
    if (objectKind !== 'record') fail('secrecy.proposedWithSubmit')
    await objectTitle(context, caseId, objectKind, objectId)
    const value = await propose(context, { caseId, kind: objectKind, id: objectId }, proposal)
    await recordEvent(context, caseId, 'secrecy.propose', 21)
    return value
  },

  'secrecy.decide': async (context, { caseId, classificationId, decision, opinion }) => {
    const { trx, account, now } = context
    const value = await findClassification(trx, classificationId)
    if (value?.caseId !== caseId) fail('secrecy.unknown')
    if (value.state !== 'proposed') fail('secrecy.decided', { state: value.state })
    if (value.proposerId === account.id) fail('secrecy.sameperson')
    if (decision === 'returned' && opinion === '') fail('secrecy.reasonMissing')
    if (decision === 'approved') {
      // The machine or the authority may have been lowered since the proposal.
      const [fault] = proposalFaults(value, ceilingOf(context))
      if (fault) fail(fault, { level: value.level })
      await supersede(trx, value.objectKind, value.objectId, ['approved'])
    } else await sendBack(context, value)
    const decided = { state: decision, approverId: account.id, approvedAt: now, opinion } as const
    await decideClassification(trx, value.id, decided)
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
