import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react'
import { clockInChina } from '#shared/domain/common.ts'
import {
  concerns,
  type Interview,
  type Utterance,
  type UtteranceKind,
  utteranceKindNames,
  utteranceKinds,
} from '#shared/domain/interviews.ts'
import { type MinutesSection, minutesSections } from '#shared/domain/minutes.ts'
import { TextLine } from '../../ui/text-block.tsx'
import { startDrag } from './drag.ts'
import { text } from './text.ts'

export interface RecordHandle {
  readonly focus: () => void
  /** Brings a line into view and puts the keys on it. */
  readonly open: (utteranceId: string) => void
}

/** The record beside the minutes: only what concerns this enterprise (Art. 6), filtered and searched. */
export function RecordList({
  interview,
  utterances,
  enterpriseId,
  used,
  shown,
  sources,
  onTake,
  onAttach,
  handle,
}: {
  interview: Interview
  utterances: readonly Utterance[]
  enterpriseId: string
  used: ReadonlySet<string>
  /** Lines a sentence of the minutes points at; the first is brought into view. */
  shown: readonly string[]
  /** Sources of the sentence the keys of the sheet are on. */
  sources: ReadonlySet<string>
  onTake: ((utterance: Utterance, section: MinutesSection | null) => void) | null
  onAttach: ((utteranceId: string) => void) | null
  handle: Ref<RecordHandle>
}) {
  const [kind, setKind] = useState<UtteranceKind | ''>('')
  const [speaker, setSpeaker] = useState('')
  const [audience, setAudience] = useState<keyof typeof text.audiences>('all')
  const [marked, setMarked] = useState(false)
  const [words, setWords] = useState('')
  const [active, setActive] = useState<string | null>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const own = useMemo(() => utterances.filter((one) => concerns(one, enterpriseId)), [utterances, enterpriseId])
  const speakers = useMemo(() => {
    const heard = new Set(own.map((one) => one.speakerId))
    return interview.attendees.filter((one) => heard.has(one.id))
  }, [own, interview])
  const names = useMemo(() => new Map(speakers.map((one) => [one.id, one.name])), [speakers])
  const lines = useMemo(
    () =>
      own.filter(
        (one) =>
          (kind === '' || one.kind === kind) &&
          (speaker === '' || one.speakerId === speaker) &&
          (audience === 'all' || (one.audience === 'all') === (audience === 'common')) &&
          (!marked || one.marked) &&
          (words === '' || one.text.includes(words)),
      ),
    [own, kind, speaker, audience, marked, words],
  )
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 76,
    getItemKey: (index) => lines[index]?.id ?? index,
    overscan: 6,
  })
  const first = shown[0]
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another source moves the list
  useEffect(() => {
    const at = first === undefined ? -1 : lines.findIndex((line) => line.id === first)
    if (at >= 0) virtual.scrollToIndex(at, { align: 'center' })
  }, [first])

  const clear = () => {
    setKind('')
    setSpeaker('')
    setAudience('all')
    setMarked(false)
    setWords('')
  }
  const [wanted, setWanted] = useState<string | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the line asked for stands in the list
  useEffect(() => {
    const at = wanted === null ? -1 : lines.findIndex((line) => line.id === wanted)
    if (at < 0) return
    virtual.scrollToIndex(at, { align: 'center' })
    setActive(wanted)
    setWanted(null)
    scroller.current?.focus({ preventScroll: true })
  }, [wanted, lines])
  useImperativeHandle(handle, () => ({
    focus: () => {
      setActive((now) => now ?? lines[virtual.range?.startIndex ?? 0]?.id ?? null)
      scroller.current?.focus({ preventScroll: true })
    },
    open: (utteranceId) => {
      if (!lines.some((line) => line.id === utteranceId)) clear()
      setWanted(utteranceId)
    },
  }))

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== scroller.current) return
    const at = lines.findIndex((line) => line.id === active)
    const line = lines[at]
    const go = (index: number) => {
      const next = lines[Math.max(0, Math.min(lines.length - 1, index))]
      if (next === undefined) return
      setActive(next.id)
      virtual.scrollToIndex(lines.indexOf(next), { align: 'auto' })
    }
    const section = /^Digit([123])$/.exec(event.code)?.[1]
    const key = `${event.ctrlKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${event.key}`
    const acts: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at - 1),
      PageDown: () => go(at + 8),
      PageUp: () => go(at - 8),
      Home: () => go(0),
      End: () => go(lines.length - 1),
      'Ctrl+Enter': () => line !== undefined && onTake?.(line, null),
      'Ctrl+l': () => line !== undefined && onAttach?.(line.id),
    }
    const act =
      event.altKey && section !== undefined
        ? () => line !== undefined && onTake?.(line, minutesSections[Number(section) - 1] ?? null)
        : acts[key]
    if (act === undefined) return
    event.preventDefault()
    act()
  }

  const several = interview.enterprises.length > 1
  return (
    <>
      <div className="record-filters">
        <TextLine
          label={text.find}
          placeholder={text.findHint}
          className="record-find"
          initial={words}
          onText={setWords}
        />
        <select
          className="y-input record-filter"
          aria-label={text.kindFilter}
          value={kind}
          onChange={(event) => setKind(utteranceKinds.find((one) => one === event.target.value) ?? '')}
        >
          <option value="">{text.allKinds}</option>
          {utteranceKinds.map((one) => (
            <option key={one} value={one}>
              {utteranceKindNames[one]}
            </option>
          ))}
        </select>
        <select
          className="y-input record-filter"
          aria-label={text.speakerFilter}
          value={speaker}
          onChange={(event) => setSpeaker(event.target.value)}
        >
          <option value="">{text.allSpeakers}</option>
          {speakers.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
        {several && (
          <select
            className="y-input record-filter"
            aria-label={text.audienceFilter}
            value={audience}
            onChange={(event) => setAudience(event.target.value as keyof typeof text.audiences)}
          >
            {Object.entries(text.audiences).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        )}
        <label className="record-marked">
          <input type="checkbox" checked={marked} onChange={(event) => setMarked(event.target.checked)} />
          {text.markedOnly}
        </label>
        <span className="y-quiet record-count">{text.found(lines.length, own.length)}</span>
      </div>
      <div
        ref={scroller}
        className="record-scroll"
        role="listbox"
        aria-label={text.record}
        aria-activedescendant={active === null ? undefined : `record-${active}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onFocus={() => setActive((now) => now ?? lines[virtual.range?.startIndex ?? 0]?.id ?? null)}
      >
        {lines.length === 0 && <p className="y-quiet record-none">{text.noLine}</p>}
        <div className="record-lines" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((row) => {
            const line = lines[row.index]
            if (line === undefined) return null
            const classes = ['record-line']
            if (shown.includes(line.id)) classes.push('record-shown')
            if (active === line.id) classes.push('record-active')
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are on the list
              <div
                key={row.key}
                id={`record-${line.id}`}
                ref={virtual.measureElement}
                data-index={row.index}
                role="option"
                aria-selected={active === line.id}
                tabIndex={-1}
                className={classes.join(' ')}
                style={{ transform: `translateY(${row.start}px)` }}
                draggable={onTake !== null}
                onDragStart={(event) => startDrag(event, 'line', line.id)}
                onClick={() => setActive(line.id)}
              >
                <p className="record-line-head">
                  <span>{line.seq}</span>
                  <span>{clockInChina(line.startedAt)}</span>
                  <span>{names.get(line.speakerId ?? '') ?? ''}</span>
                  <span>{utteranceKindNames[line.kind]}</span>
                  {line.marked && <span className="y-amber">▲ {text.markedOnly}</span>}
                  <span className="record-line-acts">
                    {used.has(line.id) && <em>✓ {text.used}</em>}
                    {onAttach !== null && active === line.id && (
                      <button
                        type="button"
                        className="y-quiet-button"
                        aria-label={text.attach(line.seq)}
                        tabIndex={-1}
                        onClick={() => onAttach(line.id)}
                      >
                        {sources.has(line.id) ? text.detachShort : text.attachShort}
                      </button>
                    )}
                    {!used.has(line.id) && onTake !== null && (
                      <button
                        type="button"
                        className="y-quiet-button"
                        aria-label={text.take(line.seq)}
                        tabIndex={-1}
                        onClick={() => onTake(line, null)}
                      >
                        {text.takeShort}
                      </button>
                    )}
                  </span>
                </p>
                <p>{line.text}</p>
              </div>
            )
          })}
        </div>
      </div>
    </>
  )
}
