import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { type CompilationState, compilationStateNames } from '#shared/domain/compilations.ts'
import { navigate } from '../../app/navigation.ts'
import { useSession } from '../../app/session.tsx'
import { useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { LevelMark, Light, type Tone } from '../../ui/lights.tsx'
import { EmptyState, Page } from '../../ui/page.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { CompilationPage } from './compilation.tsx'
import { DraftDialog } from './draft-dialog.tsx'
import { text } from './text.ts'

export const stateTones: Readonly<Record<CompilationState, Tone>> = {
  draft: 'quiet',
  submitted: 'amber',
  approved: 'green',
  withdrawn: 'quiet',
}

/** Opens one compilation. */
export const openCompilation = (id: string): void => navigate({ room: 'analysis', objectId: id })

/** 综合材料: what was drawn from several cases, and the one that is open (Art. 17, 19). */
export function Compilations({ rail, open }: { rail: ReactNode; open: string | null }) {
  const session = useSession()
  const list = useCall('compilations.list', {})
  const [drafting, setDrafting] = useState(false)
  if (open !== null) return <CompilationPage key={open} compilationId={open} rail={rail} />
  const mayDraft = session.may('accountabilityOffice')
  return (
    <Page
      title={text.title}
      meta={
        <>
          <ArticleChip article={17} />
          <ArticleChip article={19} />
        </>
      }
      rail={rail}
      note={<ErrorNote failure={list.failure} />}
      {...(mayDraft
        ? {
            primary: (
              <Button type="primary" onClick={() => setDrafting(true)}>
                {text.make}
              </Button>
            ),
          }
        : {})}
    >
      {list.data?.length === 0 && <EmptyState title={text.empty}>{text.emptyHint}</EmptyState>}
      {list.data !== null && list.data.length > 0 && (
        <>
          <p className="y-quiet">{text.hint}</p>
          <List rows={list.data} />
        </>
      )}
      {drafting && <DraftDialog onDone={() => setDrafting(false)} />}
    </Page>
  )
}

function List({ rows }: { rows: VerbOutput<'compilations.list'> }) {
  const { title, kind, level, state, inspection, drafter, at } = text.columns
  return (
    <table className="y-table" aria-label={text.title}>
      <TableHead columns={[title, kind, level, state, inspection, drafter, at]} />
      <tbody>
        {rows.map((one) => (
          <tr key={one.id}>
            <td>
              <button type="button" className="y-row-link" onClick={() => openCompilation(one.id)}>
                {one.title}
              </button>
            </td>
            <td className="y-nowrap">{text.kinds[one.subject.kind]}</td>
            <td className="y-nowrap">
              <LevelMark level={one.level} />
            </td>
            <td className="y-nowrap">
              <Light tone={stateTones[one.state]}>{compilationStateNames[one.state]}</Light>
            </td>
            <td className="y-nowrap">
              {one.inspection !== null && text.progress(one.inspection.done, one.inspection.of, one.inspection.closed)}
            </td>
            <td className="y-nowrap">{one.drafter}</td>
            <td className="y-nowrap">{officialMoment(one.updatedAt)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
