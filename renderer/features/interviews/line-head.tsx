import { memo, useSyncExternalStore } from 'react'
import { partsOf } from '#shared/domain/coverage.ts'
import { audienceAction, type DeskKeys } from '#shared/domain/desk-keys.ts'
import { type Interview, utteranceKindNames, utteranceKinds } from '#shared/domain/interviews.ts'
import { useRules } from '../../app/rules.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { KeyHint } from '../../ui/page.tsx'
import type { DeskAids } from './desk-aids.ts'
import type { LiveRecord } from './live-record.ts'
import { keyOf, shortKey, text } from './text.ts'
import { usePart } from './use-record.ts'

/** What stands above the live line: who speaks, what kind, for whom; and what was recovered or refused. */
export const LineHead = memo(function LineHead({
  record,
  interview,
  keys,
  aids,
  said,
  onPromise,
  onAlternate,
}: {
  record: LiveRecord
  interview: Interview
  keys: DeskKeys
  aids: DeskAids
  /** A word of the desk itself: a phrase was kept. */
  said: string
  onPromise: () => void
  onAlternate: () => void
}) {
  const settings = usePart(record, (snapshot) => snapshot.settings)
  const editing = usePart(record, (snapshot) => snapshot.editing)
  const recovered = usePart(record, (snapshot) => snapshot.recovered)
  const refusal = usePart(record, (snapshot) => snapshot.refusal)
  const alternate = usePart(record, (snapshot) => snapshot.alternate)
  const lines = usePart(record, (snapshot) => snapshot.lines)
  const rules = useRules()
  const speaker = interview.attendees.find((person) => person.id === settings.speakerId)
  const part = settings.part === null ? undefined : partsOf(rules, settings.section)[settings.part - 1]
  const { commitment } = settings
  return (
    <div className="line-head">
      {recovered > 0 && (
        <p className="line-head-note" role="status">
          {text.recovered(recovered)}
        </p>
      )}
      {editing !== null && (
        <p className="line-head-note" role="status">
          {text.editing(lines.findIndex((line) => line.utterance.id === editing.id) + 1)}
        </p>
      )}
      <ErrorNote failure={refusal} />
      <div className="line-head-row">
        <strong className="line-head-speaker">
          {speaker === undefined ? text.noSpeaker : `${text.sides[speaker.delegation]} ${speaker.name}`}
        </strong>
        <span className="y-quiet line-head-place">
          {text.sections[settings.section]}
          {part !== undefined && ` · ${part}`}
        </span>
        <Completions aids={aids} takeKey={keys.take} />
        {settings.kind === 'commitment' && (
          <button type="button" className="key-mark keys-promise" aria-label={text.promise.title} onClick={onPromise}>
            {text.promise.shown(commitment?.owner ?? '', commitment?.due ?? '')}
            <KeyHint keys={shortKey(keys.promise)} />
          </button>
        )}
        <span className="line-head-said" role="status">
          {said}
        </span>
        <button
          type="button"
          className="key-mark"
          aria-label={text.markLine}
          aria-pressed={settings.marked}
          onClick={() => record.choose({ marked: !settings.marked })}
        >
          {text.marked}
          <KeyHint keys={shortKey(keys.mark)} />
        </button>
        <button
          type="button"
          className="key-mark"
          aria-label={text.alternate}
          aria-pressed={alternate}
          onClick={onAlternate}
        >
          {text.alternateShort}
          <KeyHint keys={shortKey(keys.alternate)} />
        </button>
      </div>
      <fieldset className="keys line-head-row" aria-label={text.kindsLabel}>
        {utteranceKinds.map((kind) => (
          <button
            type="button"
            key={kind}
            aria-label={text.kind(utteranceKindNames[kind])}
            aria-pressed={settings.kind === kind}
            onClick={() => record.choose({ kind })}
          >
            {utteranceKindNames[kind]}
            <KeyHint keys={shortKey(keys[kind])} />
          </button>
        ))}
      </fieldset>
      {interview.enterprises.length > 1 && <AudienceChoice record={record} interview={interview} keys={keys} />}
    </div>
  )
})

/** Words that continue what was typed. It renders alone; the line itself never hears of it. */
function Completions({ aids, takeKey }: { aids: DeskAids; takeKey: string }) {
  const { completions, chosen } = useSyncExternalStore(aids.subscribe, aids.offer)
  if (completions.length === 0) return null
  return (
    <ul className="completions" aria-label={text.completions}>
      {completions.map(({ word }, index) => (
        <li key={word.text}>
          <button
            type="button"
            tabIndex={-1}
            aria-label={text.complete(word.text)}
            aria-pressed={index === chosen}
            onClick={() => aids.take(index)}
          >
            {word.text}
            {index === chosen && <KeyHint keys={shortKey(takeKey)} />}
          </button>
        </li>
      ))}
    </ul>
  )
}

/** Whom the line concerns: everybody, or the named enterprises only (Art. 6). */
function AudienceChoice({ record, interview, keys }: { record: LiveRecord; interview: Interview; keys: DeskKeys }) {
  const audience = usePart(record, (snapshot) => snapshot.settings.audience)
  return (
    <fieldset className="keys line-head-row" aria-label={text.audience}>
      <span className="keys-label">
        {text.audience} <KeyHint keys={shortKey(keys.audience)} />
      </span>
      <button
        type="button"
        aria-pressed={audience === 'all'}
        aria-label={text.audienceOf(text.audienceAll)}
        onClick={() => record.choose({ audience: 'all' })}
      >
        {text.audienceAll}
        <KeyHint keys={shortKey(keys.audienceAll)} />
      </button>
      {interview.enterprises.map(({ id, name, shortName }, index) => (
        <button
          type="button"
          key={id}
          aria-label={text.audienceOf(shortName || name)}
          aria-pressed={audience !== 'all' && audience.includes(id)}
          onClick={() => record.concern(id)}
        >
          {shortName || name}
          <KeyHint keys={keyOf(keys, audienceAction(index + 1))} />
        </button>
      ))}
    </fieldset>
  )
}
