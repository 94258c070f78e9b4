import { Button } from 'antd'
import { useRef, useState } from 'react'
import type { VerbInput } from '#shared/contract/bridge.ts'
import { useSession } from '../../app/session.tsx'
import { OneOf } from '../../ui/choice.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { Panel } from '../../ui/page.tsx'
import { type TextHandle, TextLine } from '../../ui/text-block.tsx'
import { auditText } from './text.ts'

const text = auditText.filter

export type Asked = Omit<VerbInput<'audit.list'>, 'before'>
export const nothingAsked: Asked = { action: '' }

/** What of the log is shown: who, what, which object, how it ended, when. */
export function AuditFilter({ onAsk }: { onAsk: (asked: Asked) => void }) {
  const { colleagues } = useSession()
  const action = useRef<TextHandle>(null)
  const object = useRef<TextHandle>(null)
  const [account, setAccount] = useState('')
  const [result, setResult] = useState<'any' | 'ok' | 'refused'>('any')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const ask = () => {
    onAsk({
      action: action.current?.text().trim() ?? '',
      object: object.current?.text().trim() ?? '',
      ...(account === '' ? {} : { account }),
      ...(result === 'any' ? {} : { result }),
      ...(from === '' ? {} : { from }),
      ...(to === '' ? {} : { to }),
    })
    return true
  }
  return (
    <Panel title={text.title} extra={<Button onClick={ask}>筛选</Button>}>
      <div className="y-grid-2">
        <Field label="账号">
          {(control) => (
            <select
              id={control.id}
              className="y-input"
              value={account}
              onChange={(event) => setAccount(event.target.value)}
            >
              <option value="">全部</option>
              {colleagues.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}（{one.login}）
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="行为" hint={text.action}>
          {(control) => <TextLine {...control} handle={action} onEnter={ask} />}
        </Field>
        <Field label="对象" hint={text.object}>
          {(control) => <TextLine {...control} handle={object} onEnter={ask} />}
        </Field>
        <FieldGroup label="结果">
          <OneOf
            options={[
              { value: 'any', text: '全部' },
              { value: 'ok', text: '成功' },
              { value: 'refused', text: '被拒绝' },
            ]}
            value={result}
            onChange={setResult}
          />
        </FieldGroup>
        <DayField label="自" value={from} onChange={setFrom} />
        <DayField label="至" value={to} onChange={setTo} />
      </div>
    </Panel>
  )
}
