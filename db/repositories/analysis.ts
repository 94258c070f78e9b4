import type { Knex } from 'knex'

export interface Counts {
  triggers: { code: string; cases: number }[]
  enterprises: { name: string; cases: number }[]
  stages: { stage: string; cases: number }[]
}

/** Cases opened in a calendar year of China, counted by trigger, enterprise and stage (Art. 19); the most frequent first. */
export async function analysisCounts(trx: Knex.Transaction, ids: Knex.QueryBuilder, year: number): Promise<Counts> {
  const opened = trx('cases')
    .whereIn('cases.id', ids)
    .whereRaw("strftime('%Y', cases.created_at, '+8 hours') = ?", [String(year)])
    .select('cases.id')
  const count = trx.raw('count(*) AS cases')
  return {
    triggers: await trx('case_triggers')
      .whereIn('case_id', opened.clone())
      .groupBy('code')
      .orderBy([{ column: 'cases', order: 'desc' }, 'code'])
      .select('code', count),
    enterprises: await trx('case_enterprises')
      .join('enterprises', 'enterprises.id', 'case_enterprises.enterprise_id')
      .whereIn('case_enterprises.case_id', opened.clone())
      .whereNull('case_enterprises.left_at')
      .groupBy('enterprises.id', 'enterprises.name')
      .orderBy([{ column: 'cases', order: 'desc' }, 'enterprises.name'])
      .limit(50)
      .select('enterprises.name', count),
    stages: await trx('cases')
      .whereIn('cases.id', opened.clone())
      .groupBy('state')
      .orderBy([{ column: 'cases', order: 'desc' }, 'stage'])
      .select('cases.state as stage', count),
  }
}
