import type { Knex } from 'knex'
import { type DisciplineReferral, disciplineNumber } from '#shared/domain/discipline.ts'

// 移送纪检监察机构 (Art. 18).

/** A referral with the accounts that took each step. */
export interface StoredDiscipline extends Omit<DisciplineReferral, 'enterprise'> {
  readonly askedBy: string
  readonly decidedBy: string | null
  readonly sentBy: string | null
  readonly receivedBy: string | null
}

/** Fixed when it was asked for. */
type Fields = Pick<
  DisciplineReferral,
  | 'organ'
  | 'pieces'
  | 'suspicion'
  | 'period'
  | 'amount'
  | 'persons'
  | 'contact'
  | 'telephone'
  | 'finding'
  | 'office'
  | 'level'
>

interface Row {
  readonly id: string
  readonly case_id: string
  readonly enterprise_id: string
  readonly year: number | null
  readonly n: number | null
  readonly state: DisciplineReferral['state']
  readonly fields: string
  readonly asked_at: string
  readonly asked_by: string
  readonly decided_at: string | null
  readonly decided_by: string | null
  readonly opinion: string
  readonly sending: string | null
  readonly sent_by: string | null
  readonly receipt: string | null
  readonly received_by: string | null
}

function toDiscipline(row: Row): StoredDiscipline {
  const fields: Fields = JSON.parse(row.fields)
  return {
    id: row.id,
    caseId: row.case_id,
    enterpriseId: row.enterprise_id,
    number: row.year === null || row.n === null ? '' : disciplineNumber(row.year, row.n),
    state: row.state,
    ...fields,
    askedAt: row.asked_at,
    askedBy: row.asked_by,
    decidedAt: row.decided_at,
    decidedBy: row.decided_by,
    opinion: row.opinion,
    sending: row.sending === null ? null : JSON.parse(row.sending),
    sentBy: row.sent_by,
    receipt: row.receipt === null ? null : JSON.parse(row.receipt),
    receivedBy: row.received_by,
  }
}

export async function insertDiscipline(trx: Knex.Transaction, value: StoredDiscipline): Promise<void> {
  const { organ, pieces, suspicion, period, amount, persons, contact, telephone, finding, office, level } = value
  const about = { organ, pieces, suspicion, period, amount, persons, contact, telephone }
  const fields: Fields = { ...about, finding, office, level }
  await trx<Row>('discipline_referrals').insert({
    id: value.id,
    case_id: value.caseId,
    enterprise_id: value.enterpriseId,
    state: value.state,
    fields: JSON.stringify(fields),
    asked_at: value.askedAt,
    asked_by: value.askedBy,
    opinion: value.opinion,
  })
}

/** Takes a referral a step on; `place` is given with its number when a leader agrees. */
export async function stepDiscipline(
  trx: Knex.Transaction,
  value: StoredDiscipline,
  place: { readonly year: number; readonly n: number } | null = null,
): Promise<void> {
  await trx<Row>('discipline_referrals')
    .where({ id: value.id })
    .update({
      state: value.state,
      ...(place ?? {}),
      decided_at: value.decidedAt,
      decided_by: value.decidedBy,
      opinion: value.opinion,
      sending: value.sending === null ? null : JSON.stringify(value.sending),
      sent_by: value.sentBy,
      receipt: value.receipt === null ? null : JSON.stringify(value.receipt),
      received_by: value.receivedBy,
    })
}

/** The next 移送纪检 number of a year, from 1. */
export async function nextDiscipline(trx: Knex.Transaction, year: number): Promise<number> {
  const row: { top?: number | null } | undefined = await trx('discipline_referrals')
    .where({ year })
    .max('n as top')
    .first()
  return (row?.top ?? 0) + 1
}

/** Referrals of a case, the first asked for first. */
export async function disciplineOfCase(trx: Knex.Transaction, caseId: string): Promise<StoredDiscipline[]> {
  const rows: Row[] = await trx<Row>('discipline_referrals').where({ case_id: caseId }).orderBy('id')
  return rows.map(toDiscipline)
}

export async function findDiscipline(
  trx: Knex.Transaction,
  caseId: string,
  id: string,
): Promise<StoredDiscipline | undefined> {
  const row: Row | undefined = await trx<Row>('discipline_referrals').where({ id, case_id: caseId }).first()
  return row && toDiscipline(row)
}

/** Referrals in an account's scope that wait for a leader who did not ask for them, the oldest first. */
export async function disciplineToDecide(
  trx: Knex.Transaction,
  accountId: string,
  limit: number,
): Promise<{ readonly id: string; readonly caseId: string }[]> {
  return trx('discipline_referrals as d')
    .join('case_scope as s', 's.case_id', 'd.case_id')
    .where({ 'd.state': 'asked', 's.account_id': accountId })
    .whereNull('s.removed_at')
    .whereNot('d.asked_by', accountId)
    .orderBy('d.id')
    .limit(limit)
    .distinct('d.id as id', 'd.case_id as caseId')
}
