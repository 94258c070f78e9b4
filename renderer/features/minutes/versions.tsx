import { useMemo, useState } from 'react'
import { difference, type Stretch } from '#shared/domain/difference.ts'
import {
  type Minutes,
  type MinutesFieldName,
  minutesFieldNames,
  minutesSectionNames,
  minutesSections,
  type Sentence,
} from '#shared/domain/minutes.ts'
import { useSession } from '../../app/session.tsx'
import { useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { EmptyState, Panel } from '../../ui/page.tsx'
import { text } from './text.ts'

interface Wording {
  readonly fields: Minutes['fields']
  readonly sentences: readonly Sentence[]
}

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
        <span className="versions-legend">
          <ins>{text.legendAdded}</ins> <del>{text.legendRemoved}</del>
        </span>
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

interface Compared {
  readonly key: string
  readonly label: string | null
  readonly stretches: readonly Stretch[]
  readonly moved: boolean
}

function Comparison({ before, after }: { before: Wording; after: Wording }) {
  const parts = useMemo(() => compare(before, after), [before, after])
  const count = (kind: Stretch['kind']) =>
    parts
      .flatMap((part) => part.lines.flatMap((line) => line.stretches))
      .reduce((sum, one) => sum + (one.kind === kind ? one.text.length : 0), 0)
  const added = count('added')
  const removed = count('removed')
  return (
    <div className="versions-paper">
      <p className="y-quiet" role="status">
        {added + removed === 0 ? text.sameWording : text.changes(added, removed)}
      </p>
      {parts.map((part) => (
        <section key={part.title}>
          {part.title !== '' && <h4>{part.title}</h4>}
          {part.lines.map((line) => (
            <p key={line.key} className="versions-line">
              {line.label !== null && <span className="sheet-field-name">{line.label}：</span>}
              {line.moved && <span className="y-quiet">〔{text.movedHere}〕</span>}
              {line.stretches.map((one, index) => {
                const key = `${index}-${one.kind}`
                if (one.kind === 'added') return <ins key={key}>{one.text}</ins>
                if (one.kind === 'removed') return <del key={key}>{one.text}</del>
                return <span key={key}>{one.text}</span>
              })}
            </p>
          ))}
        </section>
      ))}
    </div>
  )
}

/** Fields, then section by section the sentences of both; a sentence is known by its id, however it was rewritten. */
export function compare(before: Wording, after: Wording): { title: string; lines: Compared[] }[] {
  const fields = (Object.keys(minutesFieldNames) as MinutesFieldName[]).map((name) => ({
    key: name,
    label: minutesFieldNames[name],
    stretches: difference(before.fields[name], after.fields[name]),
    moved: false,
  }))
  const old = new Map(before.sentences.map((one) => [one.id, one]))
  const now = new Set(after.sentences.map((one) => one.id))
  const sections = minutesSections.map((section) => {
    const lines: Compared[] = []
    const gone = before.sentences.filter((one) => one.section === section && !now.has(one.id))
    const order = before.sentences.filter((one) => one.section === section)
    for (const one of after.sentences.filter((sentence) => sentence.section === section)) {
      const was = old.get(one.id)
      // What was taken out shows where it stood: before the first sentence that followed it.
      while (gone[0] !== undefined && was !== undefined && order.indexOf(gone[0]) < order.indexOf(was)) {
        const taken = gone.shift()
        if (taken !== undefined) lines.push(removedLine(taken))
      }
      lines.push({
        key: one.id,
        label: null,
        stretches: difference(was?.text ?? '', one.text),
        moved: was !== undefined && was.section !== section,
      })
    }
    lines.push(...gone.map(removedLine))
    return { title: minutesSectionNames[section], lines }
  })
  return [{ title: '', lines: fields }, ...sections]
}

function removedLine(one: Sentence): Compared {
  return { key: one.id, label: null, stretches: difference(one.text, ''), moved: false }
}
