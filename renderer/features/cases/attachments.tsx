import { Button } from 'antd'
import { useState } from 'react'
import type { CaseDetail } from '../../app/rooms.tsx'
import { useAct } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Panel } from '../../ui/page.tsx'
import { PathField } from '../../ui/path-field.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { AskTickets } from '../papers/tickets.tsx'
import { caseText as text } from './text.ts'

/** Files that belong to the facts of a case; kept encrypted in the archive, and taken out by ticket like every paper. */
export function Attachments({ detail, mayAdd }: { detail: CaseDetail; mayAdd: boolean }) {
  const act = useAct()
  const [adding, setAdding] = useState(false)
  const [asking, setAsking] = useState<string | null>(null)
  const [asked, setAsked] = useState(false)
  const [title, setTitle] = useState('')
  const [file, setFile] = useState('')
  const add = async () => {
    if ((await act.run('cases.attach', { caseId: detail.id, title, file })) !== null) setAdding(false)
  }
  return (
    <Panel
      title="附件"
      extra={
        <>
          <ArticleChip article={3} />
          {mayAdd && <Button onClick={() => setAdding(true)}>{text.attach}</Button>}
        </>
      }
    >
      {detail.attachments.length === 0 ? (
        <p className="y-quiet">没有附件。检查报告、审计报告、批示件等可存入档案，加密保存。</p>
      ) : (
        <table className="y-table">
          <thead>
            <tr>
              <th>名称</th>
              <th>文件</th>
              <th>大小</th>
              <th>登记</th>
              <th>出件</th>
            </tr>
          </thead>
          <tbody>
            {detail.attachments.map((one) => (
              <tr key={one.id}>
                <td>{one.title}</td>
                <td>{one.fileName}</td>
                <td className="y-number">{Math.ceil(one.size / 1024)} KB</td>
                <td>
                  {officialMoment(one.at)} {one.by}
                </td>
                <td>
                  <button
                    type="button"
                    className="y-quiet-button"
                    aria-label={`申请出件 ${one.title}`}
                    onClick={() => setAsking(one.id)}
                  >
                    {text.askFile}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {asked && (
        <p className="y-green" role="status">
          {text.askedFile}
        </p>
      )}
      {asking !== null && (
        <AskTickets
          held={{ caseId: detail.id }}
          paperIds={[asking]}
          onDone={() => {
            setAsking(null)
            setAsked(true)
          }}
          onCancel={() => setAsking(null)}
        />
      )}
      {adding && (
        <Dialog
          title={text.attach}
          onCancel={() => setAdding(false)}
          footer={
            <>
              <Button onClick={() => setAdding(false)}>返回</Button>
              <Button
                type="primary"
                disabled={act.busy || title.trim() === '' || file === ''}
                onClick={() => void add()}
              >
                存入
              </Button>
            </>
          }
        >
          <Field label="附件名称" required>
            {(control) => <TextLine {...control} autoFocus onText={setTitle} />}
          </Field>
          <PathField label="附件文件" required extensions={[]} onChange={setFile} />
          <ErrorNote failure={act.failure} />
        </Dialog>
      )}
    </Panel>
  )
}
