import { Button } from 'antd'
import { useState } from 'react'
import type { Paper } from '#shared/domain/papers.ts'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { DayField } from '../../ui/day-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { EmptyState, Panel } from '../../ui/page.tsx'
import { PathField } from '../../ui/path-field.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { text } from './text.ts'

/** 签字扫描件: signed papers that came back, each beside the paper it shows (Art. 20). */
export function Scans({ caseId, papers, mayAttach }: { caseId: string; papers: readonly Paper[]; mayAttach: boolean }) {
  const found = useCall('papers.scans', { caseId })
  const [adding, setAdding] = useState(false)
  const scans = found.data ?? []
  const titles = new Map(papers.map((paper) => [paper.id, paper.title]))
  // A paper is frozen in two formats; the scan shows the printed one.
  const printed = papers.filter((paper) => paper.format === 'pdf' && paper.kind !== 'attachment')
  const { title, signer, signedOn, at, file, digest } = text.scanColumns
  return (
    <Panel
      title={text.scans}
      extra={
        <>
          <ArticleChip article={20} />
          {mayAttach && (
            <Button size="small" disabled={printed.length === 0} onClick={() => setAdding(true)}>
              {text.attach}
            </Button>
          )}
        </>
      }
    >
      <ErrorNote failure={found.failure} />
      {found.data !== null && scans.length === 0 && <EmptyState title={text.scansEmpty} />}
      {scans.length > 0 && (
        <table className="y-table" aria-label={text.scans}>
          <TableHead columns={[title, signer, signedOn, at, file, digest]} />
          <tbody>
            {scans.map((scan) => (
              <tr key={scan.id}>
                <td>{titles.get(scan.paperId) ?? ''}</td>
                <td>{scan.signer}</td>
                <td>{scan.signedOn}</td>
                <td>{officialMoment(scan.at)}</td>
                <td>{scan.fileName}</td>
                <td className="y-digest" title={scan.sha256}>
                  {scan.sha256.slice(0, 16)}…
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {adding && (
        <AttachScan
          caseId={caseId}
          papers={printed}
          onDone={() => {
            setAdding(false)
            found.reload()
          }}
          onCancel={() => setAdding(false)}
        />
      )}
    </Panel>
  )
}

function AttachScan({
  caseId,
  papers,
  onDone,
  onCancel,
}: {
  caseId: string
  papers: readonly Paper[]
  onDone: () => void
  onCancel: () => void
}) {
  const act = useAct()
  const [paperId, setPaper] = useState(papers[0]?.id ?? '')
  const [file, setFile] = useState('')
  const [signer, setSigner] = useState('')
  const [signedOn, setDay] = useState('')
  const attach = async () => {
    if ((await act.run('papers.attachScan', { caseId, paperId, file, signer, signedOn })) !== null) onDone()
  }
  const ready = paperId !== '' && file !== '' && signer.trim() !== '' && signedOn !== ''
  return (
    <Dialog
      title={text.attach}
      onCancel={onCancel}
      footer={
        <>
          <Button onClick={onCancel}>取消</Button>
          <Button type="primary" disabled={act.busy || !ready} onClick={() => void attach()}>
            {text.attachDo}
          </Button>
        </>
      }
    >
      <FieldGroup label={text.scanColumns.title}>
        <OneOf
          options={papers.map((paper) => ({ value: paper.id, text: paper.title }))}
          value={paperId}
          onChange={setPaper}
        />
      </FieldGroup>
      <PathField
        label={text.scanFile}
        hint={text.scanFileHint}
        extensions={['pdf', 'jpg', 'jpeg', 'tif', 'tiff']}
        onChange={setFile}
      />
      <Field label={text.scanColumns.signer} required>
        {(control) => <TextLine {...control} onText={setSigner} />}
      </Field>
      <DayField label={text.scanColumns.signedOn} value={signedOn} onChange={setDay} required />
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}
