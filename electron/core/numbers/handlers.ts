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
import { assertCaseActs, numberHash } from '../cases/acts.ts'
import { caseOf, nameOf, recordEvent } from '../cases/case-file.ts'
import type { Context, Handlers } from '../context.ts'
import { noticeOf } from '../notices/shown.ts'
import { type Rules, rulesOf } from '../rules/rules.ts'

/** The word before a number is the rules' of its case; a number without a case takes those of today. */
function wordOf(context: Context, rules: Rules, row: RegisterRow): string {
  const { profile, profile_version, profile_hash } = row
  const pinned = profile !== null && profile_version !== null && profile_hash !== null
  const own = pinned ? rules.of({ profile, profile_version, profile_hash }) : rules.on(dayInChina(context.now)).profile
  return own.numbering.word
}

function shown(context: Context, rules: Rules, row: RegisterRow): RegisterEntry {
  return {
    id: row.id,
    year: row.year,
    n: row.n,
    text: numberText(wordOf(context, rules, row), row.year, row.n),
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
    const rules = await rulesOf(context)
    return {
      entries: rows.map((row) => shown(context, rules, row)),
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
    const rules = await rulesOf(context)
    const text = numberText(rules.of(await caseOf(context, caseId)).numbering.word, year, n)
    await recordEvent(context, caseId, 'numbers.allocate', 4, { text })
    return { text }
  },

  'numbers.void': async (context, { numberId, reason }) => {
    const { trx, now } = context
    const number = await findNumber(trx, numberId)
    if (!number) fail('numbers.unknown')
    if (number.state === 'void') fail('numbers.alreadyVoid')
    const entry = await registerEntry(trx, numberId)
    const rules = await rulesOf(context)
    if (number.notice_id !== null && entry?.case_id) {
      const notice = await noticeOf(context, entry.case_id, number.notice_id)
      if (notice.state === 'issued') fail('numbers.issued')
      if (notice.state === 'numbered')
        await updateNotice(trx, notice.id, { state: 'approved', number_id: null, updated_at: now })
      await recordEvent(context, entry.case_id, 'numbers.void', 4, {
        text: shown(context, rules, entry).text,
      })
    }
    await voidNumber(trx, numberId, reason)
    context.note({ objectKind: 'number', objectId: numberId })
    const after = await registerEntry(trx, numberId)
    return after ? shown(context, rules, after) : fail('numbers.unknown')
  },
} satisfies Partial<Handlers>
