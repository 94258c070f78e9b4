import { type ReactNode, useEffect } from 'react'
import { KeyHint } from '../../ui/page.tsx'
import { text } from './text.ts'

/** Stands where the coverage stands, beside the record and never over it. Esc closes it and goes back to the live line. */
export function SidePanel({
  title,
  extra,
  onClose,
  children,
}: {
  title: string
  extra?: ReactNode
  onClose: () => void
  children: ReactNode
}) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing || event.keyCode === 229 || event.defaultPrevented) return
      event.preventDefault()
      onClose()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [onClose])
  return (
    <aside className="coverage side-panel" aria-label={title}>
      <header>
        <h3>{title}</h3>
        {extra}
        <button type="button" className="y-quiet-button" onClick={onClose}>
          {text.close} <KeyHint keys="Esc" />
        </button>
      </header>
      {children}
    </aside>
  )
}
