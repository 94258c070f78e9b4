import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { copyActNames, formatName } from '#shared/domain/copies.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { LevelMark } from '../../ui/lights.tsx'
import { EmptyState, Facts, Page, Panel } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { secrecyText as text } from './text.ts'

type Ticket = VerbOutput<'copies.waiting'>[number]

/** 出件审批: one request at a time, with every copy in it by number and digest (公文条例 32). */
export function TicketApprovals({ rail }: { rail: ReactNode }) {
  const found = useCall('copies.waiting', {})
  const tickets = found.data ?? []
  const batches = [...new Set(tickets.map((one) => one.batchId))].map((batchId) =>
    tickets.filter((one) => one.batchId === batchId),
  )
  return (
    <Page
      title={text.room}
      meta={
        <>
          <span className="y-quiet">{batches.length > 0 && `待批准 ${batches.length} 项`}</span>
          <ArticleChip article={21} />
        </>
      }
      rail={rail}
      note={<ErrorNote failure={found.failure} />}
    >
      {found.data !== null && batches.length === 0 && (
        <EmptyState title="没有等待批准的出件" action={<ArticleChip article={21} />}>
          {text.approvalsEmpty}
        </EmptyState>
      )}
      {batches.map((batch) => (
        <Request key={batch[0]?.batchId} batch={batch} />
      ))}
    </Page>
  )
}

function Request({ batch }: { batch: readonly Ticket[] }) {
  const session = useSession()
  const act = useAct()
  const [returning, setReturning] = useState(false)
  const [first] = batch
  if (first === undefined) return null
  const { caseId, compilationId, batchId } = first
  const decide = (decision: 'approved' | 'returned', opinion: string) =>
    act.run('copies.decide', { caseId, compilationId, batchId, decision, opinion })
  const own = first.requesterId === session.account.id
  return (
    <Panel title={first.matter} extra={own && <span className="y-amber">▲ 本人提出，须由另一位同志批准</span>}>
      <Facts
        items={[
          ['申请', `${first.requester} ${officialMoment(first.requestedAt)}`],
          ['接收', first.recipient],
          ['用途', first.purpose],
          ['方式', `${copyActNames[first.act]} ${first.medium}`],
        ]}
      />
      <table className="y-table">
        <thead>
          <tr>
            <th>文件</th>
            <th>格式</th>
            <th>密级</th>
            <th>份号</th>
            <th>校验值（SHA-256）</th>
          </tr>
        </thead>
        <tbody>
          {batch.map((one) => (
            <tr key={one.id}>
              <td>{one.title}</td>
              <td>{formatName(one.format)}</td>
              <td>
                <LevelMark level={one.level} />
              </td>
              <td className="y-nowrap">{one.label}</td>
              <td className="y-digest" title={one.sha256}>
                {one.sha256.slice(0, 16)}…
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="y-panel-acts">
        <Button disabled={act.busy || own} onClick={() => setReturning(true)}>
          退回
        </Button>
        <Button type="primary" disabled={act.busy || own} onClick={() => void decide('approved', '')}>
          同意出件（{batch.length} 件）
        </Button>
      </div>
      <ErrorNote failure={act.failure} />
      {returning && (
        <ReasonDialog
          title="退回出件申请"
          label="退回意见"
          confirm="退回"
          failure={act.failure}
          onCancel={() => setReturning(false)}
          onConfirm={async (opinion) => {
            if ((await decide('returned', opinion)) !== null) setReturning(false)
          }}
        />
      )}
    </Panel>
  )
}
