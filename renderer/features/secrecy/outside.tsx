import { type ReactNode, useState } from 'react'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import { copyActNames, copyFateNames, type OutsideRow } from '#shared/domain/copies.ts'
import { useSession } from '../../app/session.tsx'
import { useAct, useCall } from '../../app/use-call.ts'
import { ArticleChip } from '../../ui/article.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { DayField } from '../../ui/day-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { LevelMark, Light } from '../../ui/lights.tsx'
import { EmptyState, Page, Panel } from '../../ui/page.tsx'
import { TableHead } from '../../ui/table-head.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { secrecyText } from './text.ts'

const text = secrecyText.outside

/** 留存清理: what printing and exporting left outside the archive, until somebody says it is gone (实施条例 27). */
export function OutsideRegister({ rail }: { rail: ReactNode }) {
  const found = useCall('copies.outside', {})
  const [clearing, setClearing] = useState<OutsideRow | null>(null)
  const rows = found.data ?? []
  const { what, level, act, place, recipient, state, acts } = text.columns
  return (
    <Page
      title={secrecyText.room}
      meta={
        <>
          <span className="y-quiet">
            {rows.length > 0 && text.count(rows.length, rows.filter((one) => one.cleared === null).length)}
          </span>
          <ArticleChip article={21} />
        </>
      }
      rail={rail}
      note={<ErrorNote failure={found.failure} />}
    >
      {found.data !== null && rows.length === 0 ? (
        <EmptyState title={text.empty}>{text.emptyHint}</EmptyState>
      ) : (
        <Panel title={secrecyText.sections.outside}>
          <p className="y-quiet">{text.hint}</p>
          <table className="y-table" aria-label={secrecyText.sections.outside}>
            <TableHead columns={[what, level, act, place, recipient, state, acts]} />
            <tbody>
              {rows.map((one) => (
                <tr key={`${one.kind}/${one.ref}`}>
                  <td>
                    {one.title} {one.label}
                    {one.matter !== '' && <div className="y-quiet">{one.matter}</div>}
                  </td>
                  <td className="y-nowrap">{one.level === null ? '—' : <LevelMark level={one.level} />}</td>
                  <td className="y-nowrap">
                    {copyActNames[one.act]} {one.by}
                    <div className="y-quiet">{officialMoment(one.at)}</div>
                  </td>
                  <td>{placeOf(one)}</td>
                  <td>
                    {one.recipient}
                    {one.kind === 'copy' && (
                      <div className="y-quiet">{one.fate === null ? '待签收' : copyFateNames[one.fate]}</div>
                    )}
                  </td>
                  <td>
                    <Light tone={one.cleared === null ? 'amber' : 'green'}>
                      {one.cleared === null ? text.open : text.cleared}
                    </Light>
                    {one.cleared !== null && (
                      <div className="y-quiet">
                        {officialDay(one.cleared.day)} {one.cleared.by}
                        {one.cleared.note !== '' && `：${one.cleared.note}`}
                      </div>
                    )}
                  </td>
                  <td className="y-nowrap">
                    {one.cleared === null && (
                      <button
                        type="button"
                        className="y-quiet-button"
                        aria-label={text.clearOf(`${one.title} ${one.label}`.trim())}
                        onClick={() => setClearing(one)}
                      >
                        {text.clear}
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      )}
      {clearing !== null && <Clear row={clearing} onDone={() => setClearing(null)} />}
    </Page>
  )
}

function placeOf(one: OutsideRow): string {
  if (one.place === '') return text.noPath
  return one.act === 'print' ? text.printer(one.place) : one.place
}

function Clear({ row, onDone }: { row: OutsideRow; onDone: () => void }) {
  const session = useSession()
  const act = useAct()
  const [day, setDay] = useState(dayInChina(session.now))
  const [note, setNote] = useState('')
  const clear = async () => {
    const { kind, ref } = row
    if ((await act.run('copies.clear', { kind, ref, day, note: note.trim() })) !== null) onDone()
  }
  return (
    <Dialog
      title={`${text.clear}：${row.title} ${row.label}`.trim()}
      onCancel={onDone}
      confirm={{ text: text.clear, disabled: act.busy || day === '', onClick: () => void clear() }}
    >
      <p>{placeOf(row)}</p>
      <DayField label={text.day} value={day} onChange={setDay} required />
      <Field label={text.note} hint={text.noteHint}>
        {(control) => <TextLine {...control} autoFocus onText={setNote} />}
      </Field>
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}
