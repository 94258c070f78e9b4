import { Button } from 'antd'
import { useState } from 'react'
import { type BusinessRole, businessRoles, roleNames } from '#shared/domain/accounts.ts'
import { useAct } from '../../app/use-call.ts'
import { AnyOf } from '../../ui/choice.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { ActionLine, Panel } from '../../ui/page.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { PasswordField } from './password-field.tsx'
import { sessionText } from './text.ts'

const text = sessionText.activation
const blank = {
  adminLogin: '',
  adminPassword: '',
  officerLogin: '',
  officerPassword: '',
  login: '',
  name: '',
  office: '',
  password: '',
}

/** Both officers and the new user at one table; ends in the slip that goes to a key holder on paper. */
export function Activation({ onBack }: { onBack: () => void }) {
  const act = useAct()
  const [typed, setTyped] = useState(blank)
  const [roles, setRoles] = useState<BusinessRole[]>([])
  const [slip, setSlip] = useState<string | null>(null)
  const put = (field: keyof typeof blank) => (value: string) => setTyped((before) => ({ ...before, [field]: value }))
  const activate = async () => {
    const { login, name, office, password } = typed
    const made = await act.run('accounts.activate', {
      systemAdmin: { login: typed.adminLogin, password: typed.adminPassword },
      securityOfficer: { login: typed.officerLogin, password: typed.officerPassword },
      login,
      name,
      office,
      roles,
      password,
    })
    if (made !== null) setSlip(made.slip)
  }
  return (
    <div className="y-card y-card-wide">
      <h1>{text.title}</h1>
      <p className="y-quiet">{text.why}</p>
      {slip === null ? (
        <>
          <div className="y-grid-2">
            <Panel title="系统管理员">
              <Field label="系统管理员账号">{(control) => <TextLine {...control} onText={put('adminLogin')} />}</Field>
              <PasswordField label="系统管理员密码" onText={put('adminPassword')} />
            </Panel>
            <Panel title="安全保密管理员">
              <Field label="安全保密管理员账号">
                {(control) => <TextLine {...control} onText={put('officerLogin')} />}
              </Field>
              <PasswordField label="安全保密管理员密码" onText={put('officerPassword')} />
            </Panel>
          </div>
          <Panel title="新账号本人">
            <div className="y-grid-2">
              <Field label="姓名" required>
                {(control) => <TextLine {...control} onText={put('name')} />}
              </Field>
              <Field label="处室" required>
                {(control) => <TextLine {...control} onText={put('office')} />}
              </Field>
              <Field label="新账号名" required hint="英文字母、数字，不用真实姓名">
                {(control) => <TextLine {...control} onText={put('login')} />}
              </Field>
              <PasswordField label="本人密码" hint={sessionText.passwordRule} onText={put('password')} />
            </div>
            <FieldGroup label="角色" required>
              <AnyOf
                options={businessRoles.map((role) => ({ value: role, text: roleNames[role] }))}
                value={roles}
                onChange={setRoles}
              />
            </FieldGroup>
          </Panel>
          <ErrorNote failure={act.failure} />
        </>
      ) : (
        <>
          <p>{text.slip}</p>
          <p className="y-slip">{slip}</p>
        </>
      )}
      <ActionLine
        actions={<Button onClick={onBack}>{slip === null ? '返回' : '已抄好，返回登录'}</Button>}
        primary={
          slip === null && (
            <Button
              type="primary"
              onClick={activate}
              disabled={act.busy || roles.length === 0 || Object.values(typed).includes('')}
            >
              {text.button}
            </Button>
          )
        }
      />
    </div>
  )
}
