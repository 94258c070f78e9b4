import type { VerbOutput } from '#shared/contract/bridge.ts'
import {
  type Completion,
  completionsAt,
  expansionAt,
  fillPhrase,
  type Phrase,
  type PhraseFacts,
  phraseBook,
  type Word,
} from '#shared/domain/phrases.ts'
import type { TextCause, TextHandle } from '../../ui/text-block.tsx'

/** What stands in the small list above the live line; `chosen` is what Tab takes. */
export interface Offer {
  readonly completions: readonly Completion[]
  readonly chosen: number
}

const nothing: Offer = { completions: [], chosen: 0 }

/**
 * Phrases and completion at the live line. It looks at committed text only and writes through the line's own handle,
 * so that an input method is never disturbed and every insertion is one step of undo. Changing what is offered renders
 * the small list alone.
 */
export class DeskAids {
  readonly #listeners = new Set<() => void>()
  readonly #facts: () => PhraseFacts
  #line: TextHandle | null = null
  #phrases: readonly Phrase[] = []
  #book: ReadonlyMap<string, string> = new Map()
  #words: readonly Word[] = []
  #materials: readonly string[] = []
  #offer: Offer = nothing

  constructor(facts: () => PhraseFacts) {
    this.#facts = facts
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly offer = (): Offer => this.#offer
  readonly phrases = (): readonly Phrase[] => this.#phrases

  get materials(): readonly string[] {
    return this.#materials
  }

  /** The live line's handle while it is mounted. */
  attach(line: TextHandle | null): void {
    this.#line = line
  }

  setPhrases(phrases: readonly Phrase[]): void {
    this.#phrases = phrases
    this.#book = phraseBook(phrases)
    this.#tell()
  }

  setWords({ words, materials }: VerbOutput<'aids.words'>): void {
    this.#words = words
    this.#materials = materials
    // Whoever typed before they came is offered them now.
    const line = this.#line
    if (line !== null && !line.composing() && line.text() !== '')
      this.#show({ completions: completionsAt(line.text(), line.caret(), words), chosen: 0 })
  }

  /** Committed text of the live line changed. A call sign just typed expands; anything else offers words. */
  typed(text: string, caret: number, cause: TextCause): void {
    if (cause !== 'typed') {
      this.clear()
      return
    }
    const called = expansionAt(text, caret, this.#book)
    if (called !== null) {
      this.#line?.replace(called.from, called.to, this.fill(called.text))
      return
    }
    this.#show({ completions: completionsAt(text, caret, this.#words), chosen: 0 })
  }

  clear(): void {
    this.#show(nothing)
  }

  /** Tab. False when nothing is offered, so that the key keeps its own meaning. */
  take(index = this.#offer.chosen): boolean {
    const completion = this.#offer.completions[index]
    const line = this.#line
    if (completion === undefined || line === null || line.composing()) return false
    const caret = line.caret()
    line.replace(caret - completion.typed, caret, completion.word.text)
    return true
  }

  /** Shift+Tab: the next word of the list becomes the one Tab takes. */
  next(): boolean {
    const { completions, chosen } = this.#offer
    if (completions.length < 2) return completions.length === 1
    this.#show({ completions, chosen: (chosen + 1) % completions.length })
    return true
  }

  /** Puts words at the caret of the live line and goes back to it. */
  insert(text: string): void {
    this.#line?.insert(text)
    this.#line?.focus()
  }

  focusLine(): void {
    this.#line?.focus()
  }

  /** What is selected in the live line; empty when nothing is. */
  selected(): string {
    const line = this.#line
    if (line === null || line.composing()) return ''
    const { from, to } = line.selection()
    return line.text().slice(from, to)
  }

  fill(text: string): string {
    return fillPhrase(text, this.#facts())
  }

  #show(offer: Offer): void {
    if (offer.completions.length === 0 && this.#offer.completions.length === 0) return
    this.#offer = offer
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
