import { startTransition, useEffect, useState } from 'react'

export const rooms = [
  'today',
  'cases',
  'intake',
  'case',
  'interviews',
  'live',
  'aids',
  'numbers',
  'secrecy',
  'archive',
  'search',
  'analysis',
  'parties',
  'accounts',
  'audit',
  'backups',
  'duties',
  'settings',
  'rules',
  'fonts',
] as const
export type Room = (typeof rooms)[number]

export const caseTabs = [
  'overview',
  'notice',
  'preparation',
  'interview',
  'minutes',
  'rectification',
  'papers',
  'secrecy',
  'archive',
  'history',
] as const
export type CaseTab = (typeof caseTabs)[number]

/** Where the window stands. Held in memory only: an address bar or a history on disk would name cases. */
export interface Route {
  readonly room: Room
  readonly caseId?: string
  readonly tab?: CaseTab
  /** The object inside the tab: an interview, a notice, a volume. */
  readonly objectId?: string
  /** The text inside the object that was looked for: a line of the record, a sentence of the minutes. */
  readonly at?: string
  /** What is looked for on the search page. */
  readonly query?: string
}

let trail: readonly Route[] = [{ room: 'today' }]
const watchers = new Set<() => void>()

function tell(): void {
  for (const watcher of watchers) watcher()
}

/** Goes to another screen; `goBack` returns. */
export function navigate(route: Route): void {
  trail = [...trail.slice(-49), route]
  tell()
}

/** Replaces where the window stands, leaving the way back as it is (tabs of one case). */
export function settle(route: Route): void {
  trail = [...trail.slice(0, -1), route]
  tell()
}

/** Alt+←. Does nothing at the first screen. */
export function goBack(): void {
  if (trail.length < 2) return
  trail = trail.slice(0, -1)
  tell()
}

function here(): Route {
  return trail.at(-1) ?? { room: 'today' }
}

/** Where the window stands; as a transition, so that the screen that is there stays until the next one can be drawn. */
export function useRoute(): Route {
  const [route, setRoute] = useState(here)
  useEffect(() => {
    const watcher = (): void => startTransition(() => setRoute(here()))
    watchers.add(watcher)
    // Somebody may have navigated between the first drawing and this effect.
    watcher()
    return () => {
      watchers.delete(watcher)
    }
  }, [])
  return route
}
