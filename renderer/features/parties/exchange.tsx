import { Button } from 'antd'
import { useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { useAct } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { type TableFormat, TableFormatField } from '../../ui/export-dialog.tsx'
import { Facts, Page, Panel } from '../../ui/page.tsx'
import { PathField } from '../../ui/path-field.tsx'
import { text } from './text.ts'

type Report = VerbOutput<'parties.readImport'>

/** 导入: what the file holds, row by row; nothing lands before 确认 (UX: customs). */
export function ImportWizard({ onDone }: { onDone: () => void }) {
  const act = useAct()
  const [file, setFile] = useState('')
  const [report, setReport] = useState<Report | null>(null)
  const [landed, setLanded] = useState(false)
  const look = async () => setReport(await act.run('parties.readImport', { file }))
  const land = async () => {
    if (report === null) return
    const done = await act.run('parties.import', { file, hash: report.hash })
    if (done !== null) setLanded(true)
  }
  const work =
    report === null
      ? 0
      : report.newEnterprises + report.changedEnterprises + report.newPeople + report.newPosts + report.changedPosts
  const primary = () => {
    if (landed) return { onClick: onDone, words: '完成', disabled: false }
    if (report === null) return { onClick: () => void look(), words: text.read, disabled: file === '' }
    return { onClick: () => void land(), words: text.land(work), disabled: work === 0 }
  }
  const { onClick, words, disabled } = primary()
  return (
    <Page
      title={text.importTitle}
      note={<ErrorNote failure={act.failure} />}
      actions={<Button onClick={onDone}>{text.cancel}</Button>}
      primary={
        <Button type="primary" disabled={act.busy || disabled} onClick={onClick}>
          {words}
        </Button>
      }
    >
      <div className="y-narrow">
        <Panel title={text.file}>
          <p className="y-quiet">{text.importHint}</p>
          <PathField
            label={text.file}
            extensions={['csv', 'xlsx', 'txt']}
            required
            onChange={(path) => {
              setFile(path)
              setReport(null)
              setLanded(false)
            }}
          />
        </Panel>
        {report !== null && <ReportPanels report={report} landed={landed} />}
      </div>
    </Page>
  )
}

function ReportPanels({ report, landed }: { report: Report; landed: boolean }) {
  return (
    <>
      <Panel title={landed ? text.landed : text.summary}>
        <Facts
          items={[
            [text.rows, report.total],
            [text.good, report.total - report.badRows],
            [text.bad, report.badRows],
            [text.newEnterprises, report.newEnterprises],
            [text.changedEnterprises, report.changedEnterprises],
            [text.newPeople, report.newPeople],
            [text.newPosts, report.newPosts],
            [text.changedPosts, report.changedPosts],
          ]}
        />
        {report.sample.length > 0 && (
          <p className="y-quiet">
            {text.sample}：
            {report.sample
              .slice(0, 6)
              .map((one) => `${one.name}（${one.isNew ? text.isNew : text.changed}）`)
              .join('、')}
          </p>
        )}
      </Panel>
      {report.faults.length > 0 && (
        <Panel title={text.faults(report.badRows)}>
          <table className="y-table">
            <thead>
              <tr>
                <th>{text.line}</th>
                <th>{text.column}</th>
                <th>{text.reason}</th>
                <th>{text.value}</th>
              </tr>
            </thead>
            <tbody>
              {report.faults.map((one) => (
                <tr key={`${one.line} ${one.column} ${one.code}`}>
                  <td>{one.line}</td>
                  <td>{one.column}</td>
                  <td>{text.faultWords[one.code]}</td>
                  <td>{one.value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      )}
    </>
  )
}

/** The register as a table in a folder the person names. */
export function ExportPanel({ onDone }: { onDone: () => void }) {
  const act = useAct()
  const [folder, setFolder] = useState('')
  const [format, setFormat] = useState<TableFormat>('xlsx')
  const [done, setDone] = useState<VerbOutput<'parties.export'> | null>(null)
  const write = async () => setDone(await act.run('parties.export', { folder, format }))
  return (
    <Panel title={text.exportTitle}>
      <TableFormatField value={format} onChange={setFormat} />
      <PathField label={text.folder} required onChange={setFolder} />
      {done !== null && <p className="y-green">{text.exported(done.file, done.rows)}</p>}
      <ErrorNote failure={act.failure} />
      <div className="y-choices">
        <Button onClick={onDone}>{text.cancel}</Button>
        <Button disabled={act.busy || folder === ''} onClick={() => void write()}>
          {text.exportDo}
        </Button>
      </div>
    </Panel>
  )
}
