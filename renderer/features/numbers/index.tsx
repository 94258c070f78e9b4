import { Button } from 'antd'
import { useRef, useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { numberText } from '#shared/domain/numbers.ts'
import { useRules } from '../../app/rules.tsx'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { EmptyState, Page, Panel } from '../../ui/page.tsx'
import { type TextHandle, TextLine } from '../../ui/text-block.tsx'
import { numbersText as text } from './text.ts'

type Entry = VerbOutput<'numbers.register'>['entries'][number]

/** The register of Art. 4: every number of the year is used, reserved or 作废; none is given twice. */
export function NumbersRoom() {
  const rules = useRules()
  const { now } = useSession()
  const thisYear = Number(dayInChina(now).slice(0, 4))
  const [year, setYear] = useState(thisYear)
  const register = useCall('numbers.register', { year })
  const act = useAct()
  const [voiding, setVoiding] = useState<Entry | null>(null)
  const { word } = rules.numbering
  const data = register.data
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
        </>
      }
      note={<ErrorNote failure={act.failure ?? register.failure} />}
    >
      <Panel title={text.waiting}>
        {data !== null && data.waiting.length === 0 && <p className="y-quiet">{text.none}</p>}
        {data !== null && data.waiting.length > 0 && (
          <table className="y-table">
            <thead>
              <tr>
                <th>被约谈企业</th>
                <th>约谈事由</th>
                <th>审签时间</th>
                <th>编号</th>
              </tr>
            </thead>
            <tbody>
              {data.waiting.map((item) => (
                <tr key={item.noticeId}>
                  <td>{item.enterpriseName}</td>
                  <td>{item.matter}</td>
                  <td>{officialMoment(item.approvedAt)}</td>
                  <td>
                    <Button
                      type="primary"
                      disabled={act.busy}
                      aria-label={`编号：${item.enterpriseName}`}
                      onClick={() => act.run('numbers.allocate', { caseId: item.caseId, noticeId: item.noticeId })}
                    >
                      编号
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Panel>
      <Panel title={text.register}>
        {data !== null && data.entries.length === 0 ? (
          <EmptyState title={`${year}年度编号册`}>{text.empty}</EmptyState>
        ) : (
          <table className="y-table">
            <thead>
              <tr>
                <th>编号</th>
                <th>状态</th>
                <th>被约谈企业</th>
                <th>约谈事由</th>
                <th>办理</th>
                <th>作废原因</th>
                <th>操作</th>
              </tr>
            </thead>
            <tbody>
              {data?.entries.map((entry) => (
                <tr key={entry.id}>
                  <td>{entry.text}</td>
                  <td className={entry.state === 'void' ? 'y-red' : ''}>{text.states[entry.state]}</td>
                  <td>{entry.enterpriseName}</td>
                  <td>{entry.matter}</td>
                  <td>
                    {officialMoment(entry.at)} {entry.by}
                  </td>
                  <td>{entry.reason}</td>
                  <td>
                    {entry.state !== 'void' && (
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
      {voiding !== null && <VoidNumber entry={voiding} onDone={() => setVoiding(null)} />}
    </Page>
  )
}

/** A number is never taken back: it stays in the register as 作废, with its reason. */
function VoidNumber({ entry, onDone }: { entry: Entry; onDone: () => void }) {
  const act = useAct()
  const reason = useRef<TextHandle>(null)
  const confirm = async () => {
    const typed = reason.current?.text().trim() ?? ''
    if (typed === '') return reason.current?.focus()
    if ((await act.run('numbers.void', { numberId: entry.id, reason: typed })) !== null) onDone()
  }
  return (
    <Panel title={`作废 ${entry.text}`}>
      <Field label="作废原因" hint="作废的编号留在册内，不再使用。" required>
        {(control) => <TextLine {...control} handle={reason} autoFocus />}
      </Field>
      <ErrorNote failure={act.failure} />
      <div className="y-choices">
        <Button danger onClick={confirm} disabled={act.busy}>
          确认作废
        </Button>
        <button type="button" className="y-quiet-button" onClick={onDone}>
          不作废
        </button>
      </div>
    </Panel>
  )
}
