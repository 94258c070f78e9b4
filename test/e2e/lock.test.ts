import { execFileSync } from 'node:child_process'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundle } from '#build/bundle.ts'
import { type Stage, stageInterview } from '#build/stage.ts'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import { suiteFolder } from '#test/support/folders.ts'
import { corePid, durable, lineAt, liveLine, sitDown } from '#test/support/live.ts'
import { foundTrial } from '#test/support/office.ts'
import { openTestWindow, shells, type TestWindow } from '#test/support/window.ts'

beforeAll(() => bundle())

/** Neither a lock nor an expired session eats text, whatever the disk does (DESIGN §3; ANCHORS A8, feature 1). */
describe.each(shells)('$name: the live record under lock and key', ({ shell, skipped }) => {
  const { folder, remove } = suiteFolder()
  let stage: Stage
  let window: TestWindow
  let page: Page

  beforeAll(async () => {
    if (skipped) return
    // The shortest time the policy allows.
    stage = await stageInterview({ base: folder, idleSeconds: 60, found: foundTrial })
    window = await openTestWindow({ shell, base: folder, archive: stage.archive })
    page = await sitDown(window, stage)
  })
  afterAll(async () => {
    await window?.close()
    remove()
  })

  const type = (text: string) => page.keyboard.insertText(text)
  /** Waits for the sign-in, also for the longest the policy lets it take. */
  const atDoor = async () => {
    const door = await window.page('signin').catch(() => window.page('signin'))
    await door.getByRole('button', { name: '登录', exact: true }).waitFor()
  }
  /** Seconds on the interview's clock. */
  const elapsed = async () => {
    const shown = (await page.getByRole('timer').textContent())?.match(/(\d\d):(\d\d):(\d\d)/)
    return Number(shown?.[1]) * 3600 + Number(shown?.[2]) * 60 + Number(shown?.[3])
  }
  /** Lets the core write nothing at all, or everything again. */
  const limitDisk = (limit: '0' | 'unlimited') =>
    execFileSync('prlimit', ['--pid', String(corePid()), `--fsize=${limit}:unlimited`])
  const startOver = async () => {
    await liveLine(page).press('Control+A')
    await liveLine(page).press('Delete')
  }

  test.skipIf(skipped)('a lock in mid-sentence: the same caret, speaker and kind; the clock went on', async () => {
    await page.keyboard.press('Alt+2')
    await page.keyboard.press('F3')
    await type('该项投资由董事会审议通过')
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowLeft')
    const before = await elapsed()
    const began = Date.now()
    await page.keyboard.press('Control+L')
    await atDoor()
    expect((await page.isClosed()) || !(await page.content()).includes('董事会')).toBe(true)
    page = await sitDown(window, stage)
    expect(await lineAt(page)).toEqual({ text: '该项投资由董事会审议通过', caret: 8 })
    await expect.poll(() => page.getByRole('button', { name: '类别 答复' }).getAttribute('aria-pressed')).toBe('true')
    expect(await page.locator('.line-head-speaker').textContent()).toContain('李某某')
    expect(await elapsed()).toBeGreaterThanOrEqual(before + Math.floor((Date.now() - began) / 1000) - 1)
    await startOver()
  })

  // The time is the core's: it is waited for once, in the shell that is shipped.
  const once = shell === 'electron' ? test.skipIf(skipped) : () => undefined
  once('a session that expires by the policy: the line as it stood', async () => {
    await type('请说明资金来源')
    await atDoor()
    page = await sitDown(window, stage)
    expect(await lineAt(page)).toEqual({ text: '请说明资金来源', caret: 7 })
    await startOver()
  })

  test.skipIf(skipped)(
    'a lock while the disk refuses: the screen hides, the password brings the text back',
    async () => {
      await type('只在内存中的一句')
      await durable(page).waitFor()
      limitDisk('0')
      try {
        await type('还有后半句')
        await page.getByText('仅在内存中').waitFor()
        await page.keyboard.press('Control+L')
        await page.getByRole('heading', { name: '屏幕已锁定，文字仍在内存中' }).waitFor()
        expect(await page.content()).not.toContain('后半句')
        const password = page.getByRole('textbox', { name: '郝某某 的密码' })
        await password.fill('错误的口令')
        await page.getByRole('button', { name: '继续记录' }).click()
        await page.getByText('账号或密码不对。').waitFor()
        expect(await liveLine(page).count()).toBe(0)
        await password.fill(trialPassword)
        await password.press('Enter')
        await liveLine(page).waitFor()
        expect(await lineAt(page)).toEqual({ text: '只在内存中的一句还有后半句', caret: 13 })
        await type('，又一句')
      } finally {
        limitDisk('unlimited')
      }
      await durable(page).waitFor()
      await page.keyboard.press('Control+L')
      await atDoor()
      page = await sitDown(window, stage)
      expect(await lineAt(page)).toEqual({ text: '只在内存中的一句还有后半句，又一句', caret: 17 })
      await startOver()
    },
  )

  test.skipIf(skipped)('a hidden screen locks by itself as soon as the disk takes what memory held', async () => {
    limitDisk('0')
    try {
      await type('第一句')
      await page.keyboard.press('Enter')
      await type('第二')
      await page.getByText('仅在内存中').waitFor()
      await page.keyboard.press('Control+L')
      await page.getByRole('heading', { name: '屏幕已锁定，文字仍在内存中' }).waitFor()
    } finally {
      limitDisk('unlimited')
    }
    await atDoor()
    page = await sitDown(window, stage)
    expect(await lineAt(page)).toEqual({ text: '第二', caret: 2 })
    await page.locator('.line-text', { hasText: '第一句' }).waitFor()
    await durable(page).waitFor()
    expect(await page.locator('.line-text').allInnerTexts()).toEqual(['第一句'])
  })
})
