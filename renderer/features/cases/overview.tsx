import { Button } from 'antd'
import { useState } from 'react'
import { officialDay } from '#shared/domain/common.ts'
import type { CaseTabProps } from '../../app/rooms.tsx'
import { useRules } from '../../app/rules.tsx'
import { useSession } from '../../app/session.tsx'
import { useAct } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { money, officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Facts, Panel, TabPage } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { openStep } from './steps.ts'
import { actWords, formNames, stepWords, caseText as text } from './text.ts'

/** 概况: what the case is about, its next step, who did what. */
export function Overview({ detail }: CaseTabProps) {
  const rules = useRules()
  const session = useSession()
  const act = useAct()
  const [withdrawing, setWithdrawing] = useState(false)
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
  const mayWithdraw =
    session.may('officeHead', 'deputyLeader', 'chiefLeader') &&
    detail.stage !== 'archived' &&
    detail.stage !== 'withdrawn'
  const button = primary()
  return (
    <TabPage
      note={<ErrorNote failure={act.failure} />}
      actions={
        mayWithdraw ? (
          <Button danger onClick={() => setWithdrawing(true)}>
            {text.withdraw}
          </Button>
        ) : (
          <span />
        )
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
            ...(intake.instruction === '' ? [] : ([['批示', intake.instruction]] as const)),
            ['承办', `${detail.office} ${detail.officer}`],
            ['知悉范围', detail.scope.map((one) => one.name).join('、')],
            [
              '适用规则',
              `${rules.name}（${rules.document}），第${rules.version}版，${officialDay(rules.effective)}起施行`,
            ],
          ]}
        />
      </Panel>
      <Panel title="办理经过">
        <table className="y-table">
          <thead>
            <tr>
              <th>时间</th>
              <th>人员</th>
              <th>事项</th>
              <th>说明</th>
            </tr>
          </thead>
          <tbody>
            {detail.history.map((line) => (
              <tr key={`${line.at}/${line.act}/${line.detail}`}>
                <td>{officialMoment(line.at)}</td>
                <td>{line.who}</td>
                <td>{actWords(line.act)}</td>
                <td>{line.detail}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
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
