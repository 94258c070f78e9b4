import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useEffect, useMemo, useRef, useState } from 'react'
import { clockInChina } from '#shared/domain/common.ts'
import { type Attendee, type Interview, utteranceKindNames } from '#shared/domain/interviews.ts'
import { useShortcuts } from '../../app/keyboard.ts'
import type { LiveRecord, StreamLine } from './live-record.ts'
import { text } from './text.ts'
import { usePart } from './use-record.ts'

const nearEnd = 24

/** The record so far. It follows the newest line only while the reader is at the end. */
export const Stream = memo(function Stream({
  record,
  interview,
  editable,
}: {
  record: LiveRecord
  interview: Interview
  editable: boolean
}) {
  const lines = usePart(record, (snapshot) => snapshot.lines)
  const editing = usePart(record, (snapshot) => snapshot.editing?.id ?? null)
  const scroller = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const [unread, setUnread] = useState(0)
  const seen = useRef(lines.length)
  const people = useMemo(() => new Map(interview.attendees.map((person) => [person.id, person])), [interview])
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 46,
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 8,
  })
  const toEnd = () => {
    atEnd.current = true
    setUnread(0)
    virtual.scrollToIndex(lines.length - 1, { align: 'end' })
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new line moves the view
  useEffect(() => {
    const added = lines.length - seen.current
    seen.current = lines.length
    if (atEnd.current) virtual.scrollToIndex(lines.length - 1, { align: 'end' })
    else if (added > 0) setUnread((n) => n + added)
  }, [lines.length])
  useShortcuts({ 'Ctrl+End': toEnd })
  const onScroll = () => {
    const view = scroller.current
    if (view === null) return
    atEnd.current = view.scrollHeight - view.scrollTop - view.clientHeight < nearEnd
    if (atEnd.current) setUnread(0)
  }
  return (
    <div className="stream">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section ref={scroller} className="stream-view" aria-label={text.stream} onScroll={onScroll} tabIndex={0}>
        {lines.length === 0 ? (
          <p className="stream-empty">{text.streamEmpty}</p>
        ) : (
          <ol className="stream-lines" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((row) => {
              const line = lines[row.index]
              return line === undefined ? null : (
                <li
                  key={row.key}
                  ref={virtual.measureElement}
                  data-index={row.index}
                  data-confirmed={line.confirmed}
                  className={line.utterance.id === editing ? 'line line-editing' : 'line'}
                  style={{ transform: `translateY(${row.start}px)` }}
                >
                  <Line
                    line={line}
                    seq={row.index + 1}
                    person={people.get(line.utterance.speakerId ?? '')}
                    interview={interview}
                    onEdit={editable && line.confirmed ? () => record.edit(line.utterance) : null}
                  />
                </li>
              )
            })}
          </ol>
        )}
      </section>
      {unread > 0 && (
        <button type="button" className="stream-newer" onClick={toEnd}>
          {text.newer}（{unread}） <kbd>Ctrl+End</kbd>
        </button>
      )}
    </div>
  )
})

function Line({
  line,
  seq,
  person,
  interview,
  onEdit,
}: {
  line: StreamLine
  seq: number
  person: Attendee | undefined
  interview: Interview
  onEdit: (() => void) | null
}) {
  const { utterance, confirmed } = line
  const names =
    utterance.audience === 'all'
      ? null
      : interview.enterprises
          .filter((one) => utterance.audience.includes(one.id))
          .map((one) => one.shortName || one.name)
  return (
    <article className="line-body" onDoubleClick={onEdit ?? undefined}>
      <time className="line-time">{clockInChina(utterance.startedAt)}</time>
      <span className={`line-who side-${person?.delegation ?? 'none'}`}>
        <small>{person === undefined ? '' : text.sides[person.delegation]}</small>
        {person?.name ?? text.noSpeaker}
      </span>
      <span className="line-kind">{utteranceKindNames[utterance.kind]}</span>
      <span className="line-text">
        {utterance.text}
        {names !== null && <small className="line-note">{text.forSome(names.join('、'))}</small>}
        {utterance.marked && <small className="line-note line-marked">？{text.marked}</small>}
        {!confirmed && <small className="line-note line-unconfirmed">◌ {text.unconfirmed}</small>}
      </span>
      {onEdit !== null && (
        <button type="button" className="line-edit" aria-label={text.editLine(seq)} tabIndex={-1} onClick={onEdit}>
          改
        </button>
      )}
    </article>
  )
}
