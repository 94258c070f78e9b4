import { Button } from 'antd'
import { useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import type { Role } from '#shared/domain/accounts.ts'
import { roleNames } from '#shared/domain/accounts.ts'
import { useAct } from '../../app/use-call.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { ActionLine } from '../../ui/page.tsx'
import { PathField } from '../../ui/path-field.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import type { ArchiveStatus } from './signin-window.tsx'
import { sessionText } from './text.ts'

const text = sessionText.trial

/** A trial archive in one step, then its sample accounts with their password. */
export function TrialSetUp({ onMade, onBack }: { onMade: (status: ArchiveStatus) => void; onBack: () => void }) {
  const act = useAct()
  const [folder, setFolder] = useState('')
  const [unit, setUnit] = useState('某市国资委（演练）')
  const [made, setMade] = useState<VerbOutput<'accounts.createTrial'> | null>(null)
  const create = async () => setMade(await act.run('accounts.createTrial', { folder, unit, sample: true }))
  if (made !== null) {
    return (
      <div className="y-card y-card-wide">
        <h1>{text.title}</h1>
        <p>{text.made}</p>
        <table className="y-table">
          <thead>
            <tr>
              <th>账号</th>
              <th>姓名</th>
              <th>角色</th>
              <th>密码</th>
            </tr>
          </thead>
          <tbody>
            {made.accounts.map((account) => (
              <tr key={account.login}>
                <td>{account.login}</td>
                <td>{account.name}</td>
                <td>{account.roles.map((role) => roleNames[role as Role] ?? role).join('、')}</td>
                <td>
                  <code>{account.password}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <ActionLine
          primary={
            <Button type="primary" onClick={() => onMade(made.status)}>
              {text.proceed}
            </Button>
          }
        />
      </div>
    )
  }
  return (
    <div className="y-card y-card-wide">
      <h1>{text.title}</h1>
      <p className="y-quiet">{text.why}</p>
      <Field label={text.unit} required>
        {(control) => <TextLine {...control} initial={unit} onText={setUnit} />}
      </Field>
      <PathField label={text.folder} required hint={sessionText.folderHint} onChange={setFolder} />
      <ErrorNote failure={act.failure} />
      <ActionLine
        actions={
          <Button onClick={onBack} disabled={act.busy}>
            返回
          </Button>
        }
        primary={
          <>
            <span className="y-quiet" aria-live="polite">
              {act.busy ? text.making : ''}
            </span>
            <Button type="primary" onClick={create} disabled={act.busy || folder === '' || unit.trim() === ''}>
              {text.create}
            </Button>
          </>
        }
      />
    </div>
  )
}
