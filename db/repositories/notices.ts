import type { Knex } from 'knex'
import type { Notice, NoticeFields, NoticeState } from '#shared/domain/notices.ts'

export type Confirmation = NonNullable<Notice['confirmation']>

export interface NoticeRow {
  readonly id: string
  readonly case_id: string
  readonly enterprise_id: string
  readonly state: NoticeState
  /** JSON `{ form, confirmation }`. */
  readonly fields: string
  readonly number_id: string | null
  readonly classification_id: string | null
  readonly version: number
  readonly created_at: string
  readonly updated_at: string
  readonly submitted_at: string | null
  readonly approved_at: string | null
  readonly issued_at: string | null
}

interface Stored {
  readonly form: NoticeFields
  readonly confirmation: Confirmation | null
}

export interface ApprovalRow {
  readonly id: string
  readonly object_kind: string
  readonly object_id: string
  readonly object_version: number
  readonly object_hash: string
  readonly step: string
  readonly decision: 'approved' | 'returned'
  readonly opinion: string
  readonly account_id: string
  readonly at: string
}

export function storedOf(row: Pick<NoticeRow, 'fields'>): Stored {
  return JSON.parse(row.fields)
}

export async function insertNotice(
  trx: Knex.Transaction,
  value: { readonly id: string; readonly caseId: string; readonly enterpriseId: string; readonly form: NoticeFields },
  now: string,
): Promise<void> {
  const stored: Stored = { form: value.form, confirmation: null }
  await trx<NoticeRow>('notices').insert({
    id: value.id,
    case_id: value.caseId,
    enterprise_id: value.enterpriseId,
    state: 'draft',
    fields: JSON.stringify(stored),
    number_id: null,
    classification_id: null,
    version: 1,
    created_at: now,
    updated_at: now,
  })
}

export async function findNotice(trx: Knex.Transaction, id: string): Promise<NoticeRow | undefined> {
  return trx<NoticeRow>('notices').where({ id }).first()
}

export async function noticesOfCase(trx: Knex.Transaction, caseId: string): Promise<NoticeRow[]> {
  return trx<NoticeRow>('notices').where({ case_id: caseId }).orderBy('id')
}

/** Stores a draft; false when the version is no longer the one stored. */
export async function saveForm(
  trx: Knex.Transaction,
  row: NoticeRow,
  form: NoticeFields,
  version: number,
  now: string,
): Promise<boolean> {
  const stored: Stored = { ...storedOf(row), form }
  const changed = await trx<NoticeRow>('notices')
    .where({ id: row.id, version })
    .update({ fields: JSON.stringify(stored), updated_at: now, version: version + 1 })
  return changed === 1
}

export async function confirmNotice(
  trx: Knex.Transaction,
  row: NoticeRow,
  confirmation: Confirmation,
  now: string,
): Promise<void> {
  const stored: Stored = { ...storedOf(row), confirmation }
  await trx<NoticeRow>('notices')
    .where({ id: row.id })
    .update({ fields: JSON.stringify(stored), updated_at: now })
}

export async function updateNotice(
  trx: Knex.Transaction,
  id: string,
  values: Partial<
    Pick<
      NoticeRow,
      'state' | 'classification_id' | 'number_id' | 'submitted_at' | 'approved_at' | 'issued_at' | 'updated_at'
    >
  >,
): Promise<void> {
  await trx<NoticeRow>('notices').where({ id }).update(values)
}

export async function insertApproval(trx: Knex.Transaction, row: ApprovalRow): Promise<void> {
  await trx<ApprovalRow>('approvals').insert(row)
}

/** Decisions on an object, the oldest first. */
export async function approvalsOf(trx: Knex.Transaction, objectKind: string, objectId: string): Promise<ApprovalRow[]> {
  return trx<ApprovalRow>('approvals').where({ object_kind: objectKind, object_id: objectId }).orderBy(['at', 'id'])
}
