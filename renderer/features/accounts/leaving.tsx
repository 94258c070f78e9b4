import { Button } from 'antd'
import { useState } from 'react'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import { roleNames } from '#shared/domain/accounts.ts'
import { useAct } from '../../app/use-call.ts'
import { OneOf } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { leavingText as text } from './text.ts'

type Row = VerbOutput<'accounts.list'>[number]

/** Everything a leaver had in hand goes to somebody else; the account is disabled afterwards by an officer. */
export function Leaving({ row, others, onDone }: { row: Row; others: readonly Row[]; onDone: () => void }) {
  const act = useAct()
  const [to, setTo] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [moved, setMoved] = useState<VerbOutput<'accounts.handOverCases'> | null>(null)
  const confirm = async () => {
    if (to === null) return
    setMoved(await act.run('accounts.handOverCases', { from: row.id, to, reason }))
  }
  return (
    <Dialog
      title={`移交事项：${row.name}（${row.login}）`}
      onCancel={onDone}
      footer={
        <>
          <Button onClick={onDone}>{moved === null ? '返回' : '完成'}</Button>
          {moved === null && (
            <Button
              type="primary"
              disabled={act.busy || to === null || reason.trim() === ''}
              onClick={() => void confirm()}
            >
              批准移交
            </Button>
          )}
        </>
      }
    >
      <p className="y-quiet">{text.why}</p>
      {moved === null ? (
        <>
          <FieldGroup label="接手人" required>
            <OneOf
              column
              options={others.map((one) => ({
                value: one.id,
                text: `${one.name}（${one.office} · ${one.roles.map((role) => roleNames[role]).join('、')}）`,
              }))}
              value={to}
              onChange={setTo}
            />
          </FieldGroup>
          <Field label="原因" required hint="逐件记入办理经过">
            {(control) => <TextLine {...control} onText={setReason} />}
          </Field>
          <ErrorNote failure={act.failure} />
        </>
      ) : (
        <p className="y-note y-green" role="status">
          {text.moved(moved.owned, moved.known)}
        </p>
      )}
    </Dialog>
  )
}
