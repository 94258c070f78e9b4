import { Button } from 'antd'
import { type CSSProperties, memo, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { clockInChina } from '#shared/domain/common.ts'
import { type Interview, utteranceKindNames, utteranceKinds } from '#shared/domain/interviews.ts'
import { useShortcuts } from '../../app/keyboard.ts'
import { settle } from '../../app/navigation.ts'
import { useAct } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { KeyHint } from '../../ui/page.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { Attendance } from './attendance.tsx'
import { Coverage, Ending } from './coverage.tsx'
import { DiskLight } from './disk-light.tsx'
import { LiveLine } from './live-line.tsx'
import { byKey, type LineSettings, type LiveRecord } from './live-record.ts'
import { Stream } from './stream.tsx'
import { text } from './text.ts'
import { usePart } from './use-record.ts'

const kindKeys: Partial<Record<LineSettings['kind'], string>> = {
  explain: 'Alt+S',
  statement: 'Alt+C',
  question: 'F2',
  answer: 'F3',
  opinion: 'Alt+J',
  commitment: 'F8',
  exhibit: 'F6',
  other: 'Alt+T',
}
const sizes = { least: 16, usual: 18, most: 24 } as const

/** The live record: a typewriter that never loses a word (UX 约谈现场). */
export function Desk({ opening, record, onChange }: { opening: Interview; record: LiveRecord; onChange: () => void }) {
  const [interview, setInterview] = useState(opening)
  const [size, setSize] = useState<number>(sizes.usual)
  const [asking, setAsking] = useState<'nothing' | 'pause' | 'end'>('nothing')
  const act = useAct()
  const holder = useKeptFocus()
  const { caseId, id: interviewId } = interview
  const target = useMemo(() => ({ caseId, interviewId }), [caseId, interviewId])
  useRecordKeys(record, interview)
  useShortcuts({
    'Ctrl+=': () => setSize((now) => Math.min(now + 1, sizes.most)),
    'Ctrl+-': () => setSize((now) => Math.max(now - 1, sizes.least)),
  })
  const step = async (change: Promise<Interview | null>) => {
    const value = await change
    if (value === null) return
    setInterview(value)
    setAsking('nothing')
  }
  const end = async () => {
    await record.flush()
    if (record.unsaved) return
    if ((await act.run('interviews.end', target)) !== null) onChange()
  }
  const running = interview.state === 'running'
  return (
    <div className="desk" style={recordSize(size)} ref={holder}>
      <header className="desk-head">
        <h2>{interview.matter}</h2>
        <Elapsed startedAt={interview.startedAt} paused={!running} />
        <DiskLight record={record} />
        <span className="desk-acts">
          {running ? (
            <Button size="small" onClick={() => setAsking('pause')}>
              {text.pause}
            </Button>
          ) : (
            <Button size="small" onClick={() => void step(act.run('interviews.resume', target))}>
              {text.resume}
            </Button>
          )}
          <Button size="small" onClick={() => setAsking('end')} disabled={asking === 'end'}>
            {text.end}
          </Button>
        </span>
      </header>
      {asking === 'pause' && (
        <PauseForm
          busy={act.busy}
          onCancel={() => setAsking('nothing')}
          onPause={(reason) => void step(act.run('interviews.pause', { ...target, reason }))}
        />
      )}
      <ErrorNote failure={act.failure} action={{ text: text.cancel, run: act.clear }} />
      <div className="desk-body">
        <Attendance interview={interview} record={record} onInterview={setInterview} />
        <div className="desk-main">
          <Stream record={record} interview={interview} editable={running} />
          <div className="desk-live">
            <LineHead record={record} interview={interview} />
            <LiveLine record={record} />
          </div>
        </div>
        {asking === 'end' ? (
          <Ending record={record} busy={act.busy} onEnd={() => void end()} onStay={() => setAsking('nothing')} />
        ) : (
          <Coverage record={record} interview={interview} />
        )}
      </div>
      <footer className="desk-keys" aria-hidden="true">
        {text.keys.map(([key, name]) => (
          <span key={key}>
            <kbd>{key}</kbd> {name}
          </span>
        ))}
      </footer>
    </div>
  )
}

/** Size of the record's text, for the whole desk by one property: no component renders again for it. */
function recordSize(size: number): CSSProperties {
  return { '--record-size': `${size}px` } as CSSProperties
}

/** A click on a button of the desk acts, but the caret stays where the sentence is. */
function useKeptFocus() {
  const holder = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const keep = (event: MouseEvent) => {
      if (event.target instanceof Element && event.target.closest('button') !== null) event.preventDefault()
    }
    const desk = holder.current
    desk?.addEventListener('mousedown', keep)
    return () => desk?.removeEventListener('mousedown', keep)
  }, [])
  return holder
}

/** Speaker, kind, section and mark by keys; they act on the live line and never on its text. */
function useRecordKeys(record: LiveRecord, interview: Interview): void {
  const bindings: Record<string, () => void> = {
    F5: () => record.choose({ marked: !record.snapshot().settings.marked }),
    'Alt+Shift+1': () => record.choose({ section: 'state' }),
    'Alt+Shift+2': () => record.choose({ section: 'hear' }),
    'Alt+Shift+3': () => record.choose({ section: 'ask' }),
    'Alt+Shift+4': () => record.choose({ section: 'other' }),
  }
  for (const person of interview.attendees)
    if (person.speakerKey !== null) bindings[`Alt+${person.speakerKey}`] = () => record.choose({ speakerId: person.id })
  for (const kind of utteranceKinds) {
    const key = kindKeys[kind]
    if (key !== undefined) bindings[key] = () => record.choose({ kind })
  }
  useShortcuts(bindings)
}

/** What stands above the live line: who speaks, what kind, for whom; and what was recovered or refused. */
const LineHead = memo(function LineHead({ record, interview }: { record: LiveRecord; interview: Interview }) {
  const settings = usePart(record, (snapshot) => snapshot.settings)
  const editing = usePart(record, (snapshot) => snapshot.editing)
  const recovered = usePart(record, (snapshot) => snapshot.recovered)
  const refusal = usePart(record, (snapshot) => snapshot.refusal)
  const lines = usePart(record, (snapshot) => snapshot.lines)
  const speaker = interview.attendees.find((person) => person.id === settings.speakerId)
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
        <span className="y-quiet">{text.sections[settings.section]}</span>
        <button
          type="button"
          className="key-mark"
          aria-label={text.markLine}
          aria-pressed={settings.marked}
          onClick={() => record.choose({ marked: !settings.marked })}
        >
          {text.marked}
          <KeyHint keys="F5" />
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
            <KeyHint keys={kindKeys[kind] ?? ''} />
          </button>
        ))}
      </fieldset>
      {interview.enterprises.length > 1 && <AudienceChoice record={record} interview={interview} />}
    </div>
  )
})

/** Whom the line concerns: everybody, or the named enterprises only (Art. 6). */
function AudienceChoice({ record, interview }: { record: LiveRecord; interview: Interview }) {
  const audience = usePart(record, (snapshot) => snapshot.settings.audience)
  const toggle = (id: string) => {
    const now = audience === 'all' ? [] : audience
    const next = now.includes(id) ? now.filter((one) => one !== id) : [...now, id]
    record.choose({ audience: next.length === 0 ? 'all' : next })
  }
  return (
    <fieldset className="keys line-head-row" aria-label={text.audience}>
      <span className="keys-label">{text.audience}</span>
      <button
        type="button"
        aria-pressed={audience === 'all'}
        aria-label={text.audienceOf(text.audienceAll)}
        onClick={() => record.choose({ audience: 'all' })}
      >
        {text.audienceAll}
      </button>
      {interview.enterprises.map(({ id, name, shortName }) => (
        <button
          type="button"
          key={id}
          aria-label={text.audienceOf(shortName || name)}
          aria-pressed={audience !== 'all' && audience.includes(id)}
          onClick={() => toggle(id)}
        >
          {shortName || name}
        </button>
      ))}
    </fieldset>
  )
}

/** Time since the start, computed from times: a lock or a closed window does not stop it. */
function Elapsed({ startedAt, paused }: { startedAt: string | null; paused: boolean }) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  if (startedAt === null) return null
  const seconds = Math.max(0, Math.floor((now - Date.parse(startedAt)) / 1_000))
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
  return (
    <span className="desk-clock" role="timer">
      {text.elapsed} {parts.map((part) => String(part).padStart(2, '0')).join(':')}
      {paused && <em>（{text.paused}）</em>}
    </span>
  )
}

/** Asks why, in the head of the desk; the live line below goes on. */
function PauseForm({
  busy,
  onPause,
  onCancel,
}: {
  busy: boolean
  onPause: (reason: string) => void
  onCancel: () => void
}) {
  const [reason, setReason] = useState('')
  const pause = () => {
    if (reason.trim() !== '') onPause(reason)
  }
  return (
    <div className="desk-pause">
      <TextLine
        label={text.pauseReason}
        placeholder={text.pauseReason}
        autoFocus
        onText={setReason}
        onEnter={() => {
          pause()
          return true
        }}
      />
      <Button onClick={pause} disabled={busy || reason.trim() === ''}>
        {text.pauseConfirm}
      </Button>
      <Button onClick={onCancel}>{text.cancel}</Button>
    </div>
  )
}

/** The record after the end: read here, worked up in the minutes. */
export function ClosedRecord({ interview, record }: { interview: Interview; record: LiveRecord }) {
  const act = useAct()
  const { caseId, id: interviewId } = interview
  const draft = useCallback(async () => {
    if ((await act.run('minutes.draft', { caseId, interviewId })) !== null)
      settle({ room: 'case', caseId, tab: 'minutes' })
  }, [act, caseId, interviewId])
  return (
    <div className="desk">
      <header className="desk-head">
        <h2>{interview.matter}</h2>
        <span className="y-quiet">
          {interview.endedAt !== null && text.ended(clockInChina(interview.endedAt).slice(0, 5))} ·{' '}
          {text.states[interview.state]}
        </span>
      </header>
      <div className="desk-body">
        <ul className="attendance" aria-label={text.attendance}>
          {[...interview.attendees].sort(byKey).map((person) => (
            <li key={person.id} className="person person-read">
              <small>{text.sides[person.delegation]}</small>
              <span>{person.name}</span>
              <small>{text.attendanceStates[person.state]}</small>
            </li>
          ))}
        </ul>
        <div className="desk-main">
          <Stream record={record} interview={interview} editable={false} />
        </div>
        <Coverage record={record} interview={interview} />
      </div>
      <ErrorNote failure={act.failure} />
      <footer className="y-actions">
        <div />
        <Button type="primary" onClick={() => void draft()} disabled={act.busy}>
          {text.toMinutes}
        </Button>
      </footer>
    </div>
  )
}
