import { type Demand, demandKinds, demandNames, type Intake, recusalNames } from '#shared/domain/cases.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { useSession } from '../../app/session.tsx'
import { useCall } from '../../app/use-call.ts'
import { OneOf } from '../../ui/choice.tsx'
import { DayLine } from '../../ui/day-field.tsx'
import { FieldGroup } from '../../ui/field.tsx'
import { Rows } from '../../ui/rows.tsx'
import { TextLine } from '../../ui/text-block.tsx'

const noDemand: Demand = {
  kind: 'tip',
  number: '',
  day: '',
  from: '',
  gist: '',
  onPaper: false,
  caseId: null,
}

/** Trigger (八): what was demanded before and ignored, by kind, number, day and issuer; also on paper, or an earlier case. */
export function Demands({
  values,
  earlier,
  fault,
  onChange,
}: {
  values: Intake['demands']
  /** Earlier cases that can be linked. */
  earlier: readonly { readonly id: string; readonly matter: string }[]
  fault: string | null
  onChange: (values: Intake['demands']) => void
}) {
  return (
    <FieldGroup
      label="情形（八）：此前提出的整改要求"
      required
      fault={fault}
      hint="文号、日期、提出单位；只有纸质件的写明要点和存放处"
    >
      <Rows
        values={values}
        blank={noDemand}
        add="添加整改要求"
        remove={(index) => `移除第${index + 1}项整改要求`}
        onChange={onChange}
        row={(one, index, put) => (
          <div className="y-row-fields">
            <fieldset className="y-field y-group" aria-label={`第${index + 1}项 类别`}>
              <legend className="y-hidden">{`第${index + 1}项 类别`}</legend>
              <OneOf
                options={demandKinds.map((kind) => ({ value: kind, text: demandNames[kind] }))}
                value={one.kind}
                onChange={(kind) => put({ kind, ...(kind === 'case' ? {} : { caseId: null }) })}
              />
            </fieldset>
            {one.kind === 'case' && earlier.length > 0 && (
              <select
                className="y-input"
                aria-label={`第${index + 1}项 此前事项`}
                value={one.caseId ?? ''}
                onChange={(event) => put({ caseId: event.target.value === '' ? null : event.target.value })}
              >
                <option value="">选择此前事项</option>
                {earlier.map((known) => (
                  <option key={known.id} value={known.id}>
                    {known.matter}
                  </option>
                ))}
              </select>
            )}
            <div className="y-grid-4">
              <TextLine
                label={`第${index + 1}项 文号`}
                placeholder="文号"
                initial={one.number}
                onText={(number) => put({ number })}
              />
              <DayLine label={`第${index + 1}项 日期`} value={one.day} onChange={(day) => put({ day })} />
              <TextLine
                label={`第${index + 1}项 提出单位`}
                placeholder="提出单位"
                initial={one.from}
                onText={(from) => put({ from })}
              />
              <TextLine
                label={`第${index + 1}项 要点`}
                placeholder="要求什么、如何未落实；纸质件存放处"
                initial={one.gist}
                onText={(gist) => put({ gist })}
              />
            </div>
            <label className="y-choice">
              <input
                type="checkbox"
                checked={one.onPaper}
                onChange={(event) => put({ onPaper: event.target.checked })}
              />
              <span>只有纸质件</span>
            </label>
          </div>
        )}
      />
    </FieldGroup>
  )
}

/** 批示: who, when, the words. */
export function Instructions({
  values,
  fault,
  onChange,
}: {
  values: Intake['instructions']
  fault: string | null
  onChange: (values: Intake['instructions']) => void
}) {
  return (
    <FieldGroup label="领导批示" fault={fault}>
      <Rows
        values={values}
        blank={{ leader: '', day: '', text: '' }}
        add="添加批示"
        remove={(index) => `移除第${index + 1}条批示`}
        onChange={onChange}
        row={(one, index, put) => (
          <div className="y-grid-4 y-row-fields">
            <TextLine
              label={`第${index + 1}条 批示内容`}
              placeholder="批示内容"
              initial={one.text}
              onText={(text) => put({ text })}
            />
            <TextLine
              label={`第${index + 1}条 批示人`}
              placeholder="批示人"
              initial={one.leader}
              onText={(leader) => put({ leader })}
            />
            <DayLine label={`第${index + 1}条 批示日期`} value={one.day} onChange={(day) => put({ day })} />
            <span />
          </div>
        )}
      />
    </FieldGroup>
  )
}

/** 回避: asked of everybody who will handle the case; what was named, and what was decided about it. */
export function Recusals({
  asked,
  values,
  fault,
  onChange,
}: {
  asked: boolean
  values: Intake['recusals']
  fault: string | null
  onChange: (value: Pick<Intake, 'recusalAsked' | 'recusals'>) => void
}) {
  const answer = !asked ? null : values.length > 0 ? 'some' : 'none'
  const blank = { name: '', relation: '', decision: 'recused' as const, reason: '' }
  return (
    <>
      <FieldGroup label="经办人员与企业、当事人是否有应当回避的关系" required fault={fault}>
        <OneOf
          options={[
            { value: 'none', text: '已询问，没有' },
            { value: 'some', text: '已询问，有' },
          ]}
          value={answer}
          onChange={(next) => onChange({ recusalAsked: true, recusals: next === 'none' ? [] : [blank] })}
        />
      </FieldGroup>
      {values.length > 0 && (
        <Rows
          values={values}
          blank={blank}
          add="添加一人"
          remove={(index) => `移除第${index + 1}位`}
          onChange={(recusals) => onChange({ recusalAsked: true, recusals })}
          row={(one, index, put) => (
            <div className="y-row-fields">
              <div className="y-grid-4">
                <TextLine
                  label={`回避第${index + 1}位 关系`}
                  placeholder="何种关系"
                  initial={one.relation}
                  onText={(relation) => put({ relation })}
                />
                <TextLine
                  label={`回避第${index + 1}位 姓名`}
                  placeholder="姓名"
                  initial={one.name}
                  onText={(name) => put({ name })}
                />
                <OneOf
                  options={(['recused', 'stays'] as const).map((value) => ({ value, text: recusalNames[value] }))}
                  value={one.decision}
                  onChange={(decision) => put({ decision })}
                />
                <TextLine
                  label={`回避第${index + 1}位 理由`}
                  placeholder={one.decision === 'stays' ? '不需回避的理由（必填）' : '说明'}
                  initial={one.reason}
                  onText={(reason) => put({ reason })}
                />
              </div>
            </div>
          )}
        />
      )}
    </>
  )
}

/** Persons concerned: from the enterprises' register, or typed; their earlier cases appear at the right. */
export function Persons({
  enterpriseIds,
  values,
  onChange,
}: {
  enterpriseIds: readonly string[]
  values: Intake['persons']
  onChange: (values: Intake['persons']) => void
}) {
  const on = dayInChina(useSession().now)
  const holders = useCall(
    'parties.holders',
    enterpriseIds.length === 0 ? null : { enterpriseIds: [...enterpriseIds], on, below: true },
  )
  const known = (holders.data ?? [])
    .filter((one) => !values.some((other) => other.personId === one.personId))
    .map((one) => ({ personId: one.personId, name: one.personName, title: one.title, unit: one.enterpriseName }))
    .slice(0, 12)
  return (
    <FieldGroup label="涉及人员" hint="用于查找此前事项；不印入通知书">
      {known.length > 0 && (
        <div className="y-chips">
          {known.map((one) => (
            <button
              key={`${one.personId} ${one.unit} ${one.title}`}
              type="button"
              className="y-quiet-button"
              title={one.unit}
              onClick={() => onChange([...values, one])}
            >
              ＋{one.title} {one.name}
            </button>
          ))}
        </div>
      )}
      <Rows
        values={values}
        blank={{ personId: null, name: '', title: '', unit: '' }}
        add="添加人员"
        remove={(index) => `移除第${index + 1}位涉及人员`}
        onChange={onChange}
        row={(one, index, put) => (
          <div className="y-grid-4 y-row-fields">
            <TextLine
              label={`涉及第${index + 1}位 单位`}
              placeholder="单位"
              initial={one.unit}
              onText={(unit) => put({ unit })}
            />
            <TextLine
              label={`涉及第${index + 1}位 姓名`}
              placeholder="姓名"
              initial={one.name}
              onText={(name) => put({ name, personId: null })}
            />
            <TextLine
              label={`涉及第${index + 1}位 职务`}
              placeholder="职务"
              initial={one.title}
              onText={(title) => put({ title })}
            />
            <span />
          </div>
        )}
      />
    </FieldGroup>
  )
}
