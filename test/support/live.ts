import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { descendants } from '#build/soak/processes.ts'
import type { Stage } from '#build/stage.ts'
import { signIn, type TestWindow } from './window.ts'

/** The live line of the record, whichever shell shows it. */
export const liveLine = (page: Page): Locator => page.getByRole('textbox', { name: '正在输入的话', exact: true })

/** Text and caret as they stand in the live line. */
export function lineAt(page: Page): Promise<{ text: string; caret: number }> {
  return liveLine(page).evaluate((element) => {
    const { value, selectionStart } = element as HTMLTextAreaElement
    return { text: value, caret: selectionStart }
  })
}

/** Signs the minute-taker in and takes the seat at the live record; answers the page it is on. */
export async function sitDown(window: TestWindow, stage: Stage): Promise<Page> {
  const page = await signIn(window, 'jilu')
  await page.getByRole('navigation', { name: '房间' }).getByRole('button', { name: '约谈现场', exact: true }).click()
  await page.getByRole('button', { name: `进入 ${stage.matter}`, exact: true }).click()
  await liveLine(page).waitFor()
  await liveLine(page).focus()
  return page
}

/** The disk light, green: what was typed is durable. */
export const durable = (page: Page): Locator => page.locator('.disk[data-state=durable]')

/** Process of the core behind the window. */
export function corePid(): number {
  const core = descendants().find(({ command }) => command.includes(join('dist', 'electron', 'core.js')))
  if (!core) throw new Error('the core does not run')
  return core.pid
}
