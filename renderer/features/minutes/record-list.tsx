import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState } from 'react'
import { clockInChina } from '#shared/domain/common.ts'
import {
  concerns,
  type Interview,
  type Utterance,
  type UtteranceKind,
  utteranceKindNames,
  utteranceKinds,
} from '#shared/domain/interviews.ts'
import { Panel } from '../../ui/page.tsx'
import { text } from './text.ts'

/** The record beside the minutes: only what concerns this enterprise (Art. 6), filtered by kind and speaker. */
export function RecordList({
  interview,
  utterances,
  enterpriseId,
  used,
  shown,
  onTake,
}: {
  interview: Interview
  utterances: readonly Utterance[]
  enterpriseId: string
  used: ReadonlySet<string>
  /** Lines a sentence of the minutes points at; the first is brought into view. */
  shown: readonly string[]
  onTake: ((utterance: Utterance) => void) | null
}) {
  const [kind, setKind] = useState<UtteranceKind | ''>('')
  const [speaker, setSpeaker] = useState('')
  const scroller = useRef<HTMLDivElement>(null)
  const names = useMemo(() => new Map(interview.attendees.map((one) => [one.id, one.name])), [interview])
  const lines = useMemo(
    () =>
      utterances
        .map((utterance, index) => ({ utterance, seq: index + 1 }))
        .filter(
          ({ utterance }) =>
            concerns(utterance, enterpriseId) &&
            (kind === '' || utterance.kind === kind) &&
            (speaker === '' || utterance.speakerId === speaker),
        ),
    [utterances, enterpriseId, kind, speaker],
  )
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 76,
    getItemKey: (index) => lines[index]?.utterance.id ?? index,
    overscan: 6,
  })
  const first = shown[0]
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another source moves the list
  useEffect(() => {
    const at = first === undefined ? -1 : lines.findIndex((line) => line.utterance.id === first)
    if (at >= 0) virtual.scrollToIndex(at, { align: 'center' })
  }, [first])
  return (
    <Panel
      title={text.record}
      className="record-panel"
      extra={
        <>
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
            {interview.attendees.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </>
      }
    >
      <div ref={scroller} className="record-scroll">
        <ol style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((row) => {
            const line = lines[row.index]
            if (line === undefined) return null
            const { utterance, seq } = line
            return (
              <li
                key={row.key}
                ref={virtual.measureElement}
                data-index={row.index}
                className={shown.includes(utterance.id) ? 'record-line record-shown' : 'record-line'}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <p className="record-line-head">
                  <span>{seq}</span>
                  <span>{clockInChina(utterance.startedAt)}</span>
                  <span>{names.get(utterance.speakerId ?? '') ?? ''}</span>
                  <span>{utteranceKindNames[utterance.kind]}</span>
                  {used.has(utterance.id) ? (
                    <em>✓ {text.used}</em>
                  ) : (
                    onTake !== null && (
                      <button
                        type="button"
                        className="y-quiet-button"
                        aria-label={text.take(seq)}
                        onClick={() => onTake(utterance)}
                      >
                        {text.takeShort}
                      </button>
                    )
                  )}
                </p>
                <p>{utterance.text}</p>
              </li>
            )
          })}
        </ol>
      </div>
    </Panel>
  )
}
