import { Button } from 'antd'
import { useRef, useState, useSyncExternalStore } from 'react'
import { clockInChina, dayInChina, officialDay } from '#shared/domain/common.ts'
import { partsOf } from '#shared/domain/coverage.ts'
import type { DeskKeys } from '#shared/domain/desk-keys.ts'
import {
  type Attendee,
  type Audience,
  exhibitSign,
  type Interview,
  pledge,
  type Utterance,
  utteranceKindNames,
} from '#shared/domain/interviews.ts'
import { freeCode, type Phrase } from '#shared/domain/phrases.ts'
import { useRules } from '../../app/rules.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { DayField } from '../../ui/day-field.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextBlock, TextLine } from '../../ui/text-block.tsx'
import type { DeskAids } from './desk-aids.ts'
import { byKey, type LiveRecord } from './live-record.ts'
import { SidePanel } from './side-panel.tsx'
import { shortKey, text } from './text.ts'

interface PanelProps {
  readonly aids: DeskAids
  readonly onClose: () => void
}

/** 短语: what can be called, and a new one in the middle of a sentence. A click puts one in at the caret. */
export function PhrasePanel({ aids, keys, onClose }: PanelProps & { keys: DeskKeys }) {
  const phrases = useSyncExternalStore(aids.subscribe, aids.phrases)
  const act = useAct()
  const code = useRef(freeCode(phrases))
  const words = useRef('')
  const [made, setMade] = useState(0)
  const save = async () => {
    if (words.current.trim() === '' || code.current.trim() === '') return
    const value = await act.run('aids.savePhrase', {
      id: null,
      shared: false,
      code: code.current,
      text: words.current,
    })
    if (value === null) return
    aids.setPhrases([...phrases, value])
    code.current = freeCode(aids.phrases())
    words.current = ''
    setMade((n) => n + 1)
  }
  return (
    <SidePanel title={text.phrases.title} onClose={onClose}>
      <p className="y-quiet side-hint">{text.phrases.hint(shortKey(keys.phrase))}</p>
      <ul className="side-list">
        {phrases.map((one: Phrase) => (
          <li key={one.id}>
            <button
              type="button"
              className="side-row"
              aria-label={text.phrases.insert(one.code)}
              onClick={() => aids.insert(aids.fill(one.text))}
            >
              <kbd>{one.code}；</kbd>
              <span>{one.text}</span>
              <small>{one.shared ? text.phrases.unit : text.phrases.own}</small>
            </button>
          </li>
        ))}
        {phrases.length === 0 && <li className="y-quiet">{text.phrases.none}</li>}
      </ul>
      <div className="side-form" key={made}>
        <TextLine
          label={text.phrases.code}
          placeholder={text.phrases.code}
          initial={code.current}
          maxLength={12}
          onText={(value) => {
            code.current = value
          }}
        />
        <TextBlock
          label={text.phrases.text}
          placeholder={text.phrases.text}
          rows={3}
          maxLength={2_000}
          onText={(value) => {
            words.current = value
          }}
        />
        <ErrorNote failure={act.failure} />
        <Button onClick={() => void save()} disabled={act.busy}>
          {text.phrases.save}
        </Button>
      </div>
    </SidePanel>
  )
}

/** 出示材料: a material of the case, or one named here; leaves its sign in the sentence. */
export function ExhibitPanel({ aids, record, onClose }: PanelProps & { record: LiveRecord }) {
  const show = (name: string) => {
    if (name.trim() === '') return false
    aids.insert(exhibitSign(name))
    if (record.snapshot().settings.kind !== 'exhibit' && record.snapshot().settings.kind === 'explain')
      record.choose({ kind: 'exhibit' })
    onClose()
    return true
  }
  return (
    <SidePanel title={text.exhibit.title} onClose={onClose}>
      <TextLine label={text.exhibit.name} placeholder={text.exhibit.name} autoFocus onEnter={show} />
      <p className="y-quiet side-hint">{text.exhibit.hint}</p>
      <ul className="side-list">
        {aids.materials.map((title) => (
          <li key={title}>
            <button type="button" className="side-row" onClick={() => show(title)}>
              <span>{title}</span>
            </button>
          </li>
        ))}
        {aids.materials.length === 0 && <li className="y-quiet">{text.exhibit.none}</li>}
      </ul>
    </SidePanel>
  )
}

/** 承诺: who answers for it and until when; both may stay open. Enter goes on, at the end back to the live line. */
export function PromisePanel({
  record,
  interview,
  onClose,
}: {
  record: LiveRecord
  interview: Interview
  onClose: () => void
}) {
  const { settings } = record.snapshot()
  const speaker = interview.attendees.find((person) => person.id === settings.speakerId)
  const first = speaker?.delegation === 'enterprise' ? speaker.name : ''
  const owner = useRef(settings.commitment?.owner ?? first)
  const [due, setDue] = useState(settings.commitment?.due ?? '')
  const keep = () => {
    record.choose({ kind: 'commitment', commitment: { owner: owner.current.trim(), due: due === '' ? null : due } })
    onClose()
  }
  return (
    <SidePanel title={text.promise.title} onClose={onClose}>
      <div className="side-form">
        <TextLine
          label={text.promise.owner}
          placeholder={text.promise.owner}
          initial={owner.current}
          autoFocus
          onText={(value) => {
            owner.current = value
          }}
          onEnter={() => {
            keep()
            return true
          }}
        />
        <DayField label={text.promise.due} value={due} onChange={setDue} hint={text.promise.hint} />
        <Button onClick={keep}>{text.promise.keep}</Button>
      </div>
    </SidePanel>
  )
}

/** More people than nine keys: by name, post or unit, or by the number of the speaker. */
export function SpeakerPanel({
  record,
  interview,
  onClose,
}: {
  record: LiveRecord
  interview: Interview
  onClose: () => void
}) {
  const [sought, setSought] = useState('')
  const people = [...interview.attendees].sort(byKey)
  const found = people.filter((person) => matches(person, sought.trim()))
  const choose = (person: Attendee | undefined) => {
    if (person === undefined) return
    record.choose({ speakerId: person.id })
    onClose()
  }
  return (
    <SidePanel title={text.picker.title} onClose={onClose}>
      <TextLine
        label={text.picker.find}
        placeholder={text.picker.find}
        autoFocus
        onText={setSought}
        onEnter={() => {
          choose(found.find((person) => String(person.speakerKey) === sought.trim()) ?? found[0])
          return true
        }}
      />
      <ul className="side-list">
        {found.map((person, index) => (
          <li key={person.id}>
            <button
              type="button"
              className={index === 0 ? 'side-row side-row-first' : 'side-row'}
              aria-label={text.picker.choose(person.name)}
              onClick={() => choose(person)}
            >
              <kbd>{person.speakerKey ?? ''}</kbd>
              <span>
                {person.name} {person.title}
              </span>
              <small>{text.sides[person.delegation]}</small>
            </button>
          </li>
        ))}
        {found.length === 0 && <li className="y-quiet">{text.picker.none}</li>}
      </ul>
    </SidePanel>
  )
}

function matches(person: Attendee, sought: string): boolean {
  if (/^\d+$/.test(sought)) return String(person.speakerKey ?? '').startsWith(sought)
  return `${person.name} ${person.title} ${person.unit}`.includes(sought)
}

/** Every wording of a line with its time and author; the first one is what was typed in the room. */
export function VersionPanel({
  interview,
  utterance,
  onClose,
}: {
  interview: Interview
  utterance: Utterance
  onClose: () => void
}) {
  const { caseId, id: interviewId } = interview
  const versions = useCall('interviews.versions', { caseId, interviewId, utteranceId: utterance.id })
  const people = new Map(interview.attendees.map((person) => [person.id, person.name]))
  const rules = useRules()
  return (
    <SidePanel title={text.versions.title} onClose={onClose}>
      <p className="y-quiet side-hint">
        {text.versions.hint(
          `${officialDay(dayInChina(utterance.startedAt))} ${clockInChina(utterance.startedAt)}`,
          clockInChina(utterance.endedAt),
        )}
      </p>
      <ErrorNote failure={versions.failure} />
      <ol className="side-list versions">
        {versions.data?.toReversed().map((one) => (
          <li key={one.version}>
            <header>
              <b>{text.versions.nth(one.version)}</b>
              <small>
                {officialDay(dayInChina(one.at))} {clockInChina(one.at)} {one.by}
              </small>
            </header>
            <p>{one.text}</p>
            <small>
              {[
                people.get(one.speakerId ?? '') ?? text.noSpeaker,
                utteranceKindNames[one.kind],
                [text.sections[one.section], partsOf(rules, one.section)[(one.part ?? 0) - 1]]
                  .filter(Boolean)
                  .join('：'),
                ...(interview.enterprises.length > 1 ? [meantFor(interview, one.audience)] : []),
                pledge(one).replace(/[（）]/g, ''),
                one.marked ? text.marked : '',
              ]
                .filter(Boolean)
                .join(' · ')}
            </small>
          </li>
        ))}
      </ol>
    </SidePanel>
  )
}

/** Whom a wording was meant for (Art. 6). */
function meantFor({ enterprises }: Interview, audience: Audience): string {
  if (audience === 'all') return text.audienceAll
  const names = enterprises.filter((one) => audience.includes(one.id)).map((one) => one.shortName || one.name)
  return text.forSome(names.join('、'))
}
