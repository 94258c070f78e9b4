import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundle } from '#build/bundle.ts'
import { suiteFolder } from '#test/support/folders.ts'
import { InputMethod } from '#test/support/input-method.ts'
import { runningInterview } from '#test/support/running.ts'
import { openTestWindow, shells, signIn, type TestWindow } from '#test/support/window.ts'

beforeAll(() => bundle())

/*
 * The live record in the real window, under Chromium's own composition: phrases, completion, undo, editing, finding.
 * Whatever the desk puts into the line must wait for the end of a composition and be one step of undo.
 */
describe.each(shells)('$name: the live record under an input method', ({ shell, skipped }) => {
  const { folder, remove } = suiteFolder()
  const pictures = join('out', 'e2e', 'record')
  let window: TestWindow
  let page: Page
  let ime: InputMethod

  beforeAll(async () => {
    if (skipped) return
    mkdirSync(pictures, { recursive: true })
    const archive = join(folder, 'archive')
    await runningInterview({ folder: archive, machineFolder: join(folder, 'machine'), names: ['渝某实业集团有限公司'] })
    window = await openTestWindow({ shell, base: folder, archive })
    page = await signIn(window, 'jilu')
    page.setDefaultTimeout(30_000)
    await page.getByRole('navigation', { name: '房间' }).getByRole('button', { name: '约谈现场' }).click()
    await page.getByRole('button', { name: /^进入 / }).click()
    await line().waitFor()
    ime = await InputMethod.at(page)
  })
  afterAll(async () => {
    await window?.close()
    remove()
  })

  const line = () => page.getByRole('textbox', { name: '正在输入的话' })
  const value = () => line().inputValue()
  const caret = () => line().evaluate((element) => (element as HTMLTextAreaElement).selectionStart)
  /** A word by an input method: syllables first, then the word. */
  const word = (syllables: string, text: string) => ime.compose([syllables], text)
  const press = (...keys: string[]) =>
    keys.reduce((done, key) => done.then(() => page.keyboard.press(key)), Promise.resolve())
  /** Another window takes its time on a busy machine. */
  const patient = { timeout: 20_000 }
  const lines = () => page.locator('.line-text').allInnerTexts()
  const empty = async () => {
    await line().click()
    await press('Control+A', 'Delete')
    await expect.poll(value).toBe('')
  }
  /** Whether a button of the desk stands pressed. */
  const pressed = (name: string) => page.getByRole('button', { name, exact: true }).getAttribute('aria-pressed')

  test.skipIf(skipped)(
    'a selection becomes a phrase at once, the caret stays, and its code expands under the full-width sign',
    async () => {
      await empty()
      await word('qing', '请如实陈述有关情况')
      for (let n = 0; n < 7; n += 1) await press('Shift+ArrowLeft')
      await press('F9')
      await page.getByText('已存为短语，打“1；”展开').waitFor()
      expect(
        await line().evaluate((element) => [
          (element as HTMLTextAreaElement).selectionStart,
          (element as HTMLTextAreaElement).selectionEnd,
          element.ownerDocument.activeElement === element,
        ]),
      ).toEqual([2, 9, true])
      await press('End')
      await word('dou', '，')
      await page.keyboard.type('1')
      await word(';', '；')
      await expect.poll(value).toBe('请如实陈述有关情况，实陈述有关情况')
      expect(await caret()).toBe(17)
    },
  )

  test.skipIf(skipped)('undo takes the phrase back in one step and never leaves the line', async () => {
    await press('Control+Z')
    expect(await value()).toBe('请如实陈述有关情况，1；')
    expect(await caret()).toBe(12)
    await press('Control+Z', 'Control+Z')
    expect(await value()).toBe('请如实陈述有关情况，')
    await press('Control+Y')
    expect(await value()).toBe('请如实陈述有关情况，1')
    // What another field typed is not undone from here.
    await press('Control+F')
    await page.getByRole('textbox', { name: '查找文字' }).fill('投资')
    await press('Escape')
    await press('Control+Z')
    expect(await value()).toBe('请如实陈述有关情况，')
    expect(await line().evaluate((element) => element.ownerDocument.activeElement === element)).toBe(true)
  })

  test.skipIf(skipped)(
    'names of the case are offered, Tab takes one, and no key is stolen from a composition',
    async () => {
      await empty()
      await ime.preedit('zhou')
      expect(await page.getByRole('list', { name: '可补全的词' }).count()).toBe(0)
      await ime.choose('周')
      await page.getByRole('button', { name: '补全 周某堃' }).waitFor()
      await ime.preedit('mou')
      await ime.key({ type: 'keyDown', key: 'Tab', windowsVirtualKeyCode: 229 })
      expect(await value()).toBe('周mou')
      await ime.preedit('')
      await expect.poll(value).toBe('周')
      await press('Tab')
      expect(await value()).toBe('周某堃')
      await press('Control+Z')
      expect(await value()).toBe('周')
    },
  )

  test.skipIf(skipped)('the time asked for in a composition lands after it', async () => {
    await empty()
    await word('xian', '现在是')
    await press('F4')
    await expect.poll(value).toMatch(/^现在是\d\d:\d\d$/)
    await press('Control+Z')
    expect(await value()).toBe('现在是')
  })

  test.skipIf(skipped)(
    'after a question the answer is waited for by the one asked last, and back; the key switches it off',
    async () => {
      await empty()
      await press('Alt+1', 'F2')
      await word('wen', '何时提交董事会？')
      await press('Enter')
      expect(await pressed('类别 答复')).toBe('true')
      expect(await pressed('发言人 周某堃')).toBe('true')
      await word('da', '二〇二四年三月。')
      await press('Enter')
      expect(await pressed('类别 询问')).toBe('true')
      expect(await pressed('发言人 赵某某')).toBe('true')
      await press('Alt+Q')
      await word('wen', '有无论证？')
      await press('Enter')
      expect(await pressed('类别 询问')).toBe('true')
      await press('Alt+Q')
      await expect.poll(lines).toEqual(['何时提交董事会？', '二〇二四年三月。', '有无论证？'])
    },
  )

  test.skipIf(skipped)('an exhibit leaves its sign and is counted, a commitment its 责任人 and 期限', async () => {
    await empty()
    await word('chu', '现在')
    await press('F6')
    await page.getByRole('textbox', { name: '材料名称' }).waitFor()
    await word('ping', '付款凭证')
    await press('Enter')
    await expect.poll(value).toBe('现在【出示材料：付款凭证】')
    await press('Enter')
    await expect.poll(() => page.getByTestId('count-exhibit').textContent()).toBe('1')
    await press('Alt+2', 'F8')
    await page.getByRole('textbox', { name: '责任人' }).waitFor()
    await page.getByLabel('完成期限').fill('2026-12-31')
    await page.getByRole('button', { name: '记下' }).click()
    await line().click()
    await word('cheng', '年底前完成追索')
    await press('Enter')
    await expect.poll(async () => (await lines()).at(-1)).toBe('年底前完成追索周某堃 2026年12月31日前')
    await expect.poll(() => page.getByTestId('count-commitment').textContent()).toBe('1')
  })

  test.skipIf(skipped)(
    'an earlier line is edited in a composition; Esc comes back to the caret, its undo too; every wording is kept',
    async () => {
      await empty()
      await word('yi', '已经')
      await word('bao', '报告')
      await press('ArrowLeft', 'ArrowLeft')
      await page.getByRole('article').filter({ hasText: '二〇二四年三月' }).dblclick()
      await line().click()
      await press('Control+A')
      await ime.preedit('er')
      await ime.choose('二〇二四年四月。')
      expect(await value()).toBe('二〇二四年四月。')
      await press('Escape')
      expect([await value(), await caret()]).toEqual(['已经报告', 2])
      await press('Control+Z')
      expect(await value()).toBe('已经')
      await press('Control+Y')
      // The same without a hand on the mouse: up to the line, and Enter.
      await page.getByRole('region', { name: '约谈记录' }).focus()
      const cursor = page.locator('.line-cursor')
      for (let n = 0; n < 10 && !(await cursor.filter({ hasText: '二〇二四年三月' }).count()); n += 1)
        await press('ArrowUp')
      await press('Enter')
      await expect.poll(value).toBe('二〇二四年三月。')
      await press('Control+A')
      await word('er', '二〇二四年四月。')
      await press('Enter')
      await expect.poll(value).toBe('已经报告')
      await page.getByRole('button', { name: '查看第2句的历次文字' }).click()
      const versions = page.getByRole('complementary', { name: '历次文字' })
      await versions.getByText('二〇二四年三月。').waitFor()
      expect(await versions.locator('b').allInnerTexts()).toEqual(['第1次修改', '原记'])
      await press('Escape')
    },
  )

  test.skipIf(skipped)('F5 marks the line 待核 and takes the mark off; the filter shows what is marked', async () => {
    await empty()
    const mark = () => page.getByRole('button', { name: '本句待核' }).getAttribute('aria-pressed')
    await page.getByRole('button', { name: '类别 陈述', exact: true }).click()
    await word('jin', '金额约三千万元')
    await press('F5')
    await expect.poll(mark).toBe('true')
    await press('F5')
    await expect.poll(mark).toBe('false')
    await press('F5', 'Enter')
    await expect.poll(async () => (await lines()).at(-1)).toBe('金额约三千万元？待核')
    // The mark is the sentence's: the next one begins without it.
    await expect.poll(mark).toBe('false')
    await press('Control+F')
    await page.getByRole('search').getByRole('checkbox', { name: '待核' }).check()
    await expect.poll(lines).toEqual(['金额约三千万元？待核'])
    await press('Escape')
  })

  test.skipIf(skipped)('finding goes from hit to hit, filters by 类别, and leaves the record as it was', async () => {
    await empty()
    await press('Control+F')
    await page.getByRole('textbox', { name: '查找文字' }).fill('董事会')
    await expect.poll(() => page.locator('.find-count').textContent()).toBe('1/1')
    expect(await page.locator('mark').allInnerTexts()).toEqual(['董事会'])
    await page.getByRole('textbox', { name: '查找文字' }).fill('')
    await page.getByLabel('筛选类别').selectOption({ label: '承诺' })
    await expect.poll(async () => (await lines()).length).toBe(1)
    await page.getByRole('search').getByRole('button', { name: '关闭' }).click()
    await expect.poll(async () => (await lines()).length).toBe(6)
  })

  test.skipIf(skipped)('an off-record pause and what was kept stand in the record with its reason', async () => {
    await press('F7')
    await page.getByRole('textbox', { name: '暂停事由' }).waitFor()
    await word('nei', '内部会商')
    await press('Enter')
    await expect.poll(async () => (await lines()).at(-1)).toBe('【记录外暂停：内部会商】')
    await press('F7')
    await expect.poll(async () => (await lines()).at(-1)).toBe('【恢复记录】')
    await page.screenshot({ path: join(pictures, `${shell}-desk.png`) })
  })

  test.skipIf(skipped)(
    'a reader further up is never moved by what is written; a key brings the newest line back',
    async () => {
      await empty()
      for (let n = 0; n < 5; n += 1) {
        await page.keyboard.insertText(`第${n + 1}段：${'逐项说明决策程序、资金来源和处置意见。'.repeat(16)}`)
        await press('Enter')
        await expect.poll(value).toBe('')
      }
      const view = page.getByRole('region', { name: '约谈记录' })
      const scrolled = () => view.evaluate((element) => Math.round(element.scrollTop))
      const toEnd = () =>
        view.evaluate((element) => Math.round(element.scrollHeight - element.scrollTop - element.clientHeight))
      await expect.poll(toEnd).toBeLessThan(24)
      await view.hover()
      await page.mouse.wheel(0, -400)
      await expect.poll(toEnd).toBeGreaterThan(200)
      const place = await scrolled()
      await line().click()
      for (const text of ['新的一句', '又一句']) {
        await word('xin', text)
        await press('Enter')
        await expect.poll(value).toBe('')
      }
      const newer = page.getByRole('button', { name: /^回到最新（2）/ })
      await newer.waitFor()
      expect(await scrolled()).toBe(place)
      await press('Control+End')
      await expect.poll(async () => (await lines()).at(-1)).toBe('又一句')
      await expect.poll(toEnd).toBeLessThan(24)
      expect(await newer.count()).toBe(0)
    },
  )

  test.skipIf(skipped)('nothing in the window may learn or propose what is typed', async () => {
    const open = await page.locator('textarea, input:not([type=checkbox], [type=radio])').evaluateAll((all) =>
      all
        .filter((one) =>
          Object.entries({
            autocomplete: 'off',
            autocorrect: 'off',
            autocapitalize: 'off',
            spellcheck: 'false',
            writingsuggestions: 'false',
          }).some(([name, off]) => one.getAttribute(name) !== off),
        )
        .map((one) => one.outerHTML),
    )
    expect(open).toEqual([])
    expect(await page.locator('textarea').count()).toBeGreaterThan(0)
  })

  test.skipIf(skipped)(
    '旁屏 by its key: it follows, holds while the record goes on, and is gone with the key',
    async () => {
      await empty()
      await press('Alt+P')
      const side = await window.page('side')
      const shown = () => side.getByRole('list', { name: '约谈记录' }).getByRole('listitem').allInnerTexts()
      await expect.poll(async () => (await shown()).join(), patient).toContain('年底前完成追索')
      await press('Alt+H')
      await page.getByRole('button', { name: '跟随' }).waitFor()
      await line().click()
      await word('hou', '旁屏停留时的一句')
      await press('Enter')
      await expect.poll(async () => (await lines()).at(-1), patient).toBe('旁屏停留时的一句')
      await side.getByText('停留').waitFor()
      expect((await shown()).join()).not.toContain('旁屏停留时的一句')
      await press('Alt+H')
      await expect.poll(async () => (await shown()).join(), patient).toContain('旁屏停留时的一句')
      await side.screenshot({ path: join(pictures, `${shell}-side.png`) })
      await press('Alt+P')
      await expect.poll(() => side.isClosed(), patient).toBe(true)
      // Closed at its corner, the desk offers it again.
      await press('Alt+P')
      const again = await window.page('side')
      await again.getByRole('list', { name: '约谈记录' }).waitFor()
      await page.getByRole('button', { name: '关旁屏' }).waitFor()
      await again.close()
      await page.getByRole('button', { name: /^旁屏/ }).waitFor()
    },
  )
})
