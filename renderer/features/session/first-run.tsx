import { Button } from 'antd'
import { useState } from 'react'
import { shell } from '../../app/client.ts'
import { useAct } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import type { ArchiveStatus, SigninStep } from './signin-window.tsx'
import { sessionText as text } from './text.ts'

/** Three ways to an archive: open one, practise in one, found one. A refused folder is explained first. */
export function FirstRun({
  status,
  onChosen,
  onStep,
  onBack,
}: {
  status: ArchiveStatus
  onChosen: (status: ArchiveStatus) => void
  onStep: (step: SigninStep) => void
  onBack: (() => void) | null
}) {
  const act = useAct()
  const [typing, setTyping] = useState(false)
  const [typed, setTyped] = useState('')
  const open = async (folder: string) => {
    const next = await act.run('session.choose', { folder })
    if (next !== null) onChosen(next)
  }
  const choose = async () => {
    const folder = await shell().chooseFolder(text.open.button)
    // A shell without a dialog (the preview) answers null at once: then the folder is typed.
    if (folder === null) setTyping(true)
    else await open(folder)
  }
  return (
    <div className="y-card y-card-wide">
      <header className="y-gate-title">
        <h1>{text.product}</h1>
        <p>{text.firstWhy}</p>
      </header>
      <ErrorNote failure={status.refusal} />
      {status.state === 'refused' && status.folder !== null && <p className="y-quiet">文件夹：{status.folder}</p>}
      <ErrorNote failure={act.failure} />
      <ul className="y-ways">
        <li>
          <div>
            <h2>{text.open.title}</h2>
            <p>{text.open.why}</p>
            {typing && (
              <div className="y-with-button">
                <TextLine
                  label="档案文件夹位置"
                  placeholder="文件夹的完整路径"
                  autoFocus
                  onText={(value) => setTyped(value.trim())}
                />
                <Button onClick={() => open(typed)} disabled={act.busy || typed === ''}>
                  打开
                </Button>
              </div>
            )}
          </div>
          <Button type={status.state === 'none' ? 'default' : 'primary'} onClick={choose} disabled={act.busy}>
            {text.open.button}
          </Button>
        </li>
        <li>
          <div>
            <h2>{text.keys.backup.title}</h2>
            <p>{text.keys.backup.why}</p>
          </div>
          <Button onClick={() => onStep('backup')}>{text.keys.backup.button}</Button>
        </li>
        <li>
          <div>
            <h2>{text.trial.title}</h2>
            <p>{text.trial.why}</p>
          </div>
          <Button onClick={() => onStep('trial')}>{text.trial.button}</Button>
        </li>
        <li>
          <div>
            <h2>{text.ceremony.title}</h2>
            <p>{text.ceremony.why}</p>
          </div>
          <Button onClick={() => onStep('ceremony')}>{text.ceremony.button}</Button>
        </li>
      </ul>
      {onBack !== null && (
        <button type="button" className="y-quiet-button" onClick={onBack}>
          返回登录
        </button>
      )}
    </div>
  )
}
