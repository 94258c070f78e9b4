import { type MouseEvent, type ReactNode, useId } from 'react'

interface FieldProps {
  readonly label: string
  /** Small text below: a format, an example, the article's words. */
  readonly hint?: ReactNode
  /** What is wrong; replaces the hint. */
  readonly fault?: string | null
  readonly required?: boolean
  /** What was typed could not be read as what is asked for: the form may not be sent with it (`heldByUnread`). */
  readonly unread?: boolean
  /** Gets the id for the control, so that the label is a real one. */
  readonly children: (control: { id: string; describedBy: string; invalid: boolean }) => ReactNode
}

/** A labelled control with its hint or fault below. */
export function Field({ label, hint, fault, required, unread, children }: FieldProps) {
  const id = useId()
  const describedBy = `${id}-note`
  const wrong = fault !== undefined && fault !== null
  return (
    <div className={unread === true ? 'y-field y-unread' : 'y-field'}>
      <div className="y-label">
        <label htmlFor={id}>{label}</label>
        {required === true && (
          <span className="y-required" aria-hidden="true">
            必填
          </span>
        )}
      </div>
      {children({ id, describedBy, invalid: wrong })}
      <div id={describedBy} className={wrong ? 'y-field-note y-red' : 'y-field-note'}>
        {wrong ? fault : hint}
      </div>
    </div>
  )
}

/** Brings the first fault of a form into sight and puts the caret into its control: a refusal is answered where it stands. */
export function showFirstFault(form: HTMLElement | null): void {
  requestAnimationFrame(() => {
    const field = form?.querySelector('.y-field:has(.y-field-note.y-red)')
    field?.scrollIntoView({ block: 'center' })
    field?.querySelector<HTMLElement>('input, textarea, select')?.focus({ preventScroll: true })
  })
}

/**
 * Holds the main action of a form back while a field of it shows something that could not be read: it would be sent as
 * if nothing had been typed there. For the capture phase of a click in the line of actions.
 */
export function heldByUnread(event: MouseEvent<HTMLElement>): void {
  const main = event.target instanceof Element && event.target.closest('.ant-btn-primary') !== null
  const form = event.currentTarget.parentElement
  if (!main || !form?.querySelector('.y-unread')) return
  event.preventDefault()
  event.stopPropagation()
  showFirstFault(form)
}

/** A question with several answers: a real fieldset, so that its name is read with each answer. */
export function FieldGroup({
  label,
  hint,
  fault,
  required,
  children,
}: Omit<FieldProps, 'children' | 'unread'> & { readonly children: ReactNode }) {
  const wrong = fault !== undefined && fault !== null
  return (
    <fieldset className="y-field y-group">
      <legend>
        {label}
        {required === true && (
          <span className="y-required" aria-hidden="true">
            必填
          </span>
        )}
      </legend>
      {children}
      <div className={wrong ? 'y-field-note y-red' : 'y-field-note'}>{wrong ? fault : hint}</div>
    </fieldset>
  )
}
