import * as v from 'valibot'
import { id } from './common.ts'
import { attendee, pledge, type Utterance, utterance, utteranceKindNames } from './interviews.ts'

/** Signing lines on the printed record: offered, not demanded (DOMAIN §5, §7 row 3). */
export const recordSignatures = v.picklist(['each-page', 'last-page', 'none'])
export type RecordSignatures = v.InferOutput<typeof recordSignatures>
export const recordSignaturesNames: Readonly<Record<RecordSignatures, string>> = {
  'each-page': '逐页签名',
  'last-page': '末页签名',
  none: '不设签名栏',
}

/** What stands in a frozen record and is hashed: head, attendance, every utterance in its last wording. */
export const recordContent = v.object({
  interviewId: id,
  caseId: id,
  place: v.nullable(v.string()),
  host: v.nullable(v.string()),
  hostTitle: v.nullable(v.string()),
  startedAt: v.nullable(v.string()),
  endedAt: v.nullable(v.string()),
  attendees: v.array(attendee),
  utterances: v.array(utterance),
})
export type RecordContent = v.InferOutput<typeof recordContent>

/** How a person met the printed record: signed it, or would not (公安行政程序规定 77, by analogy). */
export const recordSigning = v.object({
  id,
  edition: v.number(),
  attendeeId: id,
  outcome: v.picklist(['signed', 'refused']),
  reason: v.string(),
  at: v.string(),
  by: id,
})
export type RecordSigning = v.InferOutput<typeof recordSigning>

export const recordEdition = v.object({
  edition: v.number(),
  /** Why the edition before it was corrected; empty for the first. */
  reason: v.string(),
  hash: v.string(),
  signatures: recordSignatures,
  frozenAt: v.string(),
  frozenBy: id,
})
export type RecordEdition = v.InferOutput<typeof recordEdition>

/** What of a line can be corrected and stands on the paper. */
const correctedParts = ['speaker', 'kind', 'audience', 'text', 'pledge'] as const
export const correctedPartNames: Readonly<Record<(typeof correctedParts)[number], string>> = {
  speaker: '发言人',
  kind: '类别',
  audience: '对象',
  text: '文字',
  pledge: '承诺的责任人和时限',
}

/** One part of a line that reads otherwise than in the edition before. */
export interface CorrectedLine {
  readonly seq: number
  readonly part: (typeof correctedParts)[number]
  readonly before: string
  readonly after: string
}

/**
 * What a correction changed, in the order of the record and in the words of the paper; a line that was added stands with
 * an empty `before`. `enterprises` names those a line may be meant for, by id.
 */
export function correctedLines(
  before: RecordContent,
  after: RecordContent,
  enterprises: ReadonlyMap<string, string>,
): CorrectedLine[] {
  const people = new Map([...before.attendees, ...after.attendees].map((one) => [one.id, one.name]))
  const worded = (line: Utterance): Readonly<Record<CorrectedLine['part'], string>> => ({
    speaker: people.get(line.speakerId ?? '') ?? '未指明',
    kind: utteranceKindNames[line.kind],
    audience:
      line.audience === 'all' ? '全体企业' : line.audience.map((each) => enterprises.get(each) ?? '').join('、'),
    text: line.text,
    pledge: pledge(line).replace(/^（|）$/g, ''),
  })
  const old = new Map(before.utterances.map((one) => [one.id, worded(one)]))
  return after.utterances.flatMap((line): CorrectedLine[] => {
    const { id: utteranceId, seq, text } = line
    const was = old.get(utteranceId)
    if (was === undefined) return [{ seq, part: 'text', before: '', after: text }]
    const is = worded(line)
    return correctedParts.flatMap((part) =>
      was[part] === is[part] ? [] : [{ seq, part, before: was[part], after: is[part] }],
    )
  })
}
