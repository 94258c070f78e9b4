import type { Knex } from 'knex'
import * as v from 'valibot'
import { type NoticeFields, type NoticeState, noticeFields } from '#shared/domain/notices.ts'

export interface NoticeRow {
  readonly id: string
  readonly case_id: string
  readonly enterprise_id: string
  readonly state: NoticeState
  /** JSON `{ form, addressedTo }`. */
  readonly fields: string
  readonly number_id: string | null
  readonly classification_id: string | null
  readonly version: number
  readonly created_at: string
  readonly updated_at: string
  /** Who saved the wording last; null while it stands as it was drafted. */
  readonly saved_by: string | null
  readonly submitted_at: string | null
  readonly approved_at: string | null
  readonly issued_at: string | null
}

interface Stored {
  readonly form: NoticeFields
  /** The leader whom the paper was sent to for 审签; null while any leader in the scope may sign. */
  readonly addressedTo: string | null
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

function keep(form: v.InferInput<typeof noticeFields>, addressedTo: string | null): string {
  const stored: Stored = { form: v.parse(noticeFields, form), addressedTo }
  return JSON.stringify(stored)
}

export async function insertNotice(
  trx: Knex.Transaction,
  value: {
    readonly id: string
    readonly caseId: string
    readonly enterpriseId: string
    readonly form: v.InferInput<typeof noticeFields>
  },
  now: string,
): Promise<void> {
  await trx<NoticeRow>('notices').insert({
    id: value.id,
    case_id: value.caseId,
    enterprise_id: value.enterpriseId,
    state: 'draft',
    fields: keep(value.form, null),
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
  saved: { readonly by: string; readonly at: string },
): Promise<boolean> {
  const changed = await trx<NoticeRow>('notices')
    .where({ id: row.id, version })
    .update({
      fields: keep(form, storedOf(row).addressedTo),
      updated_at: saved.at,
      saved_by: saved.by,
      version: version + 1,
    })
  return changed === 1
}

/** Sends the paper to one leader for 审签, or to any in the scope. */
export async function addressNotice(
  trx: Knex.Transaction,
  row: NoticeRow,
  accountId: string | null,
  now: string,
): Promise<void> {
  await trx<NoticeRow>('notices')
    .where({ id: row.id })
    .update({ fields: keep(storedOf(row).form, accountId), updated_at: now })
}

interface VersionRow {
  readonly notice_id: string
  readonly version: number
  readonly fields: string
  readonly at: string
  readonly account_id: string
}

/** Keeps the wording that goes up for 审签; the same version twice is one row. */
export async function keepVersion(trx: Knex.Transaction, row: NoticeRow, by: string, now: string): Promise<void> {
  const { form } = storedOf(row)
  await trx<VersionRow>('notice_versions')
    .insert({ notice_id: row.id, version: row.version, fields: JSON.stringify(form), at: now, account_id: by })
    .onConflict(['notice_id', 'version'])
    .ignore()
}

/** Wordings that went up, the oldest first. */
export async function versionsOf(trx: Knex.Transaction, noticeId: string): Promise<VersionRow[]> {
  return trx<VersionRow>('notice_versions').where({ notice_id: noticeId }).orderBy('version')
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
