import { partsOf } from '#shared/domain/coverage.ts'
import { audienceAction, type DeskAction, type DeskKeys, speakerAction } from '#shared/domain/desk-keys.ts'
import { type Interview, type Section, utteranceKinds } from '#shared/domain/interviews.ts'
import { useShortcuts } from '../../app/keyboard.ts'
import { useRules } from '../../app/rules.tsx'
import type { LiveRecord } from './live-record.ts'

type OwnAction = Exclude<
  DeskAction,
  // Kinds, contents, people and enterprises are bound here; the last three act inside the live line only.
  | (typeof utteranceKinds)[number]
  | `section${string}`
  | `speaker${number}`
  | `audience${string}`
  | ('take' | 'nextWord' | 'editLast')
>

/** Everything by keys of the account; they act on the live line and never on its text. */
export function useDeskKeys(
  keys: DeskKeys,
  record: LiveRecord,
  interview: Interview,
  own: Readonly<Record<OwnAction, () => void>>,
): void {
  const { enterprises, attendees } = interview
  const rules = useRules()
  const place = (section: Section) => record.place(section, partsOf(rules, section).length)
  const bindings: Record<string, () => void> = {
    [keys.sectionState]: () => place('state'),
    [keys.sectionHear]: () => place('hear'),
    [keys.sectionAsk]: () => place('ask'),
    [keys.sectionOther]: () => place('other'),
  }
  for (const [action, run] of Object.entries(own)) bindings[keys[action as OwnAction]] = run
  for (const kind of utteranceKinds) bindings[keys[kind]] = () => record.choose({ kind })
  for (const person of attendees) {
    const action = speakerAction(person.speakerKey)
    if (action !== null) bindings[keys[action]] = () => record.choose({ speakerId: person.id })
  }
  if (enterprises.length > 1) {
    bindings[keys.audience] = () => record.nextAudience(enterprises.map((one) => one.id))
    bindings[keys.audienceAll] = () => record.choose({ audience: 'all' })
    for (const [index, { id }] of enterprises.entries()) {
      const action = audienceAction(index + 1)
      if (action !== null) bindings[keys[action]] = () => record.concern(id)
    }
  }
  useShortcuts(bindings)
}
