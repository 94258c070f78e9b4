import type { Knex } from 'knex'
import type { Intake, Stage, TriggerCode } from '#shared/domain/cases.ts'
import type { Enterprise } from '#shared/domain/parties.ts'
import type { Level } from '#shared/domain/secrecy.ts'
import { enterprisesById } from './parties.ts'

export interface CaseRow {
  readonly id: string
  /** The rules it was opened under: id, version and hash of the profile. */
  readonly profile: string
  readonly profile_version: string
  readonly profile_hash: string
  readonly form: 'individual' | 'collective'
  readonly matter: string
  readonly facts: string
  readonly sources: string
  readonly amount_fen: number | null
  readonly instruction: string
  readonly office: string
  readonly officer_id: string
  readonly state: Stage
  readonly safety_gate: Intake['excluded']
  readonly accountability_started: 0 | 1 | null
  readonly proposed_level: Level | null
  readonly created_at: string
  readonly updated_at: string
  readonly version: number
}

interface TriggerRow {
  readonly case_id: string
  readonly code: TriggerCode
  readonly areas: string
  readonly note: string
}

export interface EventRow {
  readonly id: string
  readonly case_id: string
  readonly at: string
  readonly account_id: string
  readonly kind: string
  readonly article: string | null
  readonly detail: string
}

/** The ids of the cases an account may open now: the filter of every list (知悉范围). */
export function casesInScope(trx: Knex.Transaction, accountId: string): Knex.QueryBuilder {
  return trx('case_scope').where({ account_id: accountId }).whereNull('removed_at').select('case_id')
}

export async function insertCase(
  trx: Knex.Transaction,
  value: {
    readonly id: string
    readonly pin: { readonly id: string; readonly version: string; readonly hash: string }
    readonly intake: Intake
    readonly office: string
    readonly officerId: string
    readonly now: string
    newId(): string
  },
): Promise<void> {
  const { id, intake, now } = value
  await trx<CaseRow>('cases').insert({
    id,
    profile: value.pin.id,
    profile_version: value.pin.version,
    profile_hash: value.pin.hash,
    form: intake.form,
    matter: intake.matter,
    facts: intake.facts,
    sources: intake.sources,
    amount_fen: intake.amountFen,
    instruction: intake.instruction,
    office: value.office,
    officer_id: value.officerId,
    state: 'intake',
    safety_gate: intake.excluded,
    accountability_started: intake.accountabilityStarted === null ? null : intake.accountabilityStarted ? 1 : 0,
    proposed_level: intake.proposedLevel,
    created_at: now,
    updated_at: now,
    version: 1,
  })
  for (const code of new Set(intake.triggers)) {
    await trx<TriggerRow>('case_triggers').insert({
      case_id: id,
      code,
      areas: JSON.stringify(code === 'four' ? intake.areas : []),
      note: '',
    })
  }
  for (const [position, enterpriseId] of intake.enterpriseIds.entries()) {
    await trx('case_enterprises').insert({ case_id: id, enterprise_id: enterpriseId, position })
  }
  if (intake.earlierDemand !== '') {
    await trx('case_links').insert({
      id: value.newId(),
      case_id: id,
      kind: 'earlierDemand',
      reference: intake.earlierDemand,
      note: '',
    })
  }
}

export async function findCase(trx: Knex.Transaction, id: string): Promise<CaseRow | undefined> {
  return trx<CaseRow>('cases').where({ id }).first()
}

/** Cases of a set of ids, the last changed first. */
export async function listCases(
  trx: Knex.Transaction,
  ids: Knex.QueryBuilder,
  filter: { readonly stage?: Stage | null; readonly limit?: number } = {},
): Promise<CaseRow[]> {
  const query = trx<CaseRow>('cases')
    .whereIn('id', ids)
    .orderBy([{ column: 'updated_at', order: 'desc' }, 'id'])
  if (filter.stage) query.where('state', filter.stage)
  if (filter.limit !== undefined) query.limit(filter.limit)
  return query.select()
}

export async function setStage(trx: Knex.Transaction, id: string, state: Stage, now: string): Promise<void> {
  await trx<CaseRow>('cases').where({ id }).update({ state, updated_at: now }).increment('version', 1)
}

export async function touchCase(trx: Knex.Transaction, id: string, now: string): Promise<void> {
  await trx<CaseRow>('cases').where({ id }).update({ updated_at: now }).increment('version', 1)
}

/** Enterprises of one case, in the order of the intake. */
export async function enterprisesOfCase(trx: Knex.Transaction, caseId: string): Promise<Enterprise[]> {
  const rows: { enterprise_id: string }[] = await trx('case_enterprises')
    .where({ case_id: caseId })
    .orderBy('position')
    .select('enterprise_id')
  return enterprisesById(
    trx,
    rows.map((row) => row.enterprise_id),
  )
}

/** Names of the enterprises by case, in the order of the intake; the short name where there is one. */
export async function enterpriseNames(trx: Knex.Transaction, ids: Knex.QueryBuilder): Promise<Map<string, string[]>> {
  const rows: { case_id: string; name: string; short_name: string }[] = await trx('case_enterprises')
    .join('enterprises', 'enterprises.id', 'case_enterprises.enterprise_id')
    .whereIn('case_enterprises.case_id', ids)
    .orderBy(['case_enterprises.case_id', 'case_enterprises.position'])
    .select('case_enterprises.case_id', 'enterprises.name', 'enterprises.short_name')
  const names = new Map<string, string[]>()
  for (const row of rows) {
    const list = names.get(row.case_id) ?? []
    list.push(row.short_name === '' ? row.name : row.short_name)
    names.set(row.case_id, list)
  }
  return names
}

export async function triggersOf(
  trx: Knex.Transaction,
  caseId: string,
): Promise<{ triggers: TriggerCode[]; areas: string[] }> {
  const rows: TriggerRow[] = await trx<TriggerRow>('case_triggers').where({ case_id: caseId })
  return {
    triggers: rows.map((row) => row.code),
    areas: rows.flatMap((row): string[] => JSON.parse(row.areas)),
  }
}

export async function earlierDemandOf(trx: Knex.Transaction, caseId: string): Promise<string> {
  const row: { reference: string } | undefined = await trx('case_links')
    .where({ case_id: caseId, kind: 'earlierDemand' })
    .first('reference')
  return row?.reference ?? ''
}

/** Accounts inside the 知悉范围 now, in the order they came in. */
export async function scopeOf(trx: Knex.Transaction, caseId: string): Promise<string[]> {
  const rows: { account_id: string }[] = await trx('case_scope')
    .where({ case_id: caseId })
    .whereNull('removed_at')
    .orderBy(['added_at', 'id'])
    .select('account_id')
  return rows.map((row) => row.account_id)
}

export async function addToScope(
  trx: Knex.Transaction,
  value: {
    readonly id: string
    readonly caseId: string
    readonly accountId: string
    readonly by: string
    readonly now: string
  },
): Promise<void> {
  await trx('case_scope').insert({
    id: value.id,
    case_id: value.caseId,
    account_id: value.accountId,
    added_at: value.now,
    added_by: value.by,
  })
}

/** Takes a person out of the 知悉范围; false when the person does not stand in it. */
export async function removeFromScope(
  trx: Knex.Transaction,
  caseId: string,
  accountId: string,
  by: string,
  now: string,
): Promise<boolean> {
  const changed = await trx('case_scope')
    .where({ case_id: caseId, account_id: accountId })
    .whereNull('removed_at')
    .update({ removed_at: now, removed_by: by })
  return changed === 1
}

/** Ids of the cases an account is 承办人 of. */
export async function casesOf(trx: Knex.Transaction, accountId: string): Promise<string[]> {
  const rows = await trx<CaseRow>('cases').where({ officer_id: accountId }).orderBy('id').select('id')
  return rows.map((row) => row.id)
}

/** Gives a case to another 承办人. */
export async function setOfficer(trx: Knex.Transaction, caseId: string, accountId: string, now: string): Promise<void> {
  await trx<CaseRow>('cases').where({ id: caseId }).update({ officer_id: accountId, updated_at: now })
}

export interface ScopeEntry {
  readonly accountId: string
  readonly addedAt: string
  readonly addedBy: string
  readonly removedAt: string | null
  readonly removedBy: string | null
}

/** Everybody who stands or stood in the 知悉范围 of a case, in the order they came in. */
export async function scopeHistory(trx: Knex.Transaction, caseId: string): Promise<ScopeEntry[]> {
  return trx('case_scope').where({ case_id: caseId }).orderBy(['added_at', 'id']).select({
    accountId: 'account_id',
    addedAt: 'added_at',
    addedBy: 'added_by',
    removedAt: 'removed_at',
    removedBy: 'removed_by',
  })
}

export async function insertEvent(trx: Knex.Transaction, event: EventRow): Promise<void> {
  await trx<EventRow>('case_events').insert(event)
}

/** The latest event of a kind in the history of a case. */
export async function lastEvent(trx: Knex.Transaction, caseId: string, kind: string): Promise<EventRow | undefined> {
  return trx<EventRow>('case_events')
    .where({ case_id: caseId, kind })
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .first()
}

/** What happened in a case, newest first. */
export async function eventsOf(trx: Knex.Transaction, caseId: string): Promise<EventRow[]> {
  return trx<EventRow>('case_events')
    .where({ case_id: caseId })
    .orderBy([
      { column: 'at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
}

export interface EarlierRow {
  readonly id: string
  readonly matter: string
  readonly state: Stage
  readonly created_at: string
  readonly enterprise: string
  readonly sameEnterprise: 0 | 1
  readonly sameTrigger: 0 | 1
}

/** Cases of an account's scope that share an enterprise or a trigger with a new one; newest first, at most 50. */
export async function earlierCases(
  trx: Knex.Transaction,
  accountId: string,
  like: { readonly enterpriseIds: readonly string[]; readonly triggers: readonly string[] },
): Promise<EarlierRow[]> {
  const marks = (count: number): string => Array.from({ length: count }, () => '?').join(',')
  const { enterpriseIds, triggers } = like
  return trx
    .from(
      trx('cases')
        .whereIn('cases.id', casesInScope(trx, accountId))
        .select(
          'cases.id',
          'cases.matter',
          'cases.state',
          'cases.created_at',
          trx.raw(
            `(SELECT group_concat(e.name, '、') FROM case_enterprises c JOIN enterprises e ON e.id = c.enterprise_id
              WHERE c.case_id = cases.id) AS enterprise`,
          ),
          trx.raw(
            `EXISTS (SELECT 1 FROM case_enterprises c WHERE c.case_id = cases.id
              AND c.enterprise_id IN (${marks(enterpriseIds.length)})) AS sameEnterprise`,
            [...enterpriseIds],
          ),
          trx.raw(
            `EXISTS (SELECT 1 FROM case_triggers t WHERE t.case_id = cases.id
              AND t.code IN (${marks(triggers.length)})) AS sameTrigger`,
            [...triggers],
          ),
        )
        .as('found'),
    )
    .whereRaw('sameEnterprise OR sameTrigger')
    .orderBy([
      { column: 'sameEnterprise', order: 'desc' },
      { column: 'created_at', order: 'desc' },
    ])
    .limit(50)
    .select()
}
