import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useSession } from '../../app/session.tsx'
import { useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { EmptyState, Page, Panel } from '../../ui/page.tsx'
import { Books } from './books.tsx'
import { CopyTable } from './copy-table.tsx'
import { secrecyText as text } from './text.ts'

/** 份数登记: every copy that left, and what became of it, to the end (实施条例 27, 28). */
export function CopyRegister({ rail }: { rail: ReactNode }) {
  const found = useCall('copies.register', { caseId: null })
  const session = useSession()
  const [printing, setPrinting] = useState(false)
  const mayPrint = session.may('secrecyOfficer', 'archivist', 'officeHead', 'deputyLeader', 'chiefLeader')
  const copies = found.data ?? []
  const out = copies.filter((one) => one.fate === null || one.fate === 'received').length
  return (
    <Page
      title={text.room}
      meta={
        <>
          <span className="y-quiet">{copies.length > 0 && `共 ${copies.length} 份 · 在外 ${out} 份`}</span>
          <ArticleChip article={21} />
        </>
      }
      rail={rail}
      note={<ErrorNote failure={found.failure} />}
      actions={mayPrint && <Button onClick={() => setPrinting(true)}>{text.books.title}</Button>}
    >
      {found.data !== null && copies.length === 0 ? (
        <EmptyState title="还没有出过件" action={<ArticleChip article={21} />}>
          {text.registerEmpty}
        </EmptyState>
      ) : (
        <Panel title={text.sections.register}>
          <CopyTable copies={copies} />
        </Panel>
      )}
      {printing && <Books onDone={() => setPrinting(false)} />}
    </Page>
  )
}
