import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { EmptyState, Page, Panel } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { secrecyText as text } from './text.ts'

type Request = VerbOutput<'secrecy.scopeRequests'>[number]

/** 知悉申请: who shall know a case that did not until now; decided by another person (保密法 21). */
export function ScopeRequests({ rail }: { rail: ReactNode }) {
  const session = useSession()
  const found = useCall('secrecy.scopeRequests', {})
  const act = useAct()
  const [returning, setReturning] = useState<Request | null>(null)
  const list = found.data ?? []
  const decide = (one: Request, decision: 'approved' | 'returned', opinion: string) =>
    act.run('secrecy.decideScope', { caseId: one.caseId, requestId: one.id, decision, opinion })
  return (
    <Page
      title={text.room}
      meta={<ArticleChip article={21} />}
      rail={rail}
      note={<ErrorNote failure={act.failure ?? found.failure} />}
    >
      {found.data !== null && list.length === 0 ? (
        <EmptyState title="没有等待决定的知悉申请" action={<ArticleChip article={21} />}>
          {text.requestsEmpty}
        </EmptyState>
      ) : (
        <Panel title="等待决定">
          <table className="y-table">
            <thead>
              <tr>
                <th>拟知悉人员</th>
                <th>事项</th>
                <th>理由</th>
                <th>提出</th>
                <th>操作</th>
              </tr>
            </thead>
            <tbody>
              {list.map((one) => (
                <tr key={one.id}>
                  <td className="y-nowrap">{one.person}</td>
                  <td>{one.matter}</td>
                  <td>{one.reason}</td>
                  <td className="y-nowrap">
                    {one.requester} {officialMoment(one.at)}
                  </td>
                  <td className="y-nowrap">
                    {one.requesterId === session.account.id ? (
                      <span className="y-quiet">本人提出，须他人决定</span>
                    ) : (
                      <>
                        <Button size="small" disabled={act.busy} onClick={() => void decide(one, 'approved', '')}>
                          同意
                        </Button>{' '}
                        <Button size="small" disabled={act.busy} onClick={() => setReturning(one)}>
                          退回
                        </Button>
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      )}
      {returning !== null && (
        <ReasonDialog
          title={`退回知悉申请：${returning.person}`}
          label="退回意见"
          confirm="退回"
          failure={act.failure}
          onCancel={() => setReturning(null)}
          onConfirm={async (opinion) => {
            if ((await decide(returning, 'returned', opinion)) !== null) setReturning(null)
          }}
        />
      )}
    </Page>
  )
}
