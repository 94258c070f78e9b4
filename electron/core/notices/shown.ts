import { enterprisesOfCase } from '#db/repositories/cases.ts'
import { approvalsOf, findNotice, type NoticeRow, noticesOfCase, storedOf } from '#db/repositories/notices.ts'
import { findNumber } from '#db/repositories/numbers.ts'
import { findClassification } from '#db/repositories/secrecy.ts'
import { fail } from '#shared/contract/errors.ts'
import type { Notice } from '#shared/domain/notices.ts'
import { numberText } from '#shared/domain/numbers.ts'
import { markText } from '#shared/domain/secrecy.ts'
import { caseOf, nameOf } from '../cases/case-file.ts'
import type { Context } from '../context.ts'
import { profileOf } from '../rules/rules.ts'

/** A notice of the case. Errors: `notices.unknown`, also for a notice of another case. */
export async function noticeOf(context: Context, caseId: string, noticeId: string): Promise<NoticeRow> {
  const row = await findNotice(context.trx, noticeId)
  return row?.case_id === caseId ? row : fail('notices.unknown')
}

async function shown(context: Context, row: NoticeRow, enterpriseName: string): Promise<Notice> {
  const { trx } = context
  const { form, confirmation } = storedOf(row)
  const { numbering } = await profileOf(context, await caseOf(context, row.case_id))
  const number = row.number_id === null ? undefined : await findNumber(trx, row.number_id)
  const classification =
    row.classification_id === null ? undefined : await findClassification(trx, row.classification_id)
  const approvals = (await approvalsOf(trx, 'notice', row.id)).filter((one) => one.object_version === row.version)
  return {
    id: row.id,
    caseId: row.case_id,
    enterpriseId: row.enterprise_id,
    enterpriseName,
    state: row.state,
    fields: form,
    number: number ? numberText(numbering.word, number.year, number.n) : null,
    classificationId: row.classification_id,
    // 保密法 22: a mark stands only on what has been classified by decision.
    mark: classification?.state === 'approved' ? markText(classification) : null,
    approvals: approvals.map((one) => ({
      accountId: one.account_id,
      name: nameOf(context, one.account_id),
      decision: one.decision,
      opinion: one.opinion,
      at: one.at,
    })),
    confirmation,
    version: row.version,
    updatedAt: row.updated_at,
  }
}

export async function shownNotice(context: Context, caseId: string, noticeId: string): Promise<Notice> {
  const row = await noticeOf(context, caseId, noticeId)
  const enterprises = await enterprisesOfCase(context.trx, caseId)
  return shown(context, row, enterprises.find((one) => one.id === row.enterprise_id)?.name ?? '')
}

export async function shownNotices(context: Context, caseId: string): Promise<Notice[]> {
  const enterprises = await enterprisesOfCase(context.trx, caseId)
  const list: Notice[] = []
  for (const row of await noticesOfCase(context.trx, caseId)) {
    list.push(await shown(context, row, enterprises.find((one) => one.id === row.enterprise_id)?.name ?? ''))
  }
  return list
}
