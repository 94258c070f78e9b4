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

type Bindings = Readonly<Record<Shortcut, () => void>>

/** What is bound now, the newest last: a room inside a page stands above the page. */
const bound: { readonly current: Bindings }[] = []

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || isComposing(event)) return
  const key = shortcutOf(event)
  const action = bound.findLast(({ current }) => current[key] !== undefined)?.current[key]
  if (action === undefined) return
  event.preventDefault()
  action()
}

/** Binds shortcuts while the component is mounted. The newest binding of a key wins. */
export function useShortcuts(bindings: Bindings): void {
  const latest = useRef(bindings)
  latest.current = bindings
  useEffect(() => {
    if (bound.length === 0) window.addEventListener('keydown', onKey)
    bound.push(latest)
    return () => {
      bound.splice(bound.indexOf(latest), 1)
      if (bound.length === 0) window.removeEventListener('keydown', onKey)
    }
  }, [])
}
