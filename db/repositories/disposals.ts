import type { Knex } from 'knex'
import type { Disposal } from '#shared/domain/disposals.ts'
import type { Level } from '#shared/domain/secrecy.ts'

// Reviews of filed volumes, what holds them, and what was destroyed.

const columns = {
  id: 'id',
  caseId: 'case_id',
  volumeId: 'volume_id',
  conclusion: 'conclusion',
  reason: 'reason',
  state: 'state',
  askedBy: 'asked_by',
  askedAt: 'asked_at',
  decidedBy: 'decided_by',
  decidedAt: 'decided_at',
  opinion: 'opinion',
  doneBy: 'done_by',
  doneAt: 'done_at',
  witness: 'witness',
}

/** People are ids of accounts. */
export async function insertDisposal(trx: Knex.Transaction, value: Disposal): Promise<void> {
  const row = Object.entries(columns).map(([name, column]) => [column, value[name as keyof Disposal]] as const)
  await trx('disposals').insert(Object.fromEntries(row))
}

export async function decideDisposal(
  trx: Knex.Transaction,
  { id, state, decidedBy, decidedAt, opinion }: Pick<Disposal, 'id' | 'state' | 'decidedBy' | 'decidedAt' | 'opinion'>,
): Promise<void> {
  await trx('disposals').where({ id }).update({ state, decided_by: decidedBy, decided_at: decidedAt, opinion })
}

export async function finishDisposal(
  trx: Knex.Transaction,
  { id, doneBy, doneAt, witness }: Pick<Disposal, 'id' | 'doneBy' | 'doneAt' | 'witness'>,
  certificateBlobId: string,
): Promise<void> {
  await trx('disposals')
    .where({ id })
    .update({ state: 'done', done_by: doneBy, done_at: doneAt, witness, certificate_blob_id: certificateBlobId })
}

export async function findDisposal(trx: Knex.Transaction, id: string): Promise<Disposal | undefined> {
  return trx('disposals').where({ id }).first(columns)
}

export async function certificateOf(trx: Knex.Transaction, id: string): Promise<string | null> {
  const row: { certificate_blob_id: string | null } | undefined = await trx('disposals')
    .where({ id })
    .first('certificate_blob_id')
  return row?.certificate_blob_id ?? null
}

/** The last review of every volume that has one, by volume. */
export async function lastDisposals(trx: Knex.Transaction): Promise<Map<string, Disposal>> {
  const rows: Disposal[] = await trx('disposals').orderBy('id').select(columns)
  return new Map(rows.map((row) => [row.volumeId, row]))
}

export interface HoldRow {
  readonly id: string
  readonly volumeId: string
  readonly held: boolean
  readonly reason: string
  readonly at: string
  readonly by: string
}

export async function insertHold(trx: Knex.Transaction, value: HoldRow): Promise<void> {
  const { id, volumeId, held, reason, at, by } = value
  await trx('disposal_holds').insert({ id, volume_id: volumeId, held: held ? 1 : 0, reason, at, account_id: by })
}

/** What holds a volume now, by volume: the last word counts. */
export async function holds(trx: Knex.Transaction): Promise<Map<string, string>> {
  const rows: { volume_id: string; held: 0 | 1; reason: string }[] = await trx('disposal_holds')
    .orderBy('id')
    .select('volume_id', 'held', 'reason')
  return new Map(rows.map((row) => [row.volume_id, row.held === 1 ? row.reason : '']))
}

export interface FiledRow {
  readonly caseId: string
  readonly volumeId: string
  readonly archivalCode: string
  readonly title: string
  readonly retention: string
  readonly level: Level
  /** Day of its last paper; of its filing where nothing of it is left. */
  readonly lastPaper: string
  readonly pieces: number
  readonly pages: number
}

/**
 * Filed volumes of the cases an account may open, and the destroyed ones it could open until they were destroyed: the
 * destruction ended everybody's 知悉范围.
 */
export async function filedVolumes(
  trx: Knex.Transaction,
  accountId: string,
  ids: Knex.QueryBuilder,
): Promise<FiledRow[]> {
  return trx('volumes as v')
    .whereIn('v.state', ['filed', 'sealed'])
    .where((given) =>
      given
        .whereIn('v.case_id', ids)
        .orWhereExists(
          trx('disposals as d')
            .join('case_scope as s', 's.case_id', 'd.case_id')
            .whereRaw("d.volume_id = v.id AND d.state = 'done' AND s.removed_at = d.done_at")
            .where('s.account_id', accountId)
            .select('d.id'),
        ),
    )
    .orderBy('v.code')
    .select({
      caseId: 'v.case_id',
      volumeId: 'v.id',
      archivalCode: 'v.code',
      title: 'v.title',
      retention: 'v.retention',
      level: trx.raw("json_extract(v.fields, '$.level')"),
      lastPaper: trx.raw(
        'ifnull((SELECT max(i.date) FROM volume_items i WHERE i.volume_id = v.id), substr(v.filed_at, 1, 10))',
      ),
      pieces: trx.raw('(SELECT count(*) FROM volume_items i WHERE i.volume_id = v.id)'),
      pages: trx.raw('(SELECT ifnull(sum(i.pages), 0) FROM volume_items i WHERE i.volume_id = v.id)'),
    })
}

/** Whether somebody outside the 知悉范围 may read the case at the moment (借阅). */
export async function isOnLoan(trx: Knex.Transaction, caseId: string, today: string): Promise<boolean> {
  const loan = await trx('borrowings')
    .where({ case_id: caseId, state: 'approved', given_back_at: null })
    .where('until', '>=', today)
    .first('id')
  return loan !== undefined
}
