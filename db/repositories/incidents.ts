import type { Knex } from 'knex'
import type { Level } from '#shared/domain/secrecy.ts'

export interface IncidentRow {
  readonly id: string
  readonly foundAt: string
  readonly caseId: string | null
  readonly what: string
  readonly level: Level
  readonly measures: string
  readonly accountId: string
  readonly reportedAt: string | null
  readonly reportedTo: string
  readonly number: string
  readonly closedAt: string | null
  readonly conclusion: string
}

const columns = {
  id: 'id',
  foundAt: 'found_at',
  caseId: 'case_id',
  what: 'what',
  level: 'level',
  measures: 'measures',
  accountId: 'account_id',
  reportedAt: 'reported_at',
  reportedTo: 'reported_to',
  number: 'number',
  closedAt: 'closed_at',
  conclusion: 'conclusion',
}

export async function insertIncident(
  trx: Knex.Transaction,
  value: Pick<IncidentRow, 'id' | 'foundAt' | 'caseId' | 'what' | 'level' | 'measures' | 'accountId'>,
): Promise<void> {
  await trx('incidents').insert({
    id: value.id,
    found_at: value.foundAt,
    case_id: value.caseId,
    what: value.what,
    level: value.level,
    measures: value.measures,
    account_id: value.accountId,
    reported_to: '',
    number: '',
    conclusion: '',
  })
}

/** The open ones first, the last found first. */
export async function listIncidents(trx: Knex.Transaction): Promise<IncidentRow[]> {
  return trx('incidents').orderByRaw('closed_at IS NOT NULL, found_at DESC').select(columns)
}

export async function findIncident(trx: Knex.Transaction, id: string): Promise<IncidentRow | undefined> {
  return trx('incidents').where({ id }).first(columns)
}

export async function reportIncident(
  trx: Knex.Transaction,
  id: string,
  value: Pick<IncidentRow, 'reportedAt' | 'reportedTo' | 'number'>,
): Promise<void> {
  await trx('incidents')
    .where({ id })
    .update({ reported_at: value.reportedAt, reported_to: value.reportedTo, number: value.number })
}

export async function closeIncident(
  trx: Knex.Transaction,
  id: string,
  value: Pick<IncidentRow, 'closedAt' | 'conclusion'>,
): Promise<void> {
  await trx('incidents').where({ id }).update({ closed_at: value.closedAt, conclusion: value.conclusion })
}

export interface SelfCheckRow {
  readonly id: string
  readonly at: string
  readonly accountId: string
  /** JSON of the 13 answers. */
  readonly answers: string
  readonly conclusion: string
}

export async function insertSelfCheck(trx: Knex.Transaction, value: SelfCheckRow): Promise<void> {
  await trx('self_checks').insert({
    id: value.id,
    at: value.at,
    account_id: value.accountId,
    answers: value.answers,
    conclusion: value.conclusion,
  })
}

export async function listSelfChecks(trx: Knex.Transaction): Promise<SelfCheckRow[]> {
  return trx('self_checks')
    .orderBy('id', 'desc')
    .select({ id: 'id', at: 'at', accountId: 'account_id', answers: 'answers', conclusion: 'conclusion' })
}
