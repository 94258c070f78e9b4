import { execFileSync } from 'node:child_process'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundle } from '#build/bundle.ts'
import { type Stage, stageInterview } from '#build/stage.ts'
import { suiteFolder } from '#test/support/folders.ts'
import { corePid, durable, lineAt, liveLine, sitDown } from '#test/support/live.ts'
import { foundTrial } from '#test/support/office.ts'
import { openTestWindow, shells, type TestWindow } from '#test/support/window.ts'

beforeAll(() => bundle())

/** Whoever closes the window while text is only in memory is asked, and the window stays until the text has landed. */
describe.each(shells)('$name: closing the window over text in memory', ({ shell, skipped }) => {
  const { folder, remove } = suiteFolder()
  let stage: Stage
  let window: TestWindow
  let page: Page

  beforeAll(async () => {
    if (skipped) return
    stage = await stageInterview({ base: folder, found: foundTrial })
    await open()
  })
  afterAll(async () => {
    await window?.close()
    remove()
  })

  const open = async () => {
    window = await openTestWindow({ shell, base: folder, archive: stage.archive })
    page = await sitDown(window, stage)
  }
  const limitDisk = (limit: '0' | 'unlimited') =>
    execFileSync('prlimit', ['--pid', String(corePid()), `--fsize=${limit}:unlimited`])
  const question = () => page.getByRole('dialog', { name: '还有文字只在内存中，现在关闭会丢失' })

  test.skipIf(skipped)(
    'it asks and stays; once the disk takes the text, it closes by itself with everything',
    async () => {
      await page.keyboard.insertText('已落盘的半句')
      await durable(page).waitFor()
      limitDisk('0')
      await page.keyboard.insertText('，只在内存的半句')
      await page.getByText('仅在内存中').waitFor()
      await window.pressClose()
      await question().waitFor()
      // Longer than the wait after which it was closed before; the key under the finger stays in the window.
      await page.waitForTimeout(4_000)
      expect(page.isClosed()).toBe(false)
      await page.keyboard.press('Enter')
      await question().waitFor({ state: 'detached' })
      await liveLine(page).click()
      await page.keyboard.press('End')
      await page.keyboard.insertText('，又半句')
      await window.pressClose()
      await question().waitFor()
      limitDisk('unlimited')
      await window.ended
      await open()
      expect((await lineAt(page)).text).toBe('已落盘的半句，只在内存的半句，又半句')
    },
  )

  test.skipIf(skipped)('given up in so many words, it closes at once and only what had landed comes back', async () => {
    await liveLine(page).press('Control+A')
    await page.keyboard.insertText('甲')
    await durable(page).waitFor()
    limitDisk('0')
    await liveLine(page).press('End')
    await page.keyboard.insertText('乙')
    await page.getByText('仅在内存中').waitFor()
    await window.pressClose()
    // The window is gone before the click is answered.
    const pressed = question()
      .getByRole('button', { name: '放弃未落盘的文字并关闭' })
      .click()
      .catch(() => undefined)
    await window.ended
    await pressed
    await open()
    expect((await lineAt(page)).text).toBe('甲')
  })

  test.skipIf(skipped)('with everything on the disk it closes without a question', async () => {
    await liveLine(page).press('End')
    await page.keyboard.insertText('丙')
    await window.pressClose()
    await window.ended
    await open()
    expect((await lineAt(page)).text).toBe('甲丙')
  })
})
