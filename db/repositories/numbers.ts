import type { Knex } from 'knex'
import type { NumberBlock, RegisterEntry } from '#shared/domain/numbers.ts'

export interface NumberRow {
  readonly id: string
  readonly year: number
  readonly n: number
  readonly state: RegisterEntry['state']
  readonly notice_id: string | null
  readonly change_id: string | null
  readonly compilation_id: string | null
  readonly block_id: string | null
  /** JSON of enterprise, matter and day of a paper of another machine. */
  readonly elsewhere: string | null
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
  readonly notice_state: string | null
  readonly notice_issued_at: string | null
  readonly change_kind: 'postpone' | 'cancel' | null
  readonly change_state: string | null
  /** Title of the 综合材料 that bears the number, and whether its papers are frozen. */
  readonly compilation: string | null
  readonly compilation_issued: 0 | 1
  readonly office: string | null
}

function register(trx: Knex.Transaction): Knex.QueryBuilder {
  return trx('numbers')
    .leftJoin('notices', 'notices.id', 'numbers.notice_id')
    .leftJoin('notice_changes', 'notice_changes.id', 'numbers.change_id')
    .leftJoin('compilations', 'compilations.id', 'numbers.compilation_id')
    .leftJoin('number_blocks', 'number_blocks.id', 'numbers.block_id')
    .leftJoin('enterprises', 'enterprises.id', 'notices.enterprise_id')
    .leftJoin('cases', 'cases.id', 'notices.case_id')
    .select(
      'numbers.*',
      'notices.case_id',
      'notices.state as notice_state',
      'notices.issued_at as notice_issued_at',
      'notice_changes.kind as change_kind',
      'notice_changes.state as change_state',
      'compilations.title as compilation',
      trx.raw('EXISTS (SELECT 1 FROM papers p WHERE p.compilation_id = numbers.compilation_id) AS compilation_issued'),
      'number_blocks.office',
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

/** Numbers still reserved in years before this one, the earliest year first. */
export async function reservedBefore(
  trx: Knex.Transaction,
  year: number,
): Promise<{ readonly year: number; readonly reserved: number }[]> {
  return trx('numbers')
    .where('year', '<', year)
    .where('state', 'reserved')
    .groupBy('year')
    .orderBy('year')
    .select('year', trx.raw('count(*) AS reserved'))
}

export async function registerEntry(trx: Knex.Transaction, id: string): Promise<RegisterRow | undefined> {
  return register(trx).where('numbers.id', id).first()
}

/** The highest number of a year, 0 when none was given. */
export async function lastNumber(trx: Knex.Transaction, year: number): Promise<number> {
  const [row]: { top: number | null }[] = await trx('numbers').where({ year }).max('n as top')
  return row?.top ?? 0
}

export async function findNumber(trx: Knex.Transaction, id: string): Promise<NumberRow | undefined> {
  return trx<NumberRow>('numbers').where({ id }).first()
}

export async function insertNumber(
  trx: Knex.Transaction,
  row: Omit<NumberRow, 'change_id' | 'compilation_id' | 'block_id' | 'elsewhere'> &
    Partial<Pick<NumberRow, 'change_id' | 'compilation_id' | 'block_id' | 'elsewhere'>>,
): Promise<void> {
  await trx<NumberRow>('numbers').insert(row)
}

/** The number a compilation bears; a void one counts no more. */
export async function numberOfCompilation(
  trx: Knex.Transaction,
  compilationId: string,
): Promise<NumberRow | undefined> {
  return trx<NumberRow>('numbers').where({ compilation_id: compilationId, state: 'used' }).first()
}

/** A reserved number is used now; the table refuses any other. */
export async function useNumber(
  trx: Knex.Transaction,
  id: string,
  value: Pick<NumberRow, 'at' | 'account_id'> &
    Partial<Pick<NumberRow, 'notice_id' | 'change_id' | 'compilation_id' | 'elsewhere'>>,
): Promise<void> {
  await trx<NumberRow>('numbers')
    .where({ id, state: 'reserved' })
    .update({ ...value, state: 'used' })
}

export async function voidNumber(trx: Knex.Transaction, id: string, reason: string): Promise<void> {
  await trx<NumberRow>('numbers').where({ id }).update({ state: 'void', reason })
}

/** Numbers of a block in their order. */
export async function numbersOfBlock(trx: Knex.Transaction, blockId: string): Promise<NumberRow[]> {
  return trx<NumberRow>('numbers').where({ block_id: blockId }).orderBy('n')
}

/** The lowest number that is still free in a block entered here for a year. */
export async function freeInBlock(trx: Knex.Transaction, year: number): Promise<NumberRow | undefined> {
  return trx('numbers')
    .join('number_blocks', 'number_blocks.id', 'numbers.block_id')
    .where({ 'numbers.year': year, 'numbers.state': 'reserved' })
    .where({ 'number_blocks.kind': 'taken', 'number_blocks.state': 'open' })
    .orderBy('numbers.n')
    .first('numbers.*')
}

export interface BlockRow {
  readonly id: string
  readonly kind: NumberBlock['kind']
  readonly year: number
  readonly first: number
  readonly last: number
  readonly office: string
  readonly slip: string
  readonly state: NumberBlock['state']
  readonly reason: string
  readonly at: string
  readonly account_id: string
  readonly closed_at: string | null
}

export async function insertBlock(trx: Knex.Transaction, row: BlockRow): Promise<void> {
  await trx<BlockRow>('number_blocks').insert(row)
}

export async function findBlock(trx: Knex.Transaction, id: string): Promise<BlockRow | undefined> {
  return trx<BlockRow>('number_blocks').where({ id }).first()
}

export async function blocksOf(
  trx: Knex.Transaction,
  which: Partial<Pick<BlockRow, 'year' | 'kind'>>,
): Promise<BlockRow[]> {
  return trx<BlockRow>('number_blocks').where(which).orderBy(['year', 'first'])
}

export async function closeBlock(trx: Knex.Transaction, id: string, reason: string, now: string): Promise<void> {
  await trx<BlockRow>('number_blocks').where({ id }).update({ state: 'closed', reason, closed_at: now })
}

export interface WaitingRow {
  readonly caseId: string
  readonly noticeId: string
  readonly changeId: string | null
  readonly kind: 'notice' | 'postpone' | 'cancel'
  readonly enterpriseName: string
  readonly matter: string
  readonly approvedAt: string
}

/** Papers that are signed (and, for a notice, classified) and have no number yet, the oldest first. */
export async function waitingForNumber(trx: Knex.Transaction): Promise<WaitingRow[]> {
  const notices: WaitingRow[] = await trx('notices')
    .join('enterprises', 'enterprises.id', 'notices.enterprise_id')
    .join('cases', 'cases.id', 'notices.case_id')
    .join('classifications', 'classifications.id', 'notices.classification_id')
    .where('notices.state', 'approved')
    .where('classifications.state', 'approved')
    .orderBy(['notices.approved_at', 'notices.id'])
    .select(
      'notices.case_id as caseId',
      'notices.id as noticeId',
      trx.raw('NULL AS "changeId"'),
      trx.raw(`'notice' AS kind`),
      'enterprises.name as enterpriseName',
      'cases.matter',
      'notices.approved_at as approvedAt',
    )
  const changes: WaitingRow[] = await trx('notice_changes')
    .join('notices', 'notices.id', 'notice_changes.notice_id')
    .join('enterprises', 'enterprises.id', 'notices.enterprise_id')
    .join('cases', 'cases.id', 'notices.case_id')
    .where('notice_changes.state', 'approved')
    .orderBy(['notice_changes.approved_at', 'notice_changes.id'])
    .select(
      'notices.case_id as caseId',
      'notices.id as noticeId',
      'notice_changes.id as changeId',
      'notice_changes.kind',
      'enterprises.name as enterpriseName',
      'cases.matter',
      'notice_changes.approved_at as approvedAt',
    )
  return [...notices, ...changes].sort((a, b) => a.approvedAt.localeCompare(b.approvedAt))
}
