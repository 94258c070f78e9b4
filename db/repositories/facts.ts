import type { Knex } from 'knex'
import { type CustodyAct, type Holder, holderAfter } from '#shared/domain/archive.ts'
import type { CaseFacts, Stage } from '#shared/domain/cases.ts'
import type { ReceivedDocument } from '#shared/domain/rectification.ts'
import { highestLevel, type Level } from '#shared/domain/secrecy.ts'
import { standing } from './rectification.ts'

/** Everything that is counted about a case from its tables (DESIGN §5: state is counted, never typed). */
export interface CountedFacts extends CaseFacts {
  readonly safetyGate: string
  readonly submitted: number
  readonly confirmed: number
  readonly copied: number
  readonly interviewId: string | null
  readonly startedAt: string | null
  readonly minutesSubmitted: number
  /** Enterprises that sent at least one paper of the kind. */
  readonly received: Readonly<Record<Exclude<ReceivedDocument['kind'], 'evidence'>, number>>
  /** Enterprises whose work plan was accepted, and extensions that wait for a decision (Art. 11). */
  readonly plans: { readonly accepted: number; readonly extensions: number }
  /** Enterprises whose special report was accepted (Art. 15). */
  readonly reports: number
  /** 移送纪检监察机构 by how far it has come (Art. 18). */
  readonly discipline: Readonly<Record<'asked' | 'approved' | 'sent' | 'received', number>>
  /** Enterprises that were evaluated, closed (Art. 16), and found to be what Art. 18 makes answerable. */
  readonly supervised: { readonly evaluated: number; readonly closed: number; readonly answerable: number }
  /** Enterprises whose effects and screening were entered, and persons called to account (Art. 12–14). */
  readonly outcome: { readonly effects: number; readonly screening: number; readonly persons: number }
  readonly items: number
  readonly volumeId: string | null
  /** Who answers for the open volume. */
  readonly volumeHolder: Holder
  readonly sealed: boolean
  readonly level: Level
}

interface Counted {
  readonly case_id: string
  readonly [column: string]: unknown
}

const n = (row: Counted | undefined, column: string): number => Number(row?.[column] ?? 0)

/** Counts the facts of a set of cases with a fixed number of statements, however many cases there are. */
export async function countFacts(trx: Knex.Transaction, ids: Knex.QueryBuilder): Promise<Map<string, CountedFacts>> {
  const grouped = async (query: Knex.QueryBuilder, columns: string): Promise<Map<string, Counted>> => {
    const rows: Counted[] = await query.groupBy('case_id').select('case_id', trx.raw(columns))
    return new Map(rows.map((row) => [row.case_id, row]))
  }
  const of = (table: string): Knex.QueryBuilder => trx(table).whereIn('case_id', ids.clone())
  const classified = (decision: string): string =>
    `sum(EXISTS (SELECT 1 FROM classifications c WHERE ${decision} AND c.state = 'approved')) AS classified`

  const cases: { id: string; state: Stage; safety_gate: string; proposed_level: Level | null }[] = await trx('cases')
    .whereIn('id', ids.clone())
    .select('id', 'state', 'safety_gate', 'proposed_level')
  const enterprises = await grouped(of('case_enterprises').whereNull('left_at'), 'count(*) AS total')
  const notices = await grouped(
    of('notices').whereNot('state', 'cancelled'),
    `count(*) AS drafted, sum(state <> 'draft') AS submitted,
     sum(state IN ('approved', 'numbered', 'issued')) AS approved, sum(state IN ('numbered', 'issued')) AS numbered,
     sum(state = 'issued') AS issued, sum((SELECT c.attendance FROM confirmations c WHERE c.notice_id = notices.id
       AND c.at > ifnull((SELECT max(h.issued_at) FROM notice_changes h WHERE h.notice_id = notices.id), '')
       ORDER BY c.at DESC, c.id DESC LIMIT 1) IN ('promised', 'replacement')) AS confirmed,
     sum(json_array_length(fields, '$.form.copies') > 0) AS copied, ${classified("c.object_kind = 'notice' AND c.object_id = notices.id")}`,
  )
  const interviews: { case_id: string; id: string; state: CaseFacts['interview']; started_at: string | null }[] =
    await of('interviews').orderBy('id').select('case_id', 'id', 'state', 'started_at')
  // A further interview asks for minutes of its own; an enterprise is through with them when those of its earlier ones,
  // which may have been opened again, are through too.
  const throughout = (not: string): string =>
    `sum(NOT EXISTS (SELECT 1 FROM minutes e WHERE e.case_id = minutes.case_id
       AND e.enterprise_id = minutes.enterprise_id AND ${not}))`
  const minutes = await grouped(
    of('minutes').whereIn(
      'interview_id',
      trx('interviews').whereIn('case_id', ids.clone()).max('id').groupBy('case_id'),
    ),
    `count(*) AS drafted, ${throughout("e.state = 'draft'")} AS submitted, ${throughout("e.state <> 'final'")} AS final,
     ${throughout(`NOT EXISTS (SELECT 1 FROM classifications c WHERE c.id = e.classification_id
       AND c.state = 'approved')`)} AS classified`,
  )
  const items = await grouped(of('rectification_items'), `count(*) AS total, sum(state = 'open') AS open`)
  const documents = await grouped(
    of('rectification_documents').whereNot('state', 'returned'),
    ['material', 'statement', 'workPlan', 'progress', 'specialReport']
      .map((kind) => `count(DISTINCT CASE WHEN kind = '${kind}' THEN enterprise_id END) AS "${kind}"`)
      .concat(`count(DISTINCT CASE WHEN kind = 'workPlan' AND state = 'accepted' THEN enterprise_id END) AS plans`)
      .concat(
        `count(DISTINCT CASE WHEN kind = 'specialReport' AND state = 'accepted' THEN enterprise_id END) AS reports`,
      )
      .join(', '),
  )
  const entries = await grouped(
    of('rectification_entries').whereRaw(standing),
    `count(DISTINCT CASE WHEN kind = 'effects' THEN enterprise_id END) AS effects,
     count(DISTINCT CASE WHEN kind = 'screening' THEN enterprise_id END) AS screening,
     count(DISTINCT CASE WHEN kind = 'evaluation' THEN enterprise_id END) AS evaluated,
     count(DISTINCT CASE WHEN kind = 'closure' THEN enterprise_id END) AS closed,
     sum(kind = 'evaluation' AND json_extract(body, '$.result') NOT IN ('done', 'mostly')) AS answerable,
     count(DISTINCT CASE WHEN kind IN ('closure', 'unclosed') THEN enterprise_id END) AS settled,
     sum(kind = 'accountable') AS persons`,
  )
  const discipline = await grouped(
    of('discipline_referrals'),
    `sum(state = 'asked') AS asked, sum(state = 'approved') AS approved, sum(state = 'sent') AS sent,
     sum(state = 'received') AS received`,
  )
  const extensions = await grouped(of('plan_extensions').where('state', 'asked'), 'count(*) AS total')
  const volumes: { case_id: string; id: string; state: 'open' | 'filed' | 'sealed'; custody: CustodyAct | null }[] =
    await of('volumes')
      .orderBy('id')
      .select(
        'case_id',
        'id',
        'state',
        trx.raw(`(SELECT c.act FROM volume_custody c WHERE c.volume_id = volumes.id AND c.edition = volumes.edition
          ORDER BY c.at DESC, c.id DESC LIMIT 1) AS custody`),
      )
  const levels: { case_id: string; level: Level }[] = await of('classifications')
    .whereIn('state', ['proposed', 'approved'])
    .select('case_id', 'level')

  const interviewOf = new Map(interviews.map((row) => [row.case_id, row]))
  const volumeOf = new Map(volumes.map((row) => [row.case_id, row]))
  const levelsOf = Map.groupBy(levels, (row) => row.case_id)
  return new Map(
    cases.map(({ id, state, safety_gate, proposed_level }) => {
      const notice = notices.get(id)
      const interview = interviewOf.get(id)
      const written = minutes.get(id)
      const sent = documents.get(id)
      const volume = volumeOf.get(id)
      const facts: CountedFacts = {
        stage: state,
        safetyGate: safety_gate,
        enterprises: n(enterprises.get(id), 'total'),
        notices: {
          drafted: n(notice, 'drafted'),
          classified: n(notice, 'classified'),
          approved: n(notice, 'approved'),
          numbered: n(notice, 'numbered'),
          issued: n(notice, 'issued'),
        },
        submitted: n(notice, 'submitted'),
        confirmed: n(notice, 'confirmed'),
        copied: n(notice, 'copied'),
        // 取消 takes a planned interview back until notices are out again (Art. 4).
        interview:
          interview === undefined || (interview.state === 'planned' && state === 'notice') ? 'none' : interview.state,
        interviewId: interview?.id ?? null,
        startedAt: interview?.started_at ?? null,
        minutes: {
          drafted: n(written, 'drafted'),
          classified: n(written, 'classified'),
          final: n(written, 'final'),
        },
        minutesSubmitted: n(written, 'submitted'),
        received: {
          material: n(sent, 'material'),
          statement: n(sent, 'statement'),
          workPlan: n(sent, 'workPlan'),
          progress: n(sent, 'progress'),
          specialReport: n(sent, 'specialReport'),
        },
        plans: { accepted: n(sent, 'plans'), extensions: n(extensions.get(id), 'total') },
        reports: n(sent, 'reports'),
        supervised: {
          evaluated: n(entries.get(id), 'evaluated'),
          closed: n(entries.get(id), 'closed'),
          answerable: n(entries.get(id), 'answerable'),
        },
        discipline: {
          asked: n(discipline.get(id), 'asked'),
          approved: n(discipline.get(id), 'approved'),
          sent: n(discipline.get(id), 'sent'),
          received: n(discipline.get(id), 'received'),
        },
        settled: n(entries.get(id), 'settled'),
        outcome: {
          effects: n(entries.get(id), 'effects'),
          screening: n(entries.get(id), 'screening'),
          persons: n(entries.get(id), 'persons'),
        },
        items: n(items.get(id), 'total'),
        openItems: n(items.get(id), 'open'),
        volume: volume?.state ?? 'none',
        volumeId: volume?.id ?? null,
        volumeHolder: holderAfter(volume?.custody ?? null),
        sealed: volume?.state === 'sealed',
        // What is proposed protects already (实施条例 17: measures first, at the proposed level).
        level: highestLevel([proposed_level ?? 'none', ...(levelsOf.get(id) ?? []).map((row) => row.level)]),
      }
      return [id, facts]
    }),
  )
}
