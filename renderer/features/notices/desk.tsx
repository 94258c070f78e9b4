import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { officialDay } from '#shared/domain/common.ts'
import { attendanceNames, maySign, type Notice, noticeStateNames } from '#shared/domain/notices.ts'
import type { CaseDetail } from '../../app/rooms.tsx'
import { useRules } from '../../app/rules.tsx'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { Light, PrintedMark, type Tone } from '../../ui/lights.tsx'
import { LivePaper } from '../../ui/live-paper.tsx'
import { Facts, Panel, TabPage } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { TextBlock } from '../../ui/text-block.tsx'
import { ChangesPanel } from './changes.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { noticeText as text } from './text.ts'
import { VersionsPanel } from './versions.tsx'

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
  const rules = useRules()
  const session = useSession()
  const act = useAct()
  const marks = useCall('secrecy.list', { caseId: detail.id })
  const [opinion, setOpinion] = useState('')
  const [confirming, setConfirming] = useState(false)
  const [withdrawing, setWithdrawing] = useState(false)
  const [redirecting, setRedirecting] = useState(false)
  const ids = { caseId: detail.id, noticeId: notice.id }
  const mine = notice.addressedTo === null || notice.addressedTo.accountId === session.account.id
  const approver = maySign(rules, session.account.roles) && notice.state === 'submitted' && mine
  const writer = session.may('caseOfficer', 'officeHead')
  // Art. 10: whoever promised, or sends another, may answer anew; without a promise the answer is what is awaited.
  const unanswered = notice.confirmation === null || notice.confirmation.attendance === 'refused'
  const blocks = useCall('numbers.blocks', writer && notice.state === 'approved' ? {} : null)
  const mayDraw = blocks.data?.some((one) => one.state === 'open' && one.reserved > 0) === true
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
  ) : writer && notice.state === 'approved' && mayDraw ? (
    <Button type="primary" onClick={() => act.run('numbers.drawFromBlock', ids)} disabled={act.busy}>
      {text.draw}
    </Button>
  ) : writer && notice.state === 'issued' && unanswered ? (
    <Button type="primary" onClick={() => setConfirming(true)}>
      {text.confirm}
    </Button>
  ) : undefined
  return (
    <TabPage
      split
      note={<ErrorNote failure={confirming || withdrawing || redirecting ? null : act.failure} />}
      actions={
        <>
          {writer && notice.state === 'submitted' && (
            <>
              <Button onClick={() => setWithdrawing(true)}>{text.withdraw}</Button>
              <Button onClick={() => setRedirecting(true)}>{text.redirect}</Button>
            </>
          )}
          {writer && (notice.state === 'approved' || notice.state === 'numbered') && (
            <Button onClick={() => setWithdrawing(true)}>{text.takeBack}</Button>
          )}
          {writer && notice.state === 'issued' && !unanswered && (
            <Button onClick={() => setConfirming(true)}>{text.confirmAgain}</Button>
          )}
          <span className="y-quiet">{text.waits(notice.state, rules)}</span>
        </>
      }
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
              ...(detail.intake.dutyReason === '' ? [] : ([['启动理由', detail.intake.dutyReason]] as const)),
              ['编号', notice.number ?? '未编号'],
              [
                '约谈时间',
                notice.current.day === '' ? '—' : `${officialDay(notice.current.day)} ${notice.current.clock}`,
              ],
              ['约谈地点', notice.current.place || '—'],
              ...(notice.state === 'submitted'
                ? ([
                    [
                      '报请审签',
                      notice.addressedTo === null ? (
                        text.anyApprover(rules)
                      ) : notice.addressedTo.active ? (
                        notice.addressedTo.name
                      ) : (
                        <Light key="gone" tone="red">{`${notice.addressedTo.name}（账号已停用，请改报）`}</Light>
                      ),
                    ],
                  ] as const)
                : []),
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
        <ChangesPanel detail={detail} notice={notice} />
        <VersionsPanel detail={detail} notice={notice} />
        {notice.confirmation !== null && (
          <Panel title="企业确认" extra={<ArticleChip article={10} />}>
            <Facts
              items={[
                ['方式', notice.confirmation.channel === 'written' ? '书面确认' : '电话确认'],
                [
                  '参加',
                  <Light
                    key="attendance"
                    tone={
                      notice.confirmation.attendance === 'promised'
                        ? 'green'
                        : notice.confirmation.attendance === 'refused'
                          ? 'red'
                          : 'amber'
                    }
                  >
                    {attendanceNames[notice.confirmation.attendance]}
                  </Light>,
                ],
                ...(notice.confirmation.persons === '' ? [] : ([['参加人员', notice.confirmation.persons]] as const)),
                ...(notice.confirmation.reason === '' ? [] : ([['原因', notice.confirmation.reason]] as const)),
                [
                  '确认人',
                  [notice.confirmation.by, notice.confirmation.post, notice.confirmation.telephone]
                    .filter(Boolean)
                    .join(' '),
                ],
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
      {withdrawing && (
        <ReasonDialog
          title={notice.state === 'submitted' ? text.withdraw : text.takeBack}
          label="撤回理由"
          confirm="撤回"
          failure={act.failure}
          onCancel={() => setWithdrawing(false)}
          onConfirm={async (reason) => {
            if ((await act.run('notices.withdraw', { ...ids, reason })) !== null) setWithdrawing(false)
          }}
        />
      )}
      {redirecting && (
        <RedirectDialog
          caseId={detail.id}
          act={act}
          onCancel={() => setRedirecting(false)}
          onConfirm={async (accountId) => {
            if ((await act.run('notices.address', { ...ids, accountId })) !== null) setRedirecting(false)
          }}
        />
      )}
      {confirming && (
        <ConfirmDialog
          notice={notice}
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

/** Another leader is asked to sign: the one it lay with may be away, or may have left. */
function RedirectDialog({
  caseId,
  act,
  onCancel,
  onConfirm,
}: {
  caseId: string
  act: ReturnType<typeof useAct>
  onCancel: () => void
  onConfirm: (accountId: string | null) => void
}) {
  const rules = useRules()
  const known = useCall('notices.approvers', { caseId })
  const [chosen, setChosen] = useState('')
  return (
    <Dialog
      title={text.redirect}
      onCancel={onCancel}
      confirm={{ text: '改报', disabled: act.busy, onClick: () => onConfirm(chosen === '' ? null : chosen) }}
    >
      <OneOf
        column
        options={[
          { value: '', text: text.anyApprover(rules) },
          ...(known.data?.approvers ?? []).map((one) => ({ value: one.accountId, text: one.name })),
        ]}
        value={chosen}
        onChange={setChosen}
      />
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}
