import { Button } from 'antd'
import { memo, useMemo, useState } from 'react'
import { type Covered, coverage, elementNames, elements, elementsHeld, partsOf } from '#shared/domain/coverage.ts'
import type { DeskAction, DeskKeys } from '#shared/domain/desk-keys.ts'
import { exhibitsIn, type Interview, type Section, secrecyCheckNames, sections } from '#shared/domain/interviews.ts'
import { useRules } from '../../app/rules.tsx'
import { ArticleChip } from '../../ui/article.tsx'
import { KeyHint } from '../../ui/page.tsx'
import type { LiveRecord, StreamLine } from './live-record.ts'
import { shortKey, text } from './text.ts'
import { usePart } from './use-record.ts'

const sectionKeys: Readonly<Record<Section, DeskAction>> = {
  state: 'sectionState',
  hear: 'sectionHear',
  ask: 'sectionAsk',
  other: 'sectionOther',
}
type State = 'done' | 'begun' | 'none'
const signs: Readonly<Record<State, string>> = { none: '○', begun: '◐', done: '✓' }

/** A place of Art. 8 as it stands: done for everybody it is owed to, for some of them, or for nobody. */
interface Standing extends Covered {
  readonly state: State
  /** Names of the enterprises that still lack it, in a 集体约谈. */
  readonly lacking: readonly string[]
}

/** How Art. 8 stands for one enterprise, or (`null`) for every one that was called in. */
function useStanding(lines: readonly StreamLine[], interview: Interview, enterpriseId: string | null) {
  const rules = useRules()
  return useMemo(() => {
    const said = lines.map((line) => line.utterance)
    const { enterprises, attendees } = interview
    const room = coverage(rules, said, attendees, enterpriseId)
    const each =
      enterpriseId === null && enterprises.length > 1
        ? enterprises.map((one) => ({
            name: one.shortName || one.name,
            held: coverage(rules, said, attendees, one.id),
          }))
        : []
    return room.map((place, index): Standing => {
      const lacking = each.filter((one) => one.held[index]?.count === 0).map((one) => one.name)
      const state = place.count === 0 ? 'none' : lacking.length > 0 ? 'begun' : 'done'
      return { ...place, state, lacking: place.owed ? lacking : [] }
    })
  }, [rules, lines, interview, enterpriseId])
}

/** How much of Art. 8 and 9 the record holds already; a click puts the live line under that content. */
export const Coverage = memo(function Coverage({
  record,
  interview,
  keys,
}: {
  record: LiveRecord
  interview: Interview
  keys: DeskKeys | null
}) {
  const lines = usePart(record, (snapshot) => snapshot.lines)
  const section = usePart(record, (snapshot) => snapshot.settings.section)
  const part = usePart(record, (snapshot) => snapshot.settings.part)
  const [enterpriseId, setEnterpriseId] = useState<string | null>(null)
  const rules = useRules()
  const standing = useStanding(lines, interview, enterpriseId)
  return (
    <aside className="coverage" aria-label={text.coverage}>
      <header>
        <h3>{text.coverage}</h3>
        <ArticleChip article={8} />
      </header>
      {interview.enterprises.length > 1 && (
        <select
          className="coverage-of"
          aria-label={text.coverageOf}
          value={enterpriseId ?? ''}
          onChange={(event) => setEnterpriseId(event.target.value === '' ? null : event.target.value)}
        >
          <option value="">{text.audienceAll}</option>
          {interview.enterprises.map((one) => (
            <option key={one.id} value={one.id}>
              {one.shortName || one.name}
            </option>
          ))}
        </select>
      )}
      <ul>
        {sections.map((one) => (
          <Content
            key={one}
            section={one}
            places={standing.filter((place) => place.section === one)}
            points={interview.outline.filter((line) => line.section === one).map((line) => line.text)}
            hint={keys === null ? '' : shortKey(keys[sectionKeys[one]])}
            current={section === one}
            part={section === one ? part : null}
            // A record that is read has no live line to place.
            onSection={keys === null ? null : () => record.place(one, partsOf(rules, one).length)}
            onPart={keys === null ? null : (n) => record.choose({ section: one, part: n })}
          />
        ))}
      </ul>
      <Elements lines={lines} interview={interview} enterpriseId={enterpriseId} />
      <Tally lines={lines} />
    </aside>
  )
})

/** One content of Art. 8 with its parts and what the 提纲 says to each. */
function Content({
  section,
  places,
  points,
  hint,
  current,
  part,
  onSection,
  onPart,
}: {
  section: Section
  places: readonly Standing[]
  points: readonly string[]
  hint: string
  current: boolean
  part: number | null
  onSection: (() => void) | null
  onPart: ((part: number) => void) | null
}) {
  const names = partsOf(useRules(), section)
  const state = joined(places.map((place) => place.state))
  const own = points.filter((point) => !names.some((name) => point.startsWith(name)))
  return (
    <li>
      <button
        type="button"
        className="coverage-section"
        aria-label={text.sectionOf(text.sections[section])}
        aria-pressed={current}
        disabled={onSection === null}
        onClick={onSection ?? undefined}
      >
        <i className={`coverage-${state}`} title={text.coverageStates[state]}>
          {signs[state]}
        </i>
        <span>{text.sections[section]}</span>
        <b>{places.reduce((n, place) => n + place.count, 0)}</b>
        <KeyHint keys={hint} />
      </button>
      <ul className="coverage-parts">
        {names.map((name, index) => {
          const place = places[index]
          const point = points.find((one) => one.startsWith(name) && one !== name)?.slice(name.length)
          return (
            <li key={name}>
              <button
                type="button"
                className="coverage-part"
                aria-label={text.partOf(name)}
                aria-pressed={part === index + 1}
                title={text.coverageStates[place?.state ?? 'none']}
                disabled={onPart === null}
                onClick={() => onPart?.(index + 1)}
              >
                <i className={`coverage-${place?.state ?? 'none'}`}>{signs[place?.state ?? 'none']}</i>
                <span>
                  {name}
                  {point !== undefined && <small>{point.replace(/^：/, '')}</small>}
                  {place?.state === 'begun' && (
                    <small className="y-amber">{text.lacks(place.lacking.join('、'))}</small>
                  )}
                </span>
              </button>
            </li>
          )
        })}
        {own.map((point) => (
          <li key={point} className="coverage-point">
            {point}
          </li>
        ))}
      </ul>
    </li>
  )
}

function joined(states: readonly State[]): State {
  if (states.every((state) => state === 'done')) return 'done'
  return states.every((state) => state === 'none') ? 'none' : 'begun'
}

/** What Art. 9 asks of the minutes, as far as this room supplies it. */
function Elements({
  lines,
  interview,
  enterpriseId,
}: {
  lines: readonly StreamLine[]
  interview: Interview
  enterpriseId: string | null
}) {
  const held = useMemo(
    () =>
      elementsHeld(
        interview,
        interview.attendees,
        lines.map((line) => line.utterance),
        enterpriseId,
      ),
    [lines, interview, enterpriseId],
  )
  return (
    <section className="coverage-elements" aria-label={text.elements}>
      <header>
        <h4>{text.elements}</h4>
        <ArticleChip article={9} />
      </header>
      <ul>
        {elements.map((one) => (
          <li key={one} className={held[one] ? 'coverage-done' : 'coverage-none'}>
            <i>{held[one] ? '✓' : '○'}</i> {elementNames[one]}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Tally({ lines }: { lines: readonly StreamLine[] }) {
  const tally = useMemo(() => {
    let commitment = 0
    let marked = 0
    let exhibit = 0
    for (const { utterance } of lines) {
      if (utterance.kind === 'commitment') commitment += 1
      if (utterance.marked) marked += 1
      // A line of kind 材料 without a sign names one exhibit; a sign in any line names its own.
      const signs = exhibitsIn(utterance.text).length
      exhibit += signs > 0 ? signs : utterance.kind === 'exhibit' ? 1 : 0
    }
    return { commitment, marked, exhibit }
  }, [lines])
  return (
    <dl className="coverage-tally">
      {(['commitment', 'marked', 'exhibit'] as const).map((name) => (
        <div key={name}>
          <dt>{text.counts[name]}</dt>
          <dd data-testid={`count-${name}`}>{tally[name]}</dd>
        </div>
      ))}
      <div>
        <dt>{text.counts.all}</dt>
        <dd data-testid="line-count">{lines.length}</dd>
      </div>
    </dl>
  )
}

/** Before the end: what Art. 8 and 9 still lack, for whom, what is to be checked, what is not on disk yet. */
export function Ending({
  record,
  interview,
  busy,
  onEnd,
  onStay,
}: {
  record: LiveRecord
  interview: Interview
  busy: boolean
  onEnd: () => void
  onStay: () => void
}) {
  const lines = usePart(record, (snapshot) => snapshot.lines)
  const refused = usePart(record, (snapshot) => snapshot.disk.failure !== null)
  const open = usePart(record, (snapshot) => snapshot.open)
  const rules = useRules()
  const standing = useStanding(lines, interview, null)
  const missing = standing.filter((place) => place.owed && place.state !== 'done')
  const said = lines.map((line) => line.utterance)
  const held = elementsHeld(interview, interview.attendees, said, null)
  const without = elements.filter((one) => !held[one])
  const marked = lines.filter((line) => line.utterance.marked).length
  const unticked = interview.attendees.filter((one) => one.state === 'expected').map((one) => one.name)
  const unread = interview.guarded && !interview.checks.includes('reminder')
  return (
    <aside className="coverage" aria-label={text.endTitle}>
      <header>
        <h3>{text.endTitle}</h3>
        <ArticleChip article={8} />
      </header>
      {missing.length === 0 ? (
        <p>✓ {text.endComplete}</p>
      ) : (
        <>
          <p>{text.endMissing}</p>
          <ul className="ending-missing">
            {missing.map((place) => (
              <li key={`${place.section}-${place.part ?? 0}`}>
                ○ {partsOf(rules, place.section)[(place.part ?? 1) - 1] ?? text.sections[place.section]}
                {place.state === 'begun' && <small>{text.lacks(place.lacking.join('、'))}</small>}
              </li>
            ))}
          </ul>
        </>
      )}
      {without.length > 0 && (
        <>
          <p>{text.endElements}</p>
          <ul className="ending-missing">
            {without.map((one) => (
              <li key={one}>○ {elementNames[one]}</li>
            ))}
          </ul>
        </>
      )}
      {unread && <p className="y-amber">▲ {text.endUnread(secrecyCheckNames.reminder)}</p>}
      {unticked.length > 0 && <p className="y-amber">▲ {text.endUnticked(unticked.join('、'))}</p>}
      {marked > 0 && <p>{text.endMarked(marked)}</p>}
      {open && <p className="y-amber">▲ {text.endOpen}</p>}
      {refused && <p role="alert">■ {text.endUnconfirmed}</p>}
      <div className="ending-acts">
        <Button onClick={onStay}>{text.keepTalking}</Button>
        <Button type="primary" onClick={onEnd} disabled={busy || open || refused}>
          {text.endConfirm}
        </Button>
      </div>
    </aside>
  )
}
