import { casesInScope, findCase } from '#db/repositories/cases.ts'
import { findClassification, runningSecrets, waitingClassifications } from '#db/repositories/secrecy.ts'
import {
  acknowledgeNotice,
  insertReview,
  lastReviews,
  noticesToAccount,
  putReport,
  reportsOf,
  type UnclearReport,
} from '#db/repositories/secrecy-followups.ts'
import type { HolidayPack } from '#shared/calendar/packs.ts'
import { dueDay } from '#shared/calendar/workingDays.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { type Classification, markText } from '#shared/domain/secrecy.ts'
import { termState } from '#shared/domain/secrecy-terms.ts'
import { classificationHash } from '../cases/acts.ts'
import { nameOf, recordEvent } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import { rulesOf } from '../rules/rules.ts'
import { openOnes } from './closed.ts'
import { madeDay, objectTitle } from './proposals.ts'

/** Working days within which a 不明确事项 is reported (实施条例 25). */
const reportDays = 10

/** The decision in force. Errors: `secrecy.unknown`, `secrecy.notInForce`. */
async function inForce(context: Context, caseId: string, classificationId: string): Promise<Classification> {
  const value = await findClassification(context.trx, classificationId)
  if (value?.caseId !== caseId) return fail('secrecy.unknown')
  if (value.state !== 'approved') fail('secrecy.notInForce', { state: value.state })
  return value
}

export const followupHandlers = {
  'secrecy.terms': async (context) => {
    const { trx, account, now } = context
    const mine = (): ReturnType<typeof casesInScope> => casesInScope(trx, account.id)
    const [reviews, reports] = [await lastReviews(trx, mine()), await reportsOf(trx, mine())]
    const pending = new Set((await waitingClassifications(trx, mine())).map((one) => one.replaces))
    const today = dayInChina(now)
    const { packs } = await rulesOf(context)
    const rows = []
    for (const one of await openOnes(context, null, await runningSecrets(trx, mine()), (each) => each.id)) {
      if (one.term === null) continue
      const from = await madeDay(context, one.caseId, one.objectKind, one.objectId)
      const review = reviews.get(one.id)
      rows.push({
        caseId: one.caseId,
        classificationId: one.id,
        title: await objectTitle(context, one.caseId, one.objectKind, one.objectId),
        matter: (await findCase(trx, one.caseId))?.matter ?? '',
        level: one.level,
        mark: markText(one) ?? '',
        from,
        ...termState(one.term, from, today),
        reviewed: review?.year ?? null,
        conclusion: review?.conclusion ?? null,
        pending: pending.has(one.id),
        report: one.unclear ? reportRow(one, reports.get(one.id), packs) : null,
      })
    }
    return rows.sort((a, b) => (a.last ?? '9999').localeCompare(b.last ?? '9999'))
  },

  'secrecy.review': async (context, { caseId, classificationId, conclusion, note }) => {
    const { trx, account, now } = context
    const value = await inForce(context, caseId, classificationId)
    if (conclusion !== 'keep' && note === '') fail('secrecy.reasonMissing')
    const year = Number(dayInChina(now).slice(0, 4))
    const review = { classificationId, year, conclusion, note, accountId: account.id, at: now }
    if (!(await insertReview(trx, context.newId(), review))) fail('secrecy.reviewedThisYear', { year })
    await context.act({
      kind: 'secrecy.review',
      objectKind: 'classification',
      objectId: value.id,
      objectHash: classificationHash(value),
    })
    await recordEvent(context, caseId, 'secrecy.review', 21, { text: note })
    context.note({ level: value.level })
    return {}
  },

  'secrecy.report': async (context, { caseId, classificationId, ...report }) => {
    const value = await inForce(context, caseId, classificationId)
    if (!value.unclear) fail('secrecy.notUnclear')
    if (report.repliedOn !== null && report.repliedOn < report.reportedOn) fail('secrecy.replyBeforeReport')
    if (report.reportedOn > dayInChina(context.now)) fail('secrecy.reportInFuture')
    await putReport(context.trx, { classificationId, ...report })
    await recordEvent(context, caseId, 'secrecy.report', 21, { text: report.number })
    return {}
  },

  'secrecy.notices': async (context) => {
    const shown = []
    for (const one of await noticesToAccount(context.trx, context.account.id)) {
      const value = await findClassification(context.trx, one.classificationId)
      if (!value) continue
      const before = value.replaces === null ? undefined : await findClassification(context.trx, value.replaces)
      shown.push({
        id: one.id,
        caseId: one.caseId,
        title: await objectTitle(context, value.caseId, value.objectKind, value.objectId),
        act: value.act,
        before: before === undefined ? null : markText(before),
        after: markText(value),
        reason: value.reason,
        decidedBy: value.approverId === null ? '' : nameOf(context, value.approverId),
        at: one.at,
        acknowledgedAt: one.acknowledgedAt,
      })
    }
    return shown
  },

  'secrecy.acknowledge': async (context, { noticeId }) => {
    if (!(await acknowledgeNotice(context.trx, noticeId, context.account.id, context.now))) fail('secrecy.noSuchNotice')
    return {}
  },
} satisfies Partial<Handlers>

function reportRow(value: Classification, known: UnclearReport | undefined, packs: readonly HolidayPack[]) {
  const { due, provisional } = dueDay(dayInChina(value.approvedAt ?? value.proposedAt), reportDays, packs)
  return {
    due,
    provisional,
    reportedOn: known?.reportedOn ?? null,
    reportedTo: known?.reportedTo ?? '',
    number: known?.number ?? '',
    repliedOn: known?.repliedOn ?? null,
    reply: known?.reply ?? '',
  }
}
