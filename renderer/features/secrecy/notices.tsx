import { Button } from 'antd'
import type { ReactNode } from 'react'
import { classificationActNames } from '#shared/domain/secrecy.ts'
import { navigate } from '../../app/navigation.ts'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { EmptyState, Page, Panel } from '../../ui/page.tsx'
import { secrecyText as text } from './text.ts'

/** 变更解密通知: what was changed, and that I have taken note (保密法 23; 实施条例 21). */
export function HolderNotices({ rail }: { rail: ReactNode }) {
  const found = useCall('secrecy.notices', {})
  const act = useAct()
  const list = found.data ?? []
  return (
    <Page
      title={text.room}
      meta={<ArticleChip article={21} />}
      rail={rail}
      note={<ErrorNote failure={act.failure ?? found.failure} />}
    >
      {found.data !== null && list.length === 0 ? (
        <EmptyState title="没有变更或解密通知" action={<ArticleChip article={21} />}>
          {text.noticesEmpty}
        </EmptyState>
      ) : (
        <Panel title="通知">
          <table className="y-table">
            <thead>
              <tr>
                <th>时间</th>
                <th>文书</th>
                <th>事项</th>
                <th>原标志</th>
                <th>现标志</th>
                <th>理由</th>
                <th>审定</th>
                <th>签收</th>
              </tr>
            </thead>
            <tbody>
              {list.map((one) => (
                <tr key={one.id}>
                  <td className="y-nowrap">{officialMoment(one.at)}</td>
                  <td>
                    <button
                      type="button"
                      className="y-row-link"
                      onClick={() => navigate({ room: 'case', caseId: one.caseId, tab: 'secrecy' })}
                    >
                      {one.title}
                    </button>
                  </td>
                  <td>{classificationActNames[one.act]}</td>
                  <td className="y-voided">{one.before ?? '—'}</td>
                  <td>{one.after ?? (one.act === 'release' ? '解密' : '—')}</td>
                  <td>{one.reason}</td>
                  <td className="y-nowrap">{one.decidedBy}</td>
                  <td className="y-nowrap">
                    {one.acknowledgedAt === null ? (
                      <Button
                        size="small"
                        disabled={act.busy}
                        aria-label={`签收 ${one.title}`}
                        onClick={() => act.run('secrecy.acknowledge', { noticeId: one.id })}
                      >
                        签收
                      </Button>
                    ) : (
                      officialMoment(one.acknowledgedAt)
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
