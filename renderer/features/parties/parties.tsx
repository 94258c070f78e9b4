import { Button } from 'antd'
import { useState } from 'react'
import { useSession } from '../../app/session.tsx'
import { useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { EmptyState, Page } from '../../ui/page.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { EnterpriseCard } from './card.tsx'
import { EnterpriseEdit } from './edit.tsx'
import { ExportPanel, ImportWizard } from './exchange.tsx'
import { Offices } from './offices.tsx'
import './parties.css'
import { text } from './text.ts'
import { EnterpriseTree } from './tree.tsx'

/** 企业与人员: the register every case draws from; the tree left, one enterprise right. */
export function PartiesRoom() {
  const session = useSession()
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const [doing, setDoing] = useState<'add' | 'import' | 'export' | 'offices' | null>(null)
  const tree = useCall('parties.tree', {})
  const found = useCall('parties.search', query === '' ? null : { query })
  const keeper = session.may('caseOfficer', 'officeHead', 'accountabilityOffice')
  if (doing === 'import') return <ImportWizard onDone={() => setDoing(null)} />
  const all = tree.data ?? []
  const shown = query === '' ? all : (found.data ?? [])
  const right = () => {
    if (doing === 'add')
      return (
        <EnterpriseEdit
          known={null}
          parent={null}
          onDone={(made) => {
            setDoing(null)
            if (made !== null) setChosen(made.id)
          }}
        />
      )
    if (doing === 'offices') return <Offices onDone={() => setDoing(null)} />
    if (doing === 'export') return <ExportPanel onDone={() => setDoing(null)} />
    if (chosen === null) return <EmptyState title={text.choose} />
    return <EnterpriseCard key={chosen} id={chosen} list={all} />
  }
  return (
    <Page
      title={text.title}
      meta={<ArticleChip article={7} />}
      note={<ErrorNote failure={tree.failure ?? found.failure} />}
      {...(keeper
        ? {
            actions: (
              <>
                <Button onClick={() => setDoing('import')}>{text.import}</Button>
                <Button onClick={() => setDoing('export')}>{text.export}</Button>
                <Button onClick={() => setDoing('offices')}>{text.offices}</Button>
              </>
            ),
            primary: doing !== 'add' && (
              <Button type="primary" onClick={() => setDoing('add')}>
                {text.add}
              </Button>
            ),
          }
        : {})}
      split
    >
      <div className="party-left">
        <TextLine
          label={text.search}
          placeholder={text.searchHint}
          onText={(typed) => setQuery(typed.trim())}
          onEnter={() => {
            const [first] = shown
            if (first !== undefined) setChosen(first.id)
            return true
          }}
        />
        {tree.data !== null && shown.length === 0 ? (
          <EmptyState title={query === '' ? text.empty : text.notFound}>{text.emptyHint}</EmptyState>
        ) : (
          <EnterpriseTree
            list={shown}
            flat={query !== ''}
            chosen={chosen}
            onChoose={(id) => {
              setChosen(id)
              setDoing(null)
            }}
          />
        )}
      </div>
      <div className="party-right">{right()}</div>
    </Page>
  )
}
