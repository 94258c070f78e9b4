import { setTimeout as wait } from 'node:timers/promises'
import type { CDPSession, Page } from 'playwright-core'
import { phrase, type Random } from './random.ts'

/** What the record must hold after one thing the typist did. */
export interface Typed {
  /** Sentences made with Enter so far. */
  readonly sentences: number
  readonly text: string
  readonly caret: number
  /** When the window had taken it, ms since the epoch; `Infinity` while it is on its way. */
  taken: number
}

/**
 * Types as an input method does: syllables under composition, then the chosen word, through the debugging protocol's own
 * composition; Enter for a sentence. Remembers every state the record went through, and when.
 */
export class Typist {
  /** Sentences as they must stand in the record at the end. */
  readonly sentences: string[] = []
  characters = 0
  #states: Typed[] = [{ sentences: 0, text: '', caret: 0, taken: 0 }]
  #page: Page | null = null
  #keyboard: CDPSession | null = null
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
  }

  /** Sits down at a window whose live line has the focus. */
  async sit(page: Page): Promise<void> {
    this.#page = page
    this.#keyboard = await page.context().newCDPSession(page)
  }

  get states(): readonly Typed[] {
    return this.#states
  }

  get now(): Typed {
    const last = this.#states.at(-1)
    if (!last) throw new Error('the typist remembers nothing')
    return last
  }

  /** After a kill: goes on from what came back. Characters that were lost are no longer part of the record. */
  resume(found: Typed): void {
    this.characters -= this.#length(this.now) - this.#length(found)
    this.sentences.length = found.sentences
    this.#states = [{ ...found, taken: 0 }]
  }

  /** One thing a minute-taker does: a word, a new line, a correction in the middle, or Enter. */
  async act(): Promise<void> {
    const { text, caret } = this.now
    const choice = this.#random.next()
    if (text.length > 20 && choice < 0.12) await this.enter()
    else if (text.length > 6 && choice < 0.16) await this.#moveBack()
    else if (text !== '' && caret === text.length && choice < 0.18) await this.#newLine()
    else if (caret < text.length && choice < 0.6) await this.#moveOn()
    else await this.compose(phrase(this.#random))
    await wait(this.#random.whole(0, 40))
  }

  /** Syllables, candidates, then the word itself. */
  async compose(word: string): Promise<void> {
    for (const syllables of ['n', 'nih', 'nihao']) await this.#preedit(syllables)
    const { sentences, text, caret } = this.now
    const next = text.slice(0, caret) + word + text.slice(caret)
    await this.#take({ sentences, text: next, caret: caret + word.length }, () =>
      this.#protocol.send('Input.insertText', { text: word }),
    )
    this.characters += word.length
  }

  async enter(): Promise<void> {
    const { sentences, text } = this.now
    this.sentences.push(text.trim())
    await this.#take({ sentences: sentences + 1, text: '', caret: 0 }, () => this.#key('Enter'))
  }

  async #newLine(): Promise<void> {
    const { sentences, text } = this.now
    await this.#take({ sentences, text: `${text}\n`, caret: text.length + 1 }, () => this.#key('Shift+Enter'))
  }

  async #moveBack(): Promise<void> {
    const { sentences, text, caret } = this.now
    await this.#take({ sentences, text, caret: Math.max(0, caret - 1) }, () => this.#key('ArrowLeft'))
  }

  async #moveOn(): Promise<void> {
    const { sentences, text, caret } = this.now
    await this.#take({ sentences, text, caret: caret + 1 }, () => this.#key('ArrowRight'))
  }

  async #take(state: Omit<Typed, 'taken'>, work: () => Promise<unknown>): Promise<void> {
    const typed: Typed = { ...state, taken: Number.POSITIVE_INFINITY }
    this.#states.push(typed)
    await work()
    typed.taken = Date.now()
  }

  get #protocol(): CDPSession {
    if (!this.#keyboard) throw new Error('the typist sits at no window')
    return this.#keyboard
  }

  async #key(keys: string): Promise<void> {
    await this.#page?.keyboard.press(keys)
  }

  async #preedit(text: string): Promise<void> {
    const end = text.length
    await this.#protocol.send('Input.imeSetComposition', { text, selectionStart: end, selectionEnd: end })
  }

  #length({ sentences, text }: Typed): number {
    return this.sentences.slice(0, sentences).join('').length + text.length
  }
}
