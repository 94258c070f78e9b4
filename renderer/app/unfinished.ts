import { useCallback, useState, useSyncExternalStore } from 'react'
import type { Failure } from '#shared/contract/errors.ts'
import type { UnfinishedForm } from '#shared/domain/forms.ts'
import { asFailure, call } from './client.ts'

/** A form that was changed is kept in the archive this long after the last change, in ms. */
const idleMs = 800
/** What the archive refused is brought to it again after this long, in ms. */
const againMs = 5_000

interface Left {
  readonly caseId: string | null
  /** What stands in the form; null: it was sent or emptied. */
  readonly value: object | null
}

/** What stands unfinished in the forms of the signed-in account, by name; the archive has it too, within a second. */
const forms = new Map<string, object>()
/** Changes the archive does not have yet. */
const unsaved = new Map<string, Left>()
let timer: ReturnType<typeof setTimeout> | undefined
/** Why the archive does not take what stands in the forms; null while it does. */
let refusal: Failure | null = null
const watchers = new Set<() => void>()

/** Takes over what the archive kept of the account that signed in; whatever another account left here is forgotten. */
export function openUnfinished(kept: readonly UnfinishedForm[]): void {
  forgetUnfinished()
  for (const { form, body } of kept) forms.set(form, JSON.parse(body))
}

/** What the account left in a form, or null. */
export function unfinished<T>(form: string): T | null {
  return (forms.get(form) as T | undefined) ?? null
}

/** What follows a beginning in the names of the unfinished forms: which comments of a paper, which answers. */
export function unfinishedUnder(beginning: string): readonly string[] {
  return [...forms.keys()].filter((form) => form.startsWith(beginning)).map((form) => form.slice(beginning.length))
}

/** Keeps what stands in a form of a case (null: of none); a null value forgets it, as when it was sent or emptied. */
export function keepUnfinished(form: string, caseId: string | null, value: object | null): void {
  const before = forms.get(form)
  if (value === null ? before === undefined : JSON.stringify(before) === JSON.stringify(value)) return
  if (value === null) forms.delete(form)
  else forms.set(form, value)
  unsaved.set(form, { caseId, value })
  clearTimeout(timer)
  timer = setTimeout(() => void saveUnfinished(), idleMs)
}

/** Brings every change to the archive. What it refuses stays here, is said, and is tried again until it is taken. */
export async function saveUnfinished(): Promise<void> {
  clearTimeout(timer)
  let failure: Failure | null = null
  for (const [form, left] of [...unsaved]) {
    const body = left.value === null ? null : JSON.stringify(left.value)
    const refused = await call('forms.keep', { caseId: left.caseId, form, body }).then(() => null, asFailure)
    if (refused === null && unsaved.get(form) === left) unsaved.delete(form)
    failure ??= refused
  }
  refused(failure)
  if (failure === null || unsaved.size === 0) return
  clearTimeout(timer)
  timer = setTimeout(() => void saveUnfinished(), againMs)
}

function refused(failure: Failure | null): void {
  if (refusal?.code === failure?.code) return
  refusal = failure
  for (const watcher of watchers) watcher()
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

/** Why what stands in the forms is in this window only; null while the archive has it. */
export function useUnkept(): Failure | null {
  return useSyncExternalStore(watch, () => refusal)
}

/** Forgets every form in this window: the session ends. The archive has them. */
export function forgetUnfinished(): void {
  clearTimeout(timer)
  forms.clear()
  unsaved.clear()
  refused(null)
}

/** A text field of a case whose words outlive its screen, a lock and a kill: what was left in it, and how it is kept. */
export function useUnfinishedText(form: string, caseId: string): readonly [left: string, keep: (text: string) => void] {
  const [left] = useState(() => unfinished<{ text: string }>(form)?.text ?? '')
  const keep = useCallback(
    (text: string) => keepUnfinished(form, caseId, text.trim() === '' ? null : { text }),
    [form, caseId],
  )
  return [left, keep]
}

/**
 * A form is left with something unsaved: it is kept until `save` has brought it to the archive. What the archive refuses
 * stays kept, and is there again when the form is opened.
 */
export async function leaveForm(
  form: string,
  caseId: string,
  value: object,
  save: () => Promise<unknown>,
): Promise<void> {
  keepUnfinished(form, caseId, value)
  const left = forms.get(form)
  const saved = await save().then(
    () => true,
    () => false,
  )
  // Opened and left again meanwhile: what was kept then is newer.
  if (saved && forms.get(form) === left) keepUnfinished(form, caseId, null)
}
