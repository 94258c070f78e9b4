import { Button } from 'antd'
import { useState } from 'react'
import { type OfficerRole, officerRoles, roleNames } from '#shared/domain/accounts.ts'
import { useAct } from '../../app/use-call.ts'
import { OneOf } from '../../ui/choice.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { ActionLine, Panel } from '../../ui/page.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { blank, Credentials, isFull } from './credentials.tsx'
import { PasswordField } from './password-field.tsx'
import { sessionText } from './text.ts'

const text = sessionText.keys
const noPerson = { login: '', name: '', office: '', password: '', reason: '' }

/** The two officers who stay, a 主要负责同志 and the newcomer at one table; the one who leaves need not be there. */
export function ReplaceOfficer({ onBack }: { onBack: () => void }) {
  const act = useAct()
  const [role, setRole] = useState<OfficerRole | null>(null)
  const [people, setPeople] = useState({ first: blank, second: blank, leader: blank })
  const [person, setPerson] = useState(noPerson)
  const [done, setDone] = useState(false)
  const put = (field: keyof typeof noPerson) => (value: string) =>
    setPerson((before) => ({ ...before, [field]: value }))
  const { first, second, leader } = people
  const [one, other] = officerRoles.filter((each) => each !== role)
  const replace = async () => {
    if (role === null) return
    const asked = { role, officers: [first, second] as [typeof first, typeof second], chiefLeader: leader, ...person }
    if ((await act.run('accounts.replaceOfficer', asked)) !== null) setDone(true)
  }
  return (
    <div className="y-card y-card-wide">
      <h1>{text.officer.title}</h1>
      <p className="y-quiet">{text.officer.why}</p>
      {done ? (
        <p className="y-note y-green" role="status">
          {role === 'auditor' ? text.officer.done : text.officer.doneWithAuthority}
        </p>
      ) : (
        <>
          <FieldGroup label="更换" required>
            <OneOf
              options={officerRoles.map((each) => ({ value: each, text: roleNames[each] }))}
              value={role}
              onChange={setRole}
            />
          </FieldGroup>
          {role !== null && one !== undefined && other !== undefined && (
            <>
              <div className="y-grid-2">
                <Credentials
                  title={roleNames[one]}
                  value={first}
                  onChange={(value) => setPeople({ ...people, first: value })}
                />
                <Credentials
                  title={roleNames[other]}
                  value={second}
                  onChange={(value) => setPeople({ ...people, second: value })}
                />
                <Credentials
                  title={roleNames.chiefLeader}
                  value={leader}
                  onChange={(value) => setPeople({ ...people, leader: value })}
                />
                <Panel title="缘由">
                  <Field label="更换原因" required hint="记入台账，永久保存">
                    {(control) => <TextLine {...control} onText={put('reason')} />}
                  </Field>
                </Panel>
              </div>
              <Panel title={`新任${roleNames[role]}本人`}>
                <div className="y-grid-2">
                  <Field label="姓名" required>
                    {(control) => <TextLine {...control} onText={put('name')} />}
                  </Field>
                  <Field label="处室" required>
                    {(control) => <TextLine {...control} onText={put('office')} />}
                  </Field>
                  <Field label="新账号名" required hint="须是从未用过的账号：用过的账号可能知道事项库的密钥">
                    {(control) => <TextLine {...control} onText={put('login')} />}
                  </Field>
                  <PasswordField label="本人密码" hint={sessionText.passwordRule} onText={put('password')} />
                </div>
              </Panel>
            </>
          )}
          <ErrorNote failure={act.failure} />
        </>
      )}
      <ActionLine
        actions={<Button onClick={onBack}>返回</Button>}
        primary={
          !done && (
            <Button
              type="primary"
              onClick={replace}
              disabled={
                act.busy ||
                role === null ||
                !isFull([first, second, leader]) ||
                Object.values(person).some((value) => value.trim() === '')
              }
            >
              {text.officer.confirm}
            </Button>
          )
        }
      />
    </div>
  )
}

/** A new CA: both officers at one table; its fingerprint is shown to be copied for partner archives. */
export function RenewAuthority({ onBack }: { onBack: () => void }) {
  const act = useAct()
  const [admin, setAdmin] = useState(blank)
  const [security, setSecurity] = useState(blank)
  const [fingerprint, setFingerprint] = useState<string | null>(null)
  const renew = async () => {
    const made = await act.run('accounts.renewAuthority', { systemAdmin: admin, securityOfficer: security })
    if (made !== null) setFingerprint(made.fingerprint)
  }
  return (
    <div className="y-card y-card-wide">
      <h1>{text.authority.title}</h1>
      <p className="y-quiet">{text.authority.why}</p>
      {fingerprint === null ? (
        <div className="y-grid-2">
          <Credentials title={roleNames.systemAdmin} value={admin} onChange={setAdmin} />
          <Credentials title={roleNames.securityOfficer} value={security} onChange={setSecurity} />
        </div>
      ) : (
        <>
          <p className="y-note y-green" role="status">
            {text.authority.done}
          </p>
          <p className="y-slip">{fingerprint.match(/.{4}/g)?.join(' ')}</p>
        </>
      )}
      <ErrorNote failure={act.failure} />
      <ActionLine
        actions={<Button onClick={onBack}>返回</Button>}
        primary={
          fingerprint === null && (
            <Button type="primary" onClick={renew} disabled={act.busy || !isFull([admin, security])}>
              {text.authority.confirm}
            </Button>
          )
        }
      />
    </div>
  )
}
