import { heardRows } from '#db/repositories/ledgers.ts'
import { closedCases } from '#db/repositories/scope.ts'
import { boundRows } from '#db/repositories/secrecy.ts'
import { fail } from '#shared/contract/errors.ts'
import { dayInChina } from '#shared/domain/common.ts'
import {
  type CompilationFigures,
  type CompilationSubject,
  type CompilationTexts,
  noticeTexts,
  periodName,
  reportFiguresOf,
  reportRows,
  reportTexts,
  type SheetLeader,
  sheetFiguresOf,
  sheetLeaders,
  sheetRows,
  sheetTexts,
} from '#shared/domain/compilations.ts'
import type { Followed } from '#shared/domain/ledgers.ts'
import { type Bound, highestLevel, isStateSecret, type Level, levelRank, type Term } from '#shared/domain/secrecy.ts'
import { longestTerm } from '#shared/domain/secrecy-terms.ts'
import type { RuleProfile } from '#shared/rules/profile.ts'
import { followed } from '../analysis/followed.ts'
import { looked, registerOf } from '../analysis/looked.ts'
import type { Context } from '../context.ts'
import { rulesOf } from '../rules/rules.ts'

/** A compilation as it comes out of the cases an account may know. */
export interface Drawn {
  readonly title: string
  readonly figures: CompilationFigures
  /** The words it begins with. */
  readonly texts: CompilationTexts
  readonly sources: readonly string[]
  readonly level: Level
  readonly term: Term | null
}

type Counted = Omit<Drawn, 'level' | 'term'>
type Subject<K extends CompilationSubject['kind']> = Extract<CompilationSubject, { kind: K }>

/**
 * Counts what a compilation is about and inherits what binds it: the highest level of its cases and the longest of their
 * terms (公文条例 32; 派生定密, 保密法 18). Errors: `compilations.nothing` when no case is behind it,
 * `compilations.undecided` while a case is protected at a level nobody has decided yet, `compilations.backwards`,
 * `compilations.unknownEnterprise`.
 */
export async function draw(context: Context, subject: CompilationSubject): Promise<Drawn> {
  if (subject.kind !== 'annualSheet' && subject.since > subject.until)
    fail('compilations.backwards', { since: subject.since, until: subject.until })
  const counted = await count(context, subject)
  if (counted.sources.length === 0) fail('compilations.nothing')
  return { ...counted, ...(await inherited(context, counted.sources)) }
}

function count(context: Context, subject: CompilationSubject): Promise<Counted> {
  switch (subject.kind) {
    case 'annualSheet':
      return sheet(context, subject)
    case 'analysisReport':
      return report(context, subject)
    case 'inspectionNotice':
      return notice(context, subject)
  }
}

/**
 * What binds a paper drawn from these cases: the decisions in force. `undecided` while a case is protected at a level above
 * it that nobody has decided yet.
 */
export async function bindingOf(
  context: Context,
  sources: readonly string[],
): Promise<Bound & { readonly undecided: boolean }> {
  const { trx, now } = context
  const cases = () =>
    trx('cases')
      .whereIn('id', [...sources])
      .select('id')
  const levels: Level[] = []
  const terms: Term[] = []
  let undecided = false
  for (const rows of Map.groupBy(await boundRows(trx, cases), (row) => row.case_id).values()) {
    const decided = rows.filter((row) => row.state === 'approved')
    // Once something was decided, what the intake had proposed counts no more.
    const asked = rows.filter((row) => row.state === 'proposed' || (row.state === 'intake' && decided.length === 0))
    const [standing, awaited] = [decided, asked].map((list) => highestLevel(list.map((row) => row.level)))
    if (standing === undefined || awaited === undefined) continue
    // A secret that is only proposed binds nothing yet.
    if (isStateSecret(awaited) && levelRank(awaited) > levelRank(standing)) undecided = true
    else levels.push(awaited)
    levels.push(standing)
    terms.push(...decided.flatMap((row) => (isStateSecret(row.level) ? (row.term ?? []) : [])))
  }
  const level = highestLevel(levels)
  return { level, term: isStateSecret(level) ? longestTerm(terms, dayInChina(now)) : null, undecided }
}

/** The same for a paper that is to be drawn or signed now. Errors: `compilations.undecided`: nothing is drawn from such a case. */
export async function inherited(context: Context, sources: readonly string[]): Promise<Bound> {
  const { undecided, ...bound } = await bindingOf(context, sources)
  return undecided ? fail('compilations.undecided') : bound
}

/** What was followed in the cases the account may know whole: none in which a paper is closed to it. */
async function known(context: Context): Promise<readonly Followed[]> {
  const closed = new Set(await closedCases(context.trx, context.account, null))
  return (await followed(context)).filter((one) => !closed.has(one.caseId))
}

async function heardIn(context: Context, rows: readonly Followed[], remaining: (id: string) => string) {
  const ids = context.trx('cases').whereIn('id', [...new Set(rows.map((one) => one.caseId))])
  return (await heardRows(context.trx, ids.select('id'))).map((one) => ({
    ...one,
    enterpriseId: remaining(one.enterpriseId),
  }))
}

/** Whom an Art. 17 sheet of an enterprise and a year can be drawn for, in the cases the account may know whole. */
export async function leadersFor(
  context: Context,
  { enterpriseId, year }: { readonly enterpriseId: string; readonly year: number },
): Promise<SheetLeader[]> {
  const { enterprises, remaining, all, heard } = await sheetGround(context)
  return sheetLeaders(all, enterprises, heard, { enterpriseId: remaining(enterpriseId), year })
}

/** What sheets are drawn from: the register, the cases known whole, and who was heard in them. */
async function sheetGround(context: Context) {
  const register = await registerOf(context)
  const all = await known(context)
  return { ...register, all, heard: await heardIn(context, all, register.remaining) }
}

async function sheet(context: Context, subject: Subject<'annualSheet'>): Promise<Counted> {
  const { enterprises, remaining, all, heard } = await sheetGround(context)
  const about = { ...subject, enterpriseId: remaining(subject.enterpriseId) }
  const name = enterprises.find((one) => one.id === about.enterpriseId)?.name ?? fail('compilations.unknownEnterprise')
  const rows = sheetRows(all, enterprises, heard, about)
  const who = subject.leader === null ? name : `${name}，${subject.leader.name}`
  return {
    title: `${subject.year}年度责任约谈情况参考表（${who}）`,
    figures: sheetFiguresOf(rows, about, name, dayInChina(context.now)),
    texts: sheetTexts(rows, about),
    sources: [...new Set(rows.map((one) => one.caseId))].sort(),
  }
}

async function report(context: Context, subject: Subject<'analysisReport'>): Promise<Counted> {
  const { remaining } = await registerOf(context)
  const all = reportRows(await known(context), subject)
  const figures = reportFiguresOf(all, await heardIn(context, all, remaining), subject, dayInChina(context.now))
  const profile = await profileNow(context)
  return {
    title: `${periodName(subject.since, subject.until)}责任约谈汇总分析报告`,
    figures,
    texts: reportTexts(all, figures, subject, (code) => situationText(profile, code)),
    sources: [...new Set(all.map((one) => one.caseId))].sort(),
  }
}

async function notice(context: Context, subject: Subject<'inspectionNotice'>): Promise<Counted> {
  const { since, until, trigger, problem } = subject
  const { enterprises, remaining } = await registerOf(context)
  const examined = [...new Set(subject.enterpriseIds.map(remaining))].map(
    (id) => enterprises.find((one) => one.id === id) ?? fail('compilations.unknownEnterprise'),
  )
  const closed = new Set(await closedCases(context.trx, context.account, null))
  const { cases } = await looked(context, { since, until, office: '', enterpriseId: null })
  const found = cases.filter((one) => one.triggers.includes(trigger) && !closed.has(one.caseId))
  const figures = {
    kind: 'inspectionNotice' as const,
    enterprises: examined.map(({ id, name }) => ({ id, name })),
    cases: found.length,
  }
  return {
    title: `关于开展${problem}共性问题专项核查的通知`,
    figures,
    texts: noticeTexts(figures, subject),
    sources: found.map((one) => one.caseId).sort(),
  }
}

/** The rules of today: a paper of many cases is written by those in force. */
export async function profileNow(context: Context): Promise<RuleProfile> {
  return (await rulesOf(context)).on(dayInChina(context.now)).profile
}

/** A situation of Art. 3 in the words of the Rules, as a heading has them: without the sign at its end. */
export function situationText(profile: RuleProfile, code: string): string {
  return profile.triggers.find((one) => one.code === code)?.text.replace(/的?[；。]$/u, '') ?? code
}

/** The same with its number: `（五）存在重大风险隐患…`. */
export function situationName(profile: RuleProfile, code: string): string {
  const mark = profile.triggers.find((one) => one.code === code)?.mark
  return mark === undefined ? code : `（${mark}）${situationText(profile, code)}`
}
