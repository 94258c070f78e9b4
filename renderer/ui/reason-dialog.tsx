import { type ReactNode, useState } from 'react'
import type { Failure } from '#shared/contract/errors.ts'
import { Dialog } from './dialog.tsx'
import { ErrorNote } from './error-note.tsx'
import { Field } from './field.tsx'
import { TextBlock } from './text-block.tsx'

/** Asks the reason the record will need (UX principle 10). Enter in the text stays a new line; the button confirms. */
export function ReasonDialog({
  title,
  label,
  confirm,
  failure,
  held,
  danger = true,
  onConfirm,
  onCancel,
  children,
}: {
  title: string
  label: string
  confirm: string
  failure: Failure | null
  /** Something else is still owed: see `children`. */
  held?: boolean
  /** False where the act takes nothing away. */
  danger?: boolean
  onConfirm: (reason: string) => void
  onCancel: () => void
  /** What is asked beside the reason, above it. */
  children?: ReactNode
}) {
  const [reason, setReason] = useState('')
  return (
    <Dialog
      title={title}
      onCancel={onCancel}
      confirm={{
        text: confirm,
        disabled: reason.trim() === '' || held === true,
        danger,
        onClick: () => onConfirm(reason.trim()),
      }}
    >
      {children}
      <Field label={label} required hint="将记入办理经过">
        {(control) => <TextBlock {...control} autoFocus maxLength={500} onText={setReason} />}
      </Field>
      <ErrorNote failure={failure} />
    </Dialog>
  )
}
