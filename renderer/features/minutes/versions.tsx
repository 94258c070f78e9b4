import { useMemo, useState } from 'react'
import type { Minutes } from '#shared/domain/minutes.ts'
import { useSession } from '../../app/session.tsx'
import { useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { EmptyState, Panel } from '../../ui/page.tsx'
import { Legend, Words } from '../../ui/wording.tsx'
import { compare, countChanges, type Wording } from './compare.ts'
import { text } from './text.ts'

/** 版本比较: two editions word by word; every edition that was final can be read here, whatever came after it. */
export function Versions({ minutes }: { minutes: Minutes }) {
  const session = useSession()
  const last = minutes.editions.at(-1)?.edition ?? 0
  const working = minutes.state === 'final' ? null : minutes.edition
  const all = [...minutes.editions.map((one) => one.edition), ...(working === null ? [] : [working])]
  const newest = all.at(-1) ?? 1
  const [newer, setNewer] = useState(newest)
  const [older, setOlder] = useState(all.at(-2) ?? newest)
  const before = useWording(minutes, older, last)
  const after = useWording(minutes, newer, last)
  if (all.length < 2)
    return (
      <Panel title={text.compareTitle} className="versions" extra={<ArticleChip article={9} />}>
        <EmptyState title={text.oneEdition} />
      </Panel>
    )
  const nameOf = (edition: number): string => {
    const known = minutes.editions.find((one) => one.edition === edition)
    return known === undefined
      ? `${text.edition(edition)} ${text.working_edition}`
      : `${text.edition(edition)} ${officialMoment(known.finalisedAt)} ${session.nameOf(known.finalisedBy)}定稿`
  }
  const choice = (label: string, value: number, onChange: (edition: number) => void) => (
    <label className="versions-choice">
      {label}
      <select className="y-input" value={value} onChange={(event) => onChange(Number(event.target.value))}>
        {all.map((edition) => (
          <option key={edition} value={edition}>
            {nameOf(edition)}
          </option>
        ))}
      </select>
    </label>
  )
  const reason = minutes.editions.find((one) => one.edition === newer)?.reason ?? minutes.reason
  return (
    <Panel title={text.compareTitle} className="versions" extra={<ArticleChip article={9} />}>
      <div className="versions-head">
        {choice(text.older, older, setOlder)}
        {choice(text.newer, newer, setNewer)}
        <Legend />
      </div>
      {newer > 1 && reason !== '' && <p className="versions-reason">{text.reopened(newer, reason)}</p>}
      <ErrorNote failure={before.failure ?? after.failure} />
      {before.wording !== null && after.wording !== null && (
        <Comparison before={before.wording} after={after.wording} />
      )}
    </Panel>
  )
}

function useWording(minutes: Minutes, edition: number, last: number) {
  const frozen = edition <= last
  const { caseId, id: minutesId } = minutes
  const call = useCall('minutes.edition', frozen ? { caseId, minutesId, edition } : null)
  const wording: Wording | null = frozen ? call.data : minutes
  return { wording, failure: call.failure }
}

function Comparison({ before, after }: { before: Wording; after: Wording }) {
  const parts = useMemo(() => compare(before, after), [before, after])
  const changes = countChanges(parts)
  const none = Object.values(changes).every((count) => count === 0)
  return (
    <div className="versions-paper">
      <p className="y-quiet" role="status">
        {none ? text.sameWording : text.changes(changes)}
      </p>
      {parts.map((part) => (
        <section key={part.title}>
          {part.title !== '' && <h4>{part.title}</h4>}
          {part.lines.map((line) => (
            <p key={line.key} className="versions-line">
              {line.label !== null && <span className="sheet-field-name">{line.label}：</span>}
              {line.place !== null && <span className="versions-place">〔{text.places[line.place]}〕</span>}
              {line.stretches.map((one, index) => (
                <Words key={`${index}-${one.kind}`} stretch={one} />
              ))}
            </p>
          ))}
        </section>
      ))}
    </div>
  )
}
