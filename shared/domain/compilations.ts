import * as v from 'valibot'
import { leaderRoles } from './accounts.ts'
import { type AnalysedEnterprise, familyOf } from './analysis.ts'
import { triggerCode, triggerCodes } from './cases.ts'
import { day, id, line, money, officialDay, optionalLine } from './common.ts'
import { type Followed, type Outcome, outcomeOf, planState } from './ledgers.ts'
import { type Bound, levelRank } from './secrecy.ts'
import { outlasts } from './secrecy-terms.ts'

// 综合材料: papers of the office that are drawn from several cases (汇编, 公文条例 32): the reference sheet of Art. 17, the
// periodic report and the notice of a 专项核查 of Art. 19. Figures come from the cases, words from people.

/** Who may read them at all, those in whose 知悉范围 every source lies. */
export const compilationReaders = ['accountabilityOffice', ...leaderRoles, 'classifier'] as const

const longText = v.pipe(v.string(), v.trim(), v.maxLength(4000))

/** One leader of an enterprise, as an attendance names him. */
export const sheetLeader = v.object({ name: line, post: optionalLine })
export type SheetLeader = v.InferOutput<typeof sheetLeader>
export const sheetYear = v.pipe(v.number(), v.integer(), v.minValue(2000), v.maxValue(2100))

/** What a compilation is about. */
export const compilationSubject = v.variant('kind', [
  v.object({
    kind: v.literal('annualSheet'),
    /** With all enterprises below it. */
    enterpriseId: id,
    year: sheetYear,
    /** Null for the enterprise as a whole. */
    leader: v.nullable(sheetLeader),
  }),
  v.object({ kind: v.literal('analysisReport'), since: day, until: day }),
  v.object({
    kind: v.literal('inspectionNotice'),
    /** Whose cases the problem was found in, by the day they were opened. */
    since: day,
    until: day,
    trigger: triggerCode,
    /** 融资性贸易: what all have in common. */
    problem: line,
    /** Who is to examine itself. */
    enterpriseIds: v.pipe(v.array(id), v.minLength(1), v.maxLength(200)),
  }),
])
export type CompilationSubject = v.InferOutput<typeof compilationSubject>

const points = v.pipe(v.array(v.object({ heading: line, text: longText })), v.maxLength(30))
const items = v.pipe(v.array(v.pipe(longText, v.minLength(1))), v.maxLength(30))

/** What people write in it; drafted from the figures, theirs from then on. */
export const compilationTexts = v.variant('kind', [
  v.object({ kind: v.literal('annualSheet'), treatment: longText, risks: longText, results: longText }),
  v.object({
    kind: v.literal('analysisReport'),
    overview: longText,
    typical: points,
    common: points,
    suggestions: items,
  }),
  v.object({
    kind: v.literal('inspectionNotice'),
    addressee: optionalLine,
    period: optionalLine,
    scope: items,
    requirements: items,
    /** The self-examination is due; empty until somebody names the day. */
    reportDue: v.union([v.literal(''), day]),
    contact: optionalLine,
    telephone: optionalLine,
  }),
])
export type CompilationTexts = v.InferOutput<typeof compilationTexts>
export type TextsOf<K extends CompilationTexts['kind']> = Extract<CompilationTexts, { kind: K }>

const sheetFigures = v.object({
  kind: v.literal('annualSheet'),
  enterprise: v.string(),
  interviews: v.array(
    v.object({
      number: v.string(),
      day: v.string(),
      cause: v.string(),
      triggers: v.array(v.string()),
      plan: v.picklist(['按期', '逾期', '未报', '未到期']),
      outcome: v.picklist(['完成', '整改中', '拖延', '拒绝', '不力', '弄虚作假']),
    }),
  ),
  accountable: v.number(),
  recoveredFen: v.number(),
})
const count = v.object({ value: v.string(), name: v.string(), count: v.number() })
const reportFigures = v.object({
  kind: v.literal('analysisReport'),
  totals: v.object({
    interviews: v.number(),
    enterprises: v.number(),
    persons: v.number(),
    plansOnTime: v.number(),
    plansLate: v.number(),
    closed: v.number(),
    accountable: v.number(),
    recoveredFen: v.number(),
  }),
  /** By situation of Art. 3: its code. */
  triggers: v.array(count),
  /** Enterprises called in twice or oftener. */
  repeated: v.array(count),
})
const noticeFigures = v.object({
  kind: v.literal('inspectionNotice'),
  enterprises: v.array(v.object({ id, name: v.string() })),
  /** Cases the problem was found in. */
  cases: v.number(),
})
/** What was counted when it was drawn. */
export const compilationFigures = v.variant('kind', [sheetFigures, reportFigures, noticeFigures])
export type CompilationFigures = v.InferOutput<typeof compilationFigures>
export type FiguresOf<K extends CompilationFigures['kind']> = Extract<CompilationFigures, { kind: K }>

/** True when its sources bind a compilation higher or longer than it is bound (派生定密, 保密法 18). Pure. */
export function outgrows(sources: Bound, bound: Bound, today: string): boolean {
  const longer = sources.term !== null && bound.term !== null && outlasts(sources.term, bound.term, today)
  return levelRank(sources.level) > levelRank(bound.level) || longer
}

/** The article a compilation is made under. */
export const compilationArticles = {
  annualSheet: 17,
  analysisReport: 19,
  inspectionNotice: 19,
} as const satisfies Record<CompilationSubject['kind'], number>

export const compilationState = v.picklist(['draft', 'submitted', 'approved', 'withdrawn'])
export type CompilationState = v.InferOutput<typeof compilationState>
export const compilationStateNames: Readonly<Record<CompilationState, string>> = {
  draft: '拟稿',
  submitted: '待审签',
  approved: '已审签',
  withdrawn: '已撤回',
}

/** `2026年上半年`, `2026年第3季度`, `2026年度`; otherwise both days. */
export function periodName(since: string, until: string): string {
  const year = since.slice(0, 4)
  const names: Readonly<Record<string, string>> = {
    '01-01/12-31': '度',
    '01-01/06-30': '上半年',
    '07-01/12-31': '下半年',
    '01-01/03-31': '第1季度',
    '04-01/06-30': '第2季度',
    '07-01/09-30': '第3季度',
    '10-01/12-31': '第4季度',
  }
  const name = year === until.slice(0, 4) ? names[`${since.slice(5)}/${until.slice(5)}`] : undefined
  return name === undefined ? `${officialDay(since)}至${officialDay(until)}` : `${year}年${name}`
}

/** Who spoke for an enterprise at an interview. */
export interface Heard {
  readonly interviewId: string
  readonly enterpriseId: string
  readonly name: string
  /** As the attendance has it. */
  readonly post: string
}

/**
 * What an Art. 17 sheet is drawn from: the interviews of a year of an enterprise and all below it, or those one leader came
 * to or was called to account over. A case that was withdrawn is held against nobody.
 */
export function sheetRows(
  all: readonly Followed[],
  enterprises: readonly AnalysedEnterprise[],
  heard: readonly Heard[],
  subject: Extract<CompilationSubject, { kind: 'annualSheet' }>,
): Followed[] {
  const family = familyOf(enterprises, subject.enterpriseId)
  const { leader, year } = subject
  const concerns = (one: Followed, interviewId: string): boolean =>
    leader === null ||
    heard.some(
      (each) => each.interviewId === interviewId && each.enterpriseId === one.enterpriseId && each.name === leader.name,
    ) ||
    one.accountable.some((each) => each.name === leader.name)
  return all
    .filter((one) => one.ended === null && family.has(one.enterpriseId))
    .map((one) => ({
      ...one,
      interviews: one.interviews.filter(({ id, on }) => on.startsWith(`${year}-`) && concerns(one, id)),
    }))
    .filter((one) => one.interviews.length > 0)
}

/**
 * Whom a sheet of a year can be drawn for: everybody who came to its interviews or was called to account over them, each
 * once, with the post named last.
 */
export function sheetLeaders(
  all: readonly Followed[],
  enterprises: readonly AnalysedEnterprise[],
  heard: readonly Heard[],
  subject: Pick<Extract<CompilationSubject, { kind: 'annualSheet' }>, 'enterpriseId' | 'year'>,
): SheetLeader[] {
  const found = new Map<string, string>()
  const note = ({ name, post }: SheetLeader) => found.set(name, post === '' ? (found.get(name) ?? '') : post)
  for (const one of sheetRows(all, enterprises, heard, { kind: 'annualSheet', leader: null, ...subject })) {
    const held = new Set(one.interviews.map(({ id }) => id))
    for (const each of heard) if (held.has(each.interviewId) && each.enterpriseId === one.enterpriseId) note(each)
    for (const each of one.accountable) note(each)
  }
  return [...found].map(([name, post]) => ({ name, post }))
}

/** Persons called to account over some rows; of one leader only that leader's. */
export function accountableIn(rows: readonly Followed[], name: string | null): Followed['accountable'] {
  return rows.flatMap((one) => one.accountable).filter((each) => name === null || each.name === name)
}

/** Figures of an Art. 17 sheet. `today` decides what is late. */
export function sheetFiguresOf(
  rows: readonly Followed[],
  subject: Extract<CompilationSubject, { kind: 'annualSheet' }>,
  enterprise: string,
  today: string,
): FiguresOf<'annualSheet'> {
  return {
    kind: 'annualSheet',
    enterprise,
    interviews: rows
      .flatMap((one) =>
        one.interviews.map(({ on }) => ({
          number: one.number,
          day: on,
          cause: one.enterpriseId === subject.enterpriseId ? one.matter : `${one.enterprise}：${one.matter}`,
          triggers: triggerCodes.filter((code) => one.triggers.includes(code)),
          plan: planState(one, today),
          outcome: outcomeOf(one),
        })),
      )
      .sort((a, b) => a.day.localeCompare(b.day)),
    accountable: accountableIn(rows, subject.leader?.name ?? null).length,
    recoveredFen: rows.reduce((sum, one) => sum + (one.effects?.recoveredFen ?? 0), 0),
  }
}

const joined = (parts: readonly string[]): string => {
  const list = [...new Set(parts.filter((part) => part !== ''))]
  return list.length === 0 ? '' : `${list.join('；')}。`
}

/** The words an Art. 17 sheet begins with: what was entered in the cases. */
export function sheetTexts(
  rows: readonly Followed[],
  subject: Extract<CompilationSubject, { kind: 'annualSheet' }>,
): TextsOf<'annualSheet'> {
  const handled = new Map<string, number>()
  for (const { handling } of accountableIn(rows, subject.leader?.name ?? null))
    handled.set(handling, (handled.get(handling) ?? 0) + 1)
  return {
    kind: 'annualSheet',
    treatment: [...handled].map(([handling, persons]) => `${handling}${persons}人`).join('，'),
    risks: joined(rows.map((one) => one.matter)),
    results: joined(rows.flatMap((one) => [...(one.effects?.words ?? []), one.evaluation?.opinion ?? ''])),
  }
}

type Period = Pick<Extract<CompilationSubject, { kind: 'analysisReport' }>, 'since' | 'until'>

/** Everything that happened in a period: what was held, owed, closed, entered in it. */
export function reportRows(all: readonly Followed[], period: Period): Followed[] {
  const within = inside(period)
  return all.filter(
    (one) =>
      one.interviews.some(({ on }) => within(on)) ||
      within(one.planDue) ||
      within(one.closedOn) ||
      within(one.effects?.on ?? null) ||
      one.accountable.some((each) => within(each.day)),
  )
}

const inside =
  ({ since, until }: Period) =>
  (of: string | null): of is string =>
    of !== null && of >= since && of <= until

/** Figures of the periodic report (Art. 19), each counted on the day its own act fell in. */
export function reportFiguresOf(
  all: readonly Followed[],
  heard: readonly Heard[],
  period: Period,
  today: string,
): FiguresOf<'analysisReport'> {
  const within = inside(period)
  const called = sittings(all, within)
  const due = all.filter((one) => within(one.planDue)).map((one) => planState(one, today))
  const names = new Map(called.map((one) => [one.enterpriseId, one.enterprise]))
  const triggers = new Map<string, Set<string>>()
  for (const one of called)
    for (const code of one.triggers) triggers.set(code, (triggers.get(code) ?? new Set()).add(one.caseId))
  const times = Map.groupBy(called, (one) => one.enterpriseId)
  const most = (rows: { value: string; name: string; count: number }[]) =>
    rows.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  return {
    kind: 'analysisReport',
    totals: {
      interviews: interviewsIn(called),
      enterprises: names.size,
      persons: heard.filter((each) =>
        called.some((one) => one.interviewId === each.interviewId && one.enterpriseId === each.enterpriseId),
      ).length,
      plansOnTime: due.filter((state) => state === '按期').length,
      plansLate: due.filter((state) => state === '逾期' || state === '未报').length,
      closed: all.filter((one) => within(one.closedOn)).length,
      accountable: all.flatMap((one) => one.accountable).filter((each) => within(each.day)).length,
      recoveredFen: all.reduce(
        (sum, one) => sum + (within(one.effects?.on ?? null) ? (one.effects?.recoveredFen ?? 0) : 0),
        0,
      ),
    },
    triggers: most([...triggers].map(([value, of]) => ({ value, name: '', count: of.size }))),
    repeated: most(
      [...times]
        .filter(([, of]) => of.length > 1)
        .map(([value, of]) => ({ value, name: names.get(value) ?? '', count: of.length })),
    ),
  }
}

type Sitting = Followed & { readonly interviewId: string }
/** Each enterprise once for every interview it was called to in a period. */
function sittings(rows: readonly Followed[], within: (of: string) => boolean): Sitting[] {
  return rows.flatMap((one) =>
    one.interviews.flatMap(({ id, on }) => (within(on) ? [{ ...one, interviewId: id }] : [])),
  )
}

/** How many interviews those were: one that several enterprises came to is one. */
function interviewsIn(called: readonly Sitting[]): number {
  return new Set(called.map((one) => one.interviewId)).size
}

/** 普遍性问题: a situation found in so many enterprises. */
const commonFrom = 3
const answerable: readonly Outcome[] = ['拒绝', '拖延', '不力', '弄虚作假']

/** The words a periodic report begins with. `nameOf` names a situation of Art. 3 by its code. */
export function reportTexts(
  all: readonly Followed[],
  figures: FiguresOf<'analysisReport'>,
  period: Period,
  nameOf: (trigger: string) => string,
): TextsOf<'analysisReport'> {
  const within = inside(period)
  const called = all.filter((one) => one.interviews.some(({ on }) => within(on)))
  const offices = Map.groupBy(sittings(all, within), (one) => one.office)
  const typical = called
    .filter((one) => one.ended === null && answerable.includes(outcomeOf(one)))
    .map((one) => ({
      heading: `${one.enterprise}${outcomeOf(one) === '弄虚作假' ? '整改弄虚作假' : `${outcomeOf(one)}整改`}`,
      text: joined([`${one.number}就${one.matter}事项约谈`, one.evaluation?.opinion ?? '']),
    }))
  const common = figures.triggers.flatMap(({ value }) => {
    const names = [...new Set(called.filter((one) => one.triggers.includes(value)).map((one) => one.enterprise))]
    return names.length < commonFrom
      ? []
      : [{ heading: nameOf(value), text: `涉及企业${names.length}户：${names.join('、')}。` }]
  })
  return {
    kind: 'analysisReport',
    overview: joined([[...offices].map(([office, of]) => `${office}组织${interviewsIn(of)}次`).join('，')]),
    typical: typical.slice(0, 30),
    common: common.slice(0, 30),
    suggestions: [],
  }
}

/** The words a notice of a 专项核查 begins with. */
export function noticeTexts(figures: FiguresOf<'inspectionNotice'>, period: Period): TextsOf<'inspectionNotice'> {
  const [first] = figures.enterprises
  return {
    kind: 'inspectionNotice',
    addressee: figures.enterprises.length === 1 && first ? first.name : '各有关市属国有重点企业',
    period: '',
    scope: [
      `${officialDay(period.since)}至${officialDay(period.until)}期间的有关业务。`,
      `核查企业：${figures.enterprises.map((one) => one.name).join('、')}及其所属企业。`,
    ],
    requirements: [
      '对照所列问题全面自查，逐项列明问题、成因、责任主体和整改时限。',
      '对发现的问题立行立改，造成资产损失或其他严重不良后果的，依据有关规定追责问责。',
      '健全管控机制和责任追究工作体系，堵塞管理漏洞。',
    ],
    reportDue: '',
    contact: '',
    telephone: '',
  }
}

/** Which field of its words is still owed before it goes up; null when none is. */
export function textsFault(texts: CompilationTexts): string | null {
  if (texts.kind !== 'inspectionNotice') return null
  const owed = (['addressee', 'period', 'reportDue', 'contact', 'telephone'] as const).find((one) => texts[one] === '')
  if (owed !== undefined) return owed
  if (texts.scope.length === 0) return 'scope'
  return texts.requirements.length === 0 ? 'requirements' : null
}

/** A sum as papers print it; `无` for none. */
export function printedSum(fen: number): string {
  return fen === 0 ? '无' : money(fen)
}

/** A step an enterprise took or was found at in a 专项核查; the closure concerns all of them. */
export const inspectionEntry = v.object({
  id,
  enterpriseId: v.nullable(id),
  kind: v.picklist(['report', 'finding', 'done', 'closure']),
  text: v.string(),
  day: v.string(),
  by: v.string(),
  at: v.string(),
})
export type InspectionEntry = v.InferOutput<typeof inspectionEntry>
/** What a person enters of one enterprise: its self-examination came in, what was found, what it came to. */
export const inspectionInput = v.object({ kind: v.picklist(['report', 'finding', 'done']), text: line, day })
export type InspectionInput = v.InferOutput<typeof inspectionInput>
export const inspectionNames: Readonly<Record<InspectionEntry['kind'], string>> = {
  report: '自查报告',
  finding: '发现问题',
  done: '核查办结',
  closure: '核查结束',
}

/** Where an enterprise of a 专项核查 stands: by the furthest it came. */
export function inspectionState(entries: readonly Pick<InspectionEntry, 'kind'>[]): '待报送' | '核查中' | '已办结' {
  if (entries.some((one) => one.kind === 'done')) return '已办结'
  return entries.length === 0 ? '待报送' : '核查中'
}

/** Code of why an entry cannot follow; null when it may. Pure. */
export function inspectionFault(
  entries: readonly InspectionEntry[],
  enterpriseId: string,
  input: InspectionInput,
  known: { readonly enterpriseIds: readonly string[]; readonly from: string; readonly today: string },
): string | null {
  if (!known.enterpriseIds.includes(enterpriseId)) return 'inspections.otherEnterprise'
  if (entries.some((one) => one.kind === 'closure')) return 'inspections.closed'
  if (entries.some((one) => one.kind === 'done' && one.enterpriseId === enterpriseId)) return 'inspections.doneAlready'
  return input.day < known.from || input.day > known.today ? 'inspections.impossibleDay' : null
}

/** Enterprises that are not done when a 专项核查 is to end, by id. Pure. */
export function inspectionOpen(entries: readonly InspectionEntry[], enterpriseIds: readonly string[]): string[] {
  return enterpriseIds.filter(
    (enterprise) => !entries.some((one) => one.kind === 'done' && one.enterpriseId === enterprise),
  )
}
