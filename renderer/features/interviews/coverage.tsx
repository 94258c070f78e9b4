import { Button } from 'antd'
import { memo, useMemo } from 'react'
import { coverage, type Interview, sections } from '#shared/domain/interviews.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { KeyHint } from '../../ui/page.tsx'
import type { LiveRecord, StreamLine } from './live-record.ts'
import { text } from './text.ts'
import { usePart } from './use-record.ts'

/** Contents every interview must touch; asking is only asked for where necessary (Art. 8 三), other only where there is. */
const owed = ['state', 'hear'] as const

function useCoverage(lines: readonly StreamLine[]) {
  return useMemo(() => coverage(lines.map((line) => line.utterance)), [lines])
}

/** How much of Art. 8 the record holds already; a click puts the live line under that content. */
export const Coverage = memo(function Coverage({ record, interview }: { record: LiveRecord; interview: Interview }) {
  const lines = usePart(record, (snapshot) => snapshot.lines)
  const current = usePart(record, (snapshot) => snapshot.settings.section)
  const counts = useCoverage(lines)
  const tally = useMemo(
    () => ({
      commitment: lines.filter((line) => line.utterance.kind === 'commitment').length,
      marked: lines.filter((line) => line.utterance.marked).length,
      exhibit: lines.filter((line) => line.utterance.kind === 'exhibit').length,
    }),
    [lines],
  )
  return (
    <aside className="coverage" aria-label={text.coverage}>
      <header>
        <h3>{text.coverage}</h3>
        <ArticleChip article={8} />
      </header>
      <ul>
        {sections.map((section, index) => {
          const planned = interview.outline.filter((line) => line.section === section)
          const count = counts[section]
          const state = count === 0 ? 'none' : count < Math.max(planned.length, 1) ? 'begun' : 'done'
          return (
            <li key={section}>
              <button
                type="button"
                className="coverage-section"
                aria-label={text.sectionOf(text.sections[section])}
                aria-pressed={current === section}
                onClick={() => record.choose({ section })}
              >
                <i className={`coverage-${state}`} title={text.coverageStates[state]}>
                  {{ none: '○', begun: '◐', done: '✓' }[state]}
                </i>
                <span>{text.sections[section]}</span>
                <b>{count}</b>
                <KeyHint keys={`Alt+⇧${index + 1}`} />
              </button>
              {planned.length > 0 && (
                <ul className="coverage-points">
                  {planned.map((line) => (
                    <li key={line.text}>{line.text}</li>
                  ))}
                </ul>
              )}
            </li>
          )
        })}
      </ul>
      <dl className="coverage-tally">
        {(['commitment', 'marked', 'exhibit'] as const).map((name) => (
          <div key={name}>
            <dt>{text.counts[name]}</dt>
            <dd>{tally[name]}</dd>
          </div>
        ))}
        <div>
          <dt>{text.counts.all}</dt>
          <dd data-testid="line-count">{lines.length}</dd>
        </div>
      </dl>
    </aside>
  )
})

/** Before the end: what Art. 8 still lacks, what is to be checked, what is not on disk yet. Nothing is covered by it. */
export function Ending({
  record,
  busy,
  onEnd,
  onStay,
}: {
  record: LiveRecord
  busy: boolean
  onEnd: () => void
  onStay: () => void
}) {
  const lines = usePart(record, (snapshot) => snapshot.lines)
  const refused = usePart(record, (snapshot) => snapshot.disk.failure !== null)
  const open = usePart(record, (snapshot) => snapshot.open)
  const counts = useCoverage(lines)
  const missing = owed.filter((section) => counts[section] === 0)
  const marked = lines.filter((line) => line.utterance.marked).length
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
            {missing.map((section) => (
              <li key={section}>○ {text.sections[section]}</li>
            ))}
          </ul>
        </>
      )}
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
