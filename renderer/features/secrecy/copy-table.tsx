import { useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { dayInChina, officialDay } from '#shared/domain/common.ts'
import {
  copyActNames,
  copyFateNames,
  type Destroying,
  fateEntry,
  fateFault,
  formatName,
} from '#shared/domain/copies.ts'
import { useSession } from '../../app/session.tsx'
import { useAct } from '../../app/use-call.ts'
import { OneOf } from '../../ui/choice.tsx'
import { officialMoment } from '../../ui/dates.ts'
import { DayField } from '../../ui/day-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { LevelMark, Light, type Tone } from '../../ui/lights.tsx'
import { Facts } from '../../ui/page.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { secrecyText as text } from './text.ts'

type Copy = VerbOutput<'copies.register'>[number]
type Asked = { readonly copy: Copy; readonly what: 'fate' | 'askDestroy' | 'confirmDestroy' }

function toneOf(copy: Copy): Tone {
  if (copy.fate === null || copy.fate === 'destroyAsked') return 'amber'
  if (copy.fate === 'lost') return 'red'
  return copy.fate === 'received' ? 'green' : 'quiet'
}

/** Copies that left, each with what became of it; who keeps them enters the next step here (实施条例 27, 28). */
export function CopyTable({
  copies,
  brief,
}: {
  copies: readonly Copy[]
  /** Only the number, the receiver and what became of it, where the rest stands beside the list. */
  brief?: boolean
}) {
  const session = useSession()
  const [asked, setAsked] = useState<Asked | null>(null)
  const keeper = session.may('secrecyOfficer', 'archivist', 'caseOfficer', 'officeHead', 'accountabilityOffice')
  return (
    <>
      <table className="y-table" aria-label={text.sections.register}>
        <thead>
          <tr>
            <th>份号</th>
            <th>文件</th>
            {brief !== true && <th>密级</th>}
            <th>接收</th>
            {brief !== true && <th>方式</th>}
            {brief !== true && <th>出件</th>}
            <th>现状</th>
            <th>操作</th>
          </tr>
        </thead>
        <tbody>
          {copies.map((one) => (
            <tr key={one.id}>
              <td className="y-nowrap">{one.label}</td>
              <td>
                {one.title} {formatName(one.format)}
                {brief !== true && <div className="y-quiet">{one.matter}</div>}
              </td>
              {brief !== true && (
                <td className="y-nowrap">
                  <LevelMark level={one.level} />
                </td>
              )}
              <td>{one.recipient}</td>
              {brief !== true && (
                <td className="y-nowrap">
                  {copyActNames[one.act]} {one.medium}
                </td>
              )}
              {brief !== true && (
                <td className="y-nowrap">
                  {one.by} {officialMoment(one.at)}
                </td>
              )}
              <td>
                <Light tone={toneOf(one)}>{one.fate === null ? '待签收' : copyFateNames[one.fate]}</Light>
                {one.fates.map((fate) => (
                  <div key={`${fate.fate}/${fate.at}`} className="y-quiet">
                    <span className="y-nowrap">
                      {officialDay(fate.day)} {fate.person} {copyFateNames[fate.fate]}
                    </span>
                    {fate.destroying !== null && <div>{text.destroying.line(fate.destroying)}</div>}
                  </div>
                ))}
              </td>
              <td className="y-nowrap">
                {keeper && <Acts copy={one} onAsk={(what) => setAsked({ copy: one, what })} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {asked !== null && <Enter of={asked} onDone={() => setAsked(null)} />}
    </>
  )
}

function Acts({ copy, onAsk }: { copy: Copy; onAsk: (what: Asked['what']) => void }) {
  const session = useSession()
  const acts: readonly (readonly [Asked['what'], string, boolean])[] = [
    ['fate', '登记', fateFault(copy.fate, 'returned') === null && copy.fate !== 'returned'],
    ['askDestroy', '申请销毁', fateFault(copy.fate, 'destroyAsked') === null],
    // 实施条例 28: counted by one, watched by another.
    ['confirmDestroy', '确认监销', copy.fate === 'destroyAsked' && copy.fates.at(-1)?.by !== session.account.name],
  ]
  return acts
    .filter(([, , may]) => may)
    .map(([what, name]) => (
      <button
        key={what}
        type="button"
        className="y-quiet-button"
        aria-label={`${name} ${copy.title} ${formatName(copy.format)} ${copy.label}`}
        onClick={() => onAsk(what)}
      >
        {name}
      </button>
    ))
}

const titles = { fate: '登记去向', askDestroy: '申请销毁', confirmDestroy: '确认监销' } as const
const fates = fateEntry.entries.fate.options

function Enter({ of: { copy, what }, onDone }: { of: Asked; onDone: () => void }) {
  const session = useSession()
  const act = useAct()
  const [fate, setFate] = useState<(typeof fates)[number]>(copy.fate === null ? 'received' : 'returned')
  const [day, setDay] = useState(dayInChina(session.now))
  const [person, setPerson] = useState(what === 'confirmDestroy' ? session.account.name : '')
  const [note, setNote] = useState('')
  const [request, setRequest] = useState<Destroying>({ method: '', destination: '', approver: '' })
  const asked = copy.fates.findLast((one) => one.destroying !== null)
  const { caseId, compilationId } = copy
  const one = { caseId, compilationId, copyId: copy.id }
  const ready =
    what === 'askDestroy'
      ? Object.values(request).every((typed) => typed.trim() !== '')
      : person.trim() !== '' && day !== ''
  const enter = async () => {
    const done =
      what === 'fate'
        ? await act.run('copies.enterFate', { ...one, fate, day, person, note })
        : what === 'askDestroy'
          ? await act.run('copies.askDestroy', { ...one, ...request, note })
          : await act.run('copies.confirmDestroy', { ...one, day, person })
    if (done !== null) onDone()
  }
  return (
    <Dialog
      title={`${titles[what]}：${copy.title} ${copy.label}`}
      onCancel={onDone}
      confirm={{
        text: titles[what],
        disabled: act.busy || !ready,
        danger: what !== 'fate',
        onClick: () => void enter(),
      }}
    >
      {what === 'fate' && (
        <FieldGroup label="去向">
          <OneOf
            options={fates.map((value) => ({
              value,
              text: copyFateNames[value],
              disabled: fateFault(copy.fate, value) !== null,
            }))}
            value={fate}
            onChange={setFate}
          />
        </FieldGroup>
      )}
      {what === 'confirmDestroy' && asked !== undefined && asked.destroying !== null && (
        <Facts
          items={[
            [text.destroying.counted, `${asked.person} ${officialDay(asked.day)}`],
            [text.destroying.method, asked.destroying.method],
            [text.destroying.destination, asked.destroying.destination],
            [text.destroying.approver, asked.destroying.approver],
          ]}
        />
      )}
      {what !== 'fate' && <p className="y-quiet">{text.destroying.hint}</p>}
      {what === 'askDestroy' &&
        (['method', 'destination', 'approver'] as const).map((field) => (
          <Field key={field} label={text.destroying[field]} required hint={text.destroying.hints[field]}>
            {(control) => (
              <TextLine {...control} onText={(typed) => setRequest((all) => ({ ...all, [field]: typed }))} />
            )}
          </Field>
        ))}
      {what !== 'askDestroy' && (
        <>
          <DayField label="日期" value={day} onChange={setDay} required />
          <Field label={what === 'confirmDestroy' ? '监销人' : '签收人或经办人'} required>
            {(control) => <TextLine {...control} initial={person} onText={setPerson} />}
          </Field>
        </>
      )}
      {what !== 'confirmDestroy' && (
        <Field label="备注">{(control) => <TextLine {...control} onText={setNote} />}</Field>
      )}
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}
