import { Button } from 'antd'
import { useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { type Role, roleNames } from '#shared/domain/accounts.ts'
import { type Level, levelNames, levels } from '#shared/domain/secrecy.ts'
import { useAct } from '../../app/use-call.ts'
import { OneOf } from '../../ui/choice.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { ActionLine } from '../../ui/page.tsx'
import { PathField } from '../../ui/path-field.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { PasswordField } from './password-field.tsx'
import type { ArchiveStatus } from './signin-window.tsx'
import { missingWords, sessionText } from './text.ts'

const text = sessionText.ceremony
const seats = ['systemAdmin', 'securityOfficer', 'auditor', 'chiefLeader'] as const
type State = VerbOutput<'accounts.beginCeremony'>

/** Founding a production archive, in steps; until the last click nothing stands in the folder. */
export function Ceremony({ onMade, onBack }: { onMade: (status: ArchiveStatus) => void; onBack: () => void }) {
  const act = useAct()
  const [state, setState] = useState<State | null>(null)
  const [made, setMade] = useState<ArchiveStatus | null>(null)
  const seat = state === null ? undefined : seats.find((role) => state.missing.includes(role))
  const step = state === null ? 0 : seat === undefined ? seats.length + 1 : seats.indexOf(seat) + 1
  const steps = ['档案与密级', ...seats.map((role) => roleNames[role]), '建成']
  const abandon = async () => {
    if (state === null) return onBack()
    if ((await act.run('accounts.abandonCeremony', {})) !== null) onBack()
  }
  const complete = async () => {
    const founded = await act.run('accounts.completeCeremony', {})
    if (founded !== null) setMade(founded.status)
  }
  if (made !== null) return <Done folder={made.folder ?? ''} people={state} onProceed={() => onMade(made)} />
  return (
    <div className="y-card y-card-wide">
      <h1>{text.title}</h1>
      <ol className="y-steps" aria-label="建档步骤">
        {steps.map((name, index) => (
          <li key={name} aria-current={index === step ? 'step' : undefined} className={index < step ? 'y-past' : ''}>
            {index + 1}. {name}
          </li>
        ))}
      </ol>
      <ErrorNote failure={act.failure} />
      {state === null && (
        <Place
          busy={act.busy}
          onBack={onBack}
          onBegin={async (input) => setState(await act.run('accounts.beginCeremony', input))}
        />
      )}
      {state !== null && seat !== undefined && (
        <Seat
          key={seat}
          role={seat}
          busy={act.busy}
          onAbandon={abandon}
          onEnrol={async (person) => {
            const next = await act.run('accounts.enrol', { ...person, roles: [seat] })
            if (next !== null) setState(next)
          }}
        />
      )}
      {state !== null && seat === undefined && (
        <>
          <Enrolled state={state} />
          {state.missing.length > 0 && <p className="y-red">还缺：{state.missing.map(missingWords).join('、')}</p>}
          <p className="y-quiet">{text.ready}</p>
          <ActionLine
            actions={
              <Button danger onClick={abandon} disabled={act.busy}>
                {text.abandon}
              </Button>
            }
            primary={
              <>
                <span className="y-quiet" aria-live="polite">
                  {act.busy ? text.making : ''}
                </span>
                <Button type="primary" onClick={complete} disabled={act.busy || state.missing.length > 0}>
                  {text.complete}
                </Button>
              </>
            }
          />
        </>
      )}
    </div>
  )
}

/** Who sat down, in the order of the seats. */
function Enrolled({ state }: { state: State }) {
  return (
    <table className="y-table">
      <thead>
        <tr>
          <th>角色</th>
          <th>姓名</th>
          <th>账号</th>
        </tr>
      </thead>
      <tbody>
        {state.enrolled.map((person) => (
          <tr key={person.login}>
            <td>{person.roles.map((role) => roleNames[role as Role] ?? role).join('、')}</td>
            <td>{person.name}</td>
            <td>{person.login}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What now stands, and how the first business accounts come into it. */
function Done({ folder, people, onProceed }: { folder: string; people: State | null; onProceed: () => void }) {
  return (
    <div className="y-card y-card-wide">
      <h1>{text.done}</h1>
      <p className="y-path">{folder}</p>
      {people !== null && <Enrolled state={people} />}
      <p className="y-quiet">{text.doneWhy}</p>
      <h2>{text.nextTitle}</h2>
      <ol className="y-numbered">
        {text.next.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ol>
      <ActionLine
        primary={
          <Button type="primary" onClick={onProceed}>
            {text.proceed}
          </Button>
        }
      />
    </div>
  )
}

function Place({
  busy,
  onBack,
  onBegin,
}: {
  busy: boolean
  onBack: () => void
  onBegin: (input: { folder: string; unit: string; machineLevel: Level }) => void
}) {
  const [folder, setFolder] = useState('')
  const [unit, setUnit] = useState('')
  const [machineLevel, setLevel] = useState<Level>('confidential')
  return (
    <>
      <Field label="单位名称" required hint="写全称，将出现在证书和移交文书中">
        {(control) => <TextLine {...control} onText={setUnit} />}
      </Field>
      <FieldGroup label="本机最高密级" required hint={text.whyUnit}>
        <OneOf
          options={levels.map((level) => ({ value: level, text: levelNames[level] }))}
          value={machineLevel}
          onChange={setLevel}
        />
      </FieldGroup>
      <PathField label="正式档案放在哪里" required hint={sessionText.folderHint} onChange={setFolder} />
      <ActionLine
        actions={<Button onClick={onBack}>返回</Button>}
        primary={
          <Button
            type="primary"
            disabled={busy || folder === '' || unit.trim() === ''}
            onClick={() => onBegin({ folder, unit, machineLevel })}
          >
            {text.begin}
          </Button>
        }
      />
    </>
  )
}

function Seat({
  role,
  busy,
  onEnrol,
  onAbandon,
}: {
  role: (typeof seats)[number]
  busy: boolean
  onEnrol: (person: { name: string; login: string; office: string; password: string }) => void
  onAbandon: () => void
}) {
  const [person, setPerson] = useState({ name: '', login: '', office: '', password: '', again: '' })
  const differs = person.again !== '' && person.again !== person.password
  const ready = Object.values(person).every((value) => value !== '') && !differs
  const put = (field: keyof typeof person) => (value: string) => setPerson((before) => ({ ...before, [field]: value }))
  const { again: _again, ...typed } = person
  return (
    <>
      <h2>{roleNames[role]}请就座</h2>
      <p className="y-quiet">{text.whyOfficers}</p>
      <div className="y-grid-2">
        <Field label="姓名" required>
          {(control) => <TextLine {...control} autoFocus onText={put('name')} />}
        </Field>
        <Field label="处室" required>
          {(control) => <TextLine {...control} onText={put('office')} />}
        </Field>
      </div>
      <Field label="账号名" required hint="2 到 32 位英文字母、数字，不用真实姓名">
        {(control) => <TextLine {...control} onText={put('login')} />}
      </Field>
      <div className="y-grid-2">
        <PasswordField label="设置密码" hint={sessionText.passwordRule} onText={put('password')} />
        <PasswordField label="再输一次" hint={differs ? '两次输入不一致' : ''} onText={put('again')} />
      </div>
      <ActionLine
        actions={
          <Button danger onClick={onAbandon} disabled={busy}>
            {text.abandon}
          </Button>
        }
        primary={
          <Button type="primary" disabled={busy || !ready} onClick={() => onEnrol(typed)}>
            {text.enrol}
          </Button>
        }
      />
    </>
  )
}
