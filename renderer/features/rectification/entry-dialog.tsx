import { type ReactNode, useState } from 'react'
import { dayInChina, money } from '#shared/domain/common.ts'
import type { Enterprise } from '#shared/domain/parties.ts'
import {
  basisLength,
  type EntryInput,
  entryFaults,
  entryNames,
  guidanceNames,
  type InputKind,
  isAnswerable,
  resultNames,
} from '#shared/domain/rectification.ts'
import { wordsFor } from '../../app/errors.ts'
import { useSession } from '../../app/session.tsx'
import { useAct } from '../../app/use-call.ts'
import { OneOf } from '../../ui/choice.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { SumField } from '../../ui/sum-field.tsx'
import { TextBlock, TextLine } from '../../ui/text-block.tsx'
import { text } from './text.ts'

/** An entry a person made, to be corrected. */
export interface EntryToCorrect {
  readonly id: string
  readonly body: EntryInput
}

/** What a new entry of a kind begins as. */
function empty(kind: InputKind, today: string): EntryInput {
  switch (kind) {
    case 'effects':
      return { kind, stopped: '', losses: '', recoveredFen: null, reducedFen: null, risk: '', influence: '' }
    case 'accountable':
      return { kind, name: '', post: '', basis: '', handling: '', day: today }
    case 'screening':
      return { kind, scope: '', result: '', day: today }
    case 'guidance':
      return { kind, day: today, manner: 'telephone', spokenTo: '', text: '' }
    case 'evaluation':
      return { kind, result: 'done', opinion: '', basis: '' }
  }
}

function choices<T extends string>(names: Readonly<Record<T, string>>) {
  return (Object.keys(names) as T[]).map((value) => ({ value, text: names[value] }))
}

/** Fields an entry of a kind cannot do without. */
const required: Readonly<Record<InputKind, readonly string[]>> = {
  effects: [],
  accountable: ['name', 'basis', 'handling', 'day'],
  screening: ['scope', 'result', 'day'],
  guidance: ['spokenTo', 'text', 'day'],
  evaluation: ['opinion'],
}

/** Enters or corrects what is known of one enterprise's rectification (Art. 12–14, 16). */
export function EntryDialog({
  caseId,
  enterprise,
  kind,
  before,
  basis = '',
  othersFen,
  amountFen,
  onDone,
}: {
  caseId: string
  enterprise: Enterprise
  kind: InputKind
  before: EntryToCorrect | null
  /** What a finding of Art. 18 may rest on as the case stands; the person goes on from it. */
  basis?: string
  othersFen: number
  amountFen: number | null
  onDone: () => void
}) {
  const session = useSession()
  const act = useAct()
  const today = dayInChina(session.now)
  const [value, setValue] = useState<EntryInput>(before?.body ?? empty(kind, today))
  const [wrongSums, setWrongSums] = useState<readonly string[]>([])
  const [tried, setTried] = useState(false)
  const fields: Readonly<Record<string, string | number | null>> = value
  const put = (field: string, typed: string | number | null) =>
    setValue((now) => ({ ...now, [field]: typed }) as EntryInput)
  const putSum = (field: string, fen: number | null) => {
    const wrong = Number.isNaN(fen)
    setWrongSums((now) => [...now.filter((one) => one !== field), ...(wrong ? [field] : [])])
    put(field, wrong ? null : fen)
  }
  const missing = required[kind].filter((field) => `${fields[field] ?? ''}`.trim() === '')
  const faults = entryFaults(value, { today, amountFen, othersFen })
  const faultOf = (field: string): string | null => {
    if (!tried) return null
    if (missing.includes(field)) return text.required
    const fault = faults.find((one) => one.field === field)
    return fault ? wordsFor({ code: fault.code, params: {} }).happened : null
  }
  const send = async () => {
    setTried(true)
    if (missing.length > 0 || faults.length > 0 || wrongSums.length > 0) return
    const entered = { caseId, enterpriseId: enterprise.id, entry: value, replaces: before?.id ?? null }
    if ((await act.run('rectification.enter', entered)) !== null) onDone()
  }
  const line = (field: string, label: string, hint?: string): ReactNode => (
    <Field key={field} label={label} hint={hint} required={required[kind].includes(field)} fault={faultOf(field)}>
      {(control) => <TextLine {...control} initial={`${fields[field] ?? ''}`} onText={(typed) => put(field, typed)} />}
    </Field>
  )
  const day = (label: string): ReactNode => (
    <DayField
      label={label}
      required
      value={`${fields.day ?? ''}`}
      fault={faultOf('day')}
      onChange={(typed) => put('day', typed)}
    />
  )
  const sum = (field: 'recoveredFen' | 'reducedFen', label: string): ReactNode => (
    <SumField
      label={label}
      value={value.kind === 'effects' ? value[field] : null}
      fault={faultOf(field)}
      onChange={(fen) => putSum(field, fen)}
    />
  )
  return (
    <Dialog
      wide
      title={`${entryNames[kind]}：${enterprise.name}`}
      onCancel={onDone}
      confirm={{ text: before === null ? text.enter : text.saveEntry, disabled: act.busy, onClick: () => void send() }}
    >
      {kind === 'effects' && (
        <>
          {amountFen !== null && <p className="y-quiet">{text.sumOfCase(money(amountFen))}</p>}
          {line('stopped', text.stopped)}
          {line('losses', text.losses)}
          <div className="y-grid-2">
            {sum('recoveredFen', text.recoveredSum)}
            {sum('reducedFen', text.reducedSum)}
          </div>
          {line('risk', text.risk)}
          {line('influence', text.influence)}
        </>
      )}
      {kind === 'accountable' && (
        <>
          <div className="y-grid-2">
            {line('name', text.personName)}
            {line('post', text.personPost)}
          </div>
          {line('basis', text.personBasis, text.personBasisHint)}
          {line('handling', text.personHandling, text.personHandlingHint)}
          {day(text.personDay)}
        </>
      )}
      {kind === 'screening' && (
        <>
          {line('scope', text.screeningScope, text.screeningScopeHint)}
          {line('result', text.screeningResult)}
          {day(text.screeningDay)}
        </>
      )}
      {value.kind === 'guidance' && (
        <>
          <FieldGroup label={text.guidanceManner} required>
            <OneOf options={choices(guidanceNames)} value={value.manner} onChange={(manner) => put('manner', manner)} />
          </FieldGroup>
          {line('spokenTo', text.guidanceTo)}
          {line('text', text.guidanceText)}
          {day(text.guidanceDay)}
        </>
      )}
      {value.kind === 'evaluation' && (
        <>
          <FieldGroup label={text.evaluationResult} required hint={text.evaluationHint}>
            <OneOf
              options={choices(resultNames)}
              value={value.result}
              onChange={(result) =>
                setValue({ ...value, result, basis: isAnswerable(result) ? value.basis || basis : '' })
              }
            />
          </FieldGroup>
          {line('opinion', text.evaluationOpinion)}
          {isAnswerable(value.result) && (
            <Field label={text.findingBasis} hint={text.findingBasisHint} required fault={faultOf('basis')}>
              {(control) => (
                <TextBlock
                  {...control}
                  rows={3}
                  maxLength={basisLength}
                  initial={value.basis}
                  onText={(typed) => put('basis', typed)}
                />
              )}
            </Field>
          )}
        </>
      )}
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}
