import { planRows } from '#db/repositories/rectification.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina } from '#shared/domain/common.ts'
import type { Entry } from '#shared/domain/rectification.ts'
import type { Context } from '../context.ts'
import { shownNotices } from '../notices/shown.ts'
import { shownEntries } from '../rectification/entries.ts'
import { decisionFor, frameOf, layoutOf, markOf, rulesOfCase } from './frame.ts'
import { type Printing, type Wanted, wanted } from './wanted.ts'

/** The notice an enterprise is reminded of: the last one issued to it. */
export async function noticeBehind(context: Context, caseId: string, enterpriseId: string) {
  return (await shownNotices(context, caseId)).findLast(
    (one) => one.enterpriseId === enterpriseId && one.state === 'issued',
  )
}

/** 催办函 of an entry (Art. 11, 16, 18): drawn from the notice, and marked as it is until it has a decision of its own. */
export async function reminderPaper(
  context: Context,
  caseId: string,
  entry: Omit<Entry, 'by'>,
  made: string,
  copyNumber = 1,
): Promise<Wanted> {
  const { id, enterpriseId, body, at } = entry
  if (body.kind !== 'reminder') return fail('rectification.entryGone')
  const { trx } = context
  const notice = (await noticeBehind(context, caseId, enterpriseId)) ?? fail('notices.notIssued', { state: 'none' })
  const decision = await decisionFor(context, caseId, 'reminder', id, notice.id)
  const interview = (await planRows(trx, trx('cases').where({ id: caseId }).select('id'))).find(
    (one) => one.enterpriseId === enterpriseId,
  )
  const profile = await rulesOfCase(context, caseId)
  const { addressee, matter, contact, telephone } = notice.fields
  return wanted(
    {
      kind: 'reminder',
      data: {
        ...frameOf(context, profile, markOf(decision, copyNumber), made),
        layout: layoutOf(context, made),
        letterhead: profile.authority,
        number: null,
        organ: profile.authorityShort,
        date: dayInChina(at),
        copies: [],
        enterprise: addressee,
        noticeNumber: notice.number ?? '',
        interviewedOn: dayInChina(interview?.startedAt ?? at),
        cause: matter,
        owed: body.owed,
        newDue: body.newDue,
        ordinal: body.ordinal,
        contact,
        telephone,
      },
    },
    { kind: 'rectificationEntry', id },
    notice.enterpriseName,
    decision?.level ?? 'none',
  )
}

/** The 催办函 of an entry that stands. Errors: `rectification.entryGone`. */
export async function reminderRequest(
  context: Context,
  caseId: string,
  entryId: string,
  printing: Printing,
): Promise<Wanted> {
  const entry = (await shownEntries(context, caseId)).find((one) => one.id === entryId)
  if (!entry) return fail('rectification.entryGone')
  return reminderPaper(context, caseId, entry, printing.made, printing.copyNumber)
}
