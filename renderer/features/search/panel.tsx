import { useState } from 'react'
import { navigate } from '../../app/navigation.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { KeyHint } from '../../ui/page.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { Hits, openHit } from './hits.tsx'
import { searchText as text } from './text.ts'
import { useSearch } from './use-search.ts'
import './search.css'

/** Ctrl+K: the first results while typing; Enter opens one, Ctrl+Enter goes to the page with the filters. */
export function SearchPanel({ onClose }: { onClose: () => void }) {
  const { input, found, failure, refusal, type } = useSearch('')
  const [at, setAt] = useState(0)
  const hits = found?.hits ?? []
  const toPage = () => {
    onClose()
    navigate({ room: 'search', query: input.query })
  }
  const open = (hit: (typeof hits)[number]) => {
    onClose()
    openHit(hit)
  }
  return (
    <div className="y-search" role="dialog" aria-label={text.title}>
      <div className="y-search-box">
        <TextLine
          label={text.label}
          placeholder={text.hint}
          autoFocus
          onText={(query) => {
            type(query)
            setAt(0)
          }}
          onEnter={() => {
            const hit = hits[at]
            if (hit !== undefined) open(hit)
            return true
          }}
          onKey={(event) => {
            if (event.key === 'Escape') onClose()
            else if (event.key === 'Enter' && event.ctrlKey) toPage()
            else if (event.key === 'ArrowDown') setAt((n) => Math.max(0, Math.min(n + 1, hits.length - 1)))
            else if (event.key === 'ArrowUp') setAt((n) => Math.max(n - 1, 0))
            else return
            event.preventDefault()
          }}
        />
        <button type="button" className="y-quiet-button" onClick={onClose}>
          {text.close}
        </button>
      </div>
      <ErrorNote failure={failure} />
      <Hits hits={hits} query={input.query} now={at} onOpen={open} />
      {refusal !== null && input.query !== '' && <p className="y-search-none">{refusal.title}</p>}
      {found !== null && (
        <p className="y-search-foot">
          <span>{found.count === 0 ? `${text.none}。${text.noneText}` : text.count(found.count, found.more)}</span>
          {found.pending > 0 && <span>{text.pending(found.pending)}</span>}
          <button type="button" className="y-quiet-button" onClick={toPage}>
            {text.toPage} <KeyHint keys="Ctrl+Enter" />
          </button>
        </p>
      )}
    </div>
  )
}
