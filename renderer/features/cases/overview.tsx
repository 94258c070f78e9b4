import { Button } from 'antd'
import { useState } from 'react'
import { formNames } from '#shared/domain/cases.ts'
import { dayInChina, money, officialDay } from '#shared/domain/common.ts'
import { referenceOf } from '#shared/rules/profile.ts'
import { faultAt } from '../../app/errors.ts'
import { navigate } from '../../app/navigation.ts'
import type { CaseTabProps } from '../../app/rooms.tsx'
import { useRules } from '../../app/rules.tsx'
import { useSession } from '../../app/session.tsx'
import { useAct } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Facts, Panel, TabPage } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { AmountDialog } from './amount-dialog.tsx'
import { Attachments } from './attachments.tsx'
import { openStep } from './steps.ts'
import { demandText, intakeNames, recusalsText, stepWords, caseText as text } from './text.ts'

/** 概况: what the case is about, its next step, who did what. */
export function Overview({ detail }: CaseTabProps) {
  const rules = useRules()
  const session = useSession()
  const act = useAct()
  const [withdrawing, setWithdrawing] = useState(false)
  const [reopening, setReopening] = useState(false)
  const [telling, setTelling] = useState(false)
  const [correcting, setCorrecting] = useState(false)
  const today = dayInChina(session.now)
  const [startedOn, setStartedOn] = useState<string>(today)
  const { intake } = detail
  const caseId = detail.id
  const officer = session.may('caseOfficer', 'officeHead')
  const step = stepWords(detail.next.code)
  const primary = () => {
    if (detail.next.code === 'cases.accept' || detail.next.code === 'cases.beginFiling') {
      const verb = detail.next.code
      if (!officer) return undefined
      return (
        <Button type="primary" disabled={act.busy} onClick={() => act.run(verb, { caseId })}>
          {step.text}
        </Button>
      )
    }
    if (detail.next.code === 'none') return undefined
    return (
      <Button
        type="primary"
        onClick={() =>
          openStep(caseId, detail.next.code, {
            number: session.may('accountabilityOffice'),
            classify: session.may('classifier'),
          })
        }
      >
        去{step.text}
      </Button>
    )
  }
  const triggers = rules.triggers.filter((trigger) => intake.triggers.some((code) => code === trigger.code))
  const situations = (referenceOf(rules, 'situations')?.entries ?? []).filter((one) =>
    intake.situations.includes(one.code),
  )
  const alive = detail.stage !== 'archived' && detail.stage !== 'withdrawn'
  const mayEdit = officer && (detail.stage === 'intake' || detail.stage === 'notice')
  // Before the notices go up the intake itself is changed.
  const mayCorrect = officer && alive && !mayEdit
  const mayReopen = session.may('officeHead', 'deputyLeader', 'chiefLeader') && !alive
  const mayTell =
    session.may('caseOfficer', 'officeHead', 'accountabilityOffice') &&
    alive &&
    intake.triggers.includes('six') &&
    intake.accountabilityStarted !== true
  const mayWithdraw =
    session.may('officeHead', 'deputyLeader', 'chiefLeader') &&
    detail.stage !== 'archived' &&
    detail.stage !== 'withdrawn'
  const button = primary()
  return (
    <TabPage
      note={<ErrorNote failure={withdrawing || reopening || telling ? null : act.failure} />}
      actions={
        <>
          {mayEdit && <Button onClick={() => navigate({ room: 'intake', caseId })}>{text.editTitle}</Button>}
          {mayTell && (
            <Button
              onClick={() => {
                act.clear()
                setStartedOn(today)
                setTelling(true)
              }}
            >
              {text.accountability}
            </Button>
          )}
          {mayCorrect && <Button onClick={() => setCorrecting(true)}>{text.correctAmount}</Button>}
          {mayReopen && <Button onClick={() => setReopening(true)}>{text.reopen}</Button>}
          {mayWithdraw && (
            <Button danger onClick={() => setWithdrawing(true)}>
              {text.withdraw}
            </Button>
          )}
        </>
      }
      {...(button === undefined ? {} : { primary: button })}
    >
      <Panel title="事由与情形" extra={<ArticleChip article={3} />}>
        <Facts
          items={[
            ['约谈事由', detail.matter],
            ['约谈形式', formNames[detail.form]],
            ['被约谈企业', detail.enterprises.join('、')],
            [
              '情形',
              triggers.map((trigger) => (
                <p key={trigger.code}>
                  （{trigger.mark}）{trigger.text}
                </p>
              )),
            ],
            ...(intake.areas.length > 0 ? ([['具体方面', intake.areas.join('、')]] as const) : []),
            [
              '问题事实',
              <p key="facts" className="y-prose">
                {intake.facts || '—'}
              </p>,
            ],
            ['线索来源', intake.sources || '—'],
            ...(intake.situations.length === 0
              ? []
              : ([[intakeNames.situations, situations.map((one) => one.name).join('、')]] as const)),
            ...(intake.amountFen === null
              ? []
              : ([
                  [
                    '涉及金额',
                    <span key="sum" title={`${(intake.amountFen / 100).toLocaleString('zh-CN')}元`}>
                      {money(intake.amountFen)}
                    </span>,
                  ],
                ] as const)),
            ...intake.instructions.map(
              (one) =>
                ['批示', `${one.leader}${one.day === '' ? '' : `（${officialDay(one.day)}）`}：${one.text}`] as const,
            ),
            ...intake.demands.map((one) => ['此前整改要求', demandText(one)] as const),
            ...(intake.persons.length === 0
              ? []
              : ([
                  ['涉及人员', intake.persons.map((one) => `${one.unit}${one.title}${one.name}`).join('、')],
                ] as const)),
            ...(intake.accountabilityStarted === null
              ? []
              : ([['责任追究程序', intake.accountabilityStarted ? '已启动' : '暂未启动']] as const)),
            [
              '回避',
              intake.recusals.length === 0
                ? intake.recusalAsked
                  ? '已询问，没有应当回避的关系'
                  : '未询问'
                : recusalsText(intake),
            ],
            ...(intake.dutyReason === '' ? [] : ([['启动理由', intake.dutyReason]] as const)),
            ...(intake.scopeUnits.length === 0 ? [] : ([['知悉单位', intake.scopeUnits.join('、')]] as const)),
            ['承办', `${detail.office} ${detail.officer}`],
            ['知悉范围', detail.scope.map((one) => one.name).join('、')],
            [
              '适用规则',
              `${rules.name}（${rules.document}），第${rules.version}版，${officialDay(rules.effective)}起施行`,
            ],
          ]}
        />
      </Panel>
      <Attachments detail={detail} mayAdd={officer && alive} />
      {reopening && (
        <ReasonDialog
          title={text.reopen}
          label="重新打开的理由"
          confirm="重新打开"
          failure={act.failure}
          onCancel={() => setReopening(false)}
          onConfirm={async (reason) => {
            if ((await act.run('cases.reopen', { caseId, reason })) !== null) setReopening(false)
          }}
        />
      )}
      {telling && (
        <ReasonDialog
          title={text.accountability}
          label="由谁、依据什么启动"
          confirm="登记"
          failure={act.failure?.params.field === 'day' ? null : act.failure}
          held={startedOn === ''}
          onCancel={() => setTelling(false)}
          onConfirm={async (note) => {
            if ((await act.run('cases.accountability', { caseId, day: startedOn, note })) !== null) setTelling(false)
          }}
        >
          <DayField
            label="启动日期"
            required
            value={startedOn}
            fault={startedOn > today ? '启动日期在今天之后' : faultAt(act.failure, 'day')}
            onChange={setStartedOn}
          />
        </ReasonDialog>
      )}
      {correcting && <AmountDialog caseId={caseId} amountFen={intake.amountFen} onDone={() => setCorrecting(false)} />}
      {withdrawing && (
        <ReasonDialog
          title={text.withdraw}
          label="撤销理由"
          confirm="撤销"
          failure={act.failure}
          onCancel={() => setWithdrawing(false)}
          onConfirm={async (reason) => {
            if ((await act.run('cases.withdraw', { caseId, reason })) !== null) setWithdrawing(false)
          }}
        />
      )}
    </TabPage>
  )
}
