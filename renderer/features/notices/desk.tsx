import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { type Notice, noticeStateNames } from '#shared/domain/notices.ts'
import type { CaseDetail } from '../../app/rooms.tsx'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Light, PrintedMark, type Tone } from '../../ui/lights.tsx'
import { LivePaper } from '../../ui/live-paper.tsx'
import { Facts, Panel, TabPage } from '../../ui/page.tsx'
import { TextBlock } from '../../ui/text-block.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { noticeText as text } from './text.ts'

const tones: Readonly<Record<Notice['state'], Tone>> = {
  draft: 'quiet',
  submitted: 'amber',
  approved: 'action',
  numbered: 'action',
  issued: 'green',
  cancelled: 'quiet',
}

/** A notice that is no draft any more: the paper, and for the approver an opinion and 同意 / 退回, nothing else. */
export function NoticeDesk({ detail, notice, pick }: { detail: CaseDetail; notice: Notice; pick: ReactNode }) {
  const session = useSession()
  const act = useAct()
  const marks = useCall('secrecy.list', { caseId: detail.id })
  const [opinion, setOpinion] = useState('')
  const [confirming, setConfirming] = useState(false)
  const ids = { caseId: detail.id, noticeId: notice.id }
  const approver = session.may('deputyLeader', 'chiefLeader') && notice.state === 'submitted'
  const writer = session.may('caseOfficer', 'officeHead')
  const decide = (decision: 'approved' | 'returned') => act.run('notices.decide', { ...ids, decision, opinion })
  const classification = marks.data?.find((one) => one.id === notice.classificationId)
  const primary = approver ? (
    <>
      <Button onClick={() => decide('returned')} disabled={act.busy || opinion.trim() === ''}>
        {text.giveBack}
      </Button>
      <Button type="primary" onClick={() => decide('approved')} disabled={act.busy}>
        {text.approve}
      </Button>
    </>
  ) : writer && notice.state === 'numbered' ? (
    <Button type="primary" onClick={() => act.run('notices.issue', ids)} disabled={act.busy}>
      {text.issue}
    </Button>
  ) : writer && notice.state === 'issued' && notice.confirmation === null ? (
    <Button type="primary" onClick={() => setConfirming(true)}>
      {text.confirm}
    </Button>
  ) : undefined
  return (
    <TabPage
      split
      note={<ErrorNote failure={confirming ? null : act.failure} />}
      actions={<span className="y-quiet">{text.waits[notice.state]}</span>}
      {...(primary === undefined ? {} : { primary })}
    >
      <div className="y-form-column">
        {pick}
        <Panel title="通知书" extra={<ArticleChip article={4} />}>
          <Facts
            items={[
              [
                '状态',
                <Light key="state" tone={tones[notice.state]}>
                  {noticeStateNames[notice.state]}
                </Light>,
              ],
              ['主送', notice.enterpriseName],
              ['编号', notice.number ?? '未编号'],
              ['密级标志', <PrintedMark key="mark" mark={notice.mark} />],
              [
                '定密',
                classification === undefined
                  ? '—'
                  : `${classification.proposer} 拟定；${classification.approver === '' ? '待定密责任人审定' : `${classification.approver} 审定`}`,
              ],
            ]}
          />
        </Panel>
        {approver && (
          <Panel title={text.opinion}>
            <Field label={text.opinion} hint="退回须写明意见；同意可不写">
              {(control) => <TextBlock {...control} rows={4} maxLength={500} onText={setOpinion} />}
            </Field>
          </Panel>
        )}
        {notice.approvals.length > 0 && (
          <Panel title="审签经过">
            <ul className="y-list">
              {notice.approvals.map((one) => (
                <li key={`${one.at}/${one.accountId}`}>
                  <div className="y-line">
                    <span>
                      {one.name} {one.decision === 'approved' ? '同意' : '退回'}
                    </span>
                    <span className="y-quiet">{officialMoment(one.at)}</span>
                  </div>
                  {one.opinion !== '' && <p>{one.opinion}</p>}
                </li>
              ))}
            </ul>
          </Panel>
        )}
        {notice.confirmation !== null && (
          <Panel title="企业确认" extra={<ArticleChip article={10} />}>
            <Facts
              items={[
                ['方式', notice.confirmation.channel === 'written' ? '书面确认' : '电话确认'],
                ['确认人', notice.confirmation.by],
                ['登记', `${notice.confirmation.takenBy} ${officialMoment(notice.confirmation.at)}`],
                ['说明', notice.confirmation.note || '—'],
              ]}
            />
          </Panel>
        )}
      </div>
      <LivePaper
        label={text.preview}
        input={{ caseId: detail.id, kind: 'notice', objectId: notice.id, fields: null }}
        stamp={`${notice.state}/${notice.mark ?? ''}/${notice.version}`}
      />
      {confirming && (
        <ConfirmDialog
          busy={act.busy}
          failure={act.failure}
          onCancel={() => setConfirming(false)}
          onConfirm={async (input) => {
            if ((await act.run('notices.confirm', { ...ids, ...input })) !== null) setConfirming(false)
          }}
        />
      )}
    </TabPage>
  )
}
