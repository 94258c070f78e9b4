import { Button } from 'antd'
import { useCallback, useRef, useState } from 'react'
import { recordWriters } from '#shared/domain/accounts.ts'
import { clockInChina, dayInChina, officialDay } from '#shared/domain/common.ts'
import { keysInForce } from '#shared/domain/desk-keys.ts'
import type { Interview, Utterance } from '#shared/domain/interviews.ts'
import { useShortcuts } from '../../app/keyboard.ts'
import { navigate, settle } from '../../app/navigation.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { Attendance } from './attendance.tsx'
import { Coverage } from './coverage.tsx'
import { LineForm } from './line-form.tsx'
import { byKey, type LiveRecord } from './live-record.ts'
import { VersionPanel } from './panels.tsx'
import { SidePanel } from './side-panel.tsx'
import { Stream, type StreamHandle } from './stream.tsx'
import { shortKey, text } from './text.ts'
import { usePart } from './use-record.ts'

/**
 * The record as it is read: by everybody after the end, and before it by those who do not keep it. `at` is the line it
 * is opened at.
 */
export function ClosedRecord({
  interview: opening,
  record,
  at,
}: {
  interview: Interview
  record: LiveRecord
  at: string | null
}) {
  const [interview, setInterview] = useState(opening)
  const act = useAct()
  const [finding, setFinding] = useState(false)
  /** What stands in place of the coverage: the wordings of a line, or a line being corrected. */
  const [asked, setAsked] = useState<{ kind: 'versions' | 'correct'; utterance: Utterance } | null>(null)
  const session = useSession()
  const writes = session.may(...recordWriters)
  const over = interview.state === 'ended' || interview.state === 'frozen'
  const open = interview.state === 'ended' && writes
  const onVersions = useCallback((utterance: Utterance) => setAsked({ kind: 'versions', utterance }), [])
  const onEdit = useCallback((utterance: Utterance) => setAsked({ kind: 'correct', utterance }), [])
  const close = useCallback(() => setAsked(null), [])
  const lines = usePart(record, (snapshot) => snapshot.lines)
  const [again, setAgain] = useState(false)
  const stream = useRef<StreamHandle | null>(null)
  const tools = useCall('aids.tools', {})
  const keys = keysInForce(tools.data?.preferences.keys ?? {})
  useShortcuts({ [keys.find]: () => setFinding(true), [keys.newest]: () => stream.current?.toEnd() })
  const { caseId, id: interviewId } = interview
  const draft = useCallback(async () => {
    if ((await act.run('minutes.draft', { caseId, interviewId })) !== null)
      settle({ room: 'case', caseId, tab: 'minutes' })
  }, [act, caseId, interviewId])
  const talkAgain = async (reason: string) => {
    const value = await act.run('interviews.again', { caseId, reason })
    if (value !== null) navigate({ room: 'live', caseId, objectId: value.id })
  }
  return (
    <div className="desk">
      <header className="desk-head">
        <h2>
          {interview.matter}
          {interview.ordinal > 1 && text.ordinal(interview.ordinal)}
        </h2>
        <span className="y-quiet">
          {interview.endedAt !== null &&
            `${text.ended(
              `${officialDay(dayInChina(interview.endedAt))} ${clockInChina(interview.endedAt).slice(0, 5)}`,
            )} · `}
          {text.states[interview.state]}
          {!over && ` · ${text.readOnly}`}
        </span>
      </header>
      <div className="desk-body">
        {open ? (
          <Attendance interview={interview} record={record} keys={null} onInterview={setInterview} />
        ) : (
          <ul className="attendance" aria-label={text.attendance}>
            {[...interview.attendees].sort(byKey).map((person) => (
              <li key={person.id} className="person person-read">
                <small>{text.sides[person.delegation]}</small>
                <span>{person.name}</span>
                <small title={person.reason}>
                  {text.attendanceStates[person.state]}
                  {(person.state === 'late' || person.state === 'left') &&
                    person.at !== null &&
                    ` ${clockInChina(person.at).slice(0, 5)}`}
                </small>
              </li>
            ))}
          </ul>
        )}
        <div className="desk-main">
          <Stream
            record={record}
            interview={interview}
            onEdit={open ? onEdit : null}
            finding={finding}
            at={at}
            newestKey={shortKey(keys.newest)}
            handle={stream}
            onFound={() => setFinding(false)}
            onVersions={onVersions}
          />
        </div>
        {asked === null && <Coverage record={record} interview={interview} keys={null} />}
        {asked?.kind === 'versions' && (
          <VersionPanel interview={interview} utterance={asked.utterance} onClose={close} />
        )}
        {asked?.kind === 'correct' && (
          <SidePanel
            title={text.correct.title(lines.findIndex((line) => line.utterance.id === asked.utterance.id) + 1)}
            onClose={close}
          >
            <p className="y-quiet side-hint">{text.correct.hint}</p>
            <LineForm
              key={asked.utterance.id}
              interview={interview}
              utterance={asked.utterance}
              onSaved={(utterance) => {
                record.corrected(utterance)
                close()
              }}
              onCancel={close}
            />
          </SidePanel>
        )}
      </div>
      {again && (
        <ReasonDialog
          title={text.againTitle}
          label={text.againReason}
          confirm={text.again}
          failure={act.failure}
          onConfirm={(reason) => void talkAgain(reason)}
          onCancel={() => setAgain(false)}
        />
      )}
      <ErrorNote failure={again ? null : act.failure} />
      <footer className="y-actions">
        <div>
          {interview.state === 'frozen' && session.may('caseOfficer', 'officeHead') && (
            <Button onClick={() => setAgain(true)}>{text.again}</Button>
          )}
        </div>
        {writes && over && (
          <Button type="primary" onClick={() => void draft()} disabled={act.busy}>
            {text.toMinutes}
          </Button>
        )}
      </footer>
    </div>
  )
}
