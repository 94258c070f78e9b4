import { useEffect, useRef } from 'react'

/** A shortcut as written beside an action: `Ctrl+K`, `Alt+ArrowLeft`, `F1`. */
export type Shortcut = string

/** True while an input method composes: then no key is a shortcut (keyCode 229: Chromium before compositionstart). */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229
}

/** The shortcut an event stands for, in the writing of this file. */
export function shortcutOf(event: KeyboardEvent): Shortcut {
  const parts: string[] = []
  if (event.ctrlKey || event.metaKey) parts.push('Ctrl')
  if (event.altKey) parts.push('Alt')
  if (event.shiftKey) parts.push('Shift')
  // Alt+digit gives other characters on some layouts; the physical key is what is meant.
  const digit = /^Digit(\d)$/.exec(event.code)?.[1]
  parts.push(digit ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key))
  return parts.join('+')
}

/** Binds shortcuts while the component is mounted. The newest binding of a key wins. */
export function useShortcuts(bindings: Readonly<Record<Shortcut, () => void>>): void {
  const latest = useRef(bindings)
  latest.current = bindings
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isComposing(event)) return
      const action = latest.current[shortcutOf(event)]
      if (action === undefined) return
      event.preventDefault()
      action()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
