import { updateNotice } from '#db/repositories/notices.ts'
import {
  findNumber,
  insertNumber,
  type RegisterRow,
  registerEntry,
  registerOf,
  voidNumber,
  waitingForNumber,
} from '#db/repositories/numbers.ts'
import { findClassification } from '#db/repositories/secrecy.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { nextNumber, numberText, type RegisterEntry } from '#shared/domain/numbers.ts'
import { shippedProfile } from '#shared/rules/profile.ts'
import { assertCaseActs, numberHash } from '../cases/acts.ts'
import { nameOf, recordEvent } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import { noticeOf } from '../notices/shown.ts'

const text = (year: number, n: number): string => numberText(shippedProfile.numbering.word, year, n)

function shown(context: Context, row: RegisterRow): RegisterEntry {
  return {
    id: row.id,
    year: row.year,
    n: row.n,
    text: text(row.year, row.n),
    state: row.state,
    caseId: row.case_id,
    enterpriseName: row.enterprise ?? '',
    matter: row.matter ?? '',
    reason: row.reason ?? '',
    at: row.at,
    by: nameOf(context, row.account_id),
  }
}

export const numbersHandlers = {
  'numbers.register': async (context, { year }) => {
    const rows = await registerOf(context.trx, year)
    return {
      entries: rows.map((row) => shown(context, row)),
      next: nextNumber(rows.map((row) => row.n)),
      waiting: await waitingForNumber(context.trx),
    }
  },

  'numbers.allocate': async (context, { caseId, noticeId }) => {
    const { trx, account, now } = context
    const notice = await noticeOf(context, caseId, noticeId)
    if (notice.state !== 'approved') fail('numbers.notApproved', { state: notice.state })
    const classification =
      notice.classification_id === null ? undefined : await findClassification(trx, notice.classification_id)
    if (classification?.state !== 'approved') fail('numbers.notClassified')
    await assertCaseActs(context, caseId)
    // Art. 4: one sequence a year over all offices; the year is that of the day in Chongqing.
    const year = Number(dayInChina(now).slice(0, 4))
    const n = nextNumber((await registerOf(trx, year)).map((row) => row.n))
    const id = context.newId()
    await insertNumber(trx, {
      id,
      year,
      n,
      state: 'used',
      notice_id: noticeId,
      reason: null,
      at: now,
      account_id: account.id,
    })
    await updateNotice(trx, noticeId, { state: 'numbered', number_id: id, updated_at: now })
    const objectHash = numberHash({ year, n, noticeId })
    await context.act({ kind: 'numbers.allocate', objectKind: 'number', objectId: id, objectHash })
    await recordEvent(context, caseId, 'numbers.allocate', 4, { text: text(year, n) })
    return { text: text(year, n) }
  },

  'numbers.void': async (context, { numberId, reason }) => {
    const { trx, now } = context
    const number = await findNumber(trx, numberId)
    if (!number) fail('numbers.unknown')
    if (number.state === 'void') fail('numbers.alreadyVoid')
    const entry = await registerEntry(trx, numberId)
    if (number.notice_id !== null && entry?.case_id) {
      const notice = await noticeOf(context, entry.case_id, number.notice_id)
      if (notice.state === 'issued') fail('numbers.issued')
      if (notice.state === 'numbered')
        await updateNotice(trx, notice.id, { state: 'approved', number_id: null, updated_at: now })
      await recordEvent(context, entry.case_id, 'numbers.void', 4, { text: text(number.year, number.n) })
    }
    await voidNumber(trx, numberId, reason)
    context.note({ objectKind: 'number', objectId: numberId })
    const after = await registerEntry(trx, numberId)
    return after ? shown(context, after) : fail('numbers.unknown')
  },
} satisfies Partial<Handlers>
