import { type ReactNode, useState } from 'react'
import type { CheckItem } from '#shared/domain/archive.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { useSession } from '../../app/session.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { Field } from '../../ui/field.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { Checks } from './checks.tsx'
import { text } from './text.ts'

interface Answers {
  /** Every item as a person answered it: who, on which day, what they saw or why it is let go. */
  readonly answers: readonly CheckItem[]
  /** Nothing is owed any more. */
  readonly settled: boolean
  /** The items with the fields for their answers. */
  readonly view: ReactNode
  /** What is still owed, in a line; null when nothing is. */
  readonly owed: ReactNode
}

/** The answers to a four-property check as they are being given; items of `never` cannot be let go. */
export function useCheckAnswers(checks: readonly CheckItem[], never: readonly string[]): Answers {
  const session = useSession()
  /** What a person saw, or why a failed item is let go, by code of the check. */
  const [findings, setFindings] = useState<Readonly<Record<string, string>>>({})
  const [person, setPerson] = useState(session.account.name)
  const [day, setDay] = useState(dayInChina(session.now))
  const open = (item: CheckItem): boolean => (findings[item.code] ?? '').trim() === ''
  const failed = checks.some((item) => item.result === 'failed' && (never.includes(item.code) || open(item)))
  const unseen = checks.some((item) => item.result === 'manual' && open(item)) || person.trim() === '' || day === ''
  return {
    answers: checks.map((item): CheckItem => {
      if (item.result === 'passed') return item
      const result = item.result === 'failed' ? 'waived' : item.result
      return { ...item, result, detail: (findings[item.code] ?? '').trim(), person, day }
    }),
    settled: !failed && !unseen,
    view: (
      <>
        <div className="sealing-by">
          <Field label={text.checkPerson} required>
            {(control) => <TextLine {...control} initial={person} onText={setPerson} />}
          </Field>
          <DayField label={text.checkDay} value={day} onChange={setDay} required />
        </div>
        <Checks
          checks={checks}
          never={never}
          onFinding={(code, found) => setFindings((all) => ({ ...all, [code]: found }))}
        />
      </>
    ),
    owed: (failed || unseen) && (
      <span className={failed ? 'y-red' : 'y-amber'} role="status">
        {failed ? `■ ${text.checkFailed}` : `▲ ${text.checkUnseen}`}
      </span>
    ),
  }
}
