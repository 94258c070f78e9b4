import { Button } from 'antd'
import { useState } from 'react'
import type { Failure } from '#shared/contract/errors.ts'
import { OneOf } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field, FieldGroup } from '../../ui/field.tsx'
import { TextLine } from '../../ui/text-block.tsx'
import { noticeText as text } from './text.ts'

/** Art. 10: the enterprise confirmed, in writing or by telephone. */
export function ConfirmDialog({
  busy,
  failure,
  onConfirm,
  onCancel,
}: {
  busy: boolean
  failure: Failure | null
  onConfirm: (input: { channel: 'written' | 'telephone'; by: string; note: string }) => void
  onCancel: () => void
}) {
  const [channel, setChannel] = useState<'written' | 'telephone'>('written')
  const [by, setBy] = useState('')
  const [note, setNote] = useState('')
  return (
    <Dialog
      title={text.confirm}
      onCancel={onCancel}
      footer={
        <>
          <Button onClick={onCancel}>返回</Button>
          <Button
            type="primary"
            disabled={busy || by.trim() === ''}
            onClick={() => onConfirm({ channel, by: by.trim(), note: note.trim() })}
          >
            确认登记
          </Button>
        </>
      }
    >
      <FieldGroup label="确认方式（第十条）" required>
        <OneOf
          options={[
            { value: 'written', text: '书面确认' },
            { value: 'telephone', text: '电话确认' },
          ]}
          value={channel}
          onChange={setChannel}
        />
      </FieldGroup>
      <Field label="企业确认人" required>
        {(control) => <TextLine {...control} autoFocus onText={setBy} />}
      </Field>
      <Field label="确认说明">{(control) => <TextLine {...control} onText={setNote} />}</Field>
      <ErrorNote failure={failure} />
    </Dialog>
  )
}
