import { type ReactNode, useEffect, useId, useRef } from 'react'
import { heldByUnread } from './field.tsx'

/**
 * A question that has to be answered before the work goes on. The platform's own modal dialog: the rest of the window is
 * inert, Escape cancels, the focus comes back, and no style has to be injected. Never used during the live record.
 */
export function Dialog({
  title,
  wide,
  footer,
  onCancel,
  children,
}: {
  title: string
  wide?: boolean
  footer: ReactNode
  onCancel: () => void
  children: ReactNode
}) {
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
      <footer onClickCapture={heldByUnread}>{footer}</footer>
    </dialog>
  )
}
