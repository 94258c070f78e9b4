/** Which ways text may leave the window by hand; the policy of the machine says. */
export interface Carries {
  readonly clipboard: boolean
  readonly drag: boolean
}

/**
 * Keeps text inside the window where the policy says so: what is copied can be pasted here and nowhere else, and a
 * selection cannot be dragged out. What is held is forgotten when the window loses the focus, so that a later paste is
 * what another program put there. The program's own drags carry ids only and go on. Returns how to stop; `told` hears of
 * every attempt that stayed inside.
 */
export function watchCarrying(may: Carries, told: (way: keyof Carries) => void): () => void {
  let held: string | null = null

  const onCopy = (event: ClipboardEvent): void => {
    const text = selectedText(event.target)
    if (text === '') return
    // Nothing is put in its place: the clipboard of the system stays as it was.
    event.preventDefault()
    held = text
    // One step of undo, like any other way of deleting.
    if (event.type === 'cut') document.execCommand('delete')
    told('clipboard')
  }
  const onPaste = (event: ClipboardEvent): void => {
    if (held === null || !isField(event.target)) return
    event.preventDefault()
    event.stopPropagation()
    document.execCommand('insertText', false, held)
  }
  const forget = (): void => {
    held = null
  }
  const onDrag = (event: DragEvent): void => {
    const types = event.dataTransfer?.types ?? []
    if (event.defaultPrevented || types.some((type) => type.startsWith('application/x-'))) return
    event.preventDefault()
    told('drag')
  }

  if (!may.clipboard) {
    window.addEventListener('copy', onCopy, true)
    window.addEventListener('cut', onCopy, true)
    window.addEventListener('paste', onPaste, true)
    window.addEventListener('blur', forget)
  }
  if (!may.drag) window.addEventListener('dragstart', onDrag)
  return () => {
    window.removeEventListener('copy', onCopy, true)
    window.removeEventListener('cut', onCopy, true)
    window.removeEventListener('paste', onPaste, true)
    window.removeEventListener('blur', forget)
    window.removeEventListener('dragstart', onDrag)
  }
}

type TextControl = HTMLTextAreaElement | HTMLInputElement

const isField = (target: EventTarget | null): target is TextControl =>
  target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement

function selectedText(target: EventTarget | null): string {
  // A password gives nothing away by being selected.
  if (isField(target))
    return target.type === 'password' ? '' : target.value.slice(target.selectionStart ?? 0, target.selectionEnd ?? 0)
  return window.getSelection()?.toString() ?? ''
}
