import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { shell } from '../../app/client.ts'
import { useAct, useCall } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ActionLine } from '../../ui/page.tsx'
import type { TextHandle } from '../../ui/text-block.tsx'
import { PasswordField } from './password-field.tsx'
import { sessionText } from './text.ts'
import './session.css'

const text = sessionText.stepUp

/** Asks for the password again before something leaves: a window of its own, which the case window cannot look into. */
export function StepUpWindow() {
  const asked = useCall('session.stepUpAsked', {})
  const act = useAct()
  const password = useRef<TextHandle>(null)
  const close = () => shell().readyToClose()
  useEffect(() => password.current?.focus(), [])
  const confirm = async () => {
    const typed = password.current?.text() ?? ''
    if (typed !== '' && (await act.run('session.stepUp', { password: typed })) !== null) return close()
    password.current?.set('')
    password.current?.focus()
  }
  const acts: Readonly<Record<string, string>> = text.acts
  return (
    <main className="y-gate">
      <div className="y-card">
        <h1>{text.title}</h1>
        <p>{asked.data === null ? '' : (acts[asked.data.verb] ?? text.other)}</p>
        <p className="y-quiet">{text.why}</p>
        <PasswordField label={text.whose(asked.data?.name ?? '')} handle={password} onEnter={() => void confirm()} />
        <ErrorNote failure={act.failure ?? asked.failure} />
        <ActionLine
          actions={<Button onClick={close}>取消，不办理</Button>}
          primary={
            <Button type="primary" onClick={() => void confirm()} disabled={act.busy}>
              {text.confirm}
            </Button>
          }
        />
      </div>
    </main>
  )
}
