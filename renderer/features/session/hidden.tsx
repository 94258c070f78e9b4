import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { useAct } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import type { TextHandle } from '../../ui/text-block.tsx'
import { PasswordField } from './password-field.tsx'
import './session.css'
import { sessionText } from './text.ts'

const text = sessionText.hidden

/**
 * In place of everything while a lock waits for the disk (DESIGN §3): the rooms are unmounted, the words that only memory
 * holds stay with the core, and the person whose session it is comes back with the password.
 */
export function HiddenScreen({ name, trial, onRevealed }: { name: string; trial: boolean; onRevealed: () => void }) {
  const act = useAct()
  const password = useRef<TextHandle>(null)
  useEffect(() => password.current?.focus(), [])
  const reveal = async () => {
    const typed = password.current?.text() ?? ''
    if (typed !== '' && (await act.run('session.reveal', { password: typed })) !== null) return onRevealed()
    password.current?.set('')
    password.current?.focus()
  }
  return (
    <div className="y-gate">
      {trial && <div className="y-trial y-gate-trial">{sessionText.trialBand}</div>}
      <main className="y-card">
        <div className="y-hidden-words" role="alert">
          <h1>{text.title}</h1>
          <p>{text.happened}</p>
          <p>{text.kept}</p>
          <p>{text.now}</p>
        </div>
        <PasswordField label={text.whose(name)} handle={password} onEnter={() => void reveal()} />
        <ErrorNote failure={act.failure} />
        <Button type="primary" size="large" block onClick={() => void reveal()} disabled={act.busy}>
          {text.reveal}
        </Button>
      </main>
    </div>
  )
}
