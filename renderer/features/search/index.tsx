import { dayInChina } from '#shared/domain/common.ts'
import { searchKinds } from '#shared/domain/search.ts'
import type { RoomProps } from '../../app/rooms.tsx'
import { useSession } from '../../app/session.tsx'
import { Choice } from '../../ui/choice.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { EmptyState, Page } from '../../ui/page.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { Hits, openHit } from './hits.tsx'
import { searchText as text } from './text.ts'
import { useSearch } from './use-search.ts'
import './search.css'

/** The year the Rules came into force (Art. 23): no case is older. */
const firstYear = 2021

/** Years a case may have been opened in, the present one first. */
function years(now: string): string[] {
  const last = Number(dayInChina(now).slice(0, 4))
  return Array.from({ length: last - firstYear + 1 }, (_, back) => String(last - back))
}

/** Full text over everything the account may see, narrowed by kind and by the year the case was opened. */
export function SearchRoom({ route }: RoomProps) {
  const session = useSession()
  const { input, found, failure, refusal, type, put } = useSearch(route.query ?? '')
  return (
    <Page
      title={text.title}
      meta={
        found !== null && (
          <span className="y-quiet">
            {text.count(found.count, found.more)}
            {found.pending > 0 && `，${text.pending(found.pending)}`}
          </span>
        )
      }
      note={<ErrorNote failure={failure} />}
    >
      <div className="y-search-page">
        <div className="y-filter">
          <TextLine label={text.label} placeholder={text.hint} initial={route.query ?? ''} autoFocus onText={type} />
          <Choice
            label={text.kind}
            value={input.kind ?? ''}
            all={text.allKinds}
            options={searchKinds.map((kind) => [kind, text.kinds[kind]])}
            onChange={(kind) => put({ kind: searchKinds.find((one) => one === kind) ?? null })}
          />
          <Choice
            label={text.order}
            value={input.order === 'best' ? 'best' : ''}
            all={text.newest}
            options={[['best', text.best]]}
            onChange={(order) => put({ order: order === 'best' ? 'best' : 'newest' })}
          />
          <Choice
            label={text.year}
            value={input.since?.slice(0, 4) ?? ''}
            all={text.allYears}
            options={years(session.now).map((year) => [year, text.opened(year)])}
            onChange={(year) =>
              put(year === '' ? { since: null, until: null } : { since: `${year}-01-01`, until: `${year}-12-31` })
            }
          />
        </div>
        {refusal !== null && <EmptyState title={refusal.title}>{refusal.detail}</EmptyState>}
        {found !== null && found.count === 0 && <EmptyState title={text.none}>{text.noneText}</EmptyState>}
        {found !== null && found.count > 0 && (
          <>
            <Hits hits={found.hits} query={input.query} now={null} onOpen={openHit} />
            {found.hits.length < found.count && <p className="y-quiet">{text.first(found.hits.length)}</p>}
          </>
        )}
      </div>
    </Page>
  )
}
