import { planRows } from '#db/repositories/rectification.ts'
import { findClassification } from '#db/repositories/secrecy.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina } from '#shared/domain/common.ts'
import type { Entry } from '#shared/domain/rectification.ts'
import type { Context } from '../context.ts'
import { noticeOf, shownNotices } from '../notices/shown.ts'
import { shownEntries } from '../rectification/entries.ts'
import { frameOf, layoutOf, markOf, rulesOfCase } from './frame.ts'
import { type Printing, type Wanted, wanted } from './wanted.ts'

/** 催办函 of an entry (Art. 11, 16, 18): drawn from the notice and marked as it is (派生定密, 保密法 18). */
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
  const notice = (await shownNotices(context, caseId)).findLast(
    (one) => one.enterpriseId === enterpriseId && one.state === 'issued',
  )
  if (!notice) return fail('notices.notIssued', { state: 'none' })
  const row = await noticeOf(context, caseId, notice.id)
  const decision = row.classification_id === null ? undefined : await findClassification(trx, row.classification_id)
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
    decision?.state === 'approved' ? decision.level : 'none',
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
