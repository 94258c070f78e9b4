import { useState } from 'react'
import { noticeStateNames } from '#shared/domain/notices.ts'
import type { CaseTabProps } from '../../app/rooms.tsx'
import { useSession } from '../../app/session.tsx'
import { useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { EmptyState, TabPage } from '../../ui/page.tsx'
import { NoticeDesk } from './desk.tsx'
import { NoticeEditor } from './editor.tsx'
import { noticeText as text } from './text.ts'

/** 通知: one notice per enterprise (Art. 4, 6); the editor while it is a draft, the desk afterwards. */
export function NoticesTab({ detail, route }: CaseTabProps) {
  const session = useSession()
  const found = useCall('notices.list', { caseId: detail.id })
  const [chosen, setChosen] = useState<string | null>(route.objectId ?? null)
  const notices = found.data ?? []
  const notice = notices.find((one) => one.id === chosen) ?? notices[0]
  if (notice === undefined) {
    return (
      <TabPage note={<ErrorNote failure={found.failure} />}>
        {found.data !== null && (
          <EmptyState title={text.emptyTitle} action={<ArticleChip article={4} />}>
            {text.emptyText}
          </EmptyState>
        )}
      </TabPage>
    )
  }
  const others = notices.filter((one) => one.id !== notice.id && one.state === 'draft')
  const pick = notices.length > 1 && (
    <nav className="y-switch" aria-label="各企业的通知书">
      {notices.map((one) => (
        <button key={one.id} type="button" aria-pressed={one.id === notice.id} onClick={() => setChosen(one.id)}>
          {one.enterpriseName} · {noticeStateNames[one.state]}
        </button>
      ))}
    </nav>
  )
  return notice.state === 'draft' && session.may('caseOfficer', 'officeHead') ? (
    <NoticeEditor key={notice.id} detail={detail} notice={notice} others={others} pick={pick} />
  ) : (
    <NoticeDesk key={notice.id} detail={detail} notice={notice} pick={pick} />
  )
}
