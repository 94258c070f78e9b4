import { type ChangeRow, changeFields, changesOfCase } from '#db/repositories/notice-changes.ts'
import { approvalsOf, findNotice, type NoticeRow, noticesOfCase, storedOf } from '#db/repositories/notices.ts'
import { findNumber } from '#db/repositories/numbers.ts'
import { enterprisesById } from '#db/repositories/parties.ts'
import { type ConfirmationRow, confirmationsOf } from '#db/repositories/preparation.ts'
import { findClassification } from '#db/repositories/secrecy.ts'
import { fail } from '#shared/contract/errors.ts'
import type { NoticeChange } from '#shared/domain/notice-changes.ts'
import { type Confirmation, maySign, type Notice } from '#shared/domain/notices.ts'
import { numberText } from '#shared/domain/numbers.ts'
import { markText } from '#shared/domain/secrecy.ts'
import { signersOf } from '#shared/rules/profile.ts'
import { caseOf, nameOf } from '../cases/case-file.ts'
import type { Context } from '../context.ts'
import { profileOf } from '../rules/rules.ts'
import { closedToSome } from '../secrecy/closed.ts'

/** A notice of the case. Errors: `notices.unknown`, also for a notice of another case. */
export async function noticeOf(context: Context, caseId: string, noticeId: string): Promise<NoticeRow> {
  const row = await findNotice(context.trx, noticeId)
  return row?.case_id === caseId ? row : fail('notices.unknown')
}

/** 审签 is theirs whom the rules of the case name (Art. 4). Errors: `notices.notSigner`. */
export async function assertSigner(context: Context, caseId: string): Promise<void> {
  const profile = await profileOf(context, await caseOf(context, caseId))
  if (!maySign(profile, context.account.roles)) fail('notices.notSigner', { signers: signersOf(profile) })
}

/** `监管约谈函〔2026〕12号`, or null before numbering. */
export async function numberOf(context: Context, caseId: string, numberId: string | null): Promise<string | null> {
  const number = numberId === null ? undefined : await findNumber(context.trx, numberId)
  if (!number) return null
  const { numbering } = await profileOf(context, await caseOf(context, caseId))
  return numberText(numbering.word, number.year, number.n)
}

/**
 * Number of the notice an enterprise was given, for a paper that stands beside it and goes to all of the case: empty while
 * the notice is closed to one of them, for the number is closed with it (保密法 21).
 */
export async function numberBeside(context: Context, caseId: string, enterpriseId: string): Promise<string> {
  const notice = (await noticesOfCase(context.trx, caseId)).find((one) => one.enterprise_id === enterpriseId)
  if (!notice || (await closedToSome(context, caseId)).has(notice.id)) return ''
  return (await numberOf(context, caseId, notice.number_id)) ?? ''
}

export function shownConfirmation(context: Context, row: ConfirmationRow): Confirmation {
  return {
    id: row.id,
    channel: row.channel,
    by: row.confirmed_by,
    post: row.post,
    telephone: row.telephone,
    takenBy: nameOf(context, row.account_id),
    at: row.confirmed_at,
    attendance: row.attendance,
    persons: row.persons,
    substitutes: JSON.parse(row.substitutes),
    reason: row.reason,
    note: row.note,
  }
}

/** Time and place as they stand after every 改期 that went out. */
export function currentOf(row: Pick<NoticeRow, 'id' | 'fields'>, changes: readonly ChangeRow[]): Notice['current'] {
  const { form } = storedOf(row)
  const current = { day: form.day, clock: form.clock, place: form.place, materialsDue: form.materialsDue }
  for (const change of changes) {
    if (change.notice_id !== row.id || change.kind !== 'postpone' || change.state !== 'issued') continue
    const { day, clock, place, materialsDue } = changeFields(change)
    Object.assign(current, { day, clock, place }, materialsDue === '' ? {} : { materialsDue })
  }
  return current
}

async function shown(
  context: Context,
  row: NoticeRow,
  known: {
    readonly enterprise: string
    readonly changes: readonly ChangeRow[]
    readonly confirmations: readonly ConfirmationRow[]
  },
): Promise<Notice> {
  const { trx } = context
  const { form, addressedTo } = storedOf(row)
  const classification =
    row.classification_id === null ? undefined : await findClassification(trx, row.classification_id)
  const approvals = await approvalsOf(trx, 'notice', row.id)
  const changed = known.changes.filter((one) => one.notice_id === row.id && one.issued_at !== null)
  const since = changed.at(-1)?.issued_at ?? ''
  // What was confirmed before a 改期 concerned another day (Art. 10).
  const confirmation = known.confirmations.findLast((one) => one.notice_id === row.id && one.at > since)
  return {
    id: row.id,
    caseId: row.case_id,
    enterpriseId: row.enterprise_id,
    enterpriseName: known.enterprise,
    state: row.state,
    fields: form,
    number: await numberOf(context, row.case_id, row.number_id),
    classificationId: row.classification_id,
    // 保密法 22: a mark stands only on what has been classified by decision.
    mark: classification?.state === 'approved' ? markText(classification) : null,
    approvals: approvals.map((one) => ({
      accountId: one.account_id,
      name: nameOf(context, one.account_id),
      decision: one.decision,
      opinion: one.opinion,
      at: one.at,
      version: one.object_version,
    })),
    confirmation: confirmation ? shownConfirmation(context, confirmation) : null,
    current: currentOf(row, known.changes),
    addressedTo:
      addressedTo === null
        ? null
        : {
            accountId: addressedTo,
            name: nameOf(context, addressedTo),
            active: context.session.archive.ledger.account(addressedTo)?.state === 'active',
          },
    version: row.version,
    updatedAt: row.updated_at,
    savedBy: row.saved_by === null ? '' : nameOf(context, row.saved_by),
  }
}

/** Names by id, of an enterprise that has left the interview too. */
async function enterprisesOfNotices(context: Context, rows: readonly NoticeRow[]): Promise<Map<string, string>> {
  const list = await enterprisesById(
    context.trx,
    rows.map((row) => row.enterprise_id),
  )
  return new Map(list.map((one) => [one.id, one.name]))
}

export async function shownNotice(context: Context, caseId: string, noticeId: string): Promise<Notice> {
  const list = await shownNotices(context, caseId)
  return list.find((one) => one.id === noticeId) ?? fail('notices.unknown')
}

export async function shownNotices(context: Context, caseId: string): Promise<Notice[]> {
  const rows = await noticesOfCase(context.trx, caseId)
  const enterprises = await enterprisesOfNotices(context, rows)
  const changes = await changesOfCase(context.trx, caseId)
  const confirmations = await confirmationsOf(context.trx, caseId)
  const list: Notice[] = []
  for (const row of rows) {
    const enterprise = enterprises.get(row.enterprise_id) ?? ''
    list.push(await shown(context, row, { enterprise, changes, confirmations }))
  }
  return list
}

/** 改期 and 取消 papers of a case, the oldest first. */
export async function shownChanges(context: Context, caseId: string): Promise<NoticeChange[]> {
  const rows = await noticesOfCase(context.trx, caseId)
  const enterprises = await enterprisesOfNotices(context, rows)
  const notices = new Map(rows.map((row) => [row.id, row]))
  const list: NoticeChange[] = []
  for (const row of await changesOfCase(context.trx, caseId)) {
    list.push({
      id: row.id,
      noticeId: row.notice_id,
      enterpriseName: enterprises.get(notices.get(row.notice_id)?.enterprise_id ?? '') ?? '',
      kind: row.kind,
      state: row.state,
      fields: changeFields(row),
      number: await numberOf(context, row.case_id, row.number_id),
      proposedBy: nameOf(context, row.proposed_by),
      at: row.created_at,
      opinions: (await approvalsOf(context.trx, 'noticeChange', row.id)).map((one) => ({
        name: nameOf(context, one.account_id),
        decision: one.decision,
        opinion: one.opinion,
        at: one.at,
      })),
      issuedAt: row.issued_at,
    })
  }
  return list
}
