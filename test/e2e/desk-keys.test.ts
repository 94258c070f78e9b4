import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundle } from '#build/bundle.ts'
import { suiteFolder } from '#test/support/folders.ts'
import { lineAt, liveLine } from '#test/support/live.ts'
import { runningInterview } from '#test/support/running.ts'
import { openTestWindow, shells, signIn, type TestWindow } from '#test/support/window.ts'

beforeAll(() => bundle())

/** Every key of the live record is the account's own: changed, refused, printed, pressed (UX 5). */
describe.each(shells)('$name: keys of the live record', ({ shell, skipped }) => {
  const { folder, remove } = suiteFolder()
  const archive = join(folder, 'archive')
  let window: TestWindow
  let page: Page

  beforeAll(async () => {
    if (skipped) return
    mkdirSync(join('out', 'e2e', 'desk-keys'), { recursive: true })
    const machineFolder = join(folder, 'machine')
    await runningInterview({ folder: archive, machineFolder, names: ['渝某实业集团有限公司'], people: 10 })
    window = await openTestWindow({ shell, base: folder, archive })
    page = await signIn(window, 'jilu')
    page.setDefaultTimeout(30_000)
    await room()
  })
  afterAll(async () => {
    await window?.close()
    remove()
  })

  const room = () =>
    page.getByRole('navigation', { name: '房间' }).getByRole('button', { name: '约谈现场', exact: true }).click()
  /** The row of an act in the table of keys. */
  const row = (act: string) =>
    page.getByRole('row').filter({ has: page.getByRole('button', { name: `改键 ${act}`, exact: true }) })
  /** Asks for another key and presses it. */
  const give = async (act: string, key: string) => {
    await page.getByRole('button', { name: `改键 ${act}`, exact: true }).click()
    await page.keyboard.press(key)
  }
  const speaker = () => page.locator('.line-head-speaker').textContent()
  const lines = () => page.locator('.line-text').allInnerTexts()

  test.skipIf(skipped)('a conflict is refused in words at its row; a fixed key says for what and why', async () => {
    await page.getByRole('button', { name: '短语、提纲模板、按键' }).click()
    await page.getByRole('tab', { name: '按键' }).click()
    await give('发言人 2', 'Alt+1')
    expect(await row('发言人 2').getByRole('alert').textContent()).toBe('此键已用于“发言人 1”，请先改那一个')
    expect(await row('发言人 2').locator('kbd, em').textContent()).toBe('请按新的键，Esc 取消')
    await page.keyboard.press('Enter')
    await expect.poll(() => row('发言人 2').getByRole('alert').textContent()).toContain('此键固定用于“成句”')
    await page.keyboard.press('Control+l')
    await expect.poll(() => row('发言人 2').getByRole('alert').textContent()).toContain('此键固定用于“锁定”')
    await page.keyboard.press('Escape')
    expect(await row('发言人 2').locator('kbd').textContent()).toBe('Alt+2')
    const fixed = page.getByRole('row').filter({ hasText: '固定：' })
    expect(await fixed.locator('kbd').allTextContents()).toEqual(
      expect.arrayContaining(['Enter', 'Shift+Enter', '代码；', 'Esc', 'Ctrl+L']),
    )
  })

  test.skipIf(skipped)(
    'speaker, completion and the line before take other keys, and the card prints them',
    async () => {
      for (const [act, key, shown] of [
        ['发言人 2', 'F10', 'F10'],
        ['取所提示的词', 'Control+j', 'Ctrl+J'],
        ['空行时修改上一句', 'Alt+ArrowUp', 'Alt+↑'],
      ] as const) {
        await give(act, key)
        await expect.poll(() => row(act).locator('kbd').textContent()).toBe(shown)
      }
      await page.screenshot({ path: join('out', 'e2e', 'desk-keys', `${shell}-keys.png`) })
      await page.getByRole('textbox', { name: '按键卡保存到文件夹' }).fill(folder)
      await page.getByRole('button', { name: '制按键卡' }).click()
      await page.getByText('按键卡已保存').waitFor()
      const card = join(folder, '约谈记录按键卡.pdf')
      expect(existsSync(card)).toBe(true)
      const words = execFileSync('pdftotext', ['-layout', card, '-'], { encoding: 'utf8' })
      expect(words).toMatch(/F10\s+发言人 2/)
      expect(words).toMatch(/Ctrl\+J\s+取所提示的词/)
      expect(words).toMatch(/Alt\+9\s+发言人 9/)
      expect(words).toMatch(/Ctrl\+Alt\+1—9\s+对象：第 1—9 家企业/)
      expect(words).toMatch(/Enter\s+成句＊/)
      expect(words).toMatch(/＊ 各账号相同：Enter，/)
      expect(words).not.toMatch(/Alt\+2\s/)
    },
  )

  test.skipIf(skipped)(
    'Alt+K: reason, discipline and secrecy reminder first, once; what was being typed stays',
    async () => {
      await room()
      await page.getByRole('button', { name: /^进入 / }).click()
      await liveLine(page).waitFor()
      await page.keyboard.insertText('先说一点')
      await page.keyboard.press('Alt+K')
      await expect.poll(() => page.locator('.line[data-confirmed=true]').count()).toBe(3)
      const said = await lines()
      expect(said[0]).toContain('渝某实业集团有限公司')
      expect(said.join('')).toMatch(/约谈纪律/)
      expect(said.join('')).toMatch(/保密规定/)
      expect(said.join('')).not.toMatch(/[{}]/)
      expect(await lineAt(page)).toEqual({ text: '先说一点', caret: 4 })
      await page.keyboard.press('Alt+K')
      await page.getByText('记录中已有发言，开场语只在开头插入。').waitFor()
      expect(await lines()).toEqual(said)
      // The reminder has been read: the end no longer asks for it. The key of the end is the one that is shown.
      await page.keyboard.press('Alt+Shift+E')
      await page.getByText('结束约谈前请核对').waitFor()
      expect(await page.getByText('保密提醒已宣读').count()).toBe(0)
      await page.keyboard.press('Alt+Shift+E')
      await page.keyboard.press('Control+A')
      await page.keyboard.press('Delete')
    },
  )

  test.skipIf(skipped)('the desk shows and obeys the changed keys, and no longer the old ones', async () => {
    await page.getByRole('button', { name: '发言人 周某堃' }).getByText('F10').waitFor()
    const first = await speaker()
    await page.keyboard.press('Alt+2')
    expect(await speaker()).toBe(first)
    await page.keyboard.press('F10')
    await expect.poll(speaker).toContain('周某堃')
    await page.keyboard.insertText('周')
    await page.getByRole('button', { name: '补全 周某堃' }).getByText('Ctrl+J').waitFor()
    await page.keyboard.press('Control+j')
    expect(await lineAt(page)).toEqual({ text: '周某堃', caret: 3 })
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await lines()).at(-1)).toBe('周某堃')
    await page.keyboard.press('ArrowUp')
    expect((await lineAt(page)).text).toBe('')
    await page.keyboard.press('Alt+ArrowUp')
    await expect.poll(() => lineAt(page)).toEqual({ text: '周某堃', caret: 3 })
    await page.keyboard.press('Control+A')
    await page.keyboard.insertText('')
    await page.keyboard.press('Escape')
    await expect.poll(() => lineAt(page)).toEqual({ text: '', caret: 0 })
  })

  test.skipIf(skipped)('beyond nine the picker takes a number or a name, and Esc goes back to the caret', async () => {
    await liveLine(page).click()
    await page.keyboard.insertText('关于担保')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Alt+0')
    const find = page.getByRole('textbox', { name: '姓名、职务或发言键号' })
    await find.waitFor()
    await page.keyboard.type('11')
    await page.keyboard.press('Enter')
    await expect.poll(speaker).toContain('企业1第10人')
    expect(await lineAt(page)).toEqual({ text: '关于担保', caret: 3 })
    expect(await liveLine(page).evaluate((element) => element.ownerDocument.activeElement === element)).toBe(true)
    await page.keyboard.press('Alt+0')
    await find.waitFor()
    await page.keyboard.insertText('第9人')
    await page.keyboard.press('Enter')
    await expect.poll(speaker).toContain('企业1第9人')
    await page.keyboard.press('Alt+0')
    await find.waitFor()
    await page.keyboard.press('Escape')
    expect(await speaker()).toContain('企业1第9人')
    expect(await lineAt(page)).toEqual({ text: '关于担保', caret: 3 })
    await page.keyboard.press('Control+A')
    await page.keyboard.press('Delete')
  })
})
