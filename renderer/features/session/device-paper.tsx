import { Button } from 'antd'
import { useState } from 'react'
import { useAct } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { ActionLine } from '../../ui/page.tsx'
import { TextBlock } from '../../ui/text-block.tsx'
import { blank, Credentials, isFull } from './credentials.tsx'
import { sessionText } from './text.ts'

const text = sessionText.keys

/** The device secret, shown once more to be copied by hand and sealed into an envelope. */
export function DevicePaper({ onBack }: { onBack: () => void }) {
  const act = useAct()
  const [admin, setAdmin] = useState(blank)
  const [paper, setPaper] = useState<string | null>(null)
  const show = async () => setPaper((await act.run('accounts.devicePaper', { systemAdmin: admin }))?.paper ?? null)
  return (
    <div className="y-card y-card-wide">
      <h1>{text.paper.title}</h1>
      <p className="y-quiet">{paper === null ? text.paper.why : text.paper.copy}</p>
      {paper === null ? (
        <Credentials title="系统管理员" value={admin} onChange={setAdmin} />
      ) : (
        <p className="y-slip">{paper}</p>
      )}
      <ErrorNote failure={act.failure} />
      <ActionLine
        actions={<Button onClick={onBack}>{paper === null ? '返回' : '已抄好并密封'}</Button>}
        primary={
          paper === null && (
            <Button type="primary" onClick={show} disabled={act.busy || !isFull([admin])}>
              显示
            </Button>
          )
        }
      />
    </div>
  )
}

/** On a new machine: the paper is typed in; business then waits for two officers. */
export function RestoreDevice({ onBack }: { onBack: () => void }) {
  const act = useAct()
  const [paper, setPaper] = useState('')
  const [done, setDone] = useState(false)
  const restore = async () => setDone((await act.run('accounts.restoreDevice', { paper: paper.trim() })) !== null)
  return (
    <div className="y-card y-card-wide">
      <h1>{text.restore.title}</h1>
      <p className="y-quiet">{done ? text.restore.done : text.restore.why}</p>
      {!done && (
        <Field label="本机密钥（照密封件输入）" required>
          {(control) => <TextBlock {...control} onText={setPaper} />}
        </Field>
      )}
      <ErrorNote failure={act.failure} />
      <ActionLine
        actions={<Button onClick={onBack}>返回登录</Button>}
        primary={
          !done && (
            <Button type="primary" onClick={restore} disabled={act.busy || paper.trim() === ''}>
              {text.restore.button}
            </Button>
          )
        }
      />
    </div>
  )
}
