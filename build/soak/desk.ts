import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import type { VerbOutput } from '#shared/contract/bridge.ts'
import type { Result } from '#shared/contract/errors.ts'
import { Driver } from '../demo/driver.ts'
import { openPreview, type Preview } from '../preview/shell.ts'
import type { Stage } from '../stage.ts'
import { descendants, signal } from './processes.ts'

/** What the record holds at one moment, as the window and the core behind it say. */
export interface Held {
  /** Sentences in their order, those included that wait for the database. */
  readonly sentences: readonly string[]
  readonly text: string
  readonly caret: number
}

/** The real program at the live record of a stage: opened, killed, opened again. */
export class Desk {
  readonly #stage: Stage
  readonly #base: string
  readonly #chromium: string
  #preview: Preview | null = null

  constructor(stage: Stage, base: string, chromium: string) {
    this.#stage = stage
    this.#base = base
    this.#chromium = chromium
  }

  get page(): Page {
    if (!this.#preview) throw new Error('the window is not open')
    return this.#preview.page
  }

  /** Opens the program; it stands at the sign-in. */
  async open(): Promise<void> {
    this.#preview = await openPreview({
      chromium: this.#chromium,
      node: process.execPath,
      machineFolder: this.#stage.machine,
      archiveFolder: this.#stage.archive,
      headless: true,
      viewport: { width: 1280, height: 800 },
      temp: this.#base,
    })
  }

  /** Signs the minute-taker in and goes to the live line. */
  async signIn(): Promise<void> {
    const driver = await this.submit()
    await this.page.getByRole('navigation', { name: '房间' }).waitFor()
    await driver.go('约谈现场')
    await driver.click(`进入 ${this.#stage.matter}`)
    await this.live.waitFor()
    await this.live.focus()
  }

  /** Gives account and password and asks to be let in; what follows is the caller's to see. */
  async submit(): Promise<Driver> {
    const driver = new Driver(this.page, { folder: join(this.#base, 'pictures'), ofEveryStep: false }, () => undefined)
    this.page.setDefaultTimeout(60_000)
    await driver.button('登录').waitFor()
    // Filled, not clicked: a click into a page that is just coming up waits for its first frame without end.
    await this.page.getByRole('textbox', { name: '账号', exact: true }).fill('jilu')
    await this.page.getByLabel('密码').fill(trialPassword)
    await this.page.getByLabel('密码').press('Enter')
    return driver
  }

  /** The one live line. */
  get live() {
    return this.page.getByRole('textbox', { name: '正在输入的话', exact: true })
  }

  /** Waits until the disk light says that everything is durable. */
  async durable(): Promise<void> {
    await this.page.locator('.disk[data-state=durable]').waitFor()
  }

  /** What came back: sentences by the core, line and caret as they stand in the window. */
  async held(): Promise<Held> {
    const { caseId, interviewId } = this.#stage
    const answer = await this.page.evaluate(
      (input) => {
        const { yuetan } = globalThis as unknown as { yuetan: { call(verb: string, input: unknown): unknown } }
        return yuetan.call('interviews.get', input) as Promise<Result<VerbOutput<'interviews.get'>>>
      },
      { caseId, interviewId },
    )
    if (!answer.ok) throw new Error(`interviews.get: ${answer.error.code}`)
    const { utterances, waiting } = answer.value
    const [text, caret] = await this.live.evaluate((element) => {
      const line = element as HTMLTextAreaElement
      return [line.value, line.selectionStart] as const
    })
    return { sentences: [...utterances, ...waiting].map((one) => one.text), text, caret }
  }

  /** Process of the core. */
  corePid(): number {
    const core = descendants().find(({ command }) => command.includes(join('dist', 'electron', 'core.js')))
    if (!core) throw new Error('the core does not run')
    return core.pid
  }

  /** kill -9 of the core alone: the shell must bring up another one and ask for the password. */
  killCore(): void {
    signal(this.corePid(), 'SIGKILL')
  }

  /** kill -9 of everything the program consists of. */
  killAll(): void {
    const browser = descendants().filter(({ command }) => command.includes(this.#base))
    this.#preview?.kill()
    for (const { pid } of browser) signal(pid, 'SIGKILL')
    this.#preview = null
  }

  async close(): Promise<void> {
    await this.#preview?.close()
    this.#preview = null
  }
}
