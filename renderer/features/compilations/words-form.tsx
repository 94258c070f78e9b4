import type { CompilationTexts } from '#shared/domain/compilations.ts'
import { DayField } from '../../ui/day-field.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { Rows } from '../../ui/rows.tsx'
import { TextBlock, TextLine } from '../../ui/text-block.tsx'
import { text } from './text.ts'

type Of<K extends CompilationTexts['kind']> = Extract<CompilationTexts, { kind: K }>
interface Props<T> {
  readonly texts: T
  readonly onChange: (texts: T) => void
}

/** The words of a compilation, by its kind; what is counted is not written here. */
export function WordsForm({ texts, onChange }: Props<CompilationTexts>) {
  switch (texts.kind) {
    case 'annualSheet':
      return <SheetWords texts={texts} onChange={onChange} />
    case 'analysisReport':
      return <ReportWords texts={texts} onChange={onChange} />
    case 'inspectionNotice':
      return <NoticeWords texts={texts} onChange={onChange} />
  }
}

function SheetWords({ texts, onChange }: Props<Of<'annualSheet'>>) {
  return (['treatment', 'risks', 'results'] as const).map((name) => (
    <Block
      key={name}
      label={text[name]}
      initial={texts[name]}
      onText={(typed) => onChange({ ...texts, [name]: typed })}
    />
  ))
}

function ReportWords({ texts, onChange }: Props<Of<'analysisReport'>>) {
  return (
    <>
      <Block label={text.overview} initial={texts.overview} onText={(overview) => onChange({ ...texts, overview })} />
      {(['typical', 'common'] as const).map((name) => (
        <FieldGroup key={name} label={text[name]}>
          <Rows
            values={texts[name]}
            blank={{ heading: '', text: '' }}
            add={text.addPoint}
            remove={text.removePoint}
            onChange={(points) => onChange({ ...texts, [name]: points })}
            row={(point, index, put) => (
              <div className="compilation-point">
                <TextLine
                  label={`${text[name]} ${index + 1} ${text.heading}`}
                  placeholder={text.heading}
                  initial={point.heading}
                  onText={(heading) => put({ heading })}
                />
                <TextBlock
                  label={`${text[name]} ${index + 1} ${text.pointText}`}
                  placeholder={text.pointText}
                  initial={point.text}
                  maxLength={4000}
                  onText={(typed) => put({ text: typed })}
                />
              </div>
            )}
          />
        </FieldGroup>
      ))}
      <Items
        label={text.suggestions}
        values={texts.suggestions}
        onChange={(suggestions) => onChange({ ...texts, suggestions })}
      />
    </>
  )
}

function NoticeWords({ texts, onChange }: Props<Of<'inspectionNotice'>>) {
  const line = (name: 'addressee' | 'period' | 'contact' | 'telephone', hint?: string) => (
    <Field label={text[name]} required hint={hint}>
      {(control) => (
        <TextLine {...control} initial={texts[name]} onText={(typed) => onChange({ ...texts, [name]: typed })} />
      )}
    </Field>
  )
  return (
    <>
      {line('addressee')}
      {line('period', text.periodExample)}
      <Items label={text.scope} values={texts.scope} onChange={(scope) => onChange({ ...texts, scope })} />
      <Items
        label={text.requirements}
        values={texts.requirements}
        onChange={(requirements) => onChange({ ...texts, requirements })}
      />
      <DayField
        label={text.reportDue}
        value={texts.reportDue}
        onChange={(reportDue) => onChange({ ...texts, reportDue })}
        required
      />
      {line('contact')}
      {line('telephone')}
    </>
  )
}

function Block({ label, initial, onText }: { label: string; initial: string; onText: (text: string) => void }) {
  return (
    <Field label={label}>
      {(control) => <TextBlock {...control} initial={initial} maxLength={4000} onText={onText} />}
    </Field>
  )
}

/** Numbered paragraphs, each a text of its own. */
function Items({
  label,
  values,
  onChange,
}: {
  label: string
  values: readonly string[]
  onChange: (values: string[]) => void
}) {
  return (
    <FieldGroup label={label}>
      <Rows
        values={values.map((value) => ({ value }))}
        blank={{ value: '' }}
        add={text.addPoint}
        remove={text.removePoint}
        onChange={(rows) => onChange(rows.map((row) => row.value))}
        row={({ value }, index, put) => (
          <TextBlock
            label={`${label} ${index + 1}`}
            initial={value}
            maxLength={4000}
            onText={(typed) => put({ value: typed })}
          />
        )}
      />
    </FieldGroup>
  )
}
