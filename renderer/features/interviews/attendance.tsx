import { Button } from 'antd'
import { useRef, useState } from 'react'
import { clockInChina, dayInChina, momentInChina } from '#shared/domain/common.ts'
import { type DeskKeys, speakerAction } from '#shared/domain/desk-keys.ts'
import type { Attendee, AttendeeInput, Interview } from '#shared/domain/interviews.ts'
import { useAct } from '../../app/use-call.ts'
import { ClockField } from '../../ui/day-field.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { byKey, type LiveRecord } from './live-record.ts'
import { groupsOf, newRow, type Row } from './people-rows.tsx'
import { keyOf, text } from './text.ts'
import { usePart } from './use-record.ts'

const states = ['expected', 'present', 'late', 'left', 'absent'] as const

/** Who is here; one click or a key of the account makes somebody the speaker of the live line. */
export function Attendance({
  interview,
  record,
  keys,
  onInterview,
}: {
  interview: Interview
  record: LiveRecord
  /** Null after the end: nobody speaks any more. */
  keys: DeskKeys | null
  onInterview: (interview: Interview) => void
}) {
  const act = useAct()
  const speakerId = usePart(record, (snapshot) => snapshot.settings.speakerId)
  const [asked, setAsked] = useState<{ id: string; state: Attendee['state'] } | null>(null)
  const attend = async (attendeeId: string, state: Attendee['state'], reason: string, at?: string) => {
    const { caseId, id: interviewId } = interview
    const when = at === undefined ? {} : { at }
    const value = await act.run('interviews.attend', { caseId, interviewId, attendeeId, state, reason, ...when })
    if (value === null) return
    onInterview(value.interview)
    record.noted(value.note)
    setAsked(null)
  }
  const choose = (person: Attendee, state: Attendee['state']) => {
    if (state === 'absent' || state === 'late' || state === 'left') setAsked({ id: person.id, state })
    else void attend(person.id, state, '')
  }
  const [joining, setJoining] = useState(false)
  const join = async (attendee: AttendeeInput) => {
    const { caseId, id: interviewId } = interview
    const value = await act.run('interviews.join', { caseId, interviewId, attendee })
    if (value === null) return
    onInterview(value.interview)
    record.met(value.interview.attendees)
    record.noted(value.note)
    setJoining(false)
  }
  const allPresent = async () => {
    for (const person of interview.attendees) if (person.state === 'expected') await attend(person.id, 'present', '')
  }
  return (
    <aside className="attendance" aria-label={text.attendance}>
      <header>
        <h3>{text.attendance}</h3>
        {interview.attendees.some((person) => person.state === 'expected') && (
          <button type="button" className="y-quiet-button" onClick={() => void allPresent()}>
            {text.allPresent}
          </button>
        )}
      </header>
      <ErrorNote failure={act.failure} />
      {joining ? (
        <JoinForm
          interview={interview}
          busy={act.busy}
          onJoin={(one) => void join(one)}
          onCancel={() => setJoining(false)}
        />
      ) : (
        <button type="button" className="y-quiet-button" onClick={() => setJoining(true)}>
          ＋ {text.join.title}
        </button>
      )}
      <ul>
        {[...interview.attendees].sort(byKey).map((person) => (
          <li
            key={person.id}
            className={keys !== null && person.id === speakerId ? 'person person-speaking' : 'person'}
          >
            <button
              type="button"
              className="person-name"
              aria-label={text.speaker(person.name)}
              aria-pressed={keys !== null && person.id === speakerId}
              onClick={() => record.choose({ speakerId: person.id })}
            >
              <small>{text.sides[person.delegation]}</small>
              <span>{person.name}</span>
              {person.speakerKey !== null && keys !== null && (
                <kbd>{keyOf(keys, speakerAction(person.speakerKey)) || person.speakerKey}</kbd>
              )}
            </button>
            <div className="person-note">
              <small title={`${person.unit} ${person.title}`}>{person.title || person.unit}</small>
              {(person.state === 'late' || person.state === 'left') && person.at !== null && (
                <time className="person-at">{clockInChina(person.at).slice(0, 5)}</time>
              )}
              <select
                aria-label={text.attendanceOf(person.name)}
                value={person.state}
                onChange={(event) => {
                  const state = states.find((one) => one === event.target.value)
                  if (state !== undefined) choose(person, state)
                }}
              >
                {states.map((state) => (
                  <option key={state} value={state}>
                    {text.attendanceStates[state]}
                  </option>
                ))}
              </select>
            </div>
            {asked?.id === person.id && (
              <AttendanceForm
                interview={interview}
                person={person}
                state={asked.state}
                busy={act.busy}
                onAttend={(reason, at) => void attend(person.id, asked.state, reason, at)}
                onCancel={() => setAsked(null)}
              />
            )}
          </li>
        ))}
      </ul>
    </aside>
  )
}

/** Why somebody is absent; when and why somebody came late or left. Enter confirms, Esc goes back. */
function AttendanceForm({
  interview,
  person,
  state,
  busy,
  onAttend,
  onCancel,
}: {
  interview: Interview
  person: Attendee
  state: Attendee['state']
  busy: boolean
  onAttend: (reason: string, at?: string) => void
  onCancel: () => void
}) {
  const moved = state !== 'absent'
  const [now] = useState(() => interview.endedAt ?? new Date().toISOString())
  const first = clockInChina(now).slice(0, 5)
  const [clock, setClock] = useState(first)
  const reason = useRef('')
  const incomplete = () => (moved ? clock === '' : reason.current.trim() === '')
  const confirm = () => {
    if (incomplete()) return
    // The minute of now needs no telling: the core takes the moment itself.
    if (!moved || (clock === first && interview.endedAt === null)) onAttend(reason.current.trim())
    else onAttend(reason.current.trim(), momentInChina(dayInChina(now), clock))
  }
  return (
    <div className="person-asked">
      {moved && <ClockField label={text.movedAt(person.name, state)} value={first} onChange={setClock} />}
      <TextLine
        label={text.absenceReason(person.name)}
        placeholder={moved ? text.reasonMayStayOpen : text.reasonAsked}
        autoFocus
        onText={(value) => {
          reason.current = value
        }}
        onKey={(event) => {
          if (event.key !== 'Escape') return
          event.preventDefault()
          event.stopPropagation()
          onCancel()
        }}
        onEnter={() => {
          confirm()
          return true
        }}
      />
      <span className="person-acts">
        <Button size="small" onClick={onCancel}>
          {text.cancel}
        </Button>
        <Button size="small" type="primary" disabled={busy} onClick={confirm}>
          {text.attend}
        </Button>
      </span>
    </div>
  )
}

/** Somebody who was on no list: which delegation, who, from where. Enter confirms, Esc goes back. */
function JoinForm({
  interview,
  busy,
  onJoin,
  onCancel,
}: {
  interview: Interview
  busy: boolean
  onJoin: (attendee: AttendeeInput) => void
  onCancel: () => void
}) {
  const groups = groupsOf(interview)
  const [at, setAt] = useState(0)
  const [unit, setUnit] = useState('')
  const [name, setName] = useState('')
  const [title, setTitle] = useState('')
  const group = groups[at]
  const join = () => {
    if (group === undefined || name.trim() === '') return
    const { rowId: _rowId, ...attendee } = newRow(0, group, interview.attendees.map(seated), name.trim(), title.trim())
    onJoin({ ...attendee, unit: unit.trim() || attendee.unit })
  }
  const keys = {
    onEnter: () => {
      join()
      return true
    },
    onKey: (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      onCancel()
    },
  }
  return (
    <div className="person-asked">
      <select aria-label={text.join.group} value={at} onChange={(event) => setAt(Number(event.target.value))}>
        {groups.map((one, index) => (
          <option key={`${one.delegation}-${one.enterpriseId ?? ''}`} value={index}>
            {one.name}
          </option>
        ))}
      </select>
      <TextLine label={text.join.name} placeholder={text.join.name} autoFocus onText={setName} {...keys} />
      <TextLine label={text.join.post} placeholder={text.join.post} onText={setTitle} {...keys} />
      <TextLine label={text.join.unit} placeholder={text.join.unit} onText={setUnit} {...keys} />
      <span className="person-acts">
        <Button size="small" onClick={onCancel}>
          {text.cancel}
        </Button>
        <Button size="small" type="primary" disabled={busy || name.trim() === ''} onClick={join}>
          {text.attend}
        </Button>
      </span>
    </div>
  )
}

const seated = (person: Attendee, rowId: number): Row => ({ ...person, rowId })
