import type { Knex } from 'knex'
import type { Demand, Intake, Stage, TriggerCode } from '#shared/domain/cases.ts'
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
  readonly situations: string
  readonly amount_fen: number | null
  /** JSON list of 批示. */
  readonly instructions: string
  /** JSON list of the outside units inside the 知悉范围. */
  readonly scope_units: string
  readonly office: string
  readonly officer_id: string
  readonly state: Stage
  readonly safety_gate: Intake['excluded']
  readonly accountability_started: 0 | 1 | null
  readonly proposed_level: Level | null
  /** JSON `{ asked, relations }`. */
  readonly recusals: string
  readonly duty_reason: string
  readonly intake_version: number
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
    ...intakeColumns(intake),
    office: value.office,
    officer_id: value.officerId,
    state: 'intake',
    intake_version: 1,
    created_at: now,
    updated_at: now,
    version: 1,
  })
  await insertIntakeRows(trx, id, intake, () => value.newId())
}

/** The intake's own columns of a case. */
function intakeColumns(intake: Intake) {
  const started = intake.accountabilityStarted
  return {
    form: intake.form,
    matter: intake.matter,
    facts: intake.facts,
    sources: intake.sources,
    situations: JSON.stringify(intake.situations),
    amount_fen: intake.amountFen,
    instructions: JSON.stringify(intake.instructions),
    scope_units: JSON.stringify(intake.scopeUnits),
    safety_gate: intake.excluded,
    accountability_started: started === null ? null : started ? (1 as const) : (0 as const),
    proposed_level: intake.proposedLevel,
    recusals: JSON.stringify({ asked: intake.recusalAsked, relations: intake.recusals }),
    duty_reason: intake.dutyReason,
  }
}

/** Triggers, enterprises, demands and persons of an intake. */
async function insertIntakeRows(trx: Knex.Transaction, id: string, intake: Intake, newId: () => string): Promise<void> {
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
  for (const one of intake.demands) {
    await trx('case_links').insert({
      id: newId(),
      case_id: id,
      kind: one.kind,
      number: one.number,
      day: one.day,
      issuer: one.from,
      gist: one.gist,
      on_paper: one.onPaper ? 1 : 0,
      earlier_case_id: one.caseId,
    })
  }
  for (const [position, one] of intake.persons.entries()) {
    const { personId: person_id, name, title, unit } = one
    await trx('case_people').insert({ case_id: id, position, person_id, name, title, unit })
  }
}

/** Stores a changed intake; false when another account was faster. */
export async function changeIntake(
  trx: Knex.Transaction,
  id: string,
  intake: Intake,
  version: number,
  newId: () => string,
): Promise<boolean> {
  const changed = await trx<CaseRow>('cases')
    .where({ id, intake_version: version })
    .update({ ...intakeColumns(intake), intake_version: version + 1 })
  if (changed !== 1) return false
  for (const table of ['case_triggers', 'case_links', 'case_people']) await trx(table).where({ case_id: id }).delete()
  await trx('case_enterprises').where({ case_id: id }).whereNull('left_at').delete()
  await insertIntakeRows(trx, id, intake, newId)
  return true
}

/** An accountability procedure began after the case was opened (Art. 3 (六)). */
export async function setAccountability(trx: Knex.Transaction, id: string): Promise<void> {
  await trx<CaseRow>('cases').where({ id }).update({ accountability_started: 1 })
}

/** The sum a case is about was found to be another one; in fen, null for none. */
export async function setAmount(trx: Knex.Transaction, id: string, amountFen: number | null): Promise<void> {
  await trx<CaseRow>('cases').where({ id }).update({ amount_fen: amountFen })
}

export async function findCase(trx: Knex.Transaction, id: string): Promise<CaseRow | undefined> {
  return trx<CaseRow>('cases').where({ id }).first()
}

export async function setStage(trx: Knex.Transaction, id: string, state: Stage, now: string): Promise<void> {
  await trx<CaseRow>('cases').where({ id }).update({ state, updated_at: now }).increment('version', 1)
}

export async function touchCase(trx: Knex.Transaction, id: string, now: string): Promise<void> {
  await trx<CaseRow>('cases').where({ id }).update({ updated_at: now }).increment('version', 1)
}

/** Enterprises of one case in the order of the intake; one that left the interview is no longer among them. */
export async function enterprisesOfCase(trx: Knex.Transaction, caseId: string): Promise<Enterprise[]> {
  const rows: { enterprise_id: string }[] = await trx('case_enterprises')
    .where({ case_id: caseId })
    .whereNull('left_at')
    .orderBy('position')
    .select('enterprise_id')
  return enterprisesById(
    trx,
    rows.map((row) => row.enterprise_id),
  )
}

/** An enterprise leaves a 集体约谈 before the interview; with one left it is an individual one (Art. 6). */
export async function leaveCase(
  trx: Knex.Transaction,
  caseId: string,
  enterpriseId: string,
  now: string,
): Promise<void> {
  await trx('case_enterprises').where({ case_id: caseId, enterprise_id: enterpriseId }).update({ left_at: now })
  const rest = await trx('case_enterprises').where({ case_id: caseId }).whereNull('left_at').count({ n: '*' }).first()
  if (Number(rest?.n) === 1) await trx<CaseRow>('cases').where({ id: caseId }).update({ form: 'individual' })
}

/** Enterprises by case in the order of the intake: the name that is shown, and every name it is looked for by. */
export async function enterpriseHay(
  trx: Knex.Transaction,
  ids: Knex.QueryBuilder,
): Promise<Map<string, { readonly shown: string; readonly hay: string }[]>> {
  const rows: { case_id: string; name: string; short_name: string; pinyin: string }[] = await trx('case_enterprises')
    .join('enterprises', 'enterprises.id', 'case_enterprises.enterprise_id')
    .whereIn('case_enterprises.case_id', ids)
    .whereNull('case_enterprises.left_at')
    .orderBy(['case_enterprises.case_id', 'case_enterprises.position'])
    .select('case_enterprises.case_id', 'enterprises.name', 'enterprises.short_name', 'enterprises.pinyin')
  const names = new Map<string, { shown: string; hay: string }[]>()
  for (const row of rows) {
    const list = names.get(row.case_id) ?? []
    list.push({
      shown: row.short_name === '' ? row.name : row.short_name,
      hay: `${row.name} ${row.short_name} ${row.pinyin}`,
    })
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

/** Demands of trigger (八) as they were entered. */
export async function demandsOf(trx: Knex.Transaction, caseId: string): Promise<Demand[]> {
  const rows: {
    kind: Demand['kind']
    number: string
    day: string
    issuer: string
    gist: string
    on_paper: 0 | 1
    earlier_case_id: string | null
  }[] = await trx('case_links').where({ case_id: caseId }).orderBy('id')
  return rows.map((row) => ({
    kind: row.kind,
    number: row.number,
    day: row.day,
    from: row.issuer,
    gist: row.gist,
    onPaper: row.on_paper === 1,
    caseId: row.earlier_case_id,
  }))
}

/** Persons the case is about. */
export async function personsOf(trx: Knex.Transaction, caseId: string): Promise<Intake['persons']> {
  return trx('case_people')
    .where({ case_id: caseId })
    .orderBy('position')
    .select('person_id as personId', 'name', 'title', 'unit')
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
  readonly sameFamily: 0 | 1
  readonly samePerson: 0 | 1
  readonly sameTrigger: 0 | 1
}

/** Enterprises above and below the given ones, themselves among them. */
async function familyOf(trx: Knex.Transaction, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const marks = ids.map(() => '?').join(',')
  const rows: { id: string }[] = await trx.raw(
    `WITH RECURSIVE
      up (id, parent_id) AS (
        SELECT id, parent_id FROM enterprises WHERE id IN (${marks})
        UNION SELECT e.id, e.parent_id FROM enterprises e JOIN up ON e.id = up.parent_id),
      down (id) AS (
        SELECT id FROM enterprises WHERE id IN (${marks})
        UNION SELECT e.id FROM enterprises e JOIN down ON e.parent_id = down.id)
     SELECT id FROM up UNION SELECT id FROM down`,
    [...ids, ...ids],
  )
  return rows.map((row) => row.id)
}

/**
 * Cases of an account's scope that share an enterprise (or its parent or subsidiary), a person or a trigger with a new
 * one; the closest first, at most 50.
 */
export async function earlierCases(
  trx: Knex.Transaction,
  accountId: string,
  like: {
    readonly enterpriseIds: readonly string[]
    readonly triggers: readonly string[]
    readonly persons: readonly string[]
    readonly except: string | null
  },
): Promise<EarlierRow[]> {
  const { enterpriseIds, triggers, persons } = like
  const family = await familyOf(trx, enterpriseIds)
  const has = (table: string, column: string, values: readonly string[], name: string): Knex.Raw =>
    trx.raw(
      `EXISTS (SELECT 1 FROM ${table} x WHERE x.case_id = cases.id
        AND x.${column} IN (${values.map(() => '?').join(',')})) AS "${name}"`,
      [...values],
    )
  return trx
    .from(
      trx('cases')
        .whereIn('cases.id', casesInScope(trx, accountId))
        .whereNot('cases.id', like.except ?? '')
        .select(
          'cases.id',
          'cases.matter',
          'cases.state',
          'cases.created_at',
          trx.raw(
            `(SELECT group_concat(e.name, '、') FROM case_enterprises c JOIN enterprises e ON e.id = c.enterprise_id
              WHERE c.case_id = cases.id) AS enterprise`,
          ),
          has('case_enterprises', 'enterprise_id', enterpriseIds, 'sameEnterprise'),
          has('case_enterprises', 'enterprise_id', family, 'sameFamily'),
          has('case_people', 'name', persons, 'samePerson'),
          has('case_triggers', 'code', triggers, 'sameTrigger'),
        )
        .as('found'),
    )
    .whereRaw('"sameEnterprise" OR "sameFamily" OR "samePerson" OR "sameTrigger"')
    .orderByRaw('"sameEnterprise" * 4 + "samePerson" * 4 + "sameFamily" * 2 + "sameTrigger" DESC, created_at DESC')
    .limit(50)
    .select()
}
