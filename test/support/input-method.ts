import type { CDPSession, Page } from 'playwright-core'

interface Key {
  readonly type: 'keyDown' | 'rawKeyDown' | 'keyUp'
  readonly key: string
  readonly windowsVirtualKeyCode: number
  readonly modifiers?: number
}

/** An input method, played through the debugging protocol into whatever field of the page has the caret. */
export class InputMethod {
  readonly #page: Page
  readonly #protocol: CDPSession

  private constructor(page: Page, protocol: CDPSession) {
    this.#page = page
    this.#protocol = protocol
  }

  static async at(page: Page): Promise<InputMethod> {
    return new InputMethod(page, await page.context().newCDPSession(page))
  }

  /** Syllables under composition; the caret at their end. */
  async preedit(text: string): Promise<void> {
    const end = text.length
    await this.#protocol.send('Input.imeSetComposition', { text, selectionStart: end, selectionEnd: end })
  }

  /** The chosen candidate. */
  async choose(text: string): Promise<void> {
    await this.#protocol.send('Input.insertText', { text })
  }

  /**
   * A word: its syllables one after the other, then the word itself, until the page has ended the composition: the
   * protocol answers when the word was sent, which on a busy machine is before the page has it.
   */
  async compose(syllables: readonly string[], word: string): Promise<void> {
    const ended = await this.#page.evaluateHandle(() => {
      const state = { ended: false }
      document.addEventListener('compositionend', () => Object.assign(state, { ended: true }), { once: true })
      return state
    })
    for (const step of syllables) await this.preedit(step)
    await this.choose(word)
    await this.#page.waitForFunction((state) => state.ended, ended)
    await ended.dispose()
  }

  /** A key with a code of its own: 229 is what Chromium reports for one that the input method swallowed. */
  async key(key: Key): Promise<void> {
    await this.#protocol.send('Input.dispatchKeyEvent', key)
  }
}
