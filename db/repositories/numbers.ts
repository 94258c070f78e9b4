import type { Knex } from 'knex'
import type { RegisterEntry } from '#shared/domain/numbers.ts'

export interface NumberRow {
  readonly id: string
  readonly year: number
  readonly n: number
  readonly state: RegisterEntry['state']
  readonly notice_id: string | null
  readonly reason: string | null
  readonly at: string
  readonly account_id: string
}

export interface RegisterRow extends NumberRow {
  readonly case_id: string | null
  readonly enterprise: string | null
  readonly matter: string | null
  /** The rules of the number's case. */
  readonly profile: string | null
  readonly profile_version: string | null
  readonly profile_hash: string | null
}

function register(trx: Knex.Transaction): Knex.QueryBuilder {
  return trx('numbers')
    .leftJoin('notices', 'notices.id', 'numbers.notice_id')
    .leftJoin('enterprises', 'enterprises.id', 'notices.enterprise_id')
    .leftJoin('cases', 'cases.id', 'notices.case_id')
    .select(
      'numbers.*',
      'notices.case_id',
      'enterprises.name as enterprise',
      'cases.matter',
      'cases.profile',
      'cases.profile_version',
      'cases.profile_hash',
    )
}

/** The register of a year, in the order of the numbers (Art. 4: enterprise, matter and date, nothing else of a case). */
export async function registerOf(trx: Knex.Transaction, year: number): Promise<RegisterRow[]> {
  return register(trx).where('numbers.year', year).orderBy('numbers.n')
}

export async function registerEntry(trx: Knex.Transaction, id: string): Promise<RegisterRow | undefined> {
  return register(trx).where('numbers.id', id).first()
}

export async function findNumber(trx: Knex.Transaction, id: string): Promise<NumberRow | undefined> {
  return trx<NumberRow>('numbers').where({ id }).first()
}

export async function insertNumber(trx: Knex.Transaction, row: NumberRow): Promise<void> {
  await trx<NumberRow>('numbers').insert(row)
}

export async function voidNumber(trx: Knex.Transaction, id: string, reason: string): Promise<void> {
  await trx<NumberRow>('numbers').where({ id }).update({ state: 'void', reason })
}

export interface WaitingRow {
  readonly caseId: string
  readonly noticeId: string
  readonly enterpriseName: string
  readonly matter: string
  readonly approvedAt: string
}

/** Notices that are signed and classified and have no number yet, the oldest first. */
export async function waitingForNumber(trx: Knex.Transaction): Promise<WaitingRow[]> {
  return trx('notices')
    .join('enterprises', 'enterprises.id', 'notices.enterprise_id')
    .join('cases', 'cases.id', 'notices.case_id')
    .join('classifications', 'classifications.id', 'notices.classification_id')
    .where('notices.state', 'approved')
    .where('classifications.state', 'approved')
    .orderBy(['notices.approved_at', 'notices.id'])
    .select(
      'notices.case_id as caseId',
      'notices.id as noticeId',
      'enterprises.name as enterpriseName',
      'cases.matter',
      'notices.approved_at as approvedAt',
    )
}
