import type { Knex } from 'knex'
import type { Preferences } from '#shared/domain/desk-keys.ts'
import type { Template, TemplateInput } from '#shared/domain/outline.ts'
import type { Phrase } from '#shared/domain/phrases.ts'
import { keepPreference, preferenceOf } from './preferences.ts'

interface PhraseRow {
  readonly id: string
  /** Null: of the whole unit. */
  readonly account_id: string | null
  readonly code: string
  readonly text: string
  readonly created_at: string
  readonly created_by: string
}

interface TemplateRow {
  readonly id: string
  readonly kind: TemplateInput['kind']
  readonly trigger: TemplateInput['trigger']
  readonly name: string
  /** JSON `[{ section, text }]`. */
  readonly lines: string
  readonly updated_at: string
  readonly updated_by: string
}

function toPhrase(row: PhraseRow): Phrase {
  return { id: row.id, shared: row.account_id === null, code: row.code, text: row.text }
}

/** Phrases an account may use: the unit's and its own, by code. */
export async function phrasesFor(trx: Knex.Transaction, accountId: string): Promise<Phrase[]> {
  const rows: PhraseRow[] = await trx<PhraseRow>('phrases')
    .where((one) => one.whereNull('account_id').orWhere({ account_id: accountId }))
    .orderBy(['code', 'id'])
  return rows.map(toPhrase)
}

/** A phrase of the unit or of this account; another account's is not found. */
export async function findPhrase(trx: Knex.Transaction, accountId: string, id: string): Promise<Phrase | undefined> {
  return (await phrasesFor(trx, accountId)).find((one) => one.id === id)
}

/** Stores a phrase under its id, a new one or in place of the former. */
export async function putPhrase(trx: Knex.Transaction, value: Phrase, by: string, now: string): Promise<void> {
  await trx<PhraseRow>('phrases')
    .insert({
      id: value.id,
      account_id: value.shared ? null : by,
      code: value.code,
      text: value.text,
      created_at: now,
      created_by: by,
    })
    .onConflict('id')
    .merge()
}

export async function removePhrase(trx: Knex.Transaction, id: string): Promise<void> {
  await trx('phrases').where({ id }).delete()
}

/** All 提纲模板 and 开场语; `by` is the account that changed one last. */
export async function listTemplates(trx: Knex.Transaction): Promise<Template[]> {
  const rows: TemplateRow[] = await trx<TemplateRow>('templates').orderBy(['kind', 'trigger', 'id'])
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    trigger: row.trigger,
    name: row.name,
    lines: JSON.parse(row.lines),
    updatedAt: row.updated_at,
    by: row.updated_by,
  }))
}

/** Stores a template under its id, a new one or in place of the former. */
export async function putTemplate(
  trx: Knex.Transaction,
  id: string,
  value: TemplateInput,
  by: string,
  now: string,
): Promise<void> {
  await trx<TemplateRow>('templates')
    .insert({
      id,
      kind: value.kind,
      trigger: value.trigger,
      name: value.name,
      lines: JSON.stringify(value.lines),
      updated_at: now,
      updated_by: by,
    })
    .onConflict('id')
    .merge()
}

export async function removeTemplate(trx: Knex.Transaction, id: string): Promise<boolean> {
  return (await trx('templates').where({ id }).delete()) === 1
}

/** Slot of the account's preferences that holds how it works at the live record. */
const deskSlot = 'desk'

/** How an account works at the live record; undefined before it changed anything. */
export async function preferencesOf(trx: Knex.Transaction, accountId: string): Promise<Preferences | undefined> {
  const body = await preferenceOf(trx, accountId, deskSlot)
  return body === null ? undefined : JSON.parse(body)
}

export async function putPreferences(
  trx: Knex.Transaction,
  accountId: string,
  value: Preferences,
  now: string,
): Promise<void> {
  await keepPreference(trx, { accountId, slot: deskSlot, body: JSON.stringify(value), now })
}
