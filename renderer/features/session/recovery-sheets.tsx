import { Button } from 'antd'
import { useState } from 'react'
import { useAct } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { ActionLine } from '../../ui/page.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { blank, Credentials, isFull } from './credentials.tsx'
import { sessionText } from './text.ts'

const text = sessionText.keys

/** Four persons make the sheets; each is copied by hand by its holder and typed back, and only then they exist. */
export function MakeSheets({ onBack }: { onBack: () => void }) {
  const act = useAct()
  const [people, setPeople] = useState({ first: blank, second: blank, security: blank, auditor: blank })
  const [third, setThird] = useState('')
  const [sheets, setSheets] = useState<readonly string[] | null>(null)
  const [shown, setShown] = useState(0)
  const [typed, setTyped] = useState<readonly [string, string, string]>(['', '', ''])
  const [done, setDone] = useState(false)
  const { first, second, security, auditor } = people
  const make = async () => {
    const made = await act.run('accounts.makeSheets', {
      holders: [first, second],
      third,
      securityOfficer: security,
      auditor,
    })
    if (made !== null) setSheets(made.sheets)
  }
  const check = async () => {
    if ((await act.run('accounts.checkSheets', { sheets: [...typed] })) !== null) setDone(true)
  }
  const copying = sheets !== null && shown < sheets.length
  return (
    <div className="y-card y-card-wide">
      <h1>{text.make.title}</h1>
      <p className="y-quiet">
        {done ? text.make.done : copying ? text.make.copy : sheets ? text.make.check : text.make.table}
      </p>
      {sheets === null && (
        <>
          <div className="y-grid-2">
            <Credentials
              title="第一持单人"
              value={first}
              onChange={(value) => setPeople({ ...people, first: value })}
            />
            <Credentials
              title="第二持单人"
              value={second}
              onChange={(value) => setPeople({ ...people, second: value })}
            />
            <Credentials
              title="安全保密管理员"
              value={security}
              onChange={(value) => setPeople({ ...people, security: value })}
            />
            <Credentials
              title="安全审计员"
              value={auditor}
              onChange={(value) => setPeople({ ...people, auditor: value })}
            />
          </div>
          <Field label="第三持单人账号" required hint="业务负责同志，不必在场输密码，但须当场抄写并保管第三份">
            {(control) => <TextLine {...control} onText={(value) => setThird(value.trim())} />}
          </Field>
        </>
      )}
      {copying && (
        <>
          <h2>恢复密钥单　第 {shown + 1} 份，共 3 份</h2>
          <p className="y-slip">{sheets[shown]}</p>
        </>
      )}
      {sheets !== null &&
        !copying &&
        !done &&
        ([0, 1, 2] as const).map((index) => (
          <Field key={index} label={`第 ${index + 1} 份（由持单人照手抄件输入）`} required>
            {(control) => (
              <TextLine
                {...control}
                onText={(value) => setTyped((before) => before.with(index, value.trim()) as [string, string, string])}
              />
            )}
          </Field>
        ))}
      <ErrorNote failure={act.failure} />
      <ActionLine
        actions={<Button onClick={onBack}>{done ? '返回' : '放弃，不留任何文件'}</Button>}
        primary={
          done ? null : sheets === null ? (
            <Button
              type="primary"
              onClick={make}
              disabled={act.busy || third === '' || !isFull([first, second, security, auditor])}
            >
              四人确认，生成三份单子
            </Button>
          ) : copying ? (
            <Button type="primary" onClick={() => setShown(shown + 1)}>
              已抄好，下一份
            </Button>
          ) : (
            <Button type="primary" onClick={check} disabled={act.busy || typed.includes('')}>
              核对三份，启用
            </Button>
          )
        }
      />
    </div>
  )
}

/** Two sheets and two officers: the yearly rehearsal, or the day it is needed. */
export function UseSheets({ act: kind, onBack }: { act: 'rehearsed' | 'used'; onBack: () => void }) {
  const act = useAct()
  const [security, setSecurity] = useState(blank)
  const [auditor, setAuditor] = useState(blank)
  const [sheets, setSheets] = useState<readonly [string, string]>(['', ''])
  const [login, setLogin] = useState('')
  const [done, setDone] = useState(false)
  const words = text[kind]
  const confirm = async () => {
    const input = { act: kind, sheets: [...sheets] as [string, string], securityOfficer: security, auditor, login }
    if ((await act.run('accounts.useSheets', input)) !== null) setDone(true)
  }
  return (
    <div className="y-card y-card-wide">
      <h1>{words.title}</h1>
      <p className="y-quiet">{words.why}</p>
      {done ? (
        <p className="y-note y-green" role="status">
          {words.done}
        </p>
      ) : (
        <>
          {([0, 1] as const).map((index) => (
            <Field key={index} label={`${index === 0 ? '一' : '另一'}位持单人的单子`} required>
              {(control) => (
                <TextLine
                  {...control}
                  onText={(value) => setSheets((before) => before.with(index, value.trim()) as [string, string])}
                />
              )}
            </Field>
          ))}
          {kind === 'used' && (
            <Field label="接收密钥的账号" required hint="业务账号；忘记密码的，先由两位管理员重新开通">
              {(control) => <TextLine {...control} onText={(value) => setLogin(value.trim())} />}
            </Field>
          )}
          <div className="y-grid-2">
            <Credentials title="安全保密管理员" value={security} onChange={setSecurity} />
            <Credentials title="安全审计员" value={auditor} onChange={setAuditor} />
          </div>
          <ErrorNote failure={act.failure} />
        </>
      )}
      <ActionLine
        actions={<Button onClick={onBack}>返回</Button>}
        primary={
          !done && (
            <Button
              type="primary"
              onClick={confirm}
              disabled={
                act.busy || sheets.includes('') || !isFull([security, auditor]) || (kind === 'used' && login === '')
              }
            >
              {words.confirm}
            </Button>
          )
        }
      />
    </div>
  )
}
