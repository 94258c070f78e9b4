import { useState } from 'react'
import type { Paper } from '#shared/domain/papers.ts'
import type { CaseDetail } from '../../app/rooms.tsx'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { LevelMark } from '../../ui/lights.tsx'
import { EmptyState, Panel } from '../../ui/page.tsx'
import { PathField } from '../../ui/path-field.tsx'
import { Documents } from '../rectification/documents.tsx'
import { ReceiveForm } from '../rectification/receive-form.tsx'
import './papers.css'
import { text } from './text.ts'

/** 材料: the frozen papers of the case, and what the enterprises sent in (Art. 10, 20). */
export function MaterialsPanel({ detail }: { detail: CaseDetail }) {
  const session = useSession()
  const { id: caseId, enterpriseList: enterprises } = detail
  const papers = useCall('papers.list', { caseId })
  const state = useCall('rectification.get', { caseId })
  const mayReceive = session.may('caseOfficer', 'officeHead') && detail.stage !== 'archived'
  return (
    <div className="materials">
      <div className="materials-main">
        <ErrorNote failure={papers.failure ?? state.failure} />
        {papers.data !== null && <Papers caseId={caseId} papers={papers.data} />}
        {state.data !== null && <Documents documents={state.data.documents} enterprises={enterprises} />}
      </div>
      {mayReceive && (
        <div className="materials-side">
          <ReceiveForm caseId={caseId} enterprises={enterprises} first="material" />
        </div>
      )}
    </div>
  )
}

function Papers({ caseId, papers }: { caseId: string; papers: readonly Paper[] }) {
  const act = useAct()
  const [folder, setFolder] = useState('')
  const [done, setDone] = useState('')
  const save = async (paperId: string) => {
    setDone('')
    const value = await act.run('papers.export', { caseId, paperId, folder })
    if (value !== null) setDone(text.exported(value.file, value.copyNumber))
  }
  const { title, format, pages, level, at, digest, act: office } = text.columns
  return (
    <Panel title={text.papers} extra={<ArticleChip article={20} />}>
      {papers.length === 0 ? (
        <EmptyState title={text.papersEmpty} />
      ) : (
        <>
          <PathField label={text.folder} hint={text.folderHint} onChange={setFolder} />
          <p role="status" className="y-green">
            {done}
          </p>
          <ErrorNote failure={act.failure} />
          <table className="y-table" aria-label={text.papers}>
            <thead>
              <tr>
                {[title, format, pages, level, at, digest, office].map((name) => (
                  <th key={name}>{name}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {papers.map((paper) => (
                <tr key={paper.id}>
                  <td>{paper.title}</td>
                  <td>{paper.format.toUpperCase()}</td>
                  <td>{paper.pages}</td>
                  <td>
                    <LevelMark level={paper.level} />
                  </td>
                  <td>{officialMoment(paper.frozenAt)}</td>
                  <td className="materials-digest" title={paper.sha256}>
                    {paper.sha256.slice(0, 16)}…
                  </td>
                  <td>
                    <button
                      type="button"
                      className="y-quiet-button"
                      aria-label={text.exportOf(paper.title, paper.format.toUpperCase())}
                      disabled={act.busy || folder === ''}
                      onClick={() => void save(paper.id)}
                    >
                      {text.export}
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </Panel>
  )
}
