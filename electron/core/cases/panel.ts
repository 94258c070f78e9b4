import type { Knex } from 'knex'
import { type CaseRow, triggersOf } from '#db/repositories/cases.ts'
import { changesOfNotices, noticesAhead } from '#db/repositories/desk.ts'
import { type CountedFacts, countFacts } from '#db/repositories/facts.ts'
import { attendanceOf, interviewOfCase } from '#db/repositories/interviews.ts'
import { noticesOfCase, storedOf } from '#db/repositories/notices.ts'
import { firstItemDays, type PlanRow, planRows } from '#db/repositories/rectification.ts'
import { closedIds } from '#db/repositories/scope.ts'
import { addDays, type DueDay, extendedTo } from '#shared/calendar/workingDays.ts'
import { triggerCodes } from '#shared/domain/cases.ts'
import type { PanelFacts } from '#shared/domain/cases-panel.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { policyValue } from '#shared/domain/policy.ts'
import type { Context, HandlerOutput } from '../context.ts'
import { currentOf } from '../notices/shown.ts'
import { materialsOf } from '../preparation/materials.ts'
import { type Rules, rulesOf } from '../rules/rules.ts'
import { openEvents } from '../secrecy/closed.ts'
import { nameOf } from './case-file.ts'

export type ShownCase = HandlerOutput<'cases.list'>['rows'][number]

/** The day a plan's term runs from: of the interview, or of the minutes by the unit's choice; null before there are any. */
function planAnchorDay(rules: Rules, row: PlanRow): string | null {
  const from = rules.planAnchor(row) === 'interviewDay' ? row.startedAt : row.minutesAt
  return from === null ? null : dayInChina(from)
}

/** The term of Art. 11 with its explanation, extended where that was approved; null before it begins to run. */
export function planTerm(rules: Rules, row: PlanRow): (DueDay & { readonly anchor: string }) | null {
  const anchor = planAnchorDay(rules, row)
  if (anchor === null) return null
  const term = rules.planDue(row, anchor)
  const extended = row.extendedTo !== null && row.extendedTo > term.due
  return { anchor, ...(extended ? extendedTo(term, row.extendedTo, rules.packs) : term) }
}

/** The first days by which the enterprises of a case owe something: a 工作方案, an open 整改事项 (Art. 11, 12). */
interface Owed {
  readonly plan: Pick<DueDay, 'due' | 'provisional'> | null
  readonly item: string | null
}

/** What the enterprises still owe, by case. */
export async function owedBy(
  trx: Knex.Transaction,
  rules: Rules,
  ids: Knex.QueryBuilder,
): Promise<ReadonlyMap<string, Owed>> {
  const items = await firstItemDays(trx, ids.clone())
  const owed = new Map<string, Owed>([...items].map(([caseId, item]) => [caseId, { plan: null, item }]))
  const known = new Map<string, DueDay>()
  for (const row of await planRows(trx, ids)) {
    const anchor = row.receivedAt === null && row.released === 0 ? planAnchorDay(rules, row) : null
    if (anchor === null) continue
    const term = `${row.profile_hash} ${anchor}`
    const own = known.get(term) ?? rules.planDue(row, anchor)
    known.set(term, own)
    const extended = row.extendedTo !== null && row.extendedTo > own.due
    const plan = extended ? extendedTo(own, row.extendedTo, rules.packs) : own
    const before = owed.get(row.caseId)?.plan ?? null
    if (before === null || plan.due < before.due) owed.set(row.caseId, { plan, item: items.get(row.caseId) ?? null })
  }
  return owed
}

/** Days that the notices name for what comes before the first interview (Art. 4, 10). */
type DaysAhead = Pick<PanelFacts['before'], 'notice' | 'interview'>

/** The days ahead by case: the earliest one that a notice still to go out names, and that of the interview. */
export async function daysAhead(
  trx: Knex.Transaction,
  ids: Knex.QueryBuilder,
  closed: ReadonlySet<string> = new Set(),
): Promise<Map<string, DaysAhead>> {
  const rows = (await noticesAhead(trx, ids)).filter((row) => !closed.has(row.id))
  const issued = rows.filter((row) => row.state === 'issued')
  const changes = await changesOfNotices(
    trx,
    issued.map((row) => row.id),
  )
  const earliest = (days: readonly string[]): string => days.filter((day) => day !== '').sort()[0] ?? ''
  return new Map(
    [...Map.groupBy(rows, (row) => row.case_id)].map(([caseId, notices]) => {
      const stands = notices.map((row) => ({ out: row.state === 'issued', ...currentOf(row, changes) }))
      return [
        caseId,
        {
          notice: earliest(stands.filter((one) => !one.out).flatMap((one) => [one.materialsDue, one.day])),
          interview: earliest(stands.filter((one) => one.out).map((one) => one.day)),
        },
      ]
    }),
  )
}

/** Facts as far as the next step needs them. */
export function plainFacts(
  row: CaseRow,
  facts: CountedFacts,
  officer: string,
  owed: Owed | undefined,
  ahead: DaysAhead | undefined,
): PanelFacts {
  return {
    ...facts,
    form: row.form,
    officer,
    createdAt: row.created_at,
    triggers: '',
    host: '',
    jointUnits: '',
    planDue: owed?.plan?.due ?? null,
    planProvisional: owed?.plan?.provisional ?? false,
    itemDue: owed?.item ?? null,
    before: { accept: '', notice: ahead?.notice ?? '', interview: ahead?.interview ?? '' },
    materials: [],
    done: {},
  }
}

/** Everything the 条款清单 of one case needs. */
export async function panelOf(context: Context, row: CaseRow): Promise<PanelFacts & CountedFacts> {
  const { trx } = context
  const ids = trx('cases').where({ id: row.id }).select('id')
  const facts = (await countFacts(trx, ids)).get(row.id)
  if (!facts) throw new Error('a case that was read has no facts')
  const rules = await rulesOf(context)
  const owed = await owedBy(trx, rules, ids.clone())
  const closed = await closedIds(trx, context.account, row.id)
  const ahead = await daysAhead(trx, ids.clone(), closed)
  const { triggers } = await triggersOf(trx, row.id)
  const marks = triggerCodes
    .filter((code) => triggers.includes(code))
    .map((code) => rules.of(row).triggers.find((one) => one.code === code)?.mark ?? '')
  const forms = (await noticesOfCase(trx, row.id))
    .filter((notice) => notice.state !== 'cancelled' && !closed.has(notice.id))
    .map((notice) => storedOf(notice).form)
  const interview = await interviewOfCase(trx, row.id)
  const attendees = interview ? await attendanceOf(trx, interview.id) : []
  const done: Record<string, { who: string; when: string }> = {}
  for (const event of await openEvents(context, row.id)) {
    const act = { who: nameOf(context, event.account_id), when: dayInChina(event.at) }
    done[event.kind] ??= act
    const { text } = JSON.parse(event.detail) as { readonly text?: string }
    if (event.kind === 'rectification.receive') done[`${event.kind}/${text}`] ??= act
  }
  const plain = plainFacts(row, facts, nameOf(context, row.officer_id), owed.get(row.id), ahead.get(row.id))
  const untouched = policyValue(context.session.archive.ledger, 'untouchedDays')
  return {
    ...plain,
    ...facts,
    before: { ...plain.before, accept: addDays(dayInChina(row.created_at), untouched) },
    triggers: marks.join('、'),
    host: `${interview?.host_person ?? forms[0]?.hostName ?? ''}`,
    // Asked to take part by the notice, or entered as taking part (Art. 5).
    jointUnits: [
      ...new Set([
        ...forms.flatMap((form) => form.jointUnits),
        ...attendees.filter((one) => one.delegation === 'joint').map((one) => one.unit),
      ]),
    ].join('、'),
    materials: (await materialsOf(context, row.id)).filter((one) => !closed.has(one.noticeId)),
    done,
  }
}
