import * as v from 'valibot'
import chongqing2021 from './cq-2021-15.json' with { type: 'json' }

const named = v.object({ code: v.string(), name: v.string() })
const cited = v.object({ code: v.string(), name: v.string(), article: v.number() })

/** A versioned set of rules. Every case is pinned to the profile it was opened under (DESIGN §5). */
export const ruleProfileSchema = v.object({
  id: v.string(),
  name: v.string(),
  document: v.string(),
  adopted: v.string(),
  printed: v.string(),
  effective: v.string(),
  authority: v.string(),
  authorityShort: v.string(),
  authorityCommon: v.string(),
  numbering: v.object({ word: v.string(), paperName: v.string(), paperHeading: v.string(), office: v.string() }),
  triggers: v.array(v.object({ code: v.string(), mark: v.string(), text: v.string(), areas: v.array(v.string()) })),
  articles: v.array(v.object({ number: v.number(), paragraphs: v.array(v.string()) })),
  deadlines: v.array(
    v.object({
      code: v.string(),
      name: v.string(),
      article: v.number(),
      length: v.number(),
      unit: v.picklist(['workingDay', 'calendarDay']),
      anchor: v.picklist(['interviewDay', 'minutesDay']),
    }),
  ),
  hostRanks: v.array(cited),
  signers: v.array(cited),
  intervieweeGroups: v.array(v.string()),
  noticeContents: v.array(named),
  interviewContents: v.array(v.object({ code: v.string(), name: v.string(), parts: v.array(v.string()) })),
  filing: v.array(v.object({ code: v.string(), name: v.string(), article: v.number(), required: v.boolean() })),
  retention: v.object({ code: v.string(), name: v.string(), years: v.number() }),
})

export type RuleProfile = v.InferOutput<typeof ruleProfileSchema>

/** 渝国资发〔2021〕15号, the profile this program ships. Triggers and articles are verbatim. */
export const shippedProfile: RuleProfile = v.parse(ruleProfileSchema, chongqing2021)

/** The text of one article as separate paragraphs; empty when the number is out of range. */
export function articleParagraphs(profile: RuleProfile, article: number): readonly string[] {
  return profile.articles[article - 1]?.paragraphs ?? []
}
