import * as v from 'valibot'
import type { FieldFault } from './cases.ts'
import { day, dayInChina, id, line, officialDay, optionalLine } from './common.ts'
import { level } from './secrecy.ts'

export const itemInput = v.object({
  enterpriseId: id,
  text: line,
  owner: optionalLine,
  due: v.nullable(day),
  sourceUtteranceId: v.nullable(id),
})
/** What may be changed of an item while it is open. */
export const itemChange = v.object({ text: line, owner: optionalLine, due: v.nullable(day) })
/** One thing an enterprise has to do (Art. 11–12); born from a commitment of the live record or entered by hand. */
export const item = v.object({
  id,
  caseId: id,
  ...itemInput.entries,
  /** The words of the record it was born from; null for one entered by hand. */
  source: v.nullable(v.object({ seq: v.number(), at: v.string(), speaker: v.string(), text: v.string() })),
  state: v.picklist(['open', 'closed']),
  closedAt: v.nullable(v.string()),
  /** How it was worded before, the oldest first. */
  changes: v.array(v.object({ at: v.string(), by: v.string(), text: v.string() })),
})
export type RectificationItem = v.InferOutput<typeof item>

export const documentKind = v.picklist(['material', 'statement', 'workPlan', 'progress', 'specialReport', 'evidence'])
export const documentKindNames = {
  material: '说明材料',
  statement: '书面陈述材料',
  workPlan: '工作方案',
  progress: '进展报告',
  specialReport: '专项工作报告',
  evidence: '佐证材料',
} as const
/** Kinds of paper that 佐证材料 prove; how many reports came in is counted without it (Art. 11, 15). */
export const provenKinds: readonly ReceivedDocument['kind'][] = ['workPlan', 'progress', 'specialReport']

/**
 * What a paper of the Rules must name: a work plan by Art. 11, a special report by Art. 15. A person looks for each part;
 * the program never guesses.
 */
export const documentParts = {
  workPlan: ['measures', 'responsible', 'schedule'],
  specialReport: ['work', 'steps', 'results', 'accountability'],
} as const
export type CheckedKind = keyof typeof documentParts
const documentPart = v.picklist([...documentParts.workPlan, ...documentParts.specialReport])
export const partNames = {
  measures: '落实措施',
  responsible: '责任主体',
  schedule: '时间安排',
  work: '相关工作开展情况',
  steps: '采取措施',
  results: '落实成效',
  accountability: '责任追究情况',
} as const satisfies Record<v.InferOutput<typeof documentPart>, string>

/** What a person found of one part: 有 or 缺, with a word. */
const partFinding = v.object({ part: documentPart, present: v.boolean(), note: optionalLine })
/** A person's check of a paper, and whether it is accepted or goes back for a new one. */
export const checkInput = v.object({
  parts: v.pipe(v.array(partFinding), v.maxLength(10)),
  decision: v.picklist(['accepted', 'returned']),
  /** Why it goes back; empty for one that is accepted. */
  reason: optionalLine,
})
export type CheckInput = v.InferOutput<typeof checkInput>
export const documentCheck = v.object({ id, ...checkInput.entries, by: v.string(), at: v.string() })
export type DocumentCheck = v.InferOutput<typeof documentCheck>
export const checkNames = { accepted: '已接受', returned: '已退回' } as const

/** True for a kind of paper whose parts the Rules name. */
export function isChecked(kind: string): kind is CheckedKind {
  return Object.hasOwn(documentParts, kind)
}

/**
 * Why a check cannot be entered: a part without an answer, 缺 without a word, accepted with a part missing, no reason; a
 * special report is accepted only as it was formally submitted, with number and seal (Art. 15).
 */
export function checkFaults(
  document: { readonly kind: CheckedKind; readonly number: string; readonly sealed: boolean },
  value: CheckInput,
): readonly FieldFault[] {
  const faults: FieldFault[] = []
  const { kind, number, sealed } = document
  if (kind === 'specialReport' && value.decision === 'accepted' && (number === '' || !sealed))
    faults.push({ field: 'formal', code: 'rectification.notFormal' })
  for (const part of documentParts[kind]) {
    const found = value.parts.filter((one) => one.part === part)
    const [one] = found
    if (one === undefined || found.length > 1) faults.push({ field: part, code: 'rectification.partUnanswered' })
    else if (!one.present && one.note === '') faults.push({ field: part, code: 'rectification.partWord' })
    else if (!one.present && value.decision === 'accepted')
      faults.push({ field: part, code: 'rectification.partMissing' })
  }
  if (value.decision === 'returned' && value.reason === '')
    faults.push({ field: 'reason', code: 'rectification.returnReason' })
  return faults
}

/** A paper an enterprise sent in (Art. 10, 11, 15), with its file when there is one. */
export const received = v.object({
  id,
  caseId: id,
  enterpriseId: id,
  kind: documentKind,
  title: v.string(),
  receivedAt: v.string(),
  /** The paper of the same enterprise that 佐证材料 prove; null for every other kind. */
  provesId: v.nullable(id),
  /** How it was formally submitted (Art. 15): its 文号, empty for none, and whether it bears the enterprise's seal. */
  number: v.string(),
  sealed: v.boolean(),
  /** 密级 the sender marked it with. */
  level,
  /** A returned paper stays in the case; another one is awaited in its place. */
  state: v.picklist(['received', 'accepted', 'returned']),
  fileName: v.nullable(v.string()),
  size: v.number(),
})
export type ReceivedDocument = v.InferOutput<typeof received>
/** 正式报送 of a report (Art. 15). */
export const formalInput = v.object({ number: optionalLine, sealed: v.boolean() })
/** Kinds of paper of which the formal submission is noted. */
export const formalKinds: readonly ReceivedDocument['kind'][] = ['progress', 'specialReport']
/** The same with every check a person made of it, the oldest first. */
export const shownDocument = v.object({ ...received.entries, checks: v.array(documentCheck) })
export type ShownDocument = v.InferOutput<typeof shownDocument>

/** 延期 of a work plan (Art. 11): asked with a reason, decided by another account. */
export const extension = v.object({
  id,
  enterpriseId: id,
  /** The due day before it. */
  formerDue: day,
  due: day,
  reason: v.string(),
  askerId: id,
  asker: v.string(),
  askedAt: v.string(),
  state: v.picklist(['asked', 'approved', 'returned']),
  decider: v.string(),
  decidedAt: v.nullable(v.string()),
  opinion: v.string(),
})
export type Extension = v.InferOutput<typeof extension>
export const extensionNames = { asked: '待审批', approved: '同意延期', returned: '不同意延期' } as const

/** Why a work plan's term cannot be extended to a day: it is no later, over already, or nobody works on it. */
export function extensionFaults(
  due: string,
  known: { readonly former: string; readonly today: string; readonly works: boolean },
): readonly FieldFault[] {
  if (due <= known.former) return [{ field: 'due', code: 'rectification.extensionNotLater' }]
  if (due < known.today) return [{ field: 'due', code: 'rectification.extensionOver' }]
  return known.works ? [] : [{ field: 'due', code: 'rectification.extensionHoliday' }]
}

/** The clock of Art. 11 for one enterprise, explained. */
export const planClock = v.object({
  enterpriseId: id,
  enterpriseName: v.string(),
  anchor: day,
  due: day,
  /** The extension `due` rests on; null while the term of the Rules holds. */
  extension: v.nullable(extension),
  /** True while a counted day lies in a year whose holidays are not announced. */
  provisional: v.boolean(),
  /** What a provisional day takes for granted. */
  assumptions: v.array(v.string()),
  /** When the plan came in that stands now; null while none has come or the last one was returned. */
  receivedAt: v.nullable(v.string()),
  light: v.picklist(['green', 'yellow', 'red', 'done']),
  days: v.array(v.object({ day, counted: v.boolean(), n: v.number(), why: v.string(), notice: v.string() })),
})
export type PlanClock = v.InferOutput<typeof planClock>

const fen = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER)))

/** 落实成效 of one enterprise: the four effects of Art. 12, sums in fen, null where none is named. */
const effectsInput = v.object({
  kind: v.literal('effects'),
  /** 制止纠正违规行为. */
  stopped: optionalLine,
  /** 减少或挽回资产损失, in words. */
  losses: optionalLine,
  recoveredFen: fen,
  reducedFen: fen,
  /** 降低损失风险. */
  risk: optionalLine,
  /** 消除不良影响. */
  influence: optionalLine,
})
/** 追责问责 of one person by the enterprise (Art. 13). */
const accountableInput = v.object({
  kind: v.literal('accountable'),
  name: line,
  post: optionalLine,
  /** The rule it rests on. */
  basis: line,
  handling: line,
  day,
})
/** 举一反三: a screening for problems of the same kind (Art. 14). */
const screeningInput = v.object({ kind: v.literal('screening'), scope: line, result: line, day })

/** 指导督促: what the office did to move the rectification on (Art. 16). */
const guidanceInput = v.object({
  kind: v.literal('guidance'),
  day,
  manner: v.picklist(['meeting', 'visit', 'telephone', 'written']),
  spokenTo: line,
  text: line,
})
export const guidanceNames = { meeting: '会议', visit: '现场', telephone: '电话', written: '书面' } as const
/** Longest 认定依据, in characters. */
export const basisLength = 2_000
/** 评估 by the office (Art. 16); the last four are what Art. 18 makes answerable. */
const evaluationInput = v.object({
  kind: v.literal('evaluation'),
  result: v.picklist(['done', 'mostly', 'refused', 'delayed', 'poor', 'false']),
  opinion: line,
  /** 认定依据: the facts and rules a finding of Art. 18 rests on; empty for a result that finds nothing answerable. */
  basis: v.pipe(v.string(), v.trim(), v.maxLength(basisLength)),
})
export type EvaluationResult = v.InferOutput<typeof evaluationInput>['result']
export const resultNames = {
  done: '落实到位',
  mostly: '基本落实',
  refused: '拒绝整改',
  delayed: '拖延整改',
  poor: '整改不力',
  false: '弄虚作假',
} as const satisfies Record<EvaluationResult, string>
/** 销账 rests on one of these results. */
const sufficient: readonly EvaluationResult[] = ['done', 'mostly']

/** True for a result that Art. 18 makes answerable: 拒绝, 拖延, 不力, 弄虚作假. */
export function isAnswerable(result: EvaluationResult): boolean {
  return !sufficient.includes(result)
}

/** What an evaluation says on one line: the result, the opinion, and what a finding rests on. Pure. */
export function evaluationText({
  result,
  opinion,
  basis,
}: Pick<v.InferOutput<typeof evaluationInput>, 'result' | 'opinion' | 'basis'>): string {
  return `${resultNames[result]}：${opinion}${basis === '' ? '' : `（认定依据：${basis}）`}`
}

/** What an enterprise owes and did not send, as a 催办函 names it: 第十一条, 工作方案. */
const owedPaper = v.object({ name: v.string(), article: v.string(), due: day })

export type OwedPaper = v.InferOutput<typeof owedPaper>
/** The article a 催办函 names for each kind of what is owed. */
export const owedArticles = { workPlan: '十一条', item: '十二条' } as const

/** The 催办函 that called in what is owed under an article by a day. Pure. */
export function remindersFor<T extends { readonly owed: readonly OwedPaper[] }>(
  sent: readonly T[],
  { article, due }: Pick<OwedPaper, 'article' | 'due'>,
): T[] {
  return sent.filter(({ owed }) => owed.some((one) => one.article === article && one.due === due))
}

/** What is late of an enterprise today and a 催办函 may call in: its 工作方案, and items past their day (Art. 11, 12). */
export function owedPapers(known: {
  readonly today: string
  readonly clock: Pick<PlanClock, 'due' | 'light'> | undefined
  readonly items: readonly Pick<RectificationItem, 'text' | 'due' | 'state'>[]
}): readonly OwedPaper[] {
  const { today, clock, items } = known
  const plan = clock?.light === 'red' ? [{ name: '整改工作方案', article: owedArticles.workPlan, due: clock.due }] : []
  const late = items.flatMap(({ text, due, state }) =>
    state === 'open' && due !== null && due < today
      ? [{ name: `整改事项“${text}”的落实情况`, article: owedArticles.item, due }]
      : [],
  )
  return [...plan, ...late]
}

/** What stands in the case already of an enterprise that does not rectify: what is late, and how often it was called in. Pure. */
export function latenessText(owed: readonly OwedPaper[], entries: readonly Pick<Entry, 'body' | 'at'>[]): string {
  const letters = entries.filter(({ body }) => body.kind === 'reminder').map(({ at }) => officialDay(dayInChina(at)))
  const text = [
    ...owed.map(({ name, due }) => `${name}应于${officialDay(due)}前报送，逾期未报`),
    ...(letters.length === 0 ? [] : [`经催办${letters.length}次（${letters.join('、')}）`]),
  ].join('；')
  // Room for what the person adds.
  return text.length > basisLength / 2 ? `${text.slice(0, basisLength / 2 - 1)}…` : text
}

/** What a person enters about an enterprise's rectification; corrected by an entry in its place, never rewritten. */
export const entryInput = v.variant('kind', [
  effectsInput,
  accountableInput,
  screeningInput,
  guidanceInput,
  evaluationInput,
])
export type EntryInput = v.InferOutput<typeof entryInput>
export type InputKind = EntryInput['kind']
/** The same with what the acts of Art. 16 leave behind: 催办, 销账, 重新开启, and why a case was filed without 销账. */
const entryBody = v.variant('kind', [
  ...entryInput.options,
  v.object({ kind: v.literal('reminder'), newDue: day, ordinal: v.number(), owed: v.array(owedPaper) }),
  v.object({ kind: v.literal('closure'), opinion: optionalLine }),
  v.object({ kind: v.literal('reopening'), reason: line }),
  v.object({ kind: v.literal('unclosed'), reason: line }),
])
export type EntryBody = v.InferOutput<typeof entryBody>
export type EntryKind = EntryBody['kind']
export const entryNames = {
  effects: '落实成效',
  accountable: '追责问责',
  screening: '同类问题排查',
  guidance: '指导督促',
  evaluation: '评估',
  reminder: '催办',
  closure: '销账',
  reopening: '重新开启',
  unclosed: '未销账转入立卷',
} as const satisfies Record<EntryKind, string>
/** The article an entry belongs to. */
export const entryArticles = {
  effects: 12,
  accountable: 13,
  screening: 14,
  guidance: 16,
  evaluation: 16,
  reminder: 16,
  closure: 16,
  reopening: 16,
  unclosed: 16,
} as const satisfies Record<EntryKind, number>
/** Kinds of which one stands at a time: a later entry takes the place of the one before. */
export const singleKinds: readonly EntryKind[] = ['effects', 'evaluation']
export const entry = v.object({ id, enterpriseId: id, body: entryBody, by: v.string(), at: v.string() })
export type Entry = v.InferOutput<typeof entry>

/** What an entry is checked against. */
interface EntryKnown {
  readonly today: string
  /** The sum of the case in fen; null when none is named. */
  readonly amountFen: number | null
  /** Recovered and reduced by the other enterprises of the case, in fen. */
  readonly othersFen: number
}

/** Why an entry cannot be made: nothing said, sums beyond the sum of the case, a day still to come, a finding without basis. */
export function entryFaults(value: EntryInput, known: EntryKnown): readonly FieldFault[] {
  if (value.kind === 'evaluation')
    return isAnswerable(value.result) && value.basis === ''
      ? [{ field: 'basis', code: 'rectification.findingBasis' }]
      : []
  if (value.kind !== 'effects') return value.day > known.today ? [{ field: 'day', code: 'rectification.dayAhead' }] : []
  const { stopped, losses, risk, influence, recoveredFen, reducedFen } = value
  const sum = effectsFen(value)
  if (stopped + losses + risk + influence === '' && recoveredFen === null && reducedFen === null)
    return [{ field: 'stopped', code: 'rectification.effectsEmpty' }]
  if (known.amountFen === null || sum + known.othersFen <= known.amountFen) return []
  const field = recoveredFen === null ? 'reducedFen' : 'recoveredFen'
  return [{ field, code: 'rectification.sumsBeyondCase' }]
}

/** Recovered and reduced together, in fen. */
export function effectsFen(value: {
  readonly recoveredFen: number | null
  readonly reducedFen: number | null
}): number {
  return (value.recoveredFen ?? 0) + (value.reducedFen ?? 0)
}

/** What 销账 of an enterprise rests on (Art. 16): each with the code of the refusal while it is missing. */
export function closureSteps(known: {
  readonly items: readonly Pick<RectificationItem, 'state'>[]
  readonly documents: readonly Pick<ReceivedDocument, 'kind' | 'state'>[]
  readonly entries: readonly Pick<Entry, 'body'>[]
}): readonly { readonly name: string; readonly code: string; readonly done: boolean }[] {
  const accepted = (kind: CheckedKind): boolean =>
    known.documents.some((one) => one.kind === kind && one.state === 'accepted')
  const result = known.entries.flatMap(({ body }) => (body.kind === 'evaluation' ? [body.result] : [])).at(-1)
  return [
    { name: '工作方案已接受', code: 'rectification.closePlan', done: accepted('workPlan') },
    {
      name: '整改事项全部销账',
      code: 'rectification.closeItems',
      done: known.items.every((one) => one.state === 'closed'),
    },
    { name: '专项工作报告已接受', code: 'rectification.closeReport', done: accepted('specialReport') },
    { name: '已评估', code: 'rectification.closeEvaluation', done: result !== undefined },
    {
      name: '评估为落实到位或基本落实',
      code: 'rectification.closeResult',
      done: result !== undefined && !isAnswerable(result),
    },
  ]
}

/** True once 销账 of an enterprise stands. */
export function isClosed(entries: readonly Pick<Entry, 'body'>[]): boolean {
  return entries.some(({ body }) => body.kind === 'closure')
}
