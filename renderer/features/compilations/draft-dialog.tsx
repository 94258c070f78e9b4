import { useState } from 'react'
import { type TriggerCode, triggerCodes } from '#shared/domain/cases.ts'
import { dayInChina } from '#shared/domain/common.ts'
import type { CompilationSubject } from '#shared/domain/compilations.ts'
import type { Enterprise } from '#shared/domain/parties.ts'
import { useRules } from '../../app/rules.tsx'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { Choice, OneOf } from '../../ui/choice.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { EnterprisePicker } from '../parties/enterprise-picker.tsx'
import { OnePicker } from '../parties/one-picker.tsx'
import { openCompilation } from './list.tsx'
import { text } from './text.ts'

type Kind = CompilationSubject['kind']

/** What a notice of a 专项核查 begins with when it comes from a chart. */
export interface CommonProblem {
  readonly since: string
  readonly until: string
  readonly trigger: TriggerCode
  readonly enterprises: readonly Enterprise[]
}

const isYear = (typed: string): boolean => /^20\d\d$/.test(typed)

/** 起草: which paper, of whom, over which time; the figures and first words follow. */
export function DraftDialog({ problem, onDone }: { problem?: CommonProblem; onDone: () => void }) {
  const session = useSession()
  const rules = useRules()
  const act = useAct()
  const today = dayInChina(session.now)
  const [kind, setKind] = useState<Kind>(problem === undefined ? 'annualSheet' : 'inspectionNotice')
  const [enterprise, setEnterprise] = useState<Enterprise | null>(null)
  const [year, setYear] = useState(today.slice(0, 4))
  const [whose, setWhose] = useState<'whole' | 'leader'>('whole')
  const [chosen, setChosen] = useState('')
  const [since, setSince] = useState(problem?.since ?? `${today.slice(0, 4)}-01-01`)
  const [until, setUntil] = useState(problem?.until ?? `${today.slice(0, 4)}-12-31`)
  const [trigger, setTrigger] = useState<string>(problem?.trigger ?? '')
  const [name, setName] = useState('')
  const [examined, setExamined] = useState<readonly Enterprise[]>(problem?.enterprises ?? [])

  const asksWhom = kind === 'annualSheet' && whose === 'leader' && enterprise !== null && isYear(year)
  const leaders = useCall('compilations.leaders', asksWhom ? { enterpriseId: enterprise.id, year: Number(year) } : null)
  const leader = leaders.data?.find((one) => one.name === chosen) ?? null

  const subject = (): CompilationSubject | null => {
    if (kind === 'analysisReport') return since === '' || until === '' ? null : { kind, since, until }
    if (kind === 'annualSheet') {
      if (enterprise === null || !isYear(year)) return null
      if (whose === 'leader' && leader === null) return null
      return { kind, enterpriseId: enterprise.id, year: Number(year), leader: whose === 'leader' ? leader : null }
    }
    const code = triggerCodes.find((one) => one === trigger)
    if (code === undefined || name.trim() === '' || examined.length === 0 || since === '' || until === '') return null
    return { kind, since, until, trigger: code, problem: name, enterpriseIds: examined.map((one) => one.id) }
  }
  const ready = subject()
  const draft = async () => {
    if (ready === null) return
    const made = await act.run('compilations.draft', { subject: ready })
    if (made === null) return
    onDone()
    openCompilation(made.id)
  }
  return (
    <Dialog
      title={text.makeTitle}
      wide
      onCancel={onDone}
      confirm={{ text: text.make, disabled: act.busy || ready === null, onClick: () => void draft() }}
    >
      {problem === undefined && (
        <FieldGroup label={text.kind}>
          <OneOf<Kind>
            options={(Object.keys(text.kinds) as Kind[]).map((value) => ({ value, text: text.kinds[value] }))}
            value={kind}
            onChange={setKind}
          />
        </FieldGroup>
      )}
      {kind === 'annualSheet' && (
        <>
          {enterprise === null ? (
            <OnePicker label={text.enterprise} except="" onPick={setEnterprise} />
          ) : (
            <Field label={text.enterprise}>
              {() => (
                <p>
                  <strong>{enterprise.name}</strong>{' '}
                  <button type="button" className="y-quiet-button" onClick={() => setEnterprise(null)}>
                    {text.change}
                  </button>
                </p>
              )}
            </Field>
          )}
          <Field label={text.year} required hint={text.yearHint}>
            {(control) => <TextLine {...control} initial={year} onText={(typed) => setYear(typed.trim())} />}
          </Field>
          <FieldGroup label={text.forLeader}>
            <OneOf
              options={[
                { value: 'whole', text: text.whole },
                { value: 'leader', text: text.oneLeader },
              ]}
              value={whose}
              onChange={setWhose}
            />
          </FieldGroup>
          {asksWhom && leaders.data !== null && (
            <FieldGroup label={text.leaderName} required hint={text.leaderHint}>
              {leaders.data.length === 0 ? (
                <p className="y-quiet">{text.noLeaders}</p>
              ) : (
                <OneOf
                  options={leaders.data.map(({ name, post }) => ({
                    value: name,
                    text: post === '' ? name : `${name}（${post}）`,
                  }))}
                  value={leader?.name ?? null}
                  onChange={setChosen}
                />
              )}
            </FieldGroup>
          )}
          <ErrorNote failure={leaders.failure} />
        </>
      )}
      {kind !== 'annualSheet' && (
        <div className="compilation-days">
          <DayField label={text.since} value={since} onChange={setSince} required />
          <DayField
            label={text.until}
            value={until}
            onChange={setUntil}
            required
            hint={kind === 'analysisReport' ? text.periodHint : text.foundHint}
          />
        </div>
      )}
      {kind === 'inspectionNotice' && (
        <>
          <Field label={text.trigger} required>
            {() => (
              <Choice
                label={text.trigger}
                value={trigger}
                all={text.chooseTrigger}
                options={rules.triggers.map((one) => [one.code, `（${one.mark}）${one.text}`])}
                onChange={setTrigger}
              />
            )}
          </Field>
          <Field label={text.problem} required hint={text.problemHint}>
            {(control) => <TextLine {...control} onText={setName} />}
          </Field>
          <FieldGroup label={text.examined} required>
            <EnterprisePicker chosen={examined} onChange={setExamined} fault={null} />
          </FieldGroup>
        </>
      )}
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}
