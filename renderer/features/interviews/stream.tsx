import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, memo, useEffect, useMemo, useRef, useState } from 'react'
import { clockInChina, dayInChina, officialDay } from '#shared/domain/common.ts'
import { type Attendee, type Interview, type Utterance, utteranceKindNames } from '#shared/domain/interviews.ts'
import { KeyHint } from '../../ui/page.tsx'
import { FindBar } from './find-bar.tsx'
import { everything, filterLines, hitsIn, pieces, type Wanted } from './find-lines.ts'
import type { LiveRecord, StreamLine } from './live-record.ts'
import { text } from './text.ts'
import { usePart } from './use-record.ts'

const nearEnd = 24

/** What the desk may ask of the stream by key. */
export interface StreamHandle {
  readonly toEnd: () => void
}

/** The record so far. It follows the newest line only while the reader is at the end. */
export const Stream = memo(function Stream({
  record,
  interview,
  onEdit,
  finding,
  at: opened = null,
  newestKey,
  handle,
  onFound,
  onVersions,
}: {
  record: LiveRecord
  interview: Interview
  /** Takes a line up to be changed; null where the record is only read. */
  onEdit: ((utterance: Utterance) => void) | null
  finding: boolean
  /** The line it is opened at, in place of the newest. */
  at?: string | null
  newestKey: string
  handle?: { current: StreamHandle | null }
  /** The search was closed. */
  onFound: () => void
  onVersions: (utterance: Utterance) => void
}) {
  const all = usePart(record, (snapshot) => snapshot.lines)
  const editing = usePart(record, (snapshot) => snapshot.editing?.id ?? null)
  const [wanted, setWanted] = useState<Wanted>(everything)
  const [at, setAt] = useState(0)
  const scroller = useRef<HTMLDivElement>(null)
  const atEnd = useRef(opened === null)
  const [unread, setUnread] = useState(0)
  /** The line the arrow keys stand on, by its key. */
  const [cursor, setCursor] = useState<string | null>(null)
  const people = useMemo(() => new Map(interview.attendees.map((person) => [person.id, person])), [interview])
  const lines = useMemo(() => (finding ? filterLines(all, wanted, people) : all), [finding, all, wanted, people])
  const hits = useMemo(() => (finding ? hitsIn(lines, wanted.words) : []), [finding, lines, wanted.words])
  const first = useMemo(() => lines.findIndex((line) => line.utterance.id === opened), [lines, opened])
  const hit = finding ? hits[Math.min(at, hits.length - 1)] : first >= 0 ? first : undefined
  const numbers = useMemo(() => new Map(all.map((line, index) => [line.key, index + 1])), [all])
  const seen = useRef(lines.length)
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
  if (handle !== undefined) handle.current = { toEnd }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new line moves the view
  useEffect(() => {
    const added = lines.length - seen.current
    seen.current = lines.length
    if (finding) return
    if (atEnd.current) virtual.scrollToIndex(lines.length - 1, { align: 'end' })
    else if (added > 0) setUnread((n) => n + added)
  }, [lines.length, finding])
  // The find bar, a note above the live line, a smaller window: whoever reads the end goes on reading it.
  const keepEnd = useRef(toEnd)
  keepEnd.current = toEnd
  useEffect(() => {
    const view = scroller.current
    if (view === null) return
    const watch = new ResizeObserver(() => {
      if (atEnd.current) keepEnd.current()
    })
    watch.observe(view)
    return () => watch.disconnect()
  }, [])
  // A search goes where its hits are; closed, the reader is back where the record goes on.
  const before = useRef(opened === null)
  useEffect(() => {
    if (finding) before.current = atEnd.current
    else if (before.current) keepEnd.current()
  }, [finding])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another hit moves the view
  useEffect(() => {
    if (hit !== undefined) virtual.scrollToIndex(hit, { align: 'center' })
  }, [hit, wanted.words])
  const onScroll = () => {
    const view = scroller.current
    if (view === null) return
    atEnd.current = view.scrollHeight - view.scrollTop - view.clientHeight < nearEnd
    if (atEnd.current) setUnread(0)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== scroller.current) return
    const here = lines.findIndex((line) => line.key === cursor)
    if (event.key === 'Enter') {
      const line = lines[here]
      if (line === undefined || !line.confirmed || onEdit === null) return
      onEdit(line.utterance)
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      const from = here < 0 ? lines.length : here
      const next = Math.max(0, Math.min(lines.length - 1, from + (event.key === 'ArrowUp' ? -1 : 1)))
      setCursor(lines[next]?.key ?? null)
      virtual.scrollToIndex(next, { align: 'auto' })
    } else return
    event.preventDefault()
  }
  return (
    <div className="stream">
      {finding && (
        <FindBar
          interview={interview}
          wanted={wanted}
          hits={hits.length}
          at={Math.min(at, Math.max(0, hits.length - 1))}
          shown={lines.length}
          onWanted={(next) => {
            setWanted(next)
            setAt(0)
          }}
          onMove={(by) => {
            if (hits.length > 0) setAt((now) => (Math.min(now, hits.length - 1) + by + hits.length) % hits.length)
          }}
          onClose={() => {
            setWanted(everything)
            onFound()
          }}
        />
      )}
      <div className="stream-area">
        <section
          ref={scroller}
          className="stream-view"
          aria-label={text.stream}
          onScroll={onScroll}
          onKeyDown={onKeyDown}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
          tabIndex={0}
        >
          {lines.length === 0 ? (
            <p className="stream-empty">{finding && all.length > 0 ? text.find.nothing : text.streamEmpty}</p>
          ) : (
            <ol className="stream-lines" style={{ height: virtual.getTotalSize() }}>
              {virtual.getVirtualItems().map((row) => {
                const line = lines[row.index]
                if (line === undefined) return null
                const before = lines[row.index - 1]
                const day = dayInChina(line.utterance.startedAt)
                const newDay = before !== undefined && dayInChina(before.utterance.startedAt) !== day
                return (
                  <li
                    key={row.key}
                    ref={virtual.measureElement}
                    data-index={row.index}
                    data-confirmed={line.confirmed}
                    className={lineClass(line, editing, { hit: hit === row.index, cursor: line.key === cursor })}
                    style={{ transform: `translateY(${row.start}px)` }}
                  >
                    {newDay && <p className="line-day">{officialDay(day)}</p>}
                    <Line
                      line={line}
                      seq={numbers.get(line.key) ?? row.index + 1}
                      person={people.get(line.utterance.speakerId ?? '')}
                      interview={interview}
                      words={finding ? wanted.words : ''}
                      onEdit={onEdit !== null && line.confirmed ? () => onEdit(line.utterance) : null}
                      onVersions={() => onVersions(line.utterance)}
                    />
                  </li>
                )
              })}
            </ol>
          )}
        </section>
        {unread > 0 && (
          <button type="button" className="stream-newer" onClick={toEnd}>
            {text.newer}（{unread}） <KeyHint keys={newestKey} />
          </button>
        )}
      </div>
    </div>
  )
})

function lineClass(
  line: StreamLine,
  editing: string | null,
  { hit, cursor }: { readonly hit: boolean; readonly cursor: boolean },
): string {
  const states = [
    line.utterance.id === editing && 'line-editing',
    hit && 'line-hit',
    cursor && 'line-cursor',
    line.utterance.kind === 'note' && 'line-own',
  ]
  return ['line', ...states.filter((one) => one !== false)].join(' ')
}

function Line({
  line,
  seq,
  person,
  interview,
  words,
  onEdit,
  onVersions,
}: {
  line: StreamLine
  seq: number
  person: Attendee | undefined
  interview: Interview
  words: string
  onEdit: (() => void) | null
  onVersions: () => void
}) {
  const { utterance, confirmed } = line
  const { commitment } = utterance
  const own = utterance.kind === 'note'
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
        {own ? '' : (person?.name ?? text.noSpeaker)}
      </span>
      <span className="line-kind">{utteranceKindNames[utterance.kind]}</span>
      <span className="line-text">
        {own ? '【' : ''}
        {pieces(utterance.text, words).map((piece, index) =>
          index % 2 === 1 ? <mark key={index}>{piece}</mark> : piece,
        )}
        {own ? '】' : ''}
        {names !== null && <small className="line-note">{text.forSome(names.join('、'))}</small>}
        {commitment !== null && (
          <small className="line-note">{text.promise.shown(commitment.owner, commitment.due ?? '')}</small>
        )}
        {utterance.marked && <small className="line-note line-marked">？{text.marked}</small>}
        {utterance.version > 1 && (
          <button
            type="button"
            className="line-versions"
            aria-label={text.versionsOf(seq)}
            tabIndex={-1}
            onClick={onVersions}
          >
            {text.edited(utterance.version - 1)}
          </button>
        )}
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
