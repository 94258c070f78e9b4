import type { Knex } from 'knex'
import { leadNumber, type MovedPiece, type Referral, referralNumber } from '#shared/domain/referrals.ts'

// 移送线索 (Art. 20): the sender's sequence, and the 业务档案 of the accountability office.

export interface StoredReferral extends Referral {
  readonly sentBy: string
  readonly answeredBy: string | null
}

/** What a referral keeps beside its columns; fixed when it is sent. */
type Fields = Pick<Referral, 'reason' | 'summary' | 'period' | 'amount' | 'persons' | 'pieces' | 'office' | 'level'>

interface Row {
  readonly id: string
  readonly case_id: string
  readonly year: number
  readonly n: number
  readonly state: Referral['state']
  readonly fields: string
  readonly sent_at: string
  readonly sent_by: string
  readonly lead_year: number | null
  readonly lead_n: number | null
  readonly answered_at: string | null
  readonly answered_by: string | null
  readonly note: string
}

function toReferral(row: Row): StoredReferral {
  const fields: Fields = JSON.parse(row.fields)
  return {
    id: row.id,
    caseId: row.case_id,
    number: referralNumber(row.year, row.n),
    state: row.state,
    ...fields,
    sentAt: row.sent_at,
    sentBy: row.sent_by,
    register: row.lead_year === null || row.lead_n === null ? '' : leadNumber(row.lead_year, row.lead_n),
    answeredAt: row.answered_at,
    answeredBy: row.answered_by,
    note: row.note,
  }
}

/** The next 移送号 of a year, from 1. */
export async function nextReferral(trx: Knex.Transaction, year: number): Promise<number> {
  const row: { top?: number | null } | undefined = await trx('referrals').where({ year }).max('n as top').first()
  return (row?.top ?? 0) + 1
}

/** The next 业务档案登记号 of a year, from 1. */
export async function nextLead(trx: Knex.Transaction, year: number): Promise<number> {
  const row: { top?: number | null } | undefined = await trx('referrals')
    .where({ lead_year: year })
    .max('lead_n as top')
    .first()
  return (row?.top ?? 0) + 1
}

export async function insertReferral(
  trx: Knex.Transaction,
  value: StoredReferral,
  place: { readonly year: number; readonly n: number },
): Promise<void> {
  const { reason, summary, period, amount, persons, pieces, office, level } = value
  const fields: Fields = { reason, summary, period, amount, persons, pieces, office, level }
  await trx<Row>('referrals').insert({
    id: value.id,
    case_id: value.caseId,
    ...place,
    state: value.state,
    fields: JSON.stringify(fields),
    sent_at: value.sentAt,
    sent_by: value.sentBy,
    note: value.note,
  })
}

/** Answers a referral: 签收 under a place of the register, or 退回. */
export async function answerReferral(
  trx: Knex.Transaction,
  value: Pick<StoredReferral, 'id' | 'state' | 'answeredAt' | 'answeredBy' | 'note'>,
  place: { readonly year: number; readonly n: number } | null,
): Promise<void> {
  await trx<Row>('referrals')
    .where({ id: value.id })
    .update({
      state: value.state,
      lead_year: place?.year ?? null,
      lead_n: place?.n ?? null,
      answered_at: value.answeredAt,
      answered_by: value.answeredBy,
      note: value.note,
    })
}

export async function findReferral(trx: Knex.Transaction, id: string): Promise<StoredReferral | undefined> {
  const row: Row | undefined = await trx<Row>('referrals').where({ id }).first()
  return row && toReferral(row)
}

/** Referrals of a case, the first first. */
export async function referralsOfCase(trx: Knex.Transaction, caseId: string): Promise<StoredReferral[]> {
  return (await trx<Row>('referrals').where({ case_id: caseId }).orderBy(['year', 'n'])).map(toReferral)
}

/** Every referral, or those of one state, the last first. */
export async function listReferrals(trx: Knex.Transaction, state?: Referral['state']): Promise<StoredReferral[]> {
  const query = trx<Row>('referrals').orderBy([
    { column: 'year', order: 'desc' },
    { column: 'n', order: 'desc' },
  ])
  const rows: Row[] = await (state === undefined ? query : query.where({ state }))
  return rows.map(toReferral)
}

/** What of a case is with the accountability office, or on its way there, in the order it left. */
export async function movedPieces(trx: Knex.Transaction, caseId: string): Promise<MovedPiece[]> {
  return (await referralsOfCase(trx, caseId))
    .filter((one) => one.state !== 'returned')
    .flatMap(({ id, number, register, state, pieces }) =>
      pieces.map(({ code, title, day, level, form, paperId, documentId }) => {
        return { referralId: id, number, register, state, code, title, day, level, form, paperId, documentId }
      }),
    )
}
