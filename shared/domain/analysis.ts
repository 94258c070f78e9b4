import * as v from 'valibot'
import type { Light } from '../calendar/workingDays.ts'
import { type Stage, stages } from './cases.ts'
import { day, id, optionalLine } from './common.ts'

/** Which cases are looked at: opened in a period of days in China; of one office; of one enterprise with all below it. */
export const analysisFilter = v.object({
  since: day,
  until: day,
  /** Empty: every office. */
  office: optionalLine,
  enterpriseId: v.nullable(id),
})
export type AnalysisFilter = v.InferOutput<typeof analysisFilter>

/** 责任追究程序 as the intake tells it: started, expressly not yet (情形（六）), or no question of it. */
export const accountabilityStates = ['started', 'pending', 'none'] as const
export type AccountabilityState = (typeof accountabilityStates)[number]
export const accountabilityNames: Readonly<Record<AccountabilityState, string>> = {
  started: '已启动',
  pending: '暂未启动',
  none: '不涉及',
}

/** One case, as far as it is counted. */
export interface AnalysedCase {
  readonly caseId: string
  /** Day in China. */
  readonly openedOn: string
  readonly office: string
  readonly stage: Stage
  readonly enterpriseIds: readonly string[]
  readonly triggers: readonly string[]
  readonly accountability: AccountabilityState
  /** Light of what an enterprise owes first, 工作方案 or 整改事项: red once its day has passed, yellow shortly before; null when nothing is owed (Art. 11, 12). */
  readonly light: Light | null
}

/** An enterprise with its place in the tree. */
export interface AnalysedEnterprise {
  readonly id: string
  readonly name: string
  readonly parentId: string | null
}

/** What one bar of a chart stands for, so that the cases behind it can be asked for. */
export const pickKinds = [
  'all',
  'enterprise',
  'trigger',
  'office',
  'quarter',
  'stage',
  'accountability',
  'overdue',
  'dueSoon',
  'repeat',
] as const
/** `value`: the id, code, name or quarter; of a repeat the enterprise and the trigger, parted by `/`. */
export const pick = v.object({ kind: v.picklist(pickKinds), value: optionalLine })
export type Pick = v.InferOutput<typeof pick>

const counted = v.object({ value: v.string(), cases: v.number() })
const named = v.object({ ...counted.entries, name: v.string() })
/** Figures of Art. 19 over the cases of a filter; a case counts once in each row it belongs to. */
export const figures = v.object({
  cases: v.number(),
  overdue: v.number(),
  dueSoon: v.number(),
  /** With all enterprises below it; `own` are those it was called in for itself. The most frequent first, at most 30. */
  enterprises: v.array(v.object({ ...named.entries, own: v.number() })),
  triggers: v.array(counted),
  offices: v.array(counted),
  /** `2026-1`: every quarter of the period, also an empty one, in order. */
  quarters: v.array(counted),
  stages: v.array(counted),
  accountability: v.array(counted),
  /** 屡次发生: one enterprise called in twice or oftener for the same situation of Art. 3. */
  repeats: v.array(v.object({ ...named.entries, trigger: v.string() })),
})
export type Figures = v.InferOutput<typeof figures>

const longest = 30

/** `2026-1` of a day. */
export function quarterOf(of: string): string {
  return `${of.slice(0, 4)}-${Math.ceil(Number(of.slice(5, 7)) / 3)}`
}

/** Every quarter from one day to another, in order; at most 400. */
export function quartersBetween(since: string, until: string): string[] {
  const quarters: string[] = []
  let [year = 0, quarter = 1] = quarterOf(since).split('-').map(Number)
  for (const last = quarterOf(until); quarters.length < 400; ) {
    const now = `${year}-${quarter}`
    if (since > until) break
    quarters.push(now)
    if (now === last) break
    quarter += 1
    if (quarter > 4) [year, quarter] = [year + 1, 1]
  }
  return quarters
}

/** An enterprise and all above it, the nearest first; a ring in damaged data ends where it closes. */
function lineage(enterprises: ReadonlyMap<string, AnalysedEnterprise>, from: string): string[] {
  const line: string[] = []
  for (let at: string | null = from; at !== null && !line.includes(at); at = enterprises.get(at)?.parentId ?? null)
    line.push(at)
  return line
}

/** Groups of a case: every enterprise it was opened about, with all above it, each once. */
function groupsOf(enterprises: ReadonlyMap<string, AnalysedEnterprise>, one: AnalysedCase): Set<string> {
  return new Set(one.enterpriseIds.flatMap((enterprise) => lineage(enterprises, enterprise)))
}

const byId = (list: readonly AnalysedEnterprise[]) => new Map(list.map((one) => [one.id, one]))

/** An enterprise with all below it, by id. */
export function familyOf(enterprises: readonly AnalysedEnterprise[], head: string): ReadonlySet<string> {
  const known = byId(enterprises)
  return new Set(enterprises.filter((one) => lineage(known, one.id).includes(head)).map((one) => one.id))
}

/** Place of an enterprise in the tree, 1 at its top. */
export function tierOf(enterprises: readonly AnalysedEnterprise[], id: string): number {
  return lineage(byId(enterprises), id).length
}

/** Whether something of an office about some enterprises is asked for: of that office, of that enterprise or below it. */
export function askedFor(
  enterprises: readonly AnalysedEnterprise[],
  { office, enterpriseId }: AnalysisFilter,
): (of: string, enterpriseIds: readonly string[]) => boolean {
  const family = enterpriseId === null ? null : familyOf(enterprises, enterpriseId)
  return (of, enterpriseIds) =>
    (office === '' || of === office) && (family === null || enterpriseIds.some((one) => family.has(one)))
}

/** The cases of a filter. */
export function casesIn(
  cases: readonly AnalysedCase[],
  enterprises: readonly AnalysedEnterprise[],
  filter: AnalysisFilter,
): AnalysedCase[] {
  const { since, until } = filter
  const asked = askedFor(enterprises, filter)
  return cases.filter((one) => one.openedOn >= since && one.openedOn <= until && asked(one.office, one.enterpriseIds))
}

/** The cases a bar stands for, among those of a filter. */
export function casesOf(
  cases: readonly AnalysedCase[],
  enterprises: readonly AnalysedEnterprise[],
  { kind, value }: Pick,
): AnalysedCase[] {
  const known = byId(enterprises)
  const [enterprise = '', trigger = ''] = value.split('/')
  const belongs: Readonly<Record<Pick['kind'], (one: AnalysedCase) => boolean>> = {
    all: () => true,
    enterprise: (one) => groupsOf(known, one).has(value),
    trigger: (one) => one.triggers.includes(value),
    office: (one) => one.office === value,
    quarter: (one) => quarterOf(one.openedOn) === value,
    stage: (one) => one.stage === value,
    accountability: (one) => one.accountability === value,
    overdue: (one) => one.light === 'red',
    dueSoon: (one) => one.light === 'yellow',
    repeat: (one) => one.enterpriseIds.includes(enterprise) && one.triggers.includes(trigger),
  }
  return cases.filter(belongs[kind])
}

/** Counts the cases of a filter (Art. 19). */
export function figuresOf(
  cases: readonly AnalysedCase[],
  enterprises: readonly AnalysedEnterprise[],
  period: { readonly since: string; readonly until: string },
): Figures {
  const known = byId(enterprises)
  const nameOf = (enterprise: string): string => known.get(enterprise)?.name ?? ''
  const [groups, own, triggers, offices, repeats] = [counter(), counter(), counter(), counter(), counter()]
  const [quarters, reached, accountability] = [
    counter(quartersBetween(period.since, period.until)),
    counter([...stages, 'withdrawn']),
    counter(accountabilityStates),
  ]
  let [overdue, dueSoon] = [0, 0]
  for (const one of cases) {
    for (const group of groupsOf(known, one)) groups.add(group)
    for (const enterprise of new Set(one.enterpriseIds)) {
      own.add(enterprise)
      for (const trigger of new Set(one.triggers)) repeats.add(`${enterprise}/${trigger}`)
    }
    for (const trigger of new Set(one.triggers)) triggers.add(trigger)
    offices.add(one.office)
    quarters.add(quarterOf(one.openedOn))
    reached.add(one.stage)
    accountability.add(one.accountability)
    if (one.light === 'red') overdue += 1
    if (one.light === 'yellow') dueSoon += 1
  }
  return {
    cases: cases.length,
    overdue,
    dueSoon,
    enterprises: groups
      .most()
      .slice(0, longest)
      .map((row) => ({ ...row, name: nameOf(row.value), own: own.of(row.value) })),
    triggers: triggers.most(),
    offices: offices.most().slice(0, longest),
    quarters: quarters.inOrder(),
    stages: reached.inOrder(),
    accountability: accountability.inOrder(),
    repeats: repeats
      .most()
      .filter((row) => row.cases > 1)
      .slice(0, longest)
      .map((row) => {
        const [enterprise = '', trigger = ''] = row.value.split('/')
        return { ...row, name: nameOf(enterprise), trigger }
      }),
  }
}

/** Counts by value; the values given at the start are there with 0. */
function counter(values: readonly string[] = []) {
  const counts = new Map<string, number>(values.map((value) => [value, 0]))
  const rows = () => [...counts].map(([value, cases]) => ({ value, cases }))
  return {
    add: (value: string) => void counts.set(value, (counts.get(value) ?? 0) + 1),
    of: (value: string) => counts.get(value) ?? 0,
    inOrder: rows,
    most: () => rows().sort((a, b) => b.cases - a.cases || (a.value < b.value ? -1 : 1)),
  }
}
