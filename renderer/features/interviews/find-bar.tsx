import { useEffect, useRef } from 'react'
import { type Interview, utteranceKindNames, utteranceKinds } from '#shared/domain/interviews.ts'
import { type TextHandle, TextLine } from '../../ui/text-block.tsx'
import type { Wanted } from './find-lines.ts'
import { byKey } from './live-record.ts'
import { text } from './text.ts'

/** Ctrl+F: words with next and previous, and filters; the record stays where it is below. */
export function FindBar({
  interview,
  wanted,
  hits,
  at,
  shown,
  onWanted,
  onMove,
  onClose,
}: {
  interview: Interview
  wanted: Wanted
  /** Number of hits, and which of them is shown (from 0). */
  hits: number
  at: number
  /** Lines that pass the filters. */
  shown: number
  onWanted: (wanted: Wanted) => void
  onMove: (by: 1 | -1) => void
  onClose: () => void
}) {
  const handle = useRef<TextHandle>(null)
  useEffect(() => handle.current?.focus(), [])
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose()
    else if (event.key === 'ArrowDown' || (event.key === 'Enter' && !event.shiftKey)) onMove(1)
    else if (event.key === 'ArrowUp' || event.key === 'Enter') onMove(-1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const people = [...interview.attendees].sort(byKey)
  return (
    <search
      className="find"
      aria-label={text.find.title}
      onKeyDown={(event) => {
        // From a filter too; the words themselves answer the key first.
        if (event.key === 'Escape') onClose()
      }}
    >
      <TextLine
        label={text.find.words}
        placeholder={text.find.words}
        handle={handle}
        onText={(words) => onWanted({ ...wanted, words })}
        onKey={onKey}
      />
      <span className="find-count" role="status">
        {wanted.words.trim() === '' ? text.find.shown(shown) : text.find.hits(hits === 0 ? 0 : at + 1, hits)}
      </span>
      <button type="button" className="y-quiet-button" aria-label={text.find.previous} onClick={() => onMove(-1)}>
        ↑
      </button>
      <button type="button" className="y-quiet-button" aria-label={text.find.next} onClick={() => onMove(1)}>
        ↓
      </button>
      <select
        aria-label={text.find.speaker}
        value={wanted.speakerId ?? ''}
        onChange={(event) => onWanted({ ...wanted, speakerId: event.target.value || null })}
      >
        <option value="">{text.find.anySpeaker}</option>
        {people.map((person) => (
          <option key={person.id} value={person.id}>
            {person.name}
          </option>
        ))}
      </select>
      <select
        aria-label={text.find.kind}
        value={wanted.kind ?? ''}
        onChange={(event) =>
          onWanted({ ...wanted, kind: utteranceKinds.find((kind) => kind === event.target.value) ?? null })
        }
      >
        <option value="">{text.find.anyKind}</option>
        {utteranceKinds.map((kind) => (
          <option key={kind} value={kind}>
            {utteranceKindNames[kind]}
          </option>
        ))}
      </select>
      {interview.enterprises.length > 1 && (
        <select
          aria-label={text.find.enterprise}
          value={wanted.enterpriseId ?? ''}
          onChange={(event) => onWanted({ ...wanted, enterpriseId: event.target.value || null })}
        >
          <option value="">{text.find.anyEnterprise}</option>
          {interview.enterprises.map((one) => (
            <option key={one.id} value={one.id}>
              {one.shortName || one.name}
            </option>
          ))}
        </select>
      )}
      <label className="find-marked">
        <input
          type="checkbox"
          checked={wanted.marked}
          onChange={(event) => onWanted({ ...wanted, marked: event.target.checked })}
        />
        {text.marked}
      </label>
      <button type="button" className="y-quiet-button" onClick={onClose}>
        {text.close}
      </button>
    </search>
  )
}
