import { Button } from 'antd'
import { type CSSProperties, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { clockInChina } from '#shared/domain/common.ts'
import type { DeskKeys } from '#shared/domain/desk-keys.ts'
import { type Interview, onRecordMs, type Utterance } from '#shared/domain/interviews.ts'
import { freeCode } from '#shared/domain/phrases.ts'
import type { SideShow } from '#shared/domain/side.ts'
import { call, listen, shell } from '../../app/client.ts'
import { useAct } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { KeyHint } from '../../ui/page.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { Attendance } from './attendance.tsx'
import { Coverage, Ending } from './coverage.tsx'
import type { DeskAids } from './desk-aids.ts'
import { DiskLight } from './disk-light.tsx'
import { LineHead } from './line-head.tsx'
import { LiveLine } from './live-line.tsx'
import type { LiveRecord } from './live-record.ts'
import { ExhibitPanel, PhrasePanel, PromisePanel, SpeakerPanel, VersionPanel } from './panels.tsx'
import { Stream, type StreamHandle } from './stream.tsx'
import { shortKey, text } from './text.ts'
import { useAids } from './use-aids.ts'
import { useDeskKeys } from './use-desk-keys.ts'

const sizes = { least: 16, usual: 18, most: 24 } as const

/** What stands at the right instead of the coverage, or is asked in the head. */
type Asking =
  | { readonly kind: 'nothing' | 'pause' | 'end' | 'phrases' | 'show' | 'promise' | 'speaker' }
  | { readonly kind: 'versions'; readonly utterance: Utterance }

/** The live record: a typewriter that never loses a word (UX 约谈现场). */
export function Desk({ opening, record, onChange }: { opening: Interview; record: LiveRecord; onChange: () => void }) {
  const [interview, setInterview] = useState(opening)
  const [size, setSize] = useState<number>(sizes.usual)
  const [asking, setAsking] = useState<Asking>({ kind: 'nothing' })
  const [finding, setFinding] = useState(false)
  const [said, setSaid] = useSaid()
  const act = useAct()
  const holder = useKeptFocus()
  const stream = useRef<StreamHandle | null>(null)
  const { aids, tools, keys, preferences, failure } = useAids(interview, record)
  const { caseId, id: interviewId } = interview
  const target = useMemo(() => ({ caseId, interviewId }), [caseId, interviewId])
  const side = useSide(target)
  const running = interview.state === 'running'
  const close = useCallback(() => {
    setAsking({ kind: 'nothing' })
    aids.focusLine()
  }, [aids])
  const toggle = (kind: Exclude<Asking['kind'], 'versions'>) => (asking.kind === kind ? close() : setAsking({ kind }))

  const pause = async (reason: string) => {
    await record.flush()
    const value = await act.run('interviews.pause', { ...target, reason })
    if (value === null) return
    setInterview(value.interview)
    record.noted(value.note)
    close()
  }
  const resume = async () => {
    const value = await act.run('interviews.resume', target)
    if (value === null) return
    setInterview(value.interview)
    record.resumed()
    record.noted(value.note)
    close()
  }
  const end = async () => {
    await record.flush()
    if (record.unsaved) return
    if ((await act.run('interviews.end', target)) !== null) onChange()
  }
  const phrase = async () => {
    const words = aids.selected()
    if (words.trim() === '') return toggle('phrases')
    const code = freeCode(aids.phrases())
    // The caret and the selection stay where they are: nothing of the line is touched.
    const made = await call('aids.savePhrase', { id: null, shared: false, code, text: words }).catch(() => null)
    setSaid(made === null ? text.phrases.refused : text.phrases.kept(code))
    if (made !== null) aids.setPhrases([...aids.phrases(), made])
  }
  const alternate = () => {
    const next = !record.snapshot().alternate
    record.setAlternate(next)
    void call('aids.savePreferences', { ...preferences, alternate: next }).catch(() => undefined)
  }
  const openingWords = async () => {
    if (record.snapshot().lines.some((line) => line.utterance.kind !== 'note')) return setSaid(text.openingLate)
    const words = tools?.opening ?? (await call('aids.tools', {}).catch(() => null))?.opening
    if (words === undefined) return setSaid(text.openingMissing)
    record.say(words.map((line) => ({ ...line, text: aids.fill(line.text) })))
    const value = await act.run('interviews.check', { ...target, item: 'reminder', done: true })
    if (value !== null) setInterview(value)
  }
  useDeskKeys(keys, record, interview, {
    time: () => aids.insert(clockInChina(new Date().toISOString()).slice(0, 5)),
    mark: () => record.choose({ marked: !record.snapshot().settings.marked }),
    offRecord: () => (running ? toggle('pause') : void resume()),
    promise: () => toggle('promise'),
    show: () => toggle('show'),
    phrase: () => void phrase(),
    speaker: () => toggle('speaker'),
    opening: () => void openingWords(),
    alternate,
    find: () => setFinding(true),
    newest: () => stream.current?.toEnd(),
    larger: () => setSize((now) => Math.min(now + 1, sizes.most)),
    smaller: () => setSize((now) => Math.max(now - 1, sizes.least)),
    side: side.toggle,
    hold: side.hold,
    end: () => toggle('end'),
  })
  const latestKeys = useRef(keys)
  latestKeys.current = keys
  const onPromise = useCallback(() => setAsking({ kind: 'promise' }), [])
  const onEdit = useCallback(
    (utterance: Utterance) => {
      record.edit(utterance)
      aids.focusLine()
    },
    [record, aids],
  )
  const onVersions = useCallback((utterance: Utterance) => setAsking({ kind: 'versions', utterance }), [])
  const onFound = useCallback(() => {
    setFinding(false)
    aids.focusLine()
  }, [aids])
  return (
    <div className="desk" style={recordSize(size)} ref={holder}>
      <header className="desk-head">
        <h2>
          {interview.matter}
          {interview.ordinal > 1 && text.ordinal(interview.ordinal)}
        </h2>
        <Elapsed interview={interview} paused={!running} />
        <DiskLight record={record} />
        <span className="desk-acts">
          <Button size="small" onClick={side.toggle}>
            {side.show === 'off' ? text.side.open : text.side.close} <KeyHint keys={shortKey(keys.side)} />
          </Button>
          {side.show !== 'off' && (
            <Button size="small" onClick={side.hold}>
              {side.show === 'hold' ? text.side.follow : text.side.hold} <KeyHint keys={shortKey(keys.hold)} />
            </Button>
          )}
          {running ? (
            <Button size="small" onClick={() => setAsking({ kind: 'pause' })}>
              {text.pause} <KeyHint keys={shortKey(keys.offRecord)} />
            </Button>
          ) : (
            <Button size="small" onClick={() => void resume()}>
              {text.resume} <KeyHint keys={shortKey(keys.offRecord)} />
            </Button>
          )}
          <Button size="small" onClick={() => setAsking({ kind: 'end' })} disabled={asking.kind === 'end'}>
            {text.end} <KeyHint keys={shortKey(keys.end)} />
          </Button>
        </span>
      </header>
      {asking.kind === 'pause' && (
        <PauseForm busy={act.busy} onCancel={close} onPause={(reason) => void pause(reason)} />
      )}
      <ErrorNote failure={act.failure ?? failure} action={{ text: text.cancel, run: act.clear }} />
      <div className="desk-body">
        <Attendance interview={interview} record={record} keys={keys} onInterview={setInterview} />
        <div className="desk-main">
          <Stream
            record={record}
            interview={interview}
            onEdit={onEdit}
            finding={finding}
            newestKey={keys.newest}
            handle={stream}
            onFound={onFound}
            onVersions={onVersions}
          />
          <div className="desk-live">
            <LineHead
              record={record}
              interview={interview}
              keys={keys}
              aids={aids}
              said={said}
              onPromise={onPromise}
              onAlternate={alternate}
            />
            <LiveLine record={record} aids={aids} keys={latestKeys} />
          </div>
        </div>
        <Side asking={asking} interview={interview} record={record} aids={aids} keys={keys} onClose={close}>
          <Ending record={record} interview={interview} busy={act.busy} onEnd={() => void end()} onStay={close} />
        </Side>
      </div>
      <footer className="desk-keys" aria-hidden="true">
        {text.keys(keys).map(([key, name]) => (
          <span key={name}>
            <kbd>{key}</kbd> {name}
          </span>
        ))}
      </footer>
    </div>
  )
}

/** The right side: the coverage, or what was asked for in its place. */
function Side({
  asking,
  interview,
  record,
  aids,
  keys,
  onClose,
  children,
}: {
  asking: Asking
  interview: Interview
  record: LiveRecord
  aids: DeskAids
  keys: DeskKeys
  onClose: () => void
  children: ReactNode
}) {
  switch (asking.kind) {
    case 'end':
      return children
    case 'phrases':
      return <PhrasePanel aids={aids} keys={keys} onClose={onClose} />
    case 'show':
      return <ExhibitPanel aids={aids} record={record} onClose={onClose} />
    case 'promise':
      return <PromisePanel record={record} interview={interview} onClose={onClose} />
    case 'speaker':
      return <SpeakerPanel record={record} interview={interview} onClose={onClose} />
    case 'versions':
      return <VersionPanel interview={interview} utterance={asking.utterance} onClose={onClose} />
    default:
      return <Coverage record={record} interview={interview} keys={keys} />
  }
}

/** 旁屏: the core is told what it shows before the shell opens the window, so that it never shows anything else. */
function useSide(target: { readonly caseId: string; readonly interviewId: string }) {
  const [show, setShow] = useState<SideShow>('off')
  const turn = async (next: SideShow) => {
    const value = await call('side.show', { ...target, show: next }).catch(() => null)
    if (value === null) return
    setShow(value.show)
    shell().showSide(value.show !== 'off')
  }
  // Closed at its own corner: the core forgets it too.
  const closed = useRef<() => void>(() => undefined)
  closed.current = () => {
    if (show !== 'off') void turn('off')
  }
  useEffect(() => listen('side.closed', () => closed.current()), [])
  return {
    show,
    toggle: () => void turn(show === 'off' ? 'follow' : 'off'),
    /** Holds the screen where it is, or lets it follow again; nothing while it is closed. */
    hold: () => {
      if (show !== 'off') void turn(show === 'hold' ? 'follow' : 'hold')
    },
  }
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

/** A word of the desk itself; it goes away by itself after a while. */
function useSaid(): [string, (said: string) => void] {
  const [said, setSaid] = useState('')
  useEffect(() => {
    if (said === '') return
    const timer = setTimeout(() => setSaid(''), 8_000)
    return () => clearTimeout(timer)
  }, [said])
  return [said, setSaid]
}

/** Time on the record, computed from times: a lock or a closed window does not stop it, a pause does. */
function Elapsed({ interview, paused }: { interview: Interview; paused: boolean }) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  const spent = onRecordMs(interview, new Date(now).toISOString())
  if (spent === null) return null
  const seconds = Math.floor(spent / 1_000)
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
