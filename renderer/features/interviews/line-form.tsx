import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { type Place, partsOf, usualPlace } from '#shared/domain/coverage.ts'
import {
  type Commitment,
  type Interview,
  sections,
  type Utterance,
  utteranceKindNames,
  utteranceKinds,
} from '#shared/domain/interviews.ts'
import { onClosing } from '../../app/closing.ts'
import { useRules } from '../../app/rules.tsx'
import { useAct } from '../../app/use-call.ts'
import { DayField } from '../../ui/day-field.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextBlock, TextLine } from '../../ui/text-block.tsx'
import { byKey } from './live-record.ts'
import { text } from './text.ts'

/**
 * A line of the record after the interview: words, speaker, kind, place in Art. 8, what was promised, whom it concerns, 待核. What is saved is one more
 * version; order and times stay. The record's own lines change their words only.
 */
export function LineForm({
  interview,
  utterance,
  onSaved,
  onCancel,
}: {
  interview: Interview
  utterance: Utterance
  onSaved: (utterance: Utterance) => void
  onCancel: () => void
}) {
  const act = useAct()
  const [now, setNow] = useState(utterance)
  const { id: utteranceId, seq, version } = utterance
  const own = utterance.kind === 'note'
  const change = (part: Partial<Utterance>) => setNow((before) => ({ ...before, ...part }))
  const save = async () => {
    const { id: _id, seq: _seq, version: _version, ...line } = now
    const target = { caseId: interview.caseId, interviewId: interview.id, utteranceId, version }
    const value = await act.run('interviews.edit', { ...target, utterance: { ...line, text: line.text.trim() } })
    if (value !== null) onSaved(value.utterance)
  }
  // A lock takes the window away: what was corrected by then is one more wording, the former ones stay.
  const latest = useRef(save)
  latest.current = async () => {
    if (now.text.trim() !== '' && !same(now, utterance)) await save()
  }
  useEffect(() => onClosing(() => latest.current()), [])
  return (
    <div className="side-form line-form">
      <TextBlock
        label={text.correct.words(seq)}
        initial={utterance.text}
        rows={5}
        maxLength={20_000}
        autoFocus
        onText={(words) => change({ text: words })}
        onKey={(event) => {
          if (event.key !== 'Escape') return
          event.preventDefault()
          event.stopPropagation()
          onCancel()
        }}
      />
      {!own && (
        <>
          <label className="line-form-row">
            <span>{text.correct.speaker}</span>
            <select
              aria-label={text.correct.speakerOf(seq)}
              value={now.speakerId ?? ''}
              onChange={(event) => change({ speakerId: event.target.value === '' ? null : event.target.value })}
            >
              <option value="">{text.noSpeaker}</option>
              {[...interview.attendees].sort(byKey).map((person) => (
                <option key={person.id} value={person.id}>
                  {text.sides[person.delegation]} {person.name}
                </option>
              ))}
            </select>
          </label>
          <label className="line-form-row">
            <span>{text.correct.kind}</span>
            <select
              aria-label={text.correct.kindOf(seq)}
              value={now.kind}
              onChange={(event) => {
                const kind = utteranceKinds.find((one) => one === event.target.value)
                // As at the desk: another kind brings its usual place in Art. 8 along.
                if (kind !== undefined) change({ kind, ...placed(kind, utterance) })
              }}
            >
              {utteranceKinds.map((kind) => (
                <option key={kind} value={kind}>
                  {utteranceKindNames[kind]}
                </option>
              ))}
            </select>
          </label>
          <PlaceRow seq={seq} section={now.section} part={now.part} onChange={change} />
          {now.kind === 'commitment' && (
            <CommitmentRows seq={seq} commitment={now.commitment} onChange={(commitment) => change({ commitment })} />
          )}
          {interview.enterprises.length > 1 && (
            <AudienceBoxes interview={interview} seq={seq} audience={now.audience} onChange={change} />
          )}
          <label className="y-choice">
            <input
              type="checkbox"
              checked={now.marked}
              onChange={(event) => change({ marked: event.target.checked })}
            />
            <span>{text.correct.marked}</span>
          </label>
        </>
      )}
      <ErrorNote failure={act.failure} />
      <div className="line-form-acts">
        <Button onClick={onCancel}>{text.cancel}</Button>
        <Button
          type="primary"
          disabled={act.busy || now.text.trim() === '' || same(now, utterance)}
          onClick={() => void save()}
        >
          {text.correct.save}
        </Button>
      </div>
    </div>
  )
}

/** Where the line belongs in Art. 8, with its part where the content has parts. */
function PlaceRow({
  seq,
  section,
  part,
  onChange,
}: {
  seq: number
  onChange: (place: Place) => void
} & Place) {
  const rules = useRules()
  const parts = partsOf(rules, section)
  return (
    <>
      <label className="line-form-row">
        <span>{text.correct.section}</span>
        <select
          aria-label={text.correct.sectionOf(seq)}
          value={section}
          onChange={(event) => {
            const next = sections.find((one) => one === event.target.value)
            if (next !== undefined) onChange({ section: next, part: null })
          }}
        >
          {sections.map((one) => (
            <option key={one} value={one}>
              {text.sections[one]}
            </option>
          ))}
        </select>
      </label>
      {parts.length > 0 && (
        <label className="line-form-row">
          <span>{text.correct.part}</span>
          <select
            aria-label={text.correct.partOf(seq)}
            value={part ?? ''}
            onChange={(event) =>
              onChange({ section, part: event.target.value === '' ? null : Number(event.target.value) })
            }
          >
            <option value="">{text.correct.noPart}</option>
            {parts.map((name, index) => (
              <option key={name} value={index + 1}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  )
}

/** Who answers for a 承诺 and until when (Art. 11); both may stay open. */
function CommitmentRows({
  seq,
  commitment,
  onChange,
}: {
  seq: number
  commitment: Commitment | null
  onChange: (commitment: Commitment) => void
}) {
  const { owner, due } = commitment ?? { owner: '', due: null }
  return (
    <>
      <div className="line-form-row">
        <span>{text.promise.owner}</span>
        <TextLine
          label={text.correct.ownerOf(seq)}
          initial={owner}
          onText={(name) => onChange({ owner: name.trim(), due })}
        />
      </div>
      <DayField
        label={text.promise.due}
        value={due ?? ''}
        onChange={(day) => onChange({ owner, due: day === '' ? null : day })}
        hint={text.promise.hint}
      />
    </>
  )
}

/** Whom the line concerns (Art. 6): with no box ticked it is for all. */
function AudienceBoxes({
  interview,
  seq,
  audience,
  onChange,
}: {
  interview: Interview
  seq: number
  audience: Utterance['audience']
  onChange: (part: Pick<Utterance, 'audience'>) => void
}) {
  const meant = audience === 'all' ? [] : audience
  const toggle = (id: string) => {
    const next = meant.includes(id) ? meant.filter((one) => one !== id) : [...meant, id]
    onChange({ audience: next.length === 0 ? 'all' : next })
  }
  return (
    <fieldset className="line-form-audience" aria-label={text.correct.audienceOf(seq)}>
      <label className="y-choice">
        <input type="radio" checked={audience === 'all'} onChange={() => onChange({ audience: 'all' })} />
        <span>{text.audienceAll}</span>
      </label>
      {interview.enterprises.map(({ id, name, shortName }) => (
        <label key={id} className="y-choice">
          <input type="checkbox" checked={meant.includes(id)} onChange={() => toggle(id)} />
          <span>{text.forSome(shortName || name)}</span>
        </label>
      ))}
    </fieldset>
  )
}

function placed(kind: (typeof utteranceKinds)[number], before: Utterance): Partial<Utterance> {
  if (kind === before.kind) return { section: before.section, part: before.part, commitment: before.commitment }
  const { section, part } = usualPlace[kind]
  return { section, part: part ?? null, commitment: null }
}

function same(a: Utterance, b: Utterance): boolean {
  return (
    a.text.trim() === b.text &&
    a.speakerId === b.speakerId &&
    a.kind === b.kind &&
    a.marked === b.marked &&
    a.section === b.section &&
    a.part === b.part &&
    JSON.stringify(a.commitment) === JSON.stringify(b.commitment) &&
    JSON.stringify(a.audience) === JSON.stringify(b.audience)
  )
}
