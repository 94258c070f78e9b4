import { type ReactNode, useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import { type ReviewConclusion, reviewConclusion, reviewConclusionNames } from '#shared/domain/secrecy.ts'
import { navigate } from '../../app/navigation.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { Light, PrintedMark } from '../../ui/lights.tsx'
import { EmptyState, Page, Panel } from '../../ui/page.tsx'
import { TextBlock, TextLine } from '../../ui/text-block.tsx'
import { secrecyText as text } from './text.ts'

type Row = VerbOutput<'secrecy.terms'>[number]

/** 期限与审核: every running term by its last day, the yearly review, the report of a 不明确事项. */
export function Terms({ rail }: { rail: ReactNode }) {
  const session = useSession()
  const found = useCall('secrecy.terms', {})
  const [reviewing, setReviewing] = useState<Row | null>(null)
  const [reporting, setReporting] = useState<Row | null>(null)
  const year = Number(dayInChina(session.now).slice(0, 4))
  const rows = found.data ?? []
  const unreviewed = rows.filter((row) => row.reviewed !== year).length
  return (
    <Page
      title={text.room}
      meta={
        <>
          <span className="y-quiet">{rows.length > 0 && `在管 ${rows.length} 件 · 本年度未审核 ${unreviewed} 件`}</span>
          <ArticleChip article={21} />
        </>
      }
      rail={rail}
      note={<ErrorNote failure={found.failure} />}
    >
      {found.data !== null && rows.length === 0 ? (
        <EmptyState title="没有在管的国家秘密" action={<ArticleChip article={21} />}>
          {text.termsEmpty}
        </EmptyState>
      ) : (
        <Panel title="保密期限">
          <table className="y-table">
            <thead>
              <tr>
                <th>文书</th>
                <th>标志</th>
                <th>制发日</th>
                <th>最后保密日</th>
                <th>期限状态</th>
                <th>年度审核</th>
                <th>操作</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.classificationId}>
                  <td>
                    <button
                      type="button"
                      className="y-row-link"
                      onClick={() => navigate({ room: 'case', caseId: row.caseId, tab: 'secrecy' })}
                    >
                      {row.title}
                    </button>
                    <div className="y-quiet">{row.matter}</div>
                    {row.report !== null && <Unclear row={row} />}
                  </td>
                  <td>
                    <PrintedMark mark={row.mark} />
                  </td>
                  <td className="y-nowrap">{officialDay(row.from)}</td>
                  <td className="y-nowrap">{row.last === null ? '—' : officialDay(row.last)}</td>
                  <td className="y-nowrap">
                    <Light tone={text.tones[row.state]}>{text.states[row.state]}</Light>
                    {row.pending && <div className="y-quiet">变更待审定</div>}
                  </td>
                  <td className="y-nowrap">
                    {row.reviewed === null || row.conclusion === null ? (
                      <span className="y-quiet">未审核</span>
                    ) : (
                      `${row.reviewed}年 ${reviewConclusionNames[row.conclusion]}`
                    )}
                  </td>
                  <td className="y-nowrap">
                    {session.may('classifier') && row.reviewed !== year && (
                      <button
                        type="button"
                        className="y-quiet-button"
                        aria-label={`年度审核 ${row.title}`}
                        onClick={() => setReviewing(row)}
                      >
                        年度审核
                      </button>
                    )}
                    {row.report !== null && session.may('caseOfficer', 'officeHead', 'secrecyOfficer') && (
                      <button
                        type="button"
                        className="y-quiet-button"
                        aria-label={`登记报告 ${row.title}`}
                        onClick={() => setReporting(row)}
                      >
                        登记报告
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      )}
      {reviewing !== null && <Review row={reviewing} year={year} onDone={() => setReviewing(null)} />}
      {reporting !== null && <Report row={reporting} onDone={() => setReporting(null)} />}
    </Page>
  )
}

/** 不明确事项: when its report is due, what came of it (实施条例 25). */
function Unclear({ row }: { row: Row }) {
  const { report } = row
  if (report === null) return null
  if (report.repliedOn !== null)
    return (
      <div className="y-quiet">
        不明确事项：{officialDay(report.repliedOn)}答复 {report.reply}
      </div>
    )
  if (report.reportedOn !== null)
    return (
      <div className="y-quiet">
        不明确事项：{officialDay(report.reportedOn)}已报{report.reportedTo}，待答复
      </div>
    )
  return (
    <div className="y-amber">
      ▲ 不明确事项：{officialDay(report.due)}前报保密行政管理部门{report.provisional && '（暂定）'}
    </div>
  )
}

function Review({ row, year, onDone }: { row: Row; year: number; onDone: () => void }) {
  const act = useAct()
  const [conclusion, setConclusion] = useState<ReviewConclusion>('keep')
  const [note, setNote] = useState('')
  const confirm = async () => {
    const { caseId, classificationId } = row
    if ((await act.run('secrecy.review', { caseId, classificationId, conclusion, note })) !== null) onDone()
  }
  return (
    <Dialog
      title={`${year}年度审核：${row.title}`}
      onCancel={onDone}
      confirm={{
        text: '确认审核',
        disabled: act.busy || (conclusion !== 'keep' && note.trim() === ''),
        onClick: confirm,
      }}
    >
      <FieldGroup label="审核结论" hint="变更和解密另行提出、审定；届满或审核都不会自动去掉标志（保密法第二十四条）。">
        <OneOf
          options={reviewConclusion.options.map((one) => ({ value: one, text: reviewConclusionNames[one] }))}
          value={conclusion}
          onChange={setConclusion}
        />
      </FieldGroup>
      <Field label="审核意见" required={conclusion !== 'keep'}>
        {(control) => <TextBlock {...control} rows={3} maxLength={500} onText={setNote} />}
      </Field>
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}

function Report({ row, onDone }: { row: Row; onDone: () => void }) {
  const act = useAct()
  const known = row.report
  const [reportedOn, setReportedOn] = useState(known?.reportedOn ?? '')
  const [reportedTo, setReportedTo] = useState(known?.reportedTo ?? '')
  const [number, setNumber] = useState(known?.number ?? '')
  const [repliedOn, setRepliedOn] = useState(known?.repliedOn ?? '')
  const [reply, setReply] = useState(known?.reply ?? '')
  const confirm = async () => {
    const { caseId, classificationId } = row
    const value = { reportedOn, reportedTo, number, repliedOn: repliedOn === '' ? null : repliedOn, reply }
    if ((await act.run('secrecy.report', { caseId, classificationId, ...value })) !== null) onDone()
  }
  return (
    <Dialog
      title={`不明确事项的报告：${row.title}`}
      onCancel={onDone}
      confirm={{
        text: '登记',
        disabled: act.busy || reportedOn === '' || reportedTo.trim() === '',
        onClick: () => void confirm(),
      }}
    >
      <DayField label="报告日期" value={reportedOn} onChange={setReportedOn} required />
      <Field label="报告给" required hint="机密、秘密报直辖市保密行政管理部门（实施条例第二十五条）。">
        {(control) => <TextLine {...control} initial={reportedTo} onText={setReportedTo} />}
      </Field>
      <Field label="报告文号">{(control) => <TextLine {...control} initial={number} onText={setNumber} />}</Field>
      <DayField label="答复日期" value={repliedOn} onChange={setRepliedOn} hint="收到答复后填写" />
      <Field label="答复内容">{(control) => <TextLine {...control} initial={reply} onText={setReply} />}</Field>
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}
