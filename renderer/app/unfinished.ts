import { useCallback, useState } from 'react'
import type { UnfinishedForm } from '#shared/domain/forms.ts'
import { call } from './client.ts'

/** A form that was changed is kept in the archive this long after the last change, in ms. */
const idleMs = 800

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

/** Brings every change to the archive. What it refuses stays here and is tried again with the next change. */
export async function saveUnfinished(): Promise<void> {
  clearTimeout(timer)
  for (const [form, left] of [...unsaved]) {
    const body = left.value === null ? null : JSON.stringify(left.value)
    const saved = await call('forms.keep', { caseId: left.caseId, form, body }).then(
      () => true,
      () => false,
    )
    if (saved && unsaved.get(form) === left) unsaved.delete(form)
  }
}

/** Forgets every form in this window: the session ends. The archive has them. */
export function forgetUnfinished(): void {
  clearTimeout(timer)
  forms.clear()
  unsaved.clear()
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
