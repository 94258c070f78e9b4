import type { Knex } from 'knex'
import { likePattern } from './parties.ts'

export interface Hit {
  readonly caseId: string
  readonly kind: 'case' | 'notice' | 'utterance' | 'minutes' | 'document'
  readonly title: string
  readonly text: string
}

const perKind = 20

/** Text of an account's cases that holds the query, at most 20 of each kind, the newest first. */
export async function searchText(trx: Knex.Transaction, ids: Knex.QueryBuilder, query: string): Promise<Hit[]> {
  const pattern = likePattern(query)
  const like = (column: string): string => `${column} LIKE ? ESCAPE '\\'`
  const cases: Hit[] = await trx('cases')
    .whereIn('cases.id', ids.clone())
    .whereRaw(
      `(${like('matter')} OR ${like('facts')} OR EXISTS (SELECT 1 FROM case_enterprises c
        JOIN enterprises e ON e.id = c.enterprise_id WHERE c.case_id = cases.id AND (${like('e.name')} OR ${like('e.short_name')})))`,
      [pattern, pattern, pattern, pattern],
    )
    .orderBy('cases.id', 'desc')
    .limit(perKind)
    .select(
      'cases.id as caseId',
      trx.raw("'case' AS kind"),
      'matter as title',
      trx.raw("matter || ' ' || facts AS text"),
    )
  // A notice is found by any of its three names (通知书, 通知, 函) through its number and its fields.
  const notices: Hit[] = await trx('notices')
    .join('enterprises', 'enterprises.id', 'notices.enterprise_id')
    .leftJoin('numbers', 'numbers.id', 'notices.number_id')
    .whereIn('notices.case_id', ids.clone())
    .whereRaw(
      `(${like('notices.fields')} OR ${like("('责任约谈通知书 监管约谈函〔' || numbers.year || '〕' || numbers.n || '号')")})`,
      [pattern, pattern],
    )
    .orderBy('notices.id', 'desc')
    .limit(perKind)
    .select(
      'notices.case_id as caseId',
      trx.raw("'notice' AS kind"),
      'enterprises.name as title',
      trx.raw("json_extract(notices.fields, '$.form.matter') AS text"),
    )
  const utterances: Hit[] = await trx('utterances')
    .join('interviews', 'interviews.id', 'utterances.interview_id')
    .join('cases', 'cases.id', 'interviews.case_id')
    .whereIn('interviews.case_id', ids.clone())
    .whereRaw(like('utterances.text'), [pattern])
    .orderBy('utterances.id', 'desc')
    .limit(perKind)
    .select('interviews.case_id as caseId', trx.raw("'utterance' AS kind"), 'cases.matter as title', 'utterances.text')
  const minutes: Hit[] = await trx('minutes_sentences')
    .join('minutes', 'minutes.id', 'minutes_sentences.minutes_id')
    .join('enterprises', 'enterprises.id', 'minutes.enterprise_id')
    .whereIn('minutes.case_id', ids.clone())
    .whereRaw(like('minutes_sentences.text'), [pattern])
    .orderBy('minutes.id', 'desc')
    .limit(perKind)
    .select(
      'minutes.case_id as caseId',
      trx.raw("'minutes' AS kind"),
      'enterprises.name as title',
      'minutes_sentences.text',
    )
  const documents: Hit[] = await trx('rectification_documents')
    .whereIn('case_id', ids.clone())
    .whereRaw(like('title'), [pattern])
    .orderBy('id', 'desc')
    .limit(perKind)
    .select('case_id as caseId', trx.raw("'document' AS kind"), 'title', 'title as text')
  return [...cases, ...notices, ...utterances, ...minutes, ...documents]
}
