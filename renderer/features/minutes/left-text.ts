/**
 * True at a flush because the person went to another place of the screen. A flush at the end of a composition, or when
 * the whole window loses the focus, leaves the text open with its caret.
 */
export function leftText(): boolean {
  return !(document.activeElement instanceof HTMLTextAreaElement)
}
