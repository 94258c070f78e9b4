import { Button } from 'antd'
import { useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import { findingNames, numberText, paperOfNumber, stateNames } from '#shared/domain/numbers.ts'
import { useRules } from '../../app/rules.tsx'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Light, type Tone } from '../../ui/lights.tsx'
import { EmptyState, Page, Panel } from '../../ui/page.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { BlocksPanel, TakenBlocks } from './blocks.tsx'
import { PrintDialog } from './print-dialog.tsx'
import { numbersText as text } from './text.ts'

type Register = VerbOutput<'numbers.register'>
type Entry = Register['entries'][number]

const tones: Readonly<Record<Entry['state'], Tone>> = { used: 'green', reserved: 'amber', void: 'red' }

/** 编号册: the accountability office's register; on a machine without one, the blocks it draws from (Art. 4). */
export function NumbersRoom() {
  return useSession().may('accountabilityOffice') ? <Register /> : <TakenBlocks />
}

/** The register of Art. 4: every number of the year is used, reserved or 作废; none is given twice. */
function Register() {
  const rules = useRules()
  const { now } = useSession()
  const thisYear = Number(dayInChina(now).slice(0, 4))
  const [year, setYear] = useState(thisYear)
  const register = useCall('numbers.register', { year })
  const act = useAct()
  const [voiding, setVoiding] = useState<Entry | null>(null)
  const [reserving, setReserving] = useState(false)
  const [checking, setChecking] = useState(false)
  const [printing, setPrinting] = useState(false)
  const { word } = rules.numbering
  const data = register.data
  const free = (data?.entries ?? []).filter((one) => one.state === 'reserved' && one.block === '')
  return (
    <Page
      title={text.title}
      meta={
        <>
          <ArticleChip article={4} />
          <span className="y-quiet">{data === null ? '' : `下一号：${numberText(word, year, data.next)}`}</span>
        </>
      }
      actions={
        <>
          <button type="button" className="y-quiet-button" onClick={() => setYear(year - 1)}>
            上一年度
          </button>
          <span className="y-number">{year}年</span>
          <button
            type="button"
            className="y-quiet-button"
            disabled={year >= thisYear}
            onClick={() => setYear(year + 1)}
          >
            下一年度
          </button>
          <Button onClick={() => setChecking(!checking)}>{text.reconcile}</Button>
          <Button onClick={() => setPrinting(true)}>{text.print}</Button>
          {year === thisYear && <Button onClick={() => setReserving(true)}>{text.reserve}</Button>}
        </>
      }
      note={<ErrorNote failure={act.failure ?? register.failure} />}
    >
      {checking && <Reconcile year={year} />}
      {data?.past.map((one) => (
        <p key={one.year} className="y-amber" role="note">
          ▲ {text.yearOver(one.year, one.reserved)}
          {one.year !== year && (
            <button type="button" className="y-quiet-button" onClick={() => setYear(one.year)}>
              {text.openYear(one.year)}
            </button>
          )}
        </p>
      ))}
      {year === thisYear && data !== null && <Waiting data={data} free={free} act={act} />}
      <Panel title={text.register}>
        {data !== null && data.entries.length === 0 ? (
          <EmptyState title={`${year}年度编号册`}>{text.empty}</EmptyState>
        ) : (
          <table className="y-table">
            <thead>
              <tr>
                <th>编号</th>
                <th>状态</th>
                <th>文书</th>
                <th>被约谈企业</th>
                <th>约谈事由</th>
                <th>办理</th>
                <th>号段、原因</th>
                <th>操作</th>
              </tr>
            </thead>
            <tbody>
              {data?.entries.map((entry) => (
                <tr key={entry.id}>
                  <td className="y-nowrap">{entry.text}</td>
                  <td>
                    <Light tone={tones[entry.state]}>{stateNames[entry.state]}</Light>
                  </td>
                  <td className="y-nowrap">{paperOfNumber[entry.paper]}</td>
                  <td>{entry.enterpriseName}</td>
                  <td>{entry.matter}</td>
                  <td>
                    {officialMoment(entry.at)}
                    <div>{entry.by}</div>
                  </td>
                  <td>{[entry.block, entry.reason].filter(Boolean).join('：')}</td>
                  <td className="y-nowrap">
                    {entry.voidable && (
                      <button
                        type="button"
                        className="y-quiet-button"
                        aria-label={`作废 ${entry.text}`}
                        onClick={() => setVoiding(entry)}
                      >
                        作废
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Panel>
      {data !== null && <BlocksPanel blocks={data.blocks} current={year === thisYear} />}
      {voiding !== null && (
        <ReasonDialog
          title={`作废 ${voiding.text}`}
          label="作废原因"
          confirm="确认作废"
          failure={act.failure}
          onCancel={() => setVoiding(null)}
          onConfirm={async (reason) => {
            if ((await act.run('numbers.void', { numberId: voiding.id, reason })) !== null) setVoiding(null)
          }}
        />
      )}
      {reserving && (
        <ReasonDialog
          title={text.reserve}
          label="预留原因"
          confirm="预留"
          failure={act.failure}
          onCancel={() => setReserving(false)}
          onConfirm={async (reason) => {
            if ((await act.run('numbers.reserve', { reason })) !== null) setReserving(false)
          }}
        />
      )}
      {printing && <PrintDialog year={year} blockId={null} title={text.print} onDone={() => setPrinting(false)} />}
    </Page>
  )
}

function Waiting({ data, free, act }: { data: Register; free: readonly Entry[]; act: ReturnType<typeof useAct> }) {
  const [numberId, setNumber] = useState('')
  return (
    <Panel title={text.waiting}>
      {data.waiting.length + data.inspections.length === 0 ? (
        <p className="y-quiet">{text.none}</p>
      ) : (
        <table className="y-table">
          <thead>
            <tr>
              <th>文书</th>
              <th>被约谈企业</th>
              <th>约谈事由</th>
              <th>审签时间</th>
              <th>办理期限</th>
              <th>编号</th>
            </tr>
          </thead>
          <tbody>
            {data.inspections.map((item) => (
              <tr key={item.compilationId}>
                <td>{paperOfNumber.inspection}</td>
                <td>—</td>
                <td>{item.title}</td>
                <td>{officialMoment(item.approvedAt)}</td>
                <td>—</td>
                <td>
                  <Button
                    type="primary"
                    disabled={act.busy}
                    aria-label={`编号：${item.title}`}
                    onClick={async () => {
                      const input = { compilationId: item.compilationId, numberId: numberId === '' ? null : numberId }
                      if ((await act.run('numbers.allocateInspection', input)) !== null) setNumber('')
                    }}
                  >
                    编号
                  </Button>
                </td>
              </tr>
            ))}
            {data.waiting.map((item) => (
              <tr key={item.changeId ?? item.noticeId}>
                <td>{paperOfNumber[item.kind]}</td>
                <td>{item.enterpriseName}</td>
                <td>{item.matter}</td>
                <td>{officialMoment(item.approvedAt)}</td>
                <td>{item.due === null ? '—' : `${officialDay(item.due)}前`}</td>
                <td>
                  <Button
                    type="primary"
                    disabled={act.busy}
                    aria-label={`编号：${item.enterpriseName}`}
                    onClick={async () => {
                      const { caseId, noticeId, changeId } = item
                      const input = { caseId, noticeId, changeId, numberId: numberId === '' ? null : numberId }
                      if ((await act.run('numbers.allocate', input)) !== null) setNumber('')
                    }}
                  >
                    编号
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {free.length > 0 && data.waiting.length + data.inspections.length > 0 && (
        <label className="y-line">
          <span>使用预留号</span>
          <select className="y-input" value={numberId} onChange={(event) => setNumber(event.target.value)}>
            <option value="">不用，顺延取下一号</option>
            {free.map((one) => (
              <option key={one.id} value={one.id}>
                {one.text}（{one.reason}）
              </option>
            ))}
          </select>
        </label>
      )}
    </Panel>
  )
}

/** 对账: what the register says of itself, number by number. */
function Reconcile({ year }: { year: number }) {
  const found = useCall('numbers.reconcile', { year })
  const data = found.data
  return (
    <Panel title={text.reconcile} extra={<ArticleChip article={4} />}>
      <ErrorNote failure={found.failure} />
      {data !== null && (
        <>
          <p>
            末号 {data.last}；已用 {data.used}，预留 {data.reserved}，作废 {data.void}。
          </p>
          {data.findings.length === 0 ? (
            <p className="y-green">{text.agree}</p>
          ) : (
            <ul className="y-list" aria-label="对账发现">
              {data.findings.map((one) => (
                <li key={`${one.n}/${one.code}`} className="y-line">
                  <span>{one.text}</span>
                  <Light tone={one.code === 'notIssued' ? 'amber' : 'red'}>{findingNames[one.code]}</Light>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Panel>
  )
}
