/** A text and where its caret stands. */
export interface TextState {
  readonly text: string
  readonly caret: number
}

/** One change: what stood at `at` before and what stands there now. */
interface Step {
  readonly at: number
  readonly before: string
  readonly after: string
  readonly moment: number
}

/** Single characters typed within this time of each other are undone together, in ms. */
const together = 1_000
const longest = 500

/**
 * The undo of one text input. The browser keeps one stack for the whole page: it jumps into another field after a
 * search, and forgets everything when a phrase is put in. This one knows its own text only, so that undo never leaves
 * the field, never loses an insertion, and puts the caret where the change was. Pure; it holds no element.
 */
export class TextHistory {
  #text: string
  #past: Step[] = []
  #future: Step[] = []

  constructor(text: string) {
    this.#text = text
  }

  /** The text changed to `text` with the caret at `caret`; `moment` in ms decides what is undone together. */
  note({ text, caret }: TextState, moment: number): void {
    if (text === this.#text) return
    const step = difference(this.#text, text, caret, moment)
    this.#text = text
    this.#future = []
    const last = this.#past.at(-1)
    const joined = last === undefined ? null : join(last, step)
    if (joined !== null) this.#past[this.#past.length - 1] = joined
    else this.#past.push(step)
    if (this.#past.length > longest) this.#past.shift()
  }

  /** The text before the last change, or null when there is none. */
  undo(): TextState | null {
    const step = this.#past.pop()
    if (step === undefined) return null
    this.#future.push(step)
    return this.#move(step.at, step.after, step.before)
  }

  redo(): TextState | null {
    const step = this.#future.pop()
    if (step === undefined) return null
    this.#past.push({ ...step, moment: Number.NEGATIVE_INFINITY })
    return this.#move(step.at, step.before, step.after)
  }

  #move(at: number, from: string, to: string): TextState {
    this.#text = this.#text.slice(0, at) + to + this.#text.slice(at + from.length)
    return { text: this.#text, caret: at + to.length }
  }
}

/** The one change that turns `before` into `after`, whose caret stands at the end of what came in. */
function difference(before: string, after: string, caret: number, moment: number): Step {
  const shorter = Math.min(before.length, after.length)
  let tail = after.length - caret
  if (tail > shorter || !before.endsWith(after.slice(caret))) {
    tail = 0
    while (tail < shorter && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1
  }
  const limit = shorter - tail
  let at = 0
  while (at < limit && before[at] === after[at]) at += 1
  return { at, before: before.slice(at, before.length - tail), after: after.slice(at, after.length - tail), moment }
}

/** Two keystrokes in a row as one change; null when they are not of one movement of the hand. */
function join(last: Step, next: Step): Step | null {
  if (next.moment - last.moment > together) return null
  const { moment } = next
  const typed = next.before === '' && next.after.length === 1 && last.before === '' && last.after.length < 24
  if (typed && next.at === last.at + last.after.length && /\w/.test(next.after) && /\w$/.test(last.after))
    return { ...last, after: last.after + next.after, moment }
  const erased = next.after === '' && next.before.length === 1 && last.after === '' && last.before.length < 24
  if (erased && next.at === last.at - 1) return { ...last, at: next.at, before: next.before + last.before, moment }
  return null
}
