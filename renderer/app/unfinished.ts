/** Forms that were left unfinished, by name. They live in this window only: a sign-out replaces it. */
const forms = new Map<string, unknown>()
let owner = ''

/** The forms of an account; another account's are forgotten the moment somebody else asks. */
function formsOf(accountId: string): Map<string, unknown> {
  if (owner !== accountId) forms.clear()
  owner = accountId
  return forms
}

/** What an account left in a form, or null. */
export function unfinished<T>(accountId: string, form: string): T | null {
  return (formsOf(accountId).get(form) as T | undefined) ?? null
}

/** Keeps what stands in a form; null forgets it, as when it was saved or emptied. */
export function keepUnfinished(accountId: string, form: string, value: object | null): void {
  if (value === null) formsOf(accountId).delete(form)
  else formsOf(accountId).set(form, value)
}

/** Forgets every form: the session ends. */
export function forgetUnfinished(): void {
  forms.clear()
}

/**
 * A form is left with something unsaved: it is kept until `save` has brought it to the archive. What the archive refuses
 * stays kept, and is there again when the form is opened.
 */
export async function leaveForm(
  accountId: string,
  form: string,
  value: object,
  save: () => Promise<unknown>,
): Promise<void> {
  keepUnfinished(accountId, form, value)
  const saved = await save().then(
    () => true,
    () => false,
  )
  // Opened and left again meanwhile: what was kept then is newer.
  if (saved && unfinished(accountId, form) === value) keepUnfinished(accountId, form, null)
}
