import * as v from 'valibot'
import { day, id, line, optionalLine, prose } from './common.ts'
import { copyAct, ticket } from './copies.ts'
import { type Attendee, concerns, pledge, type Utterance, type UtteranceKind } from './interviews.ts'

/** The three sections of the minutes' template. */
export const minutesSections = ['statements', 'opinions', 'other'] as const
export const minutesSection = v.picklist(minutesSections)
export type MinutesSection = v.InferOutput<typeof minutesSection>
export const minutesSectionNames: Readonly<Record<MinutesSection, string>> = {
  statements: '一、被约谈人员陈述情况',
  opinions: '二、有关监管意见要求',
  other: '三、其他事项',
}

/** A sentence keeps its id from edition to edition, so that two wordings of it can be laid side by side. */
const sentenceId = v.pipe(v.string(), v.minLength(1), v.maxLength(40))
export const sentence = v.object({
  id: sentenceId,
  section: minutesSection,
  text: prose,
  /** Utterances of the record it rests on. */
  sources: v.array(id),
  /** It goes on in the paragraph of the sentence before it. */
  joined: v.boolean(),
})
export type Sentence = v.InferOutput<typeof sentence>

/** The fields of the template (the Rules, second form), as the paper prints them. */
export const minutesFields = v.object({
  time: optionalLine,
  place: optionalLine,
  host: optionalLine,
  hostUnit: v.pipe(v.string(), v.maxLength(4_000)),
  jointUnit: v.pipe(v.string(), v.maxLength(4_000)),
  enterpriseParty: v.pipe(v.string(), v.maxLength(4_000)),
  recorder: optionalLine,
  matter: v.pipe(v.string(), v.maxLength(1_000)),
  /** 约谈要求. */
  requirement: v.pipe(v.string(), v.maxLength(4_000)),
  /**
   * 出席、请假、列席 (GB/T 9704 §10.3), drafted from the attendance; the template has no such lines, so they print only when
   * `lists` asks for them.
   */
  attended: v.pipe(v.string(), v.maxLength(4_000)),
  excused: v.pipe(v.string(), v.maxLength(4_000)),
  observers: v.pipe(v.string(), v.maxLength(4_000)),
  lists: v.boolean(),
  /** Lines to sign on at the end; the template has none, so they are off until somebody asks (DOMAIN §7 row 3). */
  signatures: v.boolean(),
})
export type MinutesFields = v.InferOutput<typeof minutesFields>
export const minutesFieldNames = {
  time: '约谈时间',
  place: '约谈地点',
  host: '约谈主持人',
  hostUnit: '约谈单位及人员',
  jointUnit: '共同约谈单位及人员',
  enterpriseParty: '被约谈企业及人员',
  recorder: '记录人',
  matter: '约谈事由',
  requirement: '约谈要求',
  attended: '出席',
  excused: '请假',
  observers: '列席',
} as const satisfies Partial<Record<keyof MinutesFields, string>>
/** The optional lines behind the text, in the order of GB/T 9704 §10.3. */
export const attendanceLists = ['attended', 'excused', 'observers'] as const
export type MinutesFieldName = keyof typeof minutesFieldNames

/** What a writer holds: the wording of the minutes and the stored version it began from. */
export const minutesDraft = v.object({
  version: v.number(),
  fields: minutesFields,
  sentences: v.array(sentence),
})
export type MinutesDraft = v.InferOutput<typeof minutesDraft>

/** A wording that could not be saved because somebody else was faster, with the one it began from. */
export const keptMinutes = v.object({ base: minutesDraft, mine: minutesDraft })
export type KeptMinutes = v.InferOutput<typeof keptMinutes>

/** Where an account stands writing: a sentence by its id or a field by its name, and the caret in UTF-16 units. */
export const minutesPlace = v.object({
  at: sentenceId,
  caret: v.pipe(v.number(), v.integer(), v.minValue(0)),
})
export type MinutesPlace = v.InferOutput<typeof minutesPlace>

export const minutesState = v.picklist(['draft', 'submitted', 'final'])
export type MinutesState = v.InferOutput<typeof minutesState>
export const minutesStateNames = { draft: '拟稿', submitted: '已送审', final: '已定稿' } as const

/** A wording that became final; it never changes again, whatever comes after it. */
export const minutesEdition = v.object({
  edition: v.number(),
  /** Why the edition before it was opened again; empty for the first. */
  reason: v.string(),
  finalisedAt: v.string(),
  finalisedBy: id,
  mark: v.nullable(v.string()),
})
export type MinutesEdition = v.InferOutput<typeof minutesEdition>

export const minutes = v.object({
  id,
  caseId: id,
  interviewId: id,
  /** 第几次约谈 of the case these minutes are of, from 1, and the day it was held. */
  ordinal: v.number(),
  heldOn: v.nullable(day),
  enterpriseId: id,
  enterpriseName: v.string(),
  state: minutesState,
  /** 第几版: 1, and one more with every reopening. */
  edition: v.number(),
  reason: v.string(),
  fields: minutesFields,
  sentences: v.array(sentence),
  classificationId: v.nullable(id),
  mark: v.nullable(v.string()),
  version: v.number(),
  /** Whose wording this is, and since when. */
  savedBy: id,
  savedAt: v.string(),
  editions: v.array(minutesEdition),
  openComments: v.number(),
})
export type Minutes = v.InferOutput<typeof minutes>

/** 批注 on a paragraph, or on the minutes as a whole. */
export const minutesComment = v.object({
  id,
  minutesId: id,
  edition: v.number(),
  sentenceId: v.nullable(sentenceId),
  /** The words it was written at, as they stood. */
  quote: v.string(),
  text: v.string(),
  by: id,
  at: v.string(),
  answers: v.array(v.object({ by: id, at: v.string(), text: v.string() })),
  resolvedBy: v.nullable(id),
  resolvedAt: v.nullable(v.string()),
})
export type MinutesComment = v.InferOutput<typeof minutesComment>
export const commentText = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2_000))

/** How a copy goes to an enterprise; the first three are the ways of a classified paper (实施条例 27). */
export const dispatchMethods = ['confidentialCourier', 'confidentialMail', 'messenger', 'exchange'] as const
export const dispatchMethod = v.picklist(dispatchMethods)
export type DispatchMethod = v.InferOutput<typeof dispatchMethod>
export const dispatchMethodNames: Readonly<Record<DispatchMethod, string>> = {
  confidentialCourier: '机要交通',
  confidentialMail: '机要通信',
  messenger: '专人送达',
  exchange: '公文交换',
}

/**
 * Art. 9 says 可以: sending is a decision and not sending is one, each with its reason; one line for each copy. The copy
 * itself goes by a ticket of the copies register, which knows its 份号 and who took it.
 */
export const dispatch = v.object({
  id,
  minutesId: id,
  edition: v.number(),
  decision: v.picklist(['send', 'withhold']),
  reason: v.string(),
  method: v.nullable(dispatchMethod),
  receiver: v.string(),
  ticketId: v.nullable(id),
  ticketState: v.nullable(ticket.entries.state),
  /** How the copy is to be made. */
  way: v.nullable(copyAct),
  /** 份号 of the copy, as the register writes it. */
  label: v.nullable(v.string()),
  /** Set once the copy has left. */
  copyId: v.nullable(id),
  receivedBy: v.nullable(v.string()),
  receivedOn: v.nullable(day),
  at: v.string(),
  by: id,
})
export type Dispatch = v.InferOutput<typeof dispatch>
export const dispatchInput = v.object({
  reason: line,
  method: dispatchMethod,
  receiver: line,
  act: copyAct,
  /** Number of the disc or the printer; may stay empty. */
  medium: optionalLine,
})

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

/** A paragraph that grows longer than this is hard to read; the draft begins another. */
const paragraphLength = 300

type Speaker = Pick<Attendee, 'id' | 'name' | 'title'>

function opening(item: Utterance, speaker: Speaker | undefined): string {
  if (speaker === undefined) return ''
  const verb = { statement: '陈述', answer: '答复', commitment: '承诺' }[item.kind as string]
  return verb === undefined ? '' : `${speaker.name}${speaker.title === '' ? '' : `（${speaker.title}）`}${verb}：`
}

/**
 * Drafts the sentences of one enterprise's minutes from the record; nothing meant for another enterprise gets in
 * (Art. 6). What one person goes on saying becomes one paragraph, opened with the name as the third person asks.
 */
export function draftSentences(
  utterances: readonly Utterance[],
  enterpriseId: string,
  newId: () => string,
  speakers: readonly Speaker[] = [],
): Sentence[] {
  const known = new Map(speakers.map((one) => [one.id, one]))
  const drafted: Sentence[] = []
  let before: Utterance | null = null
  let length = 0
  for (const item of utterances) {
    if (!concerns(item, enterpriseId)) continue
    const section = sectionOf(item.kind)
    const goesOn =
      section === 'statements' &&
      before !== null &&
      before.kind === item.kind &&
      before.speakerId === item.speakerId &&
      item.speakerId !== null &&
      length + item.text.length <= paragraphLength
    before = item
    if (section === null) continue
    const speaker = item.speakerId === null ? undefined : known.get(item.speakerId)
    const text = `${goesOn ? '' : opening(item, speaker)}${item.text}${pledge(item)}`
    length = goesOn ? length + text.length : text.length
    drafted.push({ id: newId(), section, text, sources: [item.id], joined: goesOn })
  }
  // The paper's order: section by section, each in the order spoken.
  return minutesSections.flatMap((section) => drafted.filter((one) => one.section === section))
}

/** The paragraphs of a section as they print: sentences that are joined stand in one. */
export function paragraphsIn(sentences: readonly Sentence[], section: MinutesSection): Sentence[][] {
  const paragraphs: Sentence[][] = []
  for (const one of sentences) {
    if (one.section !== section) continue
    const last = paragraphs.at(-1)
    if (one.joined && last !== undefined) last.push(one)
    else paragraphs.push([one])
  }
  return paragraphs
}

/** Which interview of its case a paper belongs to, in words: 第2次约谈. */
export function nthInterview(ordinal: number): string {
  return `第${ordinal}次约谈`
}

/** `2026年3月1日 上午9:30`, as the template writes the time (上/下午). */
export function minutesTime(officialDate: string, clock: string): string {
  const [hour, minute] = clock.split(':').map(Number)
  const h = hour ?? 0
  const half = h < 12 ? '上午' : '下午'
  return `${officialDate} ${half}${h > 12 ? h - 12 : h}:${String(minute ?? 0).padStart(2, '0')}`
}

/** `监督处赵某某（处长）、钱某某；财务处孙某某`: each unit once, then its persons (the Rules, second form). */
export function partyText(people: readonly Pick<Attendee, 'unit' | 'name' | 'title'>[]): string {
  const units = Map.groupBy(people, (one) => one.unit)
  return [...units]
    .map(([unit, members]) => {
      const names = members.map((one) => `${one.name}${one.title === '' ? '' : `（${one.title}）`}`)
      return `${unit}${names.join('、')}`
    })
    .join('；')
}
