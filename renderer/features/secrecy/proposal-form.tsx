import { useMemo, useState } from 'react'
import { isOfficerRole, roleNames } from '#shared/domain/accounts.ts'
import { dayInChina } from '#shared/domain/common.ts'
import {
  isStateSecret,
  type Level,
  levelNames,
  levelRank,
  levels,
  markText,
  type Proposal,
  proposalFaults,
  type Term,
  termCaps,
} from '#shared/domain/secrecy.ts'
import { useSession } from '../../app/session.tsx'
import { ArticleChip } from '../../ui/article.tsx'
import { AnyOf, OneOf } from '../../ui/choice.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { PrintedMark } from '../../ui/lights.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import './proposal.css'
import { Origin } from './proposal-origin.tsx'
import { proposalText as text } from './proposal-text.ts'

/** A first proposal: the level the object inherits, with the longest term of its level as a start. */
export function firstProposal(level: Level, scope: readonly string[]): Proposal {
  const elements = { level, term: usualTerm(level), basis: '', reason: '', points: '', scope: [...scope] }
  return { ...elements, sources: [], unclear: false }
}

/** Codes of what the proposal still lacks under the machine's ceiling; empty when it may be submitted. */
export function useProposalFaults(value: Proposal): readonly string[] {
  const { machineLevel, authorityLevel, now } = useSession()
  return proposalFaults(value, { machine: machineLevel, authority: authorityLevel }, dayInChina(now))
}

/** 拟定密级: level, term, basis, reason and 知悉范围 together (保密法 19), with the mark as it will print. */
export function ProposalForm({ value, onChange }: { value: Proposal; onChange: (value: Proposal) => void }) {
  const session = useSession()
  const faults = useProposalFaults(value)
  const people = useMemo(() => session.colleagues.filter((one) => !one.roles.some(isOfficerRole)), [session.colleagues])
  const fault = (code: string) => (faults.includes(code) ? (text.faults[code] ?? code) : null)
  const secret = isStateSecret(value.level)
  return (
    <div className="y-proposal">
      <FieldGroup
        label={text.level}
        required
        fault={fault('secrecy.aboveMachine') ?? fault('secrecy.aboveCeiling') ?? fault('secrecy.belowSource')}
        hint={text.levelHint}
      >
        <OneOf
          options={levels.map((level) => ({
            value: level,
            text: levelNames[level],
            disabled: levelRank(level) > levelRank(session.machineLevel),
          }))}
          value={value.level}
          onChange={(level) => onChange({ ...value, level, term: usualTerm(level) })}
        />
      </FieldGroup>
      {value.level !== 'none' && value.level !== 'work' && (
        <TermFields
          level={value.level}
          term={value.term}
          fault={
            fault('secrecy.termMissing') ?? fault('secrecy.termAboveCap') ?? fault('secrecy.termShorterThanSource')
          }
          onChange={(term) => onChange({ ...value, term })}
        />
      )}
      {secret && <Origin value={value} onChange={onChange} />}
      <Field label={text.basis} required={secret && value.sources.length === 0 && !value.unclear} hint={text.basisHint}>
        {(control) => <TextLine {...control} initial={value.basis} onText={(basis) => onChange({ ...value, basis })} />}
      </Field>
      <Field label={text.reason} hint={text.reasonHint}>
        {(control) => (
          <TextLine {...control} initial={value.reason} onText={(reason) => onChange({ ...value, reason })} />
        )}
      </Field>
      {secret && (
        <Field label={text.points} hint={text.pointsHint}>
          {(control) => (
            <TextLine {...control} initial={value.points} onText={(points) => onChange({ ...value, points })} />
          )}
        </Field>
      )}
      <FieldGroup label={text.scope} hint={text.scopeHint}>
        <AnyOf
          options={people.map((one) => ({
            value: one.id,
            text: (
              <>
                {one.name} <small>{one.roles.map((role) => roleNames[role]).join('、')}</small>
              </>
            ),
            name: `${text.scope} ${one.name}`,
          }))}
          value={value.scope}
          onChange={(scope) => onChange({ ...value, scope })}
        />
      </FieldGroup>
      <p className="y-proposal-mark">
        {text.printsAs} <PrintedMark mark={markText(value)} /> <ArticleChip article={21} />
      </p>
    </div>
  )
}

function TermFields({
  level,
  term,
  fault,
  onChange,
}: {
  level: 'secret' | 'confidential'
  term: Term | null
  fault: string | null
  onChange: (term: Term | null) => void
}) {
  // A term that is not whole yet is no term; the kind that was chosen stays chosen.
  const [chosen, setChosen] = useState<Term['kind']>(term?.kind ?? 'period')
  const kind = term?.kind ?? chosen
  return (
    <FieldGroup label={text.term} required fault={fault} hint={text.termHint(levelNames[level], termCaps[level])}>
      <OneOf
        options={(['period', 'date', 'condition', 'permanent'] as const).map((one) => ({
          value: one,
          text: text.terms[one],
        }))}
        value={kind}
        onChange={(next) => {
          setChosen(next)
          onChange(next === 'period' ? usualTerm(level) : emptyTerm(next))
        }}
      />
      <div className="y-proposal-term">
        {kind === 'period' && (
          <>
            <TextLine
              key={level}
              label={text.length}
              initial={term?.kind === 'period' ? String(term.length) : ''}
              maxLength={3}
              onText={(typed) =>
                onChange(
                  /^[1-9]\d*$/.test(typed)
                    ? { kind: 'period', length: Number(typed), unit: term?.kind === 'period' ? term.unit : 'year' }
                    : null,
                )
              }
            />
            <OneOf
              options={(['year', 'month', 'day'] as const).map((unit) => ({ value: unit, text: text.units[unit] }))}
              value={term?.kind === 'period' ? term.unit : 'year'}
              onChange={(unit) => onChange({ kind: 'period', length: term?.kind === 'period' ? term.length : 1, unit })}
            />
          </>
        )}
        {kind === 'date' && (
          <DayField
            label={text.until}
            value={term?.kind === 'date' ? term.until : ''}
            onChange={(until) => onChange({ kind: 'date', until })}
          />
        )}
        {kind === 'permanent' && (
          <TextLine
            label={text.clause}
            initial={term?.kind === 'permanent' ? term.clause : ''}
            placeholder={text.clauseHint}
            onText={(clause) => onChange(clause.trim() === '' ? null : { kind: 'permanent', clause })}
          />
        )}
        {kind === 'condition' && (
          <TextLine
            label={text.condition}
            initial={term?.kind === 'condition' ? term.text : ''}
            placeholder={text.conditionHint}
            onText={(condition) => onChange({ kind: 'condition', text: condition })}
          />
        )}
      </div>
    </FieldGroup>
  )
}

/** Term a level begins with: its cap (保密法 20); none where no state secret stands. */
function usualTerm(level: Level): Term | null {
  return level === 'secret' || level === 'confidential'
    ? { kind: 'period', length: termCaps[level], unit: 'year' }
    : null
}

function emptyTerm(kind: Exclude<Term['kind'], 'period'>): Term | null {
  if (kind === 'date') return { kind, until: '' }
  return kind === 'condition' ? { kind, text: '' } : null
}
