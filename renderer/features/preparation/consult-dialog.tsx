import { useState } from 'react'
import { dayInChina } from '#shared/domain/common.ts'
import { type ConsultationInput, consultationFaults, mannerNames } from '#shared/domain/preparation.ts'
import { wordsFor } from '../../app/errors.ts'
import type { CaseDetail } from '../../app/rooms.tsx'
import { useSession } from '../../app/session.tsx'
import { useAct } from '../../app/use-call.ts'
import { OneOf } from '../../ui/choice.tsx'
import { ClockField, DayField } from '../../ui/day-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { TextBlock, TextLine } from '../../ui/text-block.tsx'
import { preparationText as text } from './text.ts'

interface Participant {
  readonly key: number
  readonly unit: string
  readonly name: string
  readonly title: string
  readonly opinion: string
}

const nobody = (key: number): Participant => ({ key, unit: '', name: '', title: '', opinion: '' })

/** 会前沟通 (Art. 5): the agreed opinion word for word, who agreed, how objections were settled. */
export function ConsultDialog({ detail, onDone }: { detail: CaseDetail; onDone: () => void }) {
  const session = useSession()
  const act = useAct()
  const today = dayInChina(session.now)
  const [value, setValue] = useState<Omit<ConsultationInput, 'participants'>>({
    day: today,
    clock: '',
    place: '',
    manner: 'meeting',
    chair: '',
    recorder: session.account.name,
    contents: '',
    agreed: '',
    differences: '',
  })
  const [people, setPeople] = useState<readonly Participant[]>([nobody(1)])
  const [tried, setTried] = useState(false)
  const put = (part: Partial<typeof value>) => setValue((before) => ({ ...before, ...part }))
  const change = (key: number, part: Partial<Participant>) =>
    setPeople((before) => before.map((one) => (one.key === key ? { ...one, ...part } : one)))
  const participants = people
    .filter((one) => one.unit.trim() !== '' && one.name.trim() !== '')
    .map(({ key: _, ...one }) => one)
  const faults = consultationFaults({ ...value, participants }, today)
  const faultOf = (field: string): string | null => {
    const fault = faults.find((one) => one.field === field)
    return tried && fault ? wordsFor({ code: fault.code, params: {} }).happened : null
  }
  const owes =
    faults.length > 0 ||
    participants.length === 0 ||
    value.day === '' ||
    value.clock === '' ||
    value.chair.trim() === '' ||
    value.recorder.trim() === ''
  const send = async () => {
    setTried(true)
    if (owes) return
    const consultation = { ...value, participants }
    if ((await act.run('preparation.consult', { caseId: detail.id, consultation })) !== null) onDone()
  }
  const missing = (empty: boolean, words: string): string | null => (tried && empty ? words : null)
  return (
    <Dialog
      wide
      title={text.consult}
      onCancel={onDone}
      confirm={{ text: '登记沟通', disabled: act.busy, onClick: send }}
    >
      <div className="y-grid-2">
        <DayField label="沟通日期" required value={value.day} fault={faultOf('day')} onChange={(day) => put({ day })} />
        <ClockField
          label="沟通时间"
          required
          value={value.clock}
          fault={missing(value.clock === '', '请填写沟通时间')}
          onChange={(clock) => put({ clock })}
        />
        <Field label="召集人" required fault={missing(value.chair.trim() === '', '请填写召集人')}>
          {(control) => <TextLine {...control} onText={(chair) => put({ chair })} />}
        </Field>
        <Field label="沟通记录人" required>
          {(control) => <TextLine {...control} initial={value.recorder} onText={(recorder) => put({ recorder })} />}
        </Field>
        <Field label="沟通地点">{(control) => <TextLine {...control} onText={(place) => put({ place })} />}</Field>
        <FieldGroup label="沟通方式" required>
          <OneOf
            options={(['meeting', 'written', 'telephone'] as const).map((one) => ({
              value: one,
              text: mannerNames[one],
            }))}
            value={value.manner}
            onChange={(manner) => put({ manner })}
          />
        </FieldGroup>
      </div>
      <Field label="拟约谈内容" required fault={faultOf('contents')}>
        {(control) => <TextBlock {...control} rows={3} onText={(contents) => put({ contents })} />}
      </Field>
      <Field label="商定的监管意见要求" required fault={faultOf('agreed')} hint="写全文，约谈时以此为准（第五条）">
        {(control) => <TextBlock {...control} rows={3} onText={(agreed) => put({ agreed })} />}
      </Field>
      <FieldGroup
        label="参加沟通的单位和人员"
        required
        fault={missing(participants.length === 0, '请至少填写一位参加人员的单位和姓名')}
      >
        {people.map((one, index) => (
          <div key={one.key} className="y-grid-4">
            <TextLine label={`第${index + 1}人 单位`} placeholder="单位" onText={(unit) => change(one.key, { unit })} />
            <TextLine label={`第${index + 1}人 姓名`} placeholder="姓名" onText={(name) => change(one.key, { name })} />
            <TextLine
              label={`第${index + 1}人 职务`}
              placeholder="职务"
              onText={(title) => change(one.key, { title })}
            />
            <TextLine
              label={`第${index + 1}人 意见`}
              placeholder="意见，如：同意"
              onText={(opinion) => change(one.key, { opinion })}
            />
          </div>
        ))}
        <button
          type="button"
          className="y-quiet-button"
          onClick={() => setPeople((before) => [...before, nobody((before.at(-1)?.key ?? 0) + 1)])}
        >
          添加一人
        </button>
      </FieldGroup>
      <Field label="不同意见及处理情况" fault={faultOf('differences')} hint="没有不同意见的不填">
        {(control) => <TextBlock {...control} rows={2} onText={(differences) => put({ differences })} />}
      </Field>
      <ErrorNote failure={act.failure} />
    </Dialog>
  )
}
