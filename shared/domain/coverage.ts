import type { RuleProfile } from '../rules/profile.ts'
import { type Attendee, concerns, type Section, sections, type Utterance, type UtteranceKind } from './interviews.ts'

type Contents = Pick<RuleProfile, 'interviewContents'>

/** The parts Art. 8 names inside a content: four of （一）, five of （二）, none of the others. */
export function partsOf(rules: Contents, section: Section): readonly string[] {
  return rules.interviewContents.find((content) => content.code === section)?.parts ?? []
}

/** A place in Art. 8: the content and, where it has any, the part counted from 1. */
export interface Place {
  readonly section: Section
  readonly part: number | null
}

/**
 * Content of Art. 8 a kind of utterance usually belongs to; the part only where the kind itself says it (a 监管意见 is
 * （一）'s fourth part, a 承诺 belongs to the next steps of （二）). A null part leaves the one last used there.
 */
export const usualPlace: Readonly<Record<UtteranceKind, Place>> = {
  explain: { section: 'state', part: null },
  statement: { section: 'hear', part: null },
  question: { section: 'ask', part: null },
  answer: { section: 'ask', part: null },
  opinion: { section: 'state', part: 4 },
  commitment: { section: 'hear', part: 5 },
  exhibit: { section: 'hear', part: null },
  other: { section: 'other', part: null },
  note: { section: 'other', part: null },
}

/** One thing an interview has to touch, and whether it has. */
export interface Covered {
  readonly section: Section
  /** Null for a content without parts. */
  readonly part: number | null
  readonly count: number
  /** Asked for of every interview; （三） is only where necessary, （四） only where there is anything. */
  readonly owed: boolean
}

type Said = Pick<Utterance, 'section' | 'part' | 'audience' | 'speakerId' | 'kind'>

/**
 * How often the record touches each part of Art. 8, for one enterprise of a 集体约谈 or (`null`) for the whole room.
 * What an enterprise's own people say counts for that enterprise only; what the office says, for those it was said to.
 */
export function coverage(
  rules: Contents,
  utterances: readonly Said[],
  attendees: readonly Pick<Attendee, 'id' | 'enterpriseId'>[],
  enterpriseId: string | null,
): readonly Covered[] {
  const own = sayer(utterances, attendees, enterpriseId)
  return sections.flatMap((section): readonly Covered[] => {
    const here = own.filter((one) => one.section === section && one.kind !== 'note')
    const parts = partsOf(rules, section)
    const owed = section === 'state' || section === 'hear'
    if (parts.length === 0) return [{ section, part: null, count: here.length, owed }]
    return parts.map((_name, index) => {
      const count = here.filter((one) => one.part === index + 1).length
      return { section, part: index + 1, count, owed }
    })
  })
}

/** What Art. 9 asks the minutes to hold, as far as the interview itself must supply it. */
export const elements = ['time', 'place', 'host', 'party', 'matter', 'statements', 'opinions'] as const
export type Element = (typeof elements)[number]
export const elementNames: Readonly<Record<Element, string>> = {
  time: '约谈时间',
  place: '约谈地点',
  host: '主持及参加人员',
  party: '被约谈人员到会',
  matter: '约谈事由',
  statements: '被约谈人陈述情况',
  opinions: '国资监管意见要求',
}

/** The elements of Art. 9 the record can already fill, for one enterprise or (`null`) for the whole room. */
export function elementsHeld(
  interview: { readonly startedAt: string | null; readonly place: string; readonly matter: string },
  attendees: readonly Pick<Attendee, 'id' | 'enterpriseId' | 'delegation' | 'state'>[],
  utterances: readonly Said[],
  enterpriseId: string | null,
): Readonly<Record<Element, boolean>> {
  const own = sayer(utterances, attendees, enterpriseId)
  const here = attendees.filter((one) => one.state !== 'expected' && one.state !== 'absent')
  const of = new Map(attendees.map((one) => [one.id, one]))
  return {
    time: interview.startedAt !== null,
    place: interview.place !== '',
    host: here.some((one) => one.delegation === 'host'),
    party: here.some(
      (one) => one.delegation === 'enterprise' && (enterpriseId === null || one.enterpriseId === enterpriseId),
    ),
    matter: interview.matter !== '' && own.some((one) => one.section === 'state' && one.part === 1),
    statements: own.some(
      (one) =>
        (one.kind === 'statement' || one.kind === 'answer') &&
        (one.speakerId === null || of.get(one.speakerId)?.delegation === 'enterprise'),
    ),
    opinions: own.some((one) => one.kind === 'opinion'),
  }
}

function sayer(
  utterances: readonly Said[],
  attendees: readonly Pick<Attendee, 'id' | 'enterpriseId'>[],
  enterpriseId: string | null,
): readonly Said[] {
  if (enterpriseId === null) return utterances
  const from = new Map(attendees.map((one) => [one.id, one.enterpriseId]))
  return utterances.filter((one) => {
    const speaker = one.speakerId === null ? null : (from.get(one.speakerId) ?? null)
    return concerns(one, enterpriseId) && (speaker === null || speaker === enterpriseId)
  })
}
