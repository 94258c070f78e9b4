import type { Knex } from 'knex'
import type { ChangeFields, NoticeChange } from '#shared/domain/notice-changes.ts'

export interface ChangeRow {
  readonly id: string
  readonly case_id: string
  readonly notice_id: string
  readonly kind: NoticeChange['kind']
  readonly state: NoticeChange['state']
  /** JSON of the fields, as they were sent up. */
  readonly fields: string
  readonly number_id: string | null
  readonly proposed_by: string
  readonly created_at: string
  readonly approved_at: string | null
  readonly issued_at: string | null
}

export function changeFields(row: Pick<ChangeRow, 'fields'>): ChangeFields {
  return JSON.parse(row.fields)
}

export async function insertChange(trx: Knex.Transaction, row: ChangeRow): Promise<void> {
  await trx<ChangeRow>('notice_changes').insert(row)
}

export async function findChange(trx: Knex.Transaction, id: string): Promise<ChangeRow | undefined> {
  return trx<ChangeRow>('notice_changes').where({ id }).first()
}

/** 改期 and 取消 papers of a case, the oldest first. */
export async function changesOfCase(trx: Knex.Transaction, caseId: string): Promise<ChangeRow[]> {
  return trx<ChangeRow>('notice_changes').where({ case_id: caseId }).orderBy('id')
}

export async function updateChange(
  trx: Knex.Transaction,
  id: string,
  values: Partial<Pick<ChangeRow, 'state' | 'number_id' | 'approved_at' | 'issued_at'>>,
): Promise<void> {
  await trx<ChangeRow>('notice_changes').where({ id }).update(values)
}
