import { Button } from 'antd'
import { useRef, useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { roleNames } from '#shared/domain/accounts.ts'
import { useAct } from '../../app/use-call.ts'
import { officialMoment } from '../../ui/dates.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { type TextHandle, TextLine } from '../../ui/text-block.tsx'
import { PasswordField } from './password-field.tsx'
import { RenewalProgress } from './renewal-progress.tsx'
import type { ArchiveStatus } from './signin-window.tsx'
import { sessionText as text } from './text.ts'

/** Account and password; afterwards the last sign-in and the failures since, until the shell brings the case window. */
export function SignIn({
  status,
  onElsewhere,
  onActivate,
  onChange,
  onKeys,
}: {
  status: ArchiveStatus
  onElsewhere: () => void
  onActivate: () => void
  onChange: () => void
  onKeys: () => void
}) {
  const act = useAct()
  const login = useRef<TextHandle>(null)
  const password = useRef<TextHandle>(null)
  const [welcome, setWelcome] = useState<VerbOutput<'session.signIn'> | null>(null)
  const submit = async () => {
    const typed = { login: login.current?.text().trim() ?? '', password: password.current?.text() ?? '' }
    if (typed.login === '') return login.current?.focus()
    if (typed.password === '') return password.current?.focus()
    const answer = await act.run('session.signIn', typed)
    if (answer !== null) return setWelcome(answer)
    password.current?.set('')
    password.current?.focus()
  }
  return (
    <div className="y-card">
      <header className="y-gate-title">
        <h1>{text.product}</h1>
        <p>{text.subtitle}</p>
      </header>
      <Field label={text.login}>
        {(control) => (
          <TextLine
            {...control}
            handle={login}
            autoFocus
            onEnter={() => {
              password.current?.focus()
              return true
            }}
          />
        )}
      </Field>
      <div className="y-logins">
        {status.logins.map((account) => (
          <button
            key={account.login}
            type="button"
            className="y-quiet-button"
            onClick={() => {
              login.current?.set(account.login)
              password.current?.focus()
            }}
          >
            {account.login}
            <span className="y-quiet">{account.roles.map((role) => roleNames[role]).join('、')}</span>
          </button>
        ))}
      </div>
      <PasswordField label={text.password} handle={password} onEnter={submit} />
      <ErrorNote
        failure={act.failure}
        {...(act.failure?.code === 'signin.expired' ? { action: { text: text.changePassword, run: onChange } } : {})}
      />
      {act.busy && <RenewalProgress />}
      {welcome !== null && (
        <p className="y-note" role="status">
          {welcome.lastSignIn === null ? '首次登录。' : `上次登录：${officialMoment(welcome.lastSignIn)}。`}
          {welcome.failuresSince > 0 ? `其后有 ${welcome.failuresSince} 次失败登录，如非本人请报安全保密管理员。` : ''}
          {welcome.passwordDaysLeft === null ? '' : `密码还有 ${welcome.passwordDaysLeft} 天到期。`}
        </p>
      )}
      <Button type="primary" size="large" block onClick={submit} disabled={act.busy || welcome !== null}>
        {text.signIn}
      </Button>
      <footer className="y-gate-foot">
        <span className="y-path" title={status.folder ?? ''}>
          {status.folder}
        </span>
        <div>
          <button type="button" className="y-quiet-button" onClick={onActivate}>
            {text.activate}
          </button>
          <button type="button" className="y-quiet-button" onClick={onChange}>
            {text.changePassword}
          </button>
          <button type="button" className="y-quiet-button" onClick={onKeys}>
            {text.keysButton}
          </button>
          <button type="button" className="y-quiet-button" onClick={onElsewhere}>
            {text.elsewhere}
          </button>
        </div>
      </footer>
    </div>
  )
}
