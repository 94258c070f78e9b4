import { Button } from 'antd'
import { useState } from 'react'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import {
  type ChangeFields,
  changeFaults,
  changeNames,
  changeStateNames,
  type NoticeChange,
  openChange,
} from '#shared/domain/notice-changes.ts'
import { maySign, type Notice } from '#shared/domain/notices.ts'
import { wordsFor } from '../../app/errors.ts'
import type { CaseDetail } from '../../app/rooms.tsx'
import { useRules } from '../../app/rules.tsx'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { ClockField, DayField } from '../../ui/day-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { Light, type Tone } from '../../ui/lights.tsx'
import { Panel } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { TextBlock, TextLine } from '../../ui/text-block.tsx'
import { noticeText as text } from './text.ts'

const tones: Readonly<Record<NoticeChange['state'], Tone>> = {
  submitted: 'amber',
  returned: 'red',
  withdrawn: 'quiet',
  approved: 'action',
  numbered: 'action',
  issued: 'green',
}

/** 改期 and 取消 of one notice: papers of their own, each signed, numbered and sent like the notice itself (Art. 4). */
export function ChangesPanel({ detail, notice }: { detail: CaseDetail; notice: Notice }) {
  const rules = useRules()
  const session = useSession()
  const act = useAct()
  const found = useCall('notices.changes', { caseId: detail.id })
  const [opening, setOpening] = useState(false)
  const [withdrawing, setWithdrawing] = useState<string | null>(null)
  const all = found.data ?? []
  const changes = all.filter((one) => one.noticeId === notice.id)
  const writer = session.may('caseOfficer', 'officeHead')
  const leader = maySign(rules, session.account.roles)
  const mayOpen =
    writer &&
    detail.stage === 'interview' &&
    notice.state === 'issued' &&
    !all.some((one) => openChange.includes(one.state))
  if (changes.length === 0 && !mayOpen) return null
  return (
    <Panel
      title={text.changes}
      extra={
        <>
          <ArticleChip article={4} />
          {mayOpen && (
            <Button
              onClick={() => {
                act.clear()
                setOpening(true)
              }}
            >
              {text.openChange}
            </Button>
          )}
        </>
      }
    >
      {changes.length === 0 ? (
        <p className="y-quiet">{text.noChanges}</p>
      ) : (
        <ul className="y-list" aria-label={text.changes}>
          {changes.map((one) => (
            <li key={one.id}>
              <div className="y-line">
                <span>
                  <strong>{changeNames[one.kind]}</strong>　{one.number ?? ''}
                </span>
                <Light tone={tones[one.state]}>{changeStateNames[one.state]}</Light>
              </div>
              <p>
                {one.kind === 'postpone' &&
                  `改至${one.fields.day === '' ? '' : officialDay(one.fields.day)} ${one.fields.clock}，${one.fields.place}。`}
                {one.fields.alone && '仅取消本企业，其他企业照常约谈。'}
                原因：{one.fields.reason}
              </p>
              {one.opinions.map((opinion) => (
                <p key={opinion.at} className="y-quiet">
                  {opinion.name} {opinion.decision === 'approved' ? '同意' : '退回'} {officialMoment(opinion.at)}
                  {opinion.opinion === '' ? '' : `：${opinion.opinion}`}
                </p>
              ))}
              <div className="y-choices">
                {leader && one.state === 'submitted' && <Decide caseId={detail.id} change={one} />}
                {writer && openChange.includes(one.state) && (
                  <button type="button" className="y-quiet-button" onClick={() => setWithdrawing(one.id)}>
                    撤回
                  </button>
                )}
                {writer && one.state === 'numbered' && (
                  <Button
                    disabled={act.busy}
                    onClick={() => act.run('notices.issueChange', { caseId: detail.id, changeId: one.id })}
                  >
                    印发{changeNames[one.kind]}
                  </Button>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
      <ErrorNote failure={opening || withdrawing !== null ? null : act.failure} />
      {opening && <ChangeDialog detail={detail} notice={notice} act={act} onDone={() => setOpening(false)} />}
      {withdrawing !== null && (
        <ReasonDialog
          title="撤回改期或取消"
          label="撤回理由"
          confirm="撤回"
          failure={act.failure}
          onCancel={() => setWithdrawing(null)}
          onConfirm={async (reason) => {
            const done = await act.run('notices.withdrawChange', { caseId: detail.id, changeId: withdrawing, reason })
            if (done !== null) setWithdrawing(null)
          }}
        />
      )}
    </Panel>
  )
}

function Decide({ caseId, change }: { caseId: string; change: NoticeChange }) {
  const act = useAct()
  const [opinion, setOpinion] = useState('')
  const decide = (decision: 'approved' | 'returned') =>
    act.run('notices.decideChange', { caseId, changeId: change.id, decision, opinion })
  return (
    <div>
      <Field label={`${changeNames[change.kind]}审签意见`} hint="退回须写明意见">
        {(control) => <TextLine {...control} maxLength={500} onText={setOpinion} />}
      </Field>
      <div className="y-choices">
        <Button disabled={act.busy || opinion.trim() === ''} onClick={() => decide('returned')}>
          退回{changeNames[change.kind]}
        </Button>
        <Button disabled={act.busy} onClick={() => decide('approved')}>
          同意{changeNames[change.kind]}
        </Button>
      </div>
      <ErrorNote failure={act.failure} />
    </div>
  )
}

function ChangeDialog({
  detail,
  notice,
  act,
  onDone,
}: {
  detail: CaseDetail
  notice: Notice
  act: ReturnType<typeof useAct>
  onDone: () => void
}) {
  const rules = useRules()
  const session = useSession()
  const [kind, setKind] = useState<NoticeChange['kind']>('postpone')
  const [fields, setFields] = useState<ChangeFields>({
    reason: '',
    day: '',
    clock: notice.current.clock,
    place: notice.current.place,
    materialsDue: '',
    followUp: '',
    alone: false,
  })
  // 取消 may concern one enterprise of a 集体约谈; a 改期 moves the interview for all (Art. 6).
  const many = detail.enterpriseList.length > 1
  const put = (part: Partial<ChangeFields>) => setFields((before) => ({ ...before, ...part }))
  const faults = changeFaults(kind, fields, { ...notice.current, today: dayInChina(session.now) })
  const faultOf = (field: string) => {
    const fault = faults.find((one) => one.field === field && one.code !== 'notices.missing')
    return fault === undefined ? null : wordsFor({ code: fault.code, params: {} }).happened
  }
  const send = async () => {
    const value = kind === 'postpone' ? fields : { ...fields, day: '', clock: '', place: '', materialsDue: '' }
    const noticeId = kind === 'cancel' && fields.alone ? notice.id : null
    if ((await act.run('notices.proposeChange', { caseId: detail.id, kind, noticeId, fields: value })) !== null)
      onDone()
  }
  return (
    <Dialog
      wide
      title={text.openChange}
      onCancel={onDone}
      confirm={{
        text: '报请审签',
        disabled: act.busy || faults.length > 0 || fields.reason.trim() === '',
        onClick: send,
      }}
    >
      <p className="y-quiet">{text.changeWhy(rules)}</p>
      <FieldGroup label="办理" required>
        <OneOf
          options={[
            { value: 'postpone', text: '改期' },
            { value: 'cancel', text: '取消' },
          ]}
          value={kind}
          onChange={setKind}
        />
      </FieldGroup>
      <Field label="变更原因" required hint="将印入通知">
        {(control) => <TextLine {...control} autoFocus maxLength={200} onText={(reason) => put({ reason })} />}
      </Field>
      {kind === 'postpone' ? (
        <>
          <div className="y-grid-2">
            <DayField
              label="新的约谈日期"
              required
              value={fields.day}
              fault={faultOf('day')}
              onChange={(day) => put({ day })}
            />
            <ClockField label="新的约谈时间" required value={fields.clock} onChange={(clock) => put({ clock })} />
          </div>
          <div className="y-grid-2">
            <Field label="新的约谈地点" required>
              {(control) => <TextLine {...control} initial={fields.place} onText={(place) => put({ place })} />}
            </Field>
            <DayField
              label="新的材料报送日期"
              hint="不填则不变"
              value={fields.materialsDue}
              fault={faultOf('materialsDue')}
              onChange={(materialsDue) => put({ materialsDue })}
            />
          </div>
        </>
      ) : (
        <>
          {many && (
            <FieldGroup label="取消范围" required hint={text.cancelScope}>
              <OneOf
                options={[
                  { value: 'all', text: `全部企业（${detail.enterpriseList.length} 家）` },
                  { value: 'alone', text: `仅${notice.enterpriseName}` },
                ]}
                value={fields.alone ? 'alone' : 'all'}
                onChange={(scope) => put({ alone: scope === 'alone' })}
              />
            </FieldGroup>
          )}
          <Field label="后续处理" hint="例如：有关问题由企业专题报告">
            {(control) => <TextBlock {...control} rows={2} maxLength={500} onText={(followUp) => put({ followUp })} />}
          </Field>
        </>
      )}
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}
