import { useEffect, useRef, useState } from 'react'
import { navigate } from '../../app/navigation.ts'
import { useCall } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { searchText } from './text.ts'

/** Ctrl+K: finds cases, papers and words of the record inside the account's 知悉范围. */
export function SearchPanel({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const found = useCall('search.query', query === '' ? null : { query })
  const hits = found.data ?? []
  useEffect(() => () => clearTimeout(timer.current), [])
  const open = (index: number) => {
    const hit = hits[index]
    if (hit === undefined) return
    onClose()
    navigate({ room: 'case', caseId: hit.caseId, tab: searchText.tabs[hit.kind] })
  }
  return (
    <div className="y-search" role="dialog" aria-label="全局搜索">
      <div className="y-search-box">
        <TextLine
          label="搜索事项、文书与记录"
          placeholder="企业、事由、编号、记录中的话"
          autoFocus
          onText={(text) => {
            clearTimeout(timer.current)
            timer.current = setTimeout(() => {
              setQuery(text.trim())
              setAt(0)
            }, 200)
          }}
          onEnter={() => {
            open(at)
            return true
          }}
          onKey={(event) => {
            if (event.key === 'Escape') onClose()
            else if (event.key === 'ArrowDown') setAt((n) => Math.min(n + 1, hits.length - 1))
            else if (event.key === 'ArrowUp') setAt((n) => Math.max(n - 1, 0))
            else return
            event.preventDefault()
          }}
        />
        <button type="button" className="y-quiet-button" onClick={onClose}>
          关闭搜索
        </button>
      </div>
      <ErrorNote failure={found.failure} />
      <ul className="y-search-hits" aria-label="搜索结果">
        {hits.map((hit, index) => (
          <li key={`${hit.caseId}/${hit.kind}/${hit.title}/${hit.excerpt}`}>
            <button type="button" className={index === at ? 'y-hit y-hit-now' : 'y-hit'} onClick={() => open(index)}>
              <span className="y-tag">{searchText.kinds[hit.kind]}</span>
              <strong>{hit.title}</strong>
              <span>{hit.excerpt}</span>
            </button>
          </li>
        ))}
      </ul>
      {query !== '' && found.data !== null && hits.length === 0 && <p className="y-search-none">{searchText.none}</p>}
    </div>
  )
}
