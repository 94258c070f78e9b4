import { partsOf } from '#shared/domain/coverage.ts'
import type { DeskAction } from '#shared/domain/desk-keys.ts'
import { type Interview, type Section, utteranceKinds } from '#shared/domain/interviews.ts'
import { useShortcuts } from '../../app/keyboard.ts'
import { useRules } from '../../app/rules.tsx'
import type { LiveRecord } from './live-record.ts'

type OwnAction = Exclude<
  DeskAction,
  (typeof utteranceKinds)[number] | 'sectionState' | 'sectionHear' | 'sectionAsk' | 'sectionOther' | 'audience'
>

/** Everything by keys of the account; they act on the live line and never on its text. */
export function useDeskKeys(
  keys: Readonly<Record<DeskAction, string>>,
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
  // Speakers and enterprises have numbers; these keys are the same for every account.
  for (const person of attendees)
    if (person.speakerKey !== null && person.speakerKey <= 9)
      bindings[`Alt+${person.speakerKey}`] = () => record.choose({ speakerId: person.id })
  if (enterprises.length > 1) {
    bindings[keys.audience] = () => record.nextAudience(enterprises.map((one) => one.id))
    bindings['Ctrl+Alt+0'] = () => record.choose({ audience: 'all' })
    for (const [index, { id }] of enterprises.slice(0, 9).entries())
      bindings[`Ctrl+Alt+${index + 1}`] = () => record.concern(id)
  }
  useShortcuts(bindings)
}
