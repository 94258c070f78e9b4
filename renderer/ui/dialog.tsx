import { Button } from 'antd'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { heldByUnread } from './field.tsx'

/** The one act a dialog is there for. */
interface Confirm {
  readonly text: string
  readonly disabled?: boolean
  /** What it does cannot be taken back. */
  readonly danger?: boolean
  readonly onClick: () => void
}

/**
 * A question that has to be answered before the work goes on. The platform's own modal dialog: the rest of the window is
 * inert, Escape cancels, the focus comes back, and no style has to be injected. Never used during the live record.
 * Its buttons are 返回 and `confirm`; a dialog with others hands out its own `footer`.
 */
export function Dialog({
  title,
  wide,
  confirm,
  footer,
  onCancel,
  children,
}: {
  title: string
  wide?: boolean
  onCancel: () => void
  children: ReactNode
} & ({ confirm: Confirm; footer?: never } | { confirm?: never; footer: ReactNode })) {
  const element = useRef<HTMLDialogElement>(null)
  const cancel = useRef(onCancel)
  cancel.current = onCancel
  const heading = useId()
  useEffect(() => {
    const dialog = element.current
    if (dialog === null) return
    if (!dialog.open) dialog.showModal()
    const onEscape = (event: Event) => {
      event.preventDefault()
      cancel.current()
    }
    dialog.addEventListener('cancel', onEscape)
    return () => {
      dialog.removeEventListener('cancel', onEscape)
      dialog.close()
    }
  }, [])
  return (
    <dialog ref={element} aria-labelledby={heading} className={wide === true ? 'y-dialog y-dialog-wide' : 'y-dialog'}>
      <h2 id={heading}>{title}</h2>
      <div className="y-dialog-body">{children}</div>
      <footer onClickCapture={heldByUnread}>
        {confirm === undefined ? (
          footer
        ) : (
          <>
            <Button onClick={onCancel}>返回</Button>
            <Button
              type="primary"
              danger={confirm.danger === true}
              disabled={confirm.disabled === true}
              onClick={confirm.onClick}
            >
              {confirm.text}
            </Button>
          </>
        )}
      </footer>
    </dialog>
  )
}
