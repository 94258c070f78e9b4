import { mergeForms } from '#shared/domain/merge.ts'
import {
  type MinutesDraft,
  type MinutesFields,
  minutesFieldNames,
  minutesFields,
  minutesSectionNames,
  type Sentence,
} from '#shared/domain/minutes.ts'
import { text } from './text.ts'

/**
 * The minutes as one form, so that two accounts' wordings are brought together field by field as every form of the
 * program is: each field of the template, each sentence under its own id, and the order the sentences stand in.
 */
export interface Form {
  readonly [key: string]: unknown
}

const sentenceKey = (id: string): string => `sentence:${id}`
const orderKey = 'order'
const fieldKeys = Object.keys(minutesFields.entries) as (keyof MinutesFields)[]

/** @param known ids of the sentences every side has: only of these is the order a question. */
function formOf(draft: MinutesDraft, known: ReadonlySet<string>): Form {
  const sentences = draft.sentences.map(({ id, section, text: words, sources, joined }): [string, unknown] => [
    sentenceKey(id),
    { id, section, text: words, sources, joined },
  ])
  const order = draft.sentences.map((one) => one.id).filter((id) => known.has(id))
  return { ...draft.fields, ...Object.fromEntries(sentences), [orderKey]: order }
}

/** Three wordings of the same minutes: as both began, as it reads here, as it is stored meanwhile. */
export interface Sides {
  readonly base: MinutesDraft
  readonly mine: MinutesDraft
  readonly theirs: MinutesDraft
}

/** The three wordings as forms of the same shape. */
export function formsOf({ base, mine, theirs }: Sides): { base: Form; mine: Form; theirs: Form } {
  const here = new Set(mine.sentences.map((one) => one.id))
  const there = new Set(theirs.sentences.map((one) => one.id))
  const known = new Set(base.sentences.map((one) => one.id).filter((id) => here.has(id) && there.has(id)))
  return { base: formOf(base, known), mine: formOf(mine, known), theirs: formOf(theirs, known) }
}

/** A settled form as minutes again; sentences only one side has stand behind the one they followed there. */
export function draftOf(form: Form, { mine, theirs }: Sides): MinutesDraft {
  const fields = Object.fromEntries(fieldKeys.map((key) => [key, form[key]])) as unknown as MinutesFields
  const wording = (id: string) => form[sentenceKey(id)] as Sentence | undefined
  const order = [...(form[orderKey] as readonly string[])]
  for (const side of [mine.sentences, theirs.sentences])
    side.forEach((one, index) => {
      if (order.includes(one.id)) return
      const before = side.slice(0, index).findLast((other) => order.includes(other.id))
      order.splice(before === undefined ? 0 : order.indexOf(before.id) + 1, 0, one.id)
    })
  return { version: theirs.version, fields, sentences: order.flatMap((id) => wording(id) ?? []) }
}

/** What can be put together without asking, how many changes of the other side it takes in, and whether that is all. */
export function bringTogether(sides: Sides): { draft: MinutesDraft; taken: number; clashes: number } {
  const { base, mine, theirs } = formsOf(sides)
  const { merged, clashes, taken } = mergeForms<Form>(base, mine, theirs)
  return { draft: draftOf(merged, sides), taken: taken.length, clashes: clashes.length }
}

/** Length of a sentence's beginning by which it is named. */
const shortLength = 12

/** How a key of the form is called before a person. */
export function keyName(key: string, { base, mine, theirs }: Sides): string {
  if (key === orderKey) return text.order
  if (key === 'signatures') return text.signatureBlock
  if (key === 'lists') return text.attendanceLists
  if (key in minutesFieldNames) return minutesFieldNames[key as keyof typeof minutesFieldNames]
  for (const side of [theirs, mine, base]) {
    const at = side.sentences.findIndex((one) => sentenceKey(one.id) === key)
    const found = side.sentences[at]
    if (found === undefined) continue
    const nth = side.sentences.slice(0, at + 1).filter((one) => one.section === found.section).length
    return text.sentence(minutesSectionNames[found.section], nth)
  }
  return key
}

/** What stands under a key, in words. */
export function keyText(form: Form, key: string, sides: Sides): string {
  const value = form[key]
  if (value === undefined) return text.absent
  if (typeof value === 'boolean') return value ? text.yes : text.no
  if (typeof value === 'string') return value
  if (key === orderKey) {
    const { mine, theirs } = formsOf(sides)
    const others = [mine, theirs].map((one) => one[orderKey] as readonly string[])
    const words = new Map(sides.base.sentences.map((one) => [one.id, one.text.slice(0, shortLength)]))
    return (value as readonly string[])
      .flatMap((id, index) => (others.some((one) => one[index] !== id) ? [`${index + 1}. ${words.get(id)}…`] : []))
      .join(' ')
  }
  const one = value as Sentence
  const places = Object.values(formsOf(sides)).flatMap((each) => {
    const known = each[key] as Sentence | undefined
    return known === undefined ? [] : [`${known.section}${known.joined}`]
  })
  // Where it stands is said only when that is part of the question.
  if (new Set(places).size < 2) return one.text
  return `${minutesSectionNames[one.section].slice(0, 1)}${one.joined ? text.goesOn : ''}｜${one.text}`
}
