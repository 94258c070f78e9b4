import { Button } from 'antd'
import { useState } from 'react'
import { type Paper, supersededBy } from '#shared/domain/papers.ts'
import type { CaseDetail } from '../../app/rooms.tsx'
import { useSession } from '../../app/session.tsx'
import { useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { LevelMark } from '../../ui/lights.tsx'
import { EmptyState, Panel } from '../../ui/page.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { Documents } from '../rectification/documents.tsx'
import { ReceiveForm } from '../rectification/receive-form.tsx'
import { Finals } from './finals.tsx'
import './papers.css'
import { Redactions } from './redactions.tsx'
import { Scans } from './scans.tsx'
import { text } from './text.ts'
import { AskTickets, type Held, Tickets } from './tickets.tsx'
import { WorkingPapers } from './working.tsx'

/** 材料: the frozen papers of the case, and what the enterprises sent in (Art. 10, 20). */
export function MaterialsPanel({ detail }: { detail: CaseDetail }) {
  const session = useSession()
  const { id: caseId, enterpriseList: enterprises } = detail
  const papers = useCall('papers.list', { caseId })
  const state = useCall('rectification.get', { caseId })
  const mayAttach = session.may('caseOfficer', 'officeHead', 'archivist')
  const mayBring = session.may('minuteTaker', 'caseOfficer', 'officeHead')
  const mayReceive = session.may('caseOfficer', 'officeHead') && detail.stage !== 'archived'
  return (
    <div className="materials">
      <div className="materials-main">
        <ErrorNote failure={papers.failure ?? state.failure} />
        {papers.data !== null && <Papers held={{ caseId }} papers={papers.data} />}
        <Tickets held={{ caseId }} />
        {papers.data !== null && <Finals caseId={caseId} papers={papers.data} mayBring={mayBring} />}
        {papers.data !== null && <Redactions caseId={caseId} papers={papers.data} onKept={papers.reload} />}
        {papers.data !== null && <Scans caseId={caseId} papers={papers.data} mayAttach={mayAttach} />}
        <WorkingPapers caseId={caseId} mayKeep={detail.stage !== 'archived'} onKept={papers.reload} />
        {state.data !== null && <Documents documents={state.data.documents} enterprises={enterprises} />}
      </div>
      {mayReceive && (
        <div className="materials-side">
          <ReceiveForm
            caseId={caseId}
            enterprises={enterprises}
            documents={state.data?.documents ?? []}
            first="material"
          />
        </div>
      )}
    </div>
  )
}

/** Frozen papers: some are chosen, and leave to take them out is asked for them together (Art. 21). */
export function Papers({
  held,
  papers,
  brief,
}: {
  held: Held
  papers: readonly Paper[]
  /** Without the digests, where the paper itself is read beside the list. */
  brief?: boolean
}) {
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [asking, setAsking] = useState(false)
  const toggle = (paperId: string) =>
    setChosen(chosen.includes(paperId) ? chosen.filter((one) => one !== paperId) : [...chosen, paperId])
  const { choose, title, format, pages, level, at, digest } = text.columns
  const all = chosen.length === papers.length
  return (
    <Panel
      title={'caseId' in held ? text.papers : text.ownPapers}
      extra={
        <>
          <ArticleChip article={20} />
          {papers.length > 0 && (
            <Button size="small" onClick={() => setChosen(all ? [] : papers.map((paper) => paper.id))}>
              {all ? text.chooseNone : text.chooseAll}
            </Button>
          )}
          <Button size="small" disabled={chosen.length === 0} onClick={() => setAsking(true)}>
            {text.ask(chosen.length)}
          </Button>
        </>
      }
    >
      {papers.length === 0 ? (
        <EmptyState title={text.papersEmpty} />
      ) : (
        <table className="y-table" aria-label={text.papers}>
          <TableHead columns={[choose, title, format, pages, level, at, ...(brief === true ? [] : [digest])]} />
          <tbody>
            {papers.map((paper) => (
              <tr key={paper.id}>
                <td>
                  <input
                    type="checkbox"
                    aria-label={text.chooseOf(paper.title, paper.format.toUpperCase())}
                    checked={chosen.includes(paper.id)}
                    onChange={() => toggle(paper.id)}
                  />
                </td>
                <td>
                  {paper.title} <Superseded by={supersededBy(paper, papers)} />
                </td>
                <td>{paper.format.toUpperCase()}</td>
                <td>{paper.pages ?? '—'}</td>
                <td>
                  <LevelMark level={paper.level} />
                </td>
                <td>{officialMoment(paper.frozenAt)}</td>
                {brief !== true && (
                  <td className="y-digest" title={paper.sha256}>
                    {paper.sha256.slice(0, 16)}…
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {asking && (
        <AskTickets
          held={held}
          paperIds={chosen}
          onDone={() => {
            setAsking(false)
            setChosen([])
          }}
          onCancel={() => setAsking(false)}
        />
      )}
    </Panel>
  )
}

/** 已被替代: the paper stays in the case as it was signed, and a newer edition holds. */
function Superseded({ by }: { by: number | null }) {
  return by === null ? null : <span className="y-tag">{text.superseded(by)}</span>
}
