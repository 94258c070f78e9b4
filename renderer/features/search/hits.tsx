import { type Excerpt, marked } from '#shared/domain/search.ts'
import { navigate } from '../../app/navigation.ts'
import { searchText as text } from './text.ts'
import type { Found } from './use-search.ts'

type Hit = Found['hits'][number]

/** Opens the room a text stands in, at the text itself. */
export function openHit({ caseId, kind, ref, within }: Hit): void {
  if (kind === 'compilation' || caseId === null) {
    navigate({ room: 'analysis', objectId: ref })
    return
  }
  const at = kind === 'utterance' || kind === 'minutes' ? { at: ref.slice(ref.indexOf('/') + 1) } : {}
  navigate({ room: 'case', caseId, tab: text.tabs[kind], ...(within === null ? {} : { objectId: within }), ...at })
}

/** Found texts in their context, one below the other; `now` is the one Enter opens. */
export function Hits({
  hits,
  query,
  now,
  onOpen,
}: {
  hits: readonly Hit[]
  query: string
  now: number | null
  onOpen: (hit: Hit) => void
}) {
  return (
    <ul className="y-search-hits" aria-label={text.results}>
      {hits.map((hit, index) => (
        <li key={`${hit.kind}/${hit.ref}`}>
          <button type="button" className={index === now ? 'y-hit y-hit-now' : 'y-hit'} onClick={() => onOpen(hit)}>
            <span className="y-tag">{text.kinds[hit.kind]}</span>
            <span className="y-hit-words">
              <strong>
                <Marked {...marked(hit.title, query)} />
              </strong>
              <Marked {...hit.excerpt} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** An excerpt with what was looked for marked in it. */
function Marked({ text: words, marks }: Excerpt) {
  return (
    <span>
      {marks.map(([from, to], index) => (
        <span key={from}>
          {words.slice(marks[index - 1]?.[1] ?? 0, from)}
          <mark>{words.slice(from, to)}</mark>
        </span>
      ))}
      {words.slice(marks.at(-1)?.[1] ?? 0)}
    </span>
  )
}
