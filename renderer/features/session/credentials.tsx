import { Field } from '../../ui/field.tsx'
import { Panel } from '../../ui/page.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { PasswordField } from './password-field.tsx'

export interface Typed {
  readonly login: string
  readonly password: string
}
export const blank: Typed = { login: '', password: '' }

/** One person at the table: account and password, typed by that person alone. */
export function Credentials({
  title,
  value,
  onChange,
}: {
  title: string
  value: Typed
  onChange: (value: Typed) => void
}) {
  return (
    <Panel title={title}>
      <Field label={`${title}账号`}>
        {(control) => <TextLine {...control} onText={(login) => onChange({ ...value, login: login.trim() })} />}
      </Field>
      <PasswordField label={`${title}密码`} onText={(password) => onChange({ ...value, password })} />
    </Panel>
  )
}

export function isFull(typed: readonly Typed[]): boolean {
  return typed.every((one) => one.login !== '' && one.password !== '')
}
