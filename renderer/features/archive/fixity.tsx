import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useAct, useCall } from '../../app/use-call.ts'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { JobProgress } from '../../ui/job-progress.tsx'
import { Light } from '../../ui/lights.tsx'
import { Page, Panel } from '../../ui/page.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { fixityText as text } from './text.ts'

/** 定期核对: what was read, and what did not agree. */
export function Fixity({ rail }: { rail: ReactNode }) {
  const list = useCall('fixity.list', {})
  const act = useAct()
  const [job, setJob] = useState('')
  const run = async () => {
    const id = crypto.randomUUID()
    setJob(id)
    await act.run('fixity.run', { job: id })
  }
  const { runs = [], days = null, every = 0, due = false } = list.data ?? {}
  return (
    <Page
      title={text.title}
      meta={list.data !== null && <span className={due ? 'y-amber' : 'y-quiet'}>{text.last(days, every)}</span>}
      rail={rail}
      note={<ErrorNote failure={list.failure ?? act.failure} />}
    >
      <Panel title={text.runs}>
        <p className="y-quiet">{text.why}</p>
        {act.busy && <JobProgress job={job} />}
        <div className="y-panel-acts">
          <Button type="primary" disabled={act.busy} onClick={() => void run()}>
            {text.run}
          </Button>
        </div>
        {runs.length > 0 && (
          <table className="y-table" aria-label={text.runs}>
            <TableHead columns={Object.values(text.columns)} />
            <tbody>
              {runs.map((one) => (
                <tr key={one.id}>
                  <td className="y-nowrap">
                    {one.by} {officialMoment(one.at)}
                  </td>
                  <td>{text.read(one.attachments, one.papers, one.bundles, one.bytes)}</td>
                  <td className="y-nowrap">{text.seconds(one.ms)}</td>
                  <td>
                    <Light tone={one.faults.length === 0 ? 'green' : 'red'}>
                      {one.faults.length === 0 ? text.sound : text.faults(one.faults.length)}
                    </Light>
                    {one.faults.map((fault) => (
                      <div key={`${fault.kind}/${fault.id}`}>
                        {text.kinds[fault.kind]} {fault.title === '' ? text.unknown : fault.title}：
                        {text.codes[fault.code] ?? fault.code} <span className="y-quiet">{text.place(fault.id)}</span>
                      </div>
                    ))}
                    {one.faults.length > 0 && <div className="y-red">{text.next}</div>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Panel>
    </Page>
  )
}
