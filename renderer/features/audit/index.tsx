import { Button } from 'antd'
import { useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { clockInChina, dayInChina } from '#shared/domain/common.ts'
import { levelNames } from '#shared/domain/secrecy.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { JobProgress } from '../../ui/job-progress.tsx'
import { EmptyState, Page } from '../../ui/page.tsx'
import { Checkpoints } from './checkpoints.tsx'
import { type Asked, AuditFilter, nothingAsked } from './filter.tsx'
import { PaperAnchor } from './paper-anchor.tsx'
import { auditText as text } from './text.ts'
import './audit.css'

/** The auditor's page: acts without content, the state of the chain, a signed checkpoint. */
export function AuditRoom() {
  const session = useSession()
  const [asked, setAsked] = useState<Asked>(nothingAsked)
  const [before, setBefore] = useState<number | null>(null)
  const list = useCall('audit.list', { before, ...asked })
  const act = useAct()
  const stop = useAct()
  const [job, setJob] = useState('')
  const [verified, setVerified] = useState<VerbOutput<'audit.verify'> | null>(null)
  const auditor = session.may('auditor')
  const lines = list.data?.lines ?? []
  const last = lines.at(-1)
  const verify = async () => {
    const id = crypto.randomUUID()
    setJob(id)
    setVerified(null)
    setVerified(await act.run('audit.verify', { job: id }))
  }
  return (
    <Page
      title={text.title}
      meta={<span className="y-quiet">{list.data === null ? '' : `共 ${list.data.total} 行`}</span>}
      note={<ErrorNote failure={act.failure ?? stop.failure ?? list.failure} />}
      actions={
        <>
          <button type="button" className="y-quiet-button" disabled={before === null} onClick={() => setBefore(null)}>
            回到最新
          </button>
          <button
            type="button"
            className="y-quiet-button"
            disabled={last === undefined || last.seq <= 1}
            onClick={() => setBefore(last?.seq ?? null)}
          >
            更早的日志
          </button>
        </>
      }
      primary={
        auditor && (
          <Button type="primary" disabled={act.busy} onClick={() => void verify()}>
            核对日志链
          </Button>
        )
      }
    >
      <p className="y-quiet">{text.hint}</p>
      <AuditFilter
        onAsk={(next) => {
          setBefore(null)
          setAsked(next)
        }}
      />
      {act.busy && (
        <div className="audit-verifying">
          <JobProgress job={job} />
          <Button disabled={stop.busy} onClick={() => void stop.run('audit.cancel', { job })}>
            {text.stop}
          </Button>
        </div>
      )}
      {verified !== null && (
        <p className={verified.intact ? 'y-note y-green' : 'y-note y-red'} role="status">
          {verified.intact ? text.intact(verified.lines) : text.broken(verified.fault ?? '')}
        </p>
      )}
      {verified !== null && verified.clockBack !== null && (
        <p className="y-note y-amber" role="status">
          {text.clockBack(verified.clockBack)}
        </p>
      )}
      {auditor && (
        <details className="audit-checks">
          <summary>{text.checks}</summary>
          <Checkpoints />
          <PaperAnchor />
        </details>
      )}
      {list.data !== null && lines.length === 0 ? (
        <EmptyState title="审计日志">{text.empty}</EmptyState>
      ) : (
        <table className="y-table">
          <thead>
            <tr>
              <th>行号</th>
              <th>时间</th>
              <th>账号</th>
              <th>行为</th>
              <th>对象</th>
              <th>密级</th>
              <th>结果</th>
              <th>来源</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.seq}>
                <td className="y-number">{line.seq}</td>
                <td>
                  {dayInChina(line.at)} {clockInChina(line.at)}
                </td>
                <td>{line.account}</td>
                <td>{line.action}</td>
                <td className="y-object">{line.object}</td>
                <td>{levelNames[line.level as keyof typeof levelNames] ?? line.level}</td>
                <td className={line.result === 'ok' ? '' : 'y-red'}>{text.results[line.result] ?? line.result}</td>
                <td>{text.sources[line.source] ?? line.source}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Page>
  )
}
