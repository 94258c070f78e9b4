import { useState } from 'react'
import { clockInChina } from '#shared/domain/common.ts'
import { type DeskKeys, speakerAction } from '#shared/domain/desk-keys.ts'
import type { Attendee, Interview } from '#shared/domain/interviews.ts'
import { useAct } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { byKey, type LiveRecord } from './live-record.ts'
import { keyOf, text } from './text.ts'
import { usePart } from './use-record.ts'

const states = ['expected', 'present', 'late', 'left', 'absent'] as const

/** Who is here; one click or Alt+number makes somebody the speaker of the live line. */
export function Attendance({
  interview,
  record,
  keys,
  onInterview,
}: {
  interview: Interview
  record: LiveRecord
  keys: DeskKeys
  onInterview: (interview: Interview) => void
}) {
  const act = useAct()
  const speakerId = usePart(record, (snapshot) => snapshot.settings.speakerId)
  const [asked, setAsked] = useState<{ id: string; state: Attendee['state'] } | null>(null)
  const attend = async (attendeeId: string, state: Attendee['state'], reason: string) => {
    const { caseId, id: interviewId } = interview
    const value = await act.run('interviews.attend', { caseId, interviewId, attendeeId, state, reason })
    if (value === null) return
    onInterview(value.interview)
    record.noted(value.note)
    setAsked(null)
  }
  const choose = (person: Attendee, state: Attendee['state']) => {
    if (state === 'absent' || state === 'left') setAsked({ id: person.id, state })
    else void attend(person.id, state, '')
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
      <ul>
        {[...interview.attendees].sort(byKey).map((person) => (
          <li key={person.id} className={person.id === speakerId ? 'person person-speaking' : 'person'}>
            <button
              type="button"
              className="person-name"
              aria-label={text.speaker(person.name)}
              aria-pressed={person.id === speakerId}
              onClick={() => record.choose({ speakerId: person.id })}
            >
              <small>{text.sides[person.delegation]}</small>
              <span>{person.name}</span>
              {person.speakerKey !== null && (
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
              <TextLine
                label={text.absenceReason(person.name)}
                placeholder="事由，Enter 确认"
                autoFocus
                onEnter={(reason) => {
                  void attend(person.id, asked.state, reason)
                  return true
                }}
              />
            )}
          </li>
        ))}
      </ul>
    </aside>
  )
}
