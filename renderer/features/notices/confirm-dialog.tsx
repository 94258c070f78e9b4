import { useState } from 'react'
import type { VerbInput } from '#shared/contract/bridge.ts'
import type { Failure } from '#shared/contract/errors.ts'
import { dayInChina, momentInChina } from '#shared/domain/common.ts'
import { attendanceNames, type Notice, type Substitute } from '#shared/domain/notices.ts'
import { useSession } from '../../app/session.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { ClockField, DayField } from '../../ui/day-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { Rows } from '../../ui/rows.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { noticeText as text } from './text.ts'

const nobody: Substitute = { instead: '', name: '', title: '' }

type Input = Omit<VerbInput<'notices.confirm'>, 'caseId' | 'noticeId'>

/** Art. 10: the enterprise confirmed, in writing or by telephone: who, when, and who will come. */
export function ConfirmDialog({
  notice,
  busy,
  failure,
  onConfirm,
  onCancel,
}: {
  notice: Notice
  busy: boolean
  failure: Failure | null
  onConfirm: (input: Input) => void
  onCancel: () => void
}) {
  const session = useSession()
  const [value, setValue] = useState({
    channel: 'written' as 'written' | 'telephone',
    by: '',
    post: '',
    telephone: '',
    attendance: 'promised' as 'promised' | 'replacement' | 'refused',
    persons: '',
    substitutes: [nobody] as readonly Substitute[],
    reason: '',
    note: '',
  })
  const called = [...notice.fields.persons.map((one) => one.name), ...notice.fields.interviewees]
  const [day, setDay] = useState(dayInChina(session.now))
  const [clock, setClock] = useState('')
  const put = (part: Partial<typeof value>) => setValue((before) => ({ ...before, ...part }))
  const owes =
    value.by.trim() === '' ||
    (value.attendance !== 'promised' && value.reason.trim() === '') ||
    (value.attendance === 'replacement' && value.substitutes.some((one) => one.name.trim() === ''))
  const confirm = () => {
    const at = day === '' || clock === '' ? null : momentInChina(day, clock)
    const substitutes = value.attendance === 'replacement' ? [...value.substitutes] : []
    onConfirm({ ...value, substitutes, at })
  }
  return (
    <Dialog
      wide
      title={text.confirm}
      onCancel={onCancel}
      confirm={{ text: '确认登记', disabled: busy || owes, onClick: confirm }}
    >
      <FieldGroup label="确认方式（第十条）" required>
        <OneOf
          options={[
            { value: 'written', text: '书面确认' },
            { value: 'telephone', text: '电话确认' },
          ]}
          value={value.channel}
          onChange={(channel) => put({ channel })}
        />
      </FieldGroup>
      <div className="y-grid-2">
        <Field label="企业确认人" required>
          {(control) => <TextLine {...control} autoFocus onText={(by) => put({ by })} />}
        </Field>
        <Field label="确认人职务">{(control) => <TextLine {...control} onText={(post) => put({ post })} />}</Field>
        <Field label="确认人电话">
          {(control) => <TextLine {...control} onText={(telephone) => put({ telephone })} />}
        </Field>
        <span />
        <DayField label="确认日期" value={day} onChange={setDay} />
        <ClockField label="确认时刻" hint="不填则为现在" value={clock} onChange={setClock} />
      </div>
      <FieldGroup label="参加情况" required>
        <OneOf
          options={(['promised', 'replacement', 'refused'] as const).map((one) => ({
            value: one,
            text: attendanceNames[one],
          }))}
          value={value.attendance}
          onChange={(attendance) => put({ attendance })}
        />
      </FieldGroup>
      {value.attendance === 'promised' && (
        <Field label="参加人员" hint="姓名和职务，多人用顿号隔开">
          {(control) => <TextLine {...control} onText={(persons) => put({ persons })} />}
        </Field>
      )}
      {value.attendance === 'replacement' && (
        <FieldGroup label="由谁代替" required hint="列入约谈参加人员，代替原被约谈人员">
          <Rows
            values={value.substitutes}
            blank={nobody}
            add="再添一位"
            remove={(index) => `移除第${index + 1}位代替人员`}
            onChange={(substitutes) => put({ substitutes })}
            row={(one, index, change) => (
              <div className="y-row-fields">
                <div className="y-grid-2">
                  <TextLine
                    label={`代替第${index + 1}位 姓名`}
                    placeholder="姓名（必填）"
                    initial={one.name}
                    onText={(name) => change({ name })}
                  />
                  <TextLine
                    label={`代替第${index + 1}位 职务`}
                    placeholder="职务"
                    initial={one.title}
                    onText={(title) => change({ title })}
                  />
                </div>
                <OneOf
                  options={called.map((who) => ({ value: who, text: `代${who}` }))}
                  value={one.instead === '' ? null : one.instead}
                  onChange={(instead) => change({ instead })}
                />
              </div>
            )}
          />
        </FieldGroup>
      )}
      {value.attendance !== 'promised' && (
        <Field label="不能按通知参加的原因" required>
          {(control) => <TextLine {...control} onText={(reason) => put({ reason })} />}
        </Field>
      )}
      <Field label="确认说明">{(control) => <TextLine {...control} onText={(note) => put({ note })} />}</Field>
      <ErrorNote failure={failure} />
    </Dialog>
  )
}
