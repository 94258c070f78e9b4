import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'

/** Sizes every step is photographed at. */
const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const

/** Longest wait for the window to show what an act leads to, in ms. */
const patience = 180_000

/** Longest wait for a paper to be drawn before a picture is taken all the same, in ms. */
const drawing = 15_000

export interface StepTime {
  readonly name: string
  readonly ms: number
}

/** Where pictures go; of every step at both sizes, or only of what was waited for in vain. */
export interface Pictures {
  readonly folder: string
  readonly ofEveryStep: boolean
}

/** Works the real window as a person does: points, clicks, types. It calls nothing behind the window. */
export class Driver {
  readonly page: Page
  readonly steps: StepTime[] = []
  readonly #pictures: Pictures
  readonly #tell: (line: string) => void
  #signedIn: string | null = null

  constructor(page: Page, pictures: Pictures, tell: (line: string) => void) {
    this.page = page
    this.#pictures = pictures
    this.#tell = tell
    mkdirSync(pictures.folder, { recursive: true })
    page.setDefaultTimeout(patience)
  }

  /** Runs one step, times it and, where asked, takes its picture at both sizes. */
  async step(name: string, work: () => Promise<void>): Promise<void> {
    const began = performance.now()
    try {
      await work()
    } catch (error) {
      await this.photographFailure(name)
      throw new Error(`demo step "${name}" failed: ${inShort(error)}`, { cause: error })
    }
    const ms = Math.round(performance.now() - began)
    this.steps.push({ name, ms })
    this.#tell(`${String(this.steps.length).padStart(2)}. ${name} ${ms} ms`)
    if (!this.#pictures.ofEveryStep) return this.#settled()
    const number = String(this.steps.length).padStart(2, '0')
    for (const size of sizes) {
      await this.page.setViewportSize(size).catch(() => undefined)
      await this.#settled()
      await this.page.screenshot({
        path: join(this.#pictures.folder, `${number}-${name}-${size.width}x${size.height}.png`),
      })
    }
    await this.page.setViewportSize(sizes[0]).catch(() => undefined)
  }

  /** What stood on the screen when something was waited for in vain. */
  async photographFailure(name: string): Promise<void> {
    await this.page.screenshot({ path: join(this.#pictures.folder, `failed-${name}.png`) }).catch(() => undefined)
  }

  /** Waits until the screen is whole: rooms loaded, papers drawn. */
  async #settled(): Promise<void> {
    await this.page.waitForTimeout(150)
    await this.page
      .waitForFunction(() => document.querySelector('[aria-busy="true"]') === null, undefined, { timeout: drawing })
      .catch(() => undefined)
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name })
  }

  async click(name: string | RegExp): Promise<void> {
    await this.button(name).click()
  }

  field(name: string): Locator {
    return this.page.getByRole('textbox', { name, exact: true })
  }

  /** Puts the caret into a field, replaces what stands there and leaves the field. */
  async type(name: string, text: string): Promise<void> {
    await this.#replace(this.field(name), text)
  }

  async #replace(field: Locator, text: string): Promise<void> {
    await field.click()
    await this.page.keyboard.press('Control+A')
    if (text === '') await this.page.keyboard.press('Delete')
    else await this.page.keyboard.insertText(text)
    await field.blur()
  }

  /** Ticks one answer of a question, by its words. */
  async choose(group: string, answer: string | RegExp): Promise<void> {
    const within = this.page.getByRole('group', { name: group, exact: true })
    const words = typeof answer === 'string' ? { name: answer, exact: true } : { name: answer }
    await within.getByRole('radio', words).or(within.getByRole('checkbox', words)).check()
  }

  async signIn(login: string, password: string): Promise<void> {
    if (this.#signedIn === login) return
    if (this.#signedIn !== null) await this.lock()
    // Filled, not clicked: a click into a page that is just coming up waits for its first frame without end.
    await this.field('账号').fill(login)
    await this.page.getByLabel('密码').fill(password)
    await this.page.getByLabel('密码').press('Enter')
    await this.page.getByRole('navigation', { name: '房间' }).waitFor()
    this.#signedIn = login
  }

  async lock(): Promise<void> {
    await this.button('锁定').click()
    await this.button('登录').waitFor()
    this.#signedIn = null
  }

  /** Goes to a room by the navigation at the left. */
  async go(room: string): Promise<void> {
    await this.page.getByRole('navigation', { name: '房间' }).getByRole('button', { name: room, exact: true }).click()
  }

  async tab(name: string): Promise<void> {
    await this.page.getByRole('tab', { name, exact: true }).click()
  }

  /** Opens a case from the list, one of its tabs at once. */
  async openCase(matter: string, tab: string): Promise<void> {
    await openCase(this.page, matter, tab)
  }

  /** Waits until words stand somewhere on the screen. */
  async see(words: string | RegExp): Promise<void> {
    await this.page.getByText(words).first().waitFor()
  }
}

/** What went wrong, and what was waited for. */
function inShort(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n')
  return [lines[0], lines.find((line) => line.includes('waiting for'))?.trim()].filter(Boolean).join(' ')
}

/** Finds a case in the list by its matter, opens it with one click when nothing else is listed, and goes to a tab. */
export async function openCase(page: Page, matter: string, tab: string): Promise<void> {
  await page.getByRole('navigation', { name: '房间' }).getByRole('button', { name: '约谈事项', exact: true }).click()
  await page.getByRole('textbox', { name: '筛选事项', exact: true }).fill(matter)
  const rows = page.getByRole('table').locator('[aria-rowindex]')
  await rows.filter({ hasNotText: matter }).first().waitFor({ state: 'detached' })
  const wanted = page.getByRole('tab', { name: tab, exact: true })
  // The list may be drawn anew between the press and the release of the button: like a person, press again.
  for (let tries = 1; ; tries += 1) {
    await rows.filter({ hasText: matter }).first().click()
    const shown = await wanted.waitFor({ timeout: 5_000 }).then(
      () => true,
      () => false,
    )
    if (shown || tries === 5) break
  }
  await wanted.click()
}

/** Text as a pattern that means just itself. */
export function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
