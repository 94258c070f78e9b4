import * as v from 'valibot'
import { triggerCodes } from '../domain/cases.ts'
import { day, isRealDay } from '../domain/common.ts'
import { type FileFault, faultOf } from '../domain/file-faults.ts'
import { hostRank, noticeContentCodes } from '../domain/notices.ts'
import chongqing2021 from './cq-2021-15.json' with { type: 'json' }

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(4000))
const code = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/))
const article = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(99))
const length = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200))
const cited = v.strictObject({ code, name: text, article })
const host = v.strictObject({ code: hostRank, name: text, article })
const signer = v.strictObject({ code: v.picklist(['deputyLeader', 'chiefLeader']), name: text, article })

export const deadlineAnchors = ['interviewDay', 'minutesDay'] as const
export type DeadlineAnchor = (typeof deadlineAnchors)[number]

/** A list the Rules do not contain, kept beside them: with where it comes from, and 参考 where it does not bind. */
const reference = v.strictObject({
  code,
  name: text,
  source: text,
  /** Day of the source. */
  date: day,
  mark: v.picklist(['参考', '本单位规定']),
  note: v.string(),
  entries: v.array(
    v.strictObject({
      code,
      name: text,
      /** Sums in fen: from (included) and below (excluded); null where the list names none. */
      fromFen: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
      belowFen: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
    }),
  ),
})

/** A versioned set of rules as a file may bring it. Every case is pinned to the one it was opened under (DESIGN §5). */
export const ruleProfileSchema = v.strictObject({
  id: code,
  version: code,
  name: text,
  document: text,
  /** 成文日期 and 印发日期 as printed; both stand on the paper (DOMAIN §7 row 19). */
  adopted: day,
  printed: day,
  /** In force from this day (Art. 23); a case opened earlier stays with the rules of its day. */
  effective: day,
  authority: text,
  authorityShort: text,
  authorityCommon: text,
  /** What the Rules rest on and what they follow (Art. 1). */
  bases: v.pipe(v.array(v.strictObject({ name: text, relation: v.picklist(['依据', '参照']) })), v.minLength(1)),
  numbering: v.strictObject({ word: text, paperName: text, paperHeading: text, office: text }),
  triggers: v.pipe(
    v.array(v.strictObject({ code: v.picklist(triggerCodes), mark: text, text, areas: v.array(text) })),
    v.minLength(1),
  ),
  articles: v.pipe(
    v.array(v.strictObject({ number: article, paragraphs: v.pipe(v.array(text), v.minLength(1)) })),
    v.minLength(1),
  ),
  deadlines: v.array(
    v.strictObject({
      code,
      name: text,
      article,
      length,
      unit: v.picklist(['workingDay', 'calendarDay']),
      anchor: v.picklist(deadlineAnchors),
    }),
  ),
  /** Who may hold an interview; the first is the ordinary host, any other one is called for a reason (Art. 5). */
  hostRanks: v.pipe(v.array(host), v.minLength(1)),
  /** Whose 审签 a notice needs: one of them (Art. 4). */
  signers: v.pipe(v.array(signer), v.minLength(1)),
  papers: v.array(cited),
  intervieweeGroups: v.pipe(v.array(text), v.minLength(1)),
  /** What a notice must say (Art. 4 and its template). */
  noticeContents: v.pipe(v.array(v.strictObject({ code: v.picklist(noticeContentCodes), name: text })), v.minLength(1)),
  interviewContents: v.array(
    v.strictObject({ code: v.picklist(['state', 'hear', 'ask', 'other']), name: text, parts: v.array(text) }),
  ),
  filing: v.array(v.strictObject({ code, name: text, article, required: v.boolean() })),
  retention: v.strictObject({ code, name: text, years: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
  references: v.array(reference),
})

export type RuleProfile = v.InferOutput<typeof ruleProfileSchema>

/** Reads a profile from parsed JSON: the profile, or every fault with its place. Pure. */
export function readRuleProfile(value: unknown): { profile: RuleProfile } | { faults: readonly FileFault[] } {
  const parsed = v.safeParse(ruleProfileSchema, value)
  if (!parsed.success) return { faults: parsed.issues.map(faultOf) }
  const faults = coherenceFaults(parsed.output)
  return faults.length > 0 ? { faults } : { profile: parsed.output }
}

/** What a schema cannot see: codes that stand twice, articles out of order, a trigger that is not the article's text. */
function coherenceFaults(profile: RuleProfile): readonly FileFault[] {
  const faults: FileFault[] = []
  const coded = [
    'triggers',
    'deadlines',
    'hostRanks',
    'signers',
    'papers',
    'noticeContents',
    'filing',
    'references',
  ] as const
  for (const list of coded) {
    const seen = new Set<string>()
    profile[list].forEach((one, index) => {
      if (seen.has(one.code)) faults.push({ place: `${list}[${index}].code`, code: 'twice' })
      seen.add(one.code)
    })
  }
  profile.articles.forEach((one, index) => {
    if (one.number !== index + 1) faults.push({ place: `articles[${index}].number`, code: 'order' })
  })
  const paragraphs = profile.articles.flatMap((one) => one.paragraphs)
  profile.triggers.forEach((one, index) => {
    if (!paragraphs.some((paragraph) => paragraph.includes(one.text)))
      faults.push({ place: `triggers[${index}].text`, code: 'notInArticle' })
  })
  if (!isRealDay(profile.effective) || profile.effective < profile.adopted)
    faults.push({ place: 'effective', code: 'order' })
  if (!profile.deadlines.some((one) => one.code === 'workPlan')) faults.push({ place: 'deadlines', code: 'missing' })
  return faults
}

/** 渝国资发〔2021〕15号, the profile this program ships. Triggers and articles are verbatim. */
export const shippedProfile: RuleProfile = v.parse(ruleProfileSchema, chongqing2021)

/** Every profile a release has shipped: a case opened under an earlier release still finds its own. */
export const shippedProfiles: readonly RuleProfile[] = [shippedProfile]

/** The text of one article as separate paragraphs; empty when the number is out of range. */
export function articleParagraphs(profile: RuleProfile, article: number): readonly string[] {
  return profile.articles[article - 1]?.paragraphs ?? []
}

type Deadline = RuleProfile['deadlines'][number]

/** The term of the 工作方案 (Art. 11). A profile without one is refused where it is read. */
export function planDeadline(profile: Pick<RuleProfile, 'deadlines'>): Deadline {
  const own = profile.deadlines.find((one) => one.code === 'workPlan')
  if (own === undefined) throw new Error('a rule profile without the term of the work plan')
  return own
}

/** A term in words: `10个工作日`. */
export function termOf({ length, unit }: Pick<Deadline, 'length' | 'unit'>): string {
  return `${length}个${unit === 'workingDay' ? '工作日' : '自然日'}`
}

/** Who may sign, in words: `分管负责同志或主要负责同志` (Art. 4). */
export function signersOf({ signers }: Pick<RuleProfile, 'signers'>): string {
  return signers.map((one) => one.name).join('或')
}

export type Reference = RuleProfile['references'][number]

/** A reference list of the rules by its code; undefined where the unit has none. */
export function referenceOf(
  { references }: Pick<RuleProfile, 'references'>,
  code: 'lossBands' | 'situations' | 'leadSources',
): Reference | undefined {
  return references.find((one) => one.code === code)
}

/** The band of a list a sum in fen falls into: from (included), below (excluded). */
export function bandOf({ entries }: Pick<Reference, 'entries'>, fen: number): Reference['entries'][number] | undefined {
  return entries.find((one) => fen >= (one.fromFen ?? 0) && (one.belowFen === null || fen < one.belowFen))
}

/** A place inside the organ, to which the papers put 市国资委 themselves (附件2, 附件4); twice it never stands. */
export function insidePlace({ authorityCommon }: RuleProfile, place: string): string {
  return place.startsWith(authorityCommon) ? place.slice(authorityCommon.length) : place
}
