import { Button } from 'antd'
import { useState } from 'react'
import { useAct } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { ActionLine } from '../../ui/page.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { PasswordField } from './password-field.tsx'
import { sessionText } from './text.ts'

const text = sessionText.change

/** A new password before sign-in: when the old one has expired, or whenever its owner wants one. */
export function ChangePassword({ onBack }: { onBack: () => void }) {
  const act = useAct()
  const [typed, setTyped] = useState({ login: '', password: '', next: '', again: '' })
  const [done, setDone] = useState(false)
  const put = (field: keyof typeof typed) => (value: string) => setTyped((before) => ({ ...before, [field]: value }))
  const differs = typed.again !== '' && typed.again !== typed.next
  const save = async () => {
    const { login, password, next } = typed
    if ((await act.run('session.changePassword', { login, password, next })) !== null) setDone(true)
  }
  return (
    <div className="y-card">
      <h1>{text.title}</h1>
      <p className="y-quiet">{text.why}</p>
      {done ? (
        <p className="y-note y-green" role="status">
          {text.done}
        </p>
      ) : (
        <>
          <Field label={sessionText.login} required>
            {(control) => <TextLine {...control} autoFocus onText={(value) => put('login')(value.trim())} />}
          </Field>
          <PasswordField label={text.present} onText={put('password')} />
          <PasswordField label={text.next} hint={text.nextHint} onText={put('next')} />
          <PasswordField label={text.again} {...(differs ? { hint: text.differs } : {})} onText={put('again')} />
          <ErrorNote failure={act.failure} />
        </>
      )}
      <ActionLine
        actions={<Button onClick={onBack}>返回登录</Button>}
        primary={
          !done && (
            <Button type="primary" onClick={save} disabled={act.busy || differs || Object.values(typed).includes('')}>
              {text.save}
            </Button>
          )
        }
      />
    </div>
  )
}
