import { Button } from 'antd'
import { useState } from 'react'
import { type DerivationSource, levelNames, markText, type Proposal } from '#shared/domain/secrecy.ts'
import { OneOf } from '../../ui/choice.tsx'
import { FieldGroup } from '../../ui/field.tsx'
import { PrintedMark } from '../../ui/lights.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { proposalText as text } from './proposal-text.ts'

type OriginKind = 'original' | 'derived' | 'unclear'

/** 原始定密, 派生定密 with its sources, or 不明确事项 (保密法 18; 实施条例 18, 25). */
export function Origin({ value, onChange }: { value: Proposal; onChange: (value: Proposal) => void }) {
  const [kind, setKind] = useState<OriginKind>(
    value.unclear ? 'unclear' : value.sources.length > 0 ? 'derived' : 'original',
  )
  const choose = (next: OriginKind) => {
    setKind(next)
    onChange({ ...value, unclear: next === 'unclear', sources: next === 'derived' ? value.sources : [] })
  }
  return (
    <FieldGroup label={text.origin} hint={text.originHint[kind]}>
      <OneOf
        options={(['original', 'derived', 'unclear'] as const).map((one) => ({ value: one, text: text.origins[one] }))}
        value={kind}
        onChange={choose}
      />
      {kind === 'derived' && <Sources value={value} onChange={onChange} />}
    </FieldGroup>
  )
}

function Sources({ value, onChange }: { value: Proposal; onChange: (value: Proposal) => void }) {
  // Each source begins a new, empty row.
  const [round, setRound] = useState(0)
  const add = (source: DerivationSource) => {
    onChange({ ...value, sources: [...value.sources, source] })
    setRound((n) => n + 1)
  }
  return (
    <div className="y-proposal-sources">
      {value.sources.map((one, index) => (
        <p key={`${one.issuer}/${one.number}/${one.title}`}>
          {one.issuer}《{one.title}》{one.number} <PrintedMark mark={markText(one)} />{' '}
          <button
            type="button"
            className="y-quiet-button"
            aria-label={`${text.removeSource} ${one.title}`}
            onClick={() => onChange({ ...value, sources: value.sources.filter((_, other) => other !== index) })}
          >
            {text.removeSource}
          </button>
        </p>
      ))}
      <NewSource key={round} onAdd={add} />
    </div>
  )
}

function NewSource({ onAdd }: { onAdd: (source: DerivationSource) => void }) {
  const [title, setTitle] = useState('')
  const [number, setNumber] = useState('')
  const [issuer, setIssuer] = useState('')
  const [level, setLevel] = useState<DerivationSource['level']>('secret')
  const [years, setYears] = useState('')
  const whole = title.trim() !== '' && issuer.trim() !== '' && /^[1-9]\d?$/.test(years)
  return (
    <div className="y-proposal-source">
      <TextLine label={text.sourceTitle} placeholder={text.sourceTitle} onText={setTitle} />
      <TextLine label={text.sourceNumber} placeholder={text.sourceNumber} onText={setNumber} />
      <TextLine label={text.sourceIssuer} placeholder={text.sourceIssuer} onText={setIssuer} />
      <TextLine label={text.sourceYears} placeholder={text.sourceYears} maxLength={2} onText={setYears} />
      <OneOf
        options={(['secret', 'confidential'] as const).map((one) => ({ value: one, text: levelNames[one] }))}
        value={level}
        onChange={setLevel}
      />
      <Button
        disabled={!whole}
        onClick={() =>
          onAdd({
            title: title.trim(),
            number: number.trim(),
            issuer: issuer.trim(),
            level,
            term: { kind: 'period', length: Number(years), unit: 'year' },
          })
        }
      >
        {text.addSource}
      </Button>
    </div>
  )
}
