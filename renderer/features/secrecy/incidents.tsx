import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { clockInChina, dayInChina, momentInChina } from '#shared/domain/common.ts'
import { incidentState } from '#shared/domain/incidents.ts'
import { type Level, levelNames, levelRank, levels } from '#shared/domain/secrecy.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { ClockField, DayField } from '../../ui/day-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { LevelMark, Light } from '../../ui/lights.tsx'
import { EmptyState, Page, Panel } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { TextBlock, TextLine } from '../../ui/text-block.tsx'
import { secrecyText as text } from './text.ts'

type Incident = VerbOutput<'incidents.list'>[number]
type Asked = { readonly what: 'open' } | { readonly what: 'report' | 'close'; readonly one: Incident }

/** 泄密事件: what was found, the 24-hour clock, the report, the end (实施条例 61). */
export function Incidents({ rail }: { rail: ReactNode }) {
  const session = useSession()
  const reader = session.may('secrecyOfficer', 'officeHead', 'deputyLeader', 'chiefLeader')
  const found = useCall('incidents.list', reader ? {} : null)
  const act = useAct()
  const [asked, setAsked] = useState<Asked | null>(null)
  const [opened, setOpened] = useState('')
  const list = found.data ?? []
  return (
    <Page
      title={text.room}
      meta={<ArticleChip article={21} />}
      rail={rail}
      note={<ErrorNote failure={found.failure} />}
      actions={<span className="y-green">{opened}</span>}
      primary={
        <Button type="primary" onClick={() => setAsked({ what: 'open' })}>
          登记泄密事件
        </Button>
      }
    >
      {list.length === 0 ? (
        <EmptyState title={reader ? '没有登记的泄密事件' : '发现泄密，立即登记'} action={<ArticleChip article={21} />}>
          {text.incidentsHint}
        </EmptyState>
      ) : (
        <Panel title={text.sections.incidents}>
          <p className="y-quiet">{text.incidentsHint}</p>
          <table className="y-table">
            <thead>
              <tr>
                <th>发现</th>
                <th>情况</th>
                <th>密级</th>
                <th>补救措施</th>
                <th>报告时限</th>
                <th>状态</th>
                <th>操作</th>
              </tr>
            </thead>
            <tbody>
              {list.map((one) => {
                const state = incidentState(one, session.now)
                return (
                  <tr key={one.id}>
                    <td className="y-nowrap">
                      {officialMoment(one.foundAt)}
                      <div className="y-quiet">{one.by}</div>
                    </td>
                    <td>
                      {one.what}
                      <div className="y-quiet">{one.matter}</div>
                    </td>
                    <td className="y-nowrap">
                      <LevelMark level={one.level} />
                    </td>
                    <td>{one.measures}</td>
                    <td className="y-nowrap">{officialMoment(one.due)}</td>
                    <td>
                      <Light tone={text.incidentTones[state]}>{text.incidentStates[state]}</Light>
                      {one.reportedAt !== null && (
                        <div className="y-quiet">
                          {officialMoment(one.reportedAt)} {one.reportedTo} {one.number}
                        </div>
                      )}
                      {one.conclusion !== '' && <div className="y-quiet">{one.conclusion}</div>}
                    </td>
                    <td className="y-nowrap">
                      {one.reportedAt === null && session.may('secrecyOfficer', 'officeHead') && (
                        <button
                          type="button"
                          className="y-quiet-button"
                          aria-label={`登记报告 ${officialMoment(one.foundAt)}`}
                          onClick={() => setAsked({ what: 'report', one })}
                        >
                          登记报告
                        </button>
                      )}
                      {one.reportedAt !== null &&
                        one.closedAt === null &&
                        session.may('secrecyOfficer', 'chiefLeader') && (
                          <button
                            type="button"
                            className="y-quiet-button"
                            aria-label={`办结 ${officialMoment(one.foundAt)}`}
                            onClick={() => setAsked({ what: 'close', one })}
                          >
                            办结
                          </button>
                        )}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </Panel>
      )}
      {asked?.what === 'open' && (
        <OpenIncident
          onCancel={() => setAsked(null)}
          onDone={(due) => {
            setOpened(`已登记；须在${officialMoment(due)}前报告`)
            setAsked(null)
          }}
        />
      )}
      {asked?.what === 'report' && <ReportIncident one={asked.one} onDone={() => setAsked(null)} />}
      {asked?.what === 'close' && (
        <ReasonDialog
          title="办结泄密事件"
          label="处理结论"
          confirm="办结"
          failure={act.failure}
          onCancel={() => setAsked(null)}
          onConfirm={async (conclusion) => {
            if ((await act.run('incidents.close', { incidentId: asked.one.id, conclusion })) !== null) setAsked(null)
          }}
        />
      )}
    </Page>
  )
}

function OpenIncident({ onDone, onCancel }: { onDone: (due: string) => void; onCancel: () => void }) {
  const session = useSession()
  const act = useAct()
  const [day, setDay] = useState(dayInChina(session.now))
  const [clock, setClock] = useState('')
  const [what, setWhat] = useState('')
  const [measures, setMeasures] = useState('')
  const [level, setLevel] = useState<Level>('secret')
  const open = async () => {
    const foundAt = momentInChina(day, clock)
    const value = await act.run('incidents.open', { foundAt, caseId: null, what, level, measures })
    if (value !== null) onDone(value.due)
  }
  const whole = day !== '' && clock !== '' && what.trim() !== '' && measures.trim() !== ''
  return (
    <Dialog
      title="登记泄密事件"
      onCancel={onCancel}
      confirm={{ text: '登记', disabled: act.busy || !whole, onClick: () => void open() }}
    >
      <DayField label="发现日期" value={day} onChange={setDay} required />
      <ClockField label="发现时间" value={clock} onChange={setClock} required />
      <FieldGroup label="涉及密级" required>
        <OneOf
          options={levels
            .filter((one) => levelRank(one) <= levelRank(session.machineLevel))
            .map((one) => ({ value: one, text: levelNames[one] }))}
          value={level}
          onChange={setLevel}
        />
      </FieldGroup>
      <Field label="情况" required hint="何时何地、何载体、可能的知悉范围；不抄录涉密内容。">
        {(control) => <TextBlock {...control} rows={3} maxLength={2000} onText={setWhat} />}
      </Field>
      <Field label="已采取的补救措施" required>
        {(control) => <TextBlock {...control} rows={3} maxLength={2000} onText={setMeasures} />}
      </Field>
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}

function ReportIncident({ one, onDone }: { one: Incident; onDone: () => void }) {
  const session = useSession()
  const act = useAct()
  const [day, setDay] = useState(dayInChina(session.now))
  const [clock, setClock] = useState(clockInChina(session.now).slice(0, 5))
  const [reportedTo, setReportedTo] = useState('')
  const [number, setNumber] = useState('')
  const report = async () => {
    const reportedAt = momentInChina(day, clock)
    if ((await act.run('incidents.report', { incidentId: one.id, reportedAt, reportedTo, number })) !== null) onDone()
  }
  return (
    <Dialog
      title={`登记报告：须在${officialMoment(one.due)}前报告`}
      onCancel={onDone}
      confirm={{
        text: '登记报告',
        disabled: act.busy || day === '' || clock === '' || reportedTo.trim() === '',
        onClick: () => void report(),
      }}
    >
      <DayField label="报告日期" value={day} onChange={setDay} required />
      <ClockField label="报告时间" value={clock} onChange={setClock} required />
      <Field label="报告给" required hint="同级保密行政管理部门和上级主管部门。">
        {(control) => <TextLine {...control} onText={setReportedTo} />}
      </Field>
      <Field label="报告文号">{(control) => <TextLine {...control} onText={setNumber} />}</Field>
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}
