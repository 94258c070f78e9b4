import { Button } from 'antd'
import { useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import type { Backup, Drill } from '#shared/domain/backups.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { JobProgress } from '../../ui/job-progress.tsx'
import { Light } from '../../ui/lights.tsx'
import { EmptyState, Page, Panel } from '../../ui/page.tsx'
import { PathField } from '../../ui/path-field.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { text } from './text.ts'

/** 备份: made by 系统管理员, drilled by whoever holds a key; every drill stands in the register with its time. */
export function BackupsRoom() {
  const session = useSession()
  const list = useCall('backups.list', {})
  const act = useAct()
  const [place, setPlace] = useState('')
  const [job, setJob] = useState('')
  const [made, setMade] = useState<VerbOutput<'backups.make'> | null>(null)
  const [drill, setDrill] = useState<{ readonly name: string; readonly drill: Drill } | null>(null)
  const { days = null, every = 0, kept = 0, backups = [] } = list.data ?? {}
  const begin = (): string => {
    const id = crypto.randomUUID()
    setJob(id)
    setMade(null)
    setDrill(null)
    return id
  }
  const make = async () => {
    const done = await act.run('backups.make', { folder: place, job: begin() })
    setMade(done)
    const [first] = done?.drills ?? []
    if (done !== null && first !== undefined) setDrill({ name: done.name, drill: first })
  }
  const rehearse = async (one: Backup) => {
    const done = await act.run('backups.drill', { backupId: one.id, job: begin() })
    if (done !== null) setDrill({ name: one.name, drill: done })
  }
  const late = list.data !== null && (days === null || days > every)
  const sound = made?.drills[0]?.passed === true
  return (
    <Page
      title={text.title}
      meta={
        list.data !== null && (
          <span className={late ? 'y-red' : 'y-quiet'}>
            {late && '■ '}
            {days === null ? text.never : text.last(days, every)} · {text.keptOf(kept)}
          </span>
        )
      }
      note={<ErrorNote failure={list.failure} />}
    >
      <Panel title={text.about}>
        <p className="y-quiet">{text.why}</p>
        <p className="y-quiet">{text.who}</p>
      </Panel>
      {session.may('systemAdmin') && (
        <Panel title={text.make}>
          <PathField label={text.place} hint={text.placeHint} required onChange={setPlace} />
          <div className="y-panel-acts">
            <Button type="primary" disabled={act.busy || place === ''} onClick={() => void make()}>
              {text.make}
            </Button>
          </div>
        </Panel>
      )}
      {act.busy && <JobProgress job={job} />}
      {made !== null && (
        <p className={`y-note ${sound ? 'y-green' : 'y-red'}`} role="status">
          {sound ? text.made(made.name) : text.madeBad(made.name)}
        </p>
      )}
      <ErrorNote failure={act.failure} />
      {drill !== null && <DrillView name={drill.name} drill={drill.drill} />}
      {list.data !== null && backups.length === 0 && <EmptyState title={text.empty}>{text.emptyHint}</EmptyState>}
      {backups.length > 0 && (
        <Panel title={text.register}>
          <table className="y-table" aria-label={text.register}>
            <TableHead columns={Object.values(text.columns)} />
            <tbody>
              {backups.map((one) => (
                <tr key={one.id}>
                  <td className="y-nowrap">
                    {officialMoment(one.at)}
                    <div className="y-quiet">{one.by}</div>
                  </td>
                  <td>
                    {one.place}
                    <div className="y-quiet">{one.name}</div>
                  </td>
                  <td>{text.size(one.bytes, one.blobs, one.blobBytes)}</td>
                  <td className="y-nowrap">{one.state === 'kept' ? text.kept : text.removed}</td>
                  <td>
                    <LastDrill drills={one.drills} />
                  </td>
                  <td className="y-nowrap">
                    {one.state === 'kept' && !session.may('auditor') && (
                      <Button
                        size="small"
                        disabled={act.busy}
                        aria-label={text.drillOf(one.name)}
                        onClick={() => void rehearse(one)}
                      >
                        {text.drill}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      )}
    </Page>
  )
}

/** The last drill of each depth: a whole one says more than a later one of an officer. */
function LastDrill({ drills }: { drills: readonly Drill[] }) {
  const last = (['whole', 'officer'] as const).flatMap((depth) => drills.find((one) => one.depth === depth) ?? [])
  return last.map((one) => (
    <div key={one.depth}>
      <Light tone={one.passed ? 'green' : 'red'}>{one.passed ? text.passed : text.failed}</Light>{' '}
      {text.depths[one.depth]}
      <span className="y-quiet">
        {' '}
        {one.by} {officialMoment(one.at)} {text.took(one.ms)}
      </span>
    </div>
  ))
}

function DrillView({ name, drill }: { name: string; drill: Drill }) {
  const { name: check, result, detail } = text.checkColumns
  return (
    <Panel
      title={`${text.drillResult} ${name}`}
      extra={
        <Light tone={drill.passed ? 'green' : 'red'}>
          {`${drill.passed ? text.passed : text.failed} · ${text.took(drill.ms)}`}
        </Light>
      }
    >
      <table className="y-table" aria-label={text.drillResult}>
        <TableHead columns={[check, result, detail]} />
        <tbody>
          {drill.checks.map((one) => (
            <tr key={one.code}>
              <td>{text.checks[one.code]}</td>
              <td className="y-nowrap">
                <Light tone={one.result === 'passed' ? 'green' : one.result === 'failed' ? 'red' : 'quiet'}>
                  {text.results[one.result]}
                </Light>
              </td>
              <td>{one.result === 'passed' ? text.details[one.code](one.detail) : one.detail}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
