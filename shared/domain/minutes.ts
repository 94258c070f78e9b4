import * as v from 'valibot'
import { id, prose } from './common.ts'
import { concerns, type Utterance, type UtteranceKind } from './interviews.ts'

/** The three sections of the minutes' template. */
export const minutesSections = ['statements', 'opinions', 'other'] as const
export const minutesSection = v.picklist(minutesSections)
export type MinutesSection = v.InferOutput<typeof minutesSection>
export const minutesSectionNames: Readonly<Record<MinutesSection, string>> = {
  statements: '一、被约谈人员陈述情况',
  opinions: '二、有关监管意见要求',
  other: '三、其他事项',
}

export const sentence = v.object({ id: v.string(), section: minutesSection, text: prose, sources: v.array(id) })
export type Sentence = v.InferOutput<typeof sentence>

export const minutesState = v.picklist(['draft', 'submitted', 'final'])
export const minutesStateNames = { draft: '拟稿', submitted: '待定密', final: '已定稿' } as const

export const minutes = v.object({
  id,
  caseId: id,
  interviewId: id,
  enterpriseId: id,
  enterpriseName: v.string(),
  state: minutesState,
  /** Fields of the template, filled from case, attendance and record. */
  time: v.string(),
  place: v.string(),
  host: v.string(),
  hostUnit: v.string(),
  jointUnit: v.string(),
  enterpriseParty: v.string(),
  recorder: v.string(),
  matter: v.string(),
  sentences: v.array(sentence),
  classificationId: v.nullable(id),
  mark: v.nullable(v.string()),
  version: v.number(),
})
export type Minutes = v.InferOutput<typeof minutes>

/** Where a kind of utterance goes in the minutes; null for what stays in the record only (Art. 9). */
export function sectionOf(kind: UtteranceKind): MinutesSection | null {
  switch (kind) {
    case 'statement':
    case 'answer':
      return 'statements'
    case 'opinion':
      return 'opinions'
    case 'commitment':
    case 'other':
      return 'other'
    default:
      return null
  }
}

/** Drafts the sentences of one enterprise's minutes from the record; nothing meant for another enterprise gets in. */
export function draftSentences(
  utterances: readonly Utterance[],
  enterpriseId: string,
  newId: () => string,
): Sentence[] {
  const drafted: Sentence[] = []
  for (const item of utterances) {
    const target = sectionOf(item.kind)
    if (target === null || !concerns(item, enterpriseId)) continue
    drafted.push({ id: newId(), section: target, text: item.text, sources: [item.id] })
  }
  return drafted
}

/** `2026年3月1日 上午9:30`, as the template writes the time (上/下午). */
export function minutesTime(officialDate: string, clock: string): string {
  const [hour, minute] = clock.split(':').map(Number)
  const h = hour ?? 0
  const half = h < 12 ? '上午' : '下午'
  return `${officialDate} ${half}${h > 12 ? h - 12 : h}:${String(minute ?? 0).padStart(2, '0')}`
}
