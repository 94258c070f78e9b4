import * as v from 'valibot'
import { day, dayInChina, id, line, optionalLine } from './common.ts'
import { evaluationText, isAnswerable } from './rectification.ts'
import { referredPiece } from './referrals.ts'
import { level } from './secrecy.ts'

// 移送纪检监察机构 (Art. 18): the office asks, a leader decides, list and letter leave, and the receipt is recorded. The
// originals stay in the volume of the office; copies go.

const words = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2_000))

/** What the office enters; what the evaluation found stands in the case already and is not typed again. */
export const disciplineInput = v.object({
  enterpriseId: id,
  /** 市纪委监委驻市国资委纪检监察组: who is to receive it. */
  organ: line,
  pieces: v.pipe(
    v.array(v.object({ paperId: v.nullable(id), documentId: v.nullable(id) })),
    v.minLength(1),
    v.maxLength(200),
  ),
  /** 涉嫌违纪或职务违法 in short. */
  suspicion: words,
  period: optionalLine,
  amount: optionalLine,
  persons: v.pipe(v.array(line), v.minLength(1), v.maxLength(30)),
  contact: line,
  telephone: line,
})
export type DisciplineInput = v.InferOutput<typeof disciplineInput>

export const disciplineState = v.picklist(['asked', 'returned', 'approved', 'sent', 'received'])
export type DisciplineState = v.InferOutput<typeof disciplineState>
export const disciplineStateNames: Readonly<Record<DisciplineState, string>> = {
  asked: '待决定',
  returned: '不同意移送',
  approved: '同意移送，待送出',
  sent: '已送出，待回执',
  received: '已签收',
}

/** What leaves the office, on its side: when, how, by whom carried. */
export const disciplineSending = v.object({ day, manner: line, person: line })
/** What the organ answered: when, who signed for it, under which number. */
export const disciplineReceipt = v.object({ day, person: line, number: optionalLine, note: optionalLine })

export const disciplineReferral = v.object({
  id,
  caseId: id,
  enterpriseId: id,
  enterprise: v.string(),
  /** `移送纪检〔2026〕1号`; empty until a leader agreed. */
  number: v.string(),
  state: disciplineState,
  organ: v.string(),
  pieces: v.array(referredPiece),
  suspicion: v.string(),
  period: v.string(),
  amount: v.string(),
  persons: v.array(v.string()),
  contact: v.string(),
  telephone: v.string(),
  /** What the evaluation of the enterprise had found when it was asked for; empty where it found nothing answerable. */
  finding: v.string(),
  office: v.string(),
  level,
  askedAt: v.string(),
  decidedAt: v.nullable(v.string()),
  opinion: v.string(),
  sending: v.nullable(disciplineSending),
  receipt: v.nullable(disciplineReceipt),
})
export type DisciplineReferral = v.InferOutput<typeof disciplineReferral>

/** `移送纪检〔2026〕1号`, in one sequence a year. */
export function disciplineNumber(year: number, n: number): string {
  return `移送纪检〔${year}〕${n}号`
}

/** The finding an evaluation leaves for the list: `弄虚作假：…（认定依据：…）`; empty when it found nothing answerable. Pure. */
export function findingText(evaluation: Parameters<typeof evaluationText>[0] | null): string {
  return evaluation !== null && isAnswerable(evaluation.result) ? evaluationText(evaluation) : ''
}

/** Code of why a step cannot follow on a day; null when it may. No step is earlier than the one before it. Pure. */
export function disciplineFault(
  step: 'decide' | 'send' | 'receipt',
  { state, askedAt, decidedAt, sending }: Pick<DisciplineReferral, 'state' | 'askedAt' | 'decidedAt' | 'sending'>,
  known: { readonly day: string; readonly today: string },
): string | null {
  const from = { decide: 'asked', send: 'approved', receipt: 'sent' } as const
  if (state !== from[step]) return 'referrals.disciplineState'
  const before = { decide: dayInChina(askedAt), send: dayInChina(decidedAt ?? askedAt), receipt: sending?.day ?? '' }
  return known.day < before[step] || known.day > known.today ? 'referrals.impossibleDay' : null
}
