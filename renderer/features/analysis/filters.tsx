import { useState } from 'react'
import type { AnalysisFilter } from '#shared/domain/analysis.ts'
import { Choice } from '../../ui/choice.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { Field } from '../../ui/field.tsx'
import { OnePicker } from '../parties/one-picker.tsx'
import { text } from './text.ts'

/** Which cases are counted: a period, an office, an enterprise with all below it. */
export function Filters({
  filter,
  offices,
  fault,
  onFilter,
}: {
  filter: AnalysisFilter
  offices: readonly string[]
  /** What is wrong with the period. */
  fault: string | null
  onFilter: (part: Partial<AnalysisFilter>) => void
}) {
  const [name, setName] = useState('')
  return (
    <section className="analysis-filters" aria-label={text.filters}>
      <DayField
        label={text.since}
        value={filter.since}
        fault={fault}
        onChange={(since) => since !== '' && onFilter({ since })}
      />
      <DayField label={text.until} value={filter.until} onChange={(until) => until !== '' && onFilter({ until })} />
      <Field label={text.office}>
        {() => (
          <Choice
            label={text.office}
            value={filter.office}
            all={text.allOffices}
            options={offices.map((one) => [one, one])}
            onChange={(office) => onFilter({ office })}
          />
        )}
      </Field>
      {filter.enterpriseId === null ? (
        <OnePicker
          label={text.enterprise}
          hint={text.allEnterprises}
          except=""
          onPick={(one) => {
            setName(one.name)
            onFilter({ enterpriseId: one.id })
          }}
        />
      ) : (
        <Field label={text.enterprise}>
          {() => (
            <p>
              <strong>{name}</strong>{' '}
              <button type="button" className="y-quiet-button" onClick={() => onFilter({ enterpriseId: null })}>
                {text.clear}
              </button>
            </p>
          )}
        </Field>
      )}
    </section>
  )
}
