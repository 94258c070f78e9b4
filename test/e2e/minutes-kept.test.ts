import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundle } from '#build/bundle.ts'
import { openCase } from '#build/demo/driver.ts'
import { suiteFolder } from '#test/support/folders.ts'
import { InputMethod } from '#test/support/input-method.ts'
import { corePid } from '#test/support/live.ts'
import {
  beside,
  carry,
  type MinutesStage,
  openMinutes,
  openText,
  paragraphOf,
  rewriteBeside,
  sentenceWith,
  shape,
  stageMinutes,
  storedMinutes,
  storedPlace,
  textAt,
} from '#test/support/minutes.ts'
import { openTestWindow, shells, type TestWindow } from '#test/support/window.ts'

/** Longest a committed character may be only in memory, in ms; what is older must be found again after anything. */
const lossMs = 1_000

beforeAll(() => bundle())

/** The minutes' own texts under an input method, a lock, an expired session and a killed core. */
describe.each(shells)('$name: what is written in the minutes is kept', ({ shell, skipped }) => {
  /** What does not hang on the shell is seen in the lighter one. */
  const once = shell === 'preview' ? test : () => undefined
  /** What the preview shows in a test of its own is seen once more in Electron. */
  const again = shell === 'electron' ? test.skipIf(skipped) : () => undefined
  const { folder, remove } = suiteFolder()
  let stage: MinutesStage
  let window: TestWindow
  let page: Page
  let ime: InputMethod

  const seat = async () => {
    page = await openMinutes(window, stage)
    ime = await InputMethod.at(page)
  }
  beforeAll(async () => {
    if (skipped) return
    // The shortest time the policy allows.
    stage = await stageMinutes({ base: folder, idleSeconds: 60 })
    window = await openTestWindow({ shell, base: folder, archive: stage.archive })
    await seat()
  })
  afterAll(async () => {
    await window?.close()
    remove()
  })

  const minutes = () => storedMinutes(page, stage)
  /** The stored sentences that hold some words. */
  const stored = async (words: string) =>
    (await minutes()).sentences.filter((one) => one.text.includes(words)).map((one) => one.text)
  const atDoor = async () => {
    const door = await window.page('signin').catch(() => window.page('signin'))
    await door.getByRole('button', { name: '登录', exact: true }).waitFor()
  }
  const openAtEnd = async (words: string) => {
    await sentenceWith(page, words).click()
    await page.keyboard.press('Control+End')
  }

  test.skipIf(skipped)(
    'autosave in mid-composition takes what was chosen, never a syllable, and moves nothing',
    async () => {
      await openAtEnd('立即停止新增投资')
      await ime.compose(['x', 'xianqi'], '限期')
      await expect.poll(() => stored('新增投资')).toEqual(['立即停止新增投资。限期'])
      await ime.preedit('zheng')
      await page.waitForTimeout(lossMs + 500)
      expect(await stored('新增投资')).toEqual(['立即停止新增投资。限期'])
      expect(await textAt(page)).toEqual({ text: '立即停止新增投资。限期zheng', caret: 16 })
      await ime.choose('整改')
      await expect.poll(() => stored('新增投资')).toEqual(['立即停止新增投资。限期整改'])
      expect(await textAt(page)).toEqual({ text: '立即停止新增投资。限期整改', caret: 13 })
    },
  )

  again('the mouse carries a sentence into another section, and undo brings it back', async () => {
    await page.keyboard.press('Escape')
    const places = async () => shape((await minutes()).sentences)
    const before = await places()
    await carry(page, sentenceWith(page, '未开展可行性论证'), paragraphOf(page, '对相关责任人'), 'above')
    const [, second = ''] = /二：(.*) 三：/.exec(before) ?? []
    await expect
      .poll(places)
      .toBe(
        before
          .replace('未开展可行性论证。', '')
          .replace(second, second.replace('/对相关', '/未开展可行性论证。/对相关')),
      )
    await page.keyboard.press('Control+Z')
    await expect.poll(places).toBe(before)
  })

  test.skipIf(skipped)('a field of the template under an input method: none lost, none doubled', async () => {
    await page.getByRole('button', { name: '约谈要求 修改' }).click()
    await page.keyboard.press('Control+A')
    let text = ''
    for (let round = 0; round < 60; round += 1) {
      await ime.compose(['n', 'ni', 'nih'], '请于十日内报送')
      text += '请于十日内报送'
      if (round % 12 === 0) {
        await ime.compose([','], '，')
        text += '，'
      }
    }
    expect((await textAt(page)).text).toBe(text)
    await expect.poll(async () => (await minutes()).fields.requirement).toBe(text)
    // A key an input method swallowed closes nothing and moves nothing.
    await ime.preedit('wancheng')
    for (const [key, windowsVirtualKeyCode] of [
      ['Escape', 229],
      ['Enter', 229],
      ['z', 229],
    ] as const)
      await ime.key({ type: 'rawKeyDown', key, windowsVirtualKeyCode, modifiers: 2 })
    expect((await textAt(page)).text).toBe(`${text}wancheng`)
    await ime.choose('完成。')
    await expect.poll(async () => (await minutes()).fields.requirement).toBe(`${text}完成。`)
    await page.keyboard.press('Escape')
    expect(await openText(page).count()).toBe(0)
  })

  once('another account saves in mid-composition: the composition stands, then both are brought together', async () => {
    await openAtEnd('对相关责任人')
    await ime.compose(['x'], '并')
    await expect.poll(() => stored('对相关责任人')).toEqual(['对相关责任人追责问责。并'])
    await ime.preedit('shumian')
    await rewriteBeside(stage, 'chengban', ({ fields, sentences }) => ({
      fields,
      sentences: sentences.map((one) =>
        one.text.startsWith('对相关责任人') ? { ...one, text: '对有关人员追责。' } : { ...one, joined: false },
      ),
    }))
    // Something of this screen asks the archive again, as after any act.
    await page.evaluate(() => globalThis.dispatchEvent(new Event('focus')))
    expect(await textAt(page)).toEqual({ text: '对相关责任人追责问责。并shumian', caret: 19 })
    await ime.choose('书面')
    const banner = () => page.getByRole('alert').filter({ hasText: '尚未合并' })
    await banner().waitFor()
    expect(await textAt(page)).toEqual({ text: '对相关责任人追责问责。并书面', caret: 14 })
    await ime.compose(['baogao'], '报告。')
    await page.getByText('有冲突待核对').waitFor()
    expect(await stored('追责')).toContain('对有关人员追责。')

    // Locked before it was decided: the wording waits beside the minutes and is asked about again.
    await page.keyboard.press('Control+L')
    await atDoor()
    await seat()
    await banner().waitFor()
    expect(await textAt(page)).toEqual({ text: '对相关责任人追责问责。并书面报告。', caret: 17 })
    await banner().getByRole('button', { name: '逐项核对' }).click()
    const dialog = page.getByRole('dialog', { name: '他人已先保存，请逐项核对' })
    await dialog.getByRole('radio', { name: /用本页的/ }).check()
    await dialog.getByRole('button', { name: '按所选合并' }).click()
    await expect.poll(() => stored('追责')).toEqual(['对相关责任人追责问责。并书面报告。'])
  })

  test.skipIf(skipped)('a lock in mid-composition: what was chosen is there, once, at the same caret', async () => {
    await openAtEnd('资金由集团本部统筹')
    await ime.compose(['x'], '并接受审计')
    for (let step = 0; step < 2; step += 1) await page.keyboard.press('ArrowLeft')
    await ime.preedit('zhuanxiang')
    await page.getByRole('button', { name: /^锁定/ }).click()
    await atDoor()
    await seat()
    await openText(page).waitFor()
    const { text, caret } = await textAt(page)
    // A click may end the composition: the syllables stand or they do not, the words around them stand once.
    const head = '周某某（总经理）答复：资金由集团本部统筹。并接受'
    const place = text.includes('zhuanxiang') ? `${head}zhuanxiang` : head
    expect({ text, caret }).toEqual({ text: `${place}审计`, caret: place.length })
    expect(await stored('资金由集团')).toEqual([text])
    // Closed by its own key, the place is given up: whoever opens the minutes again is not put back into it.
    await page.keyboard.press('Escape')
    await expect.poll(() => storedPlace(page, stage), { timeout: 10_000 }).toBeNull()
  })

  once(
    'a 批注 half typed, and the answer to another: there again after a lock, and gone once they are sent',
    async () => {
      await beside(stage, 'fenguan', (desk) =>
        desk.call('minutes.comment', {
          caseId: stage.caseId,
          minutesId: stage.minutesId,
          sentenceId: null,
          text: '请写明时间。',
        }),
      )
      await openCase(page, stage.matter, '纪要')
      // From a text that is open, as from a sentence the keys stand on.
      await sentenceWith(page, '立即停止新增投资').click()
      await openText(page).waitFor()
      await page.keyboard.press('F8')
      const comment = () => page.getByRole('textbox', { name: '写批注' })
      const answer = () => page.getByRole('textbox', { name: '答复', exact: true })
      // Nobody types before the caret stands there; a composition begun in the sentence would end with the focus.
      await expect
        .poll(() => comment().evaluate((field) => field === document.activeElement), { timeout: 30_000 })
        .toBe(true)
      await ime.compose(['x'], '范围再核')
      await expect.poll(() => comment().inputValue(), { timeout: 30_000 }).toBe('范围再核')
      await page.getByRole('button', { name: '答复', exact: true }).click()
      await answer().waitFor()
      await page.keyboard.insertText('时间见材料')
      await page.keyboard.press('Control+L')
      await atDoor()
      await seat()
      await comment().waitFor()
      expect(await comment().inputValue()).toBe('范围再核')
      expect(await answer().inputValue()).toBe('时间见材料')
      await page.getByRole('button', { name: '提交答复' }).click()
      await answer().waitFor({ state: 'detached' })
      await page.getByRole('button', { name: '提交批注' }).click()
      await page.locator('.comment').filter({ hasText: '范围再核' }).waitFor()
      expect(await comment().inputValue()).toBe('')
    },
  )

  once('a session that expires: the text and its caret as they stood', async () => {
    await openAtEnd('年底前完成整改')
    await ime.compose(['x'], '不得拖延')
    await page.keyboard.press('ArrowLeft')
    const before = await textAt(page)
    await atDoor()
    await seat()
    await openText(page).waitFor()
    expect(await textAt(page)).toEqual(before)
    expect(await stored('不得拖延')).toEqual([before.text])
    await page.keyboard.press('Escape')
  })

  once(
    'kill -9 of the core while somebody types: nothing older than a second is lost, and the caret is found',
    async () => {
      await openAtEnd('立即停止新增投资')
      const began: { at: number; text: string }[] = []
      for (let word = 0; word < 12; word += 1) {
        await ime.compose(['x', 'xi'], `第${word}项`)
        began.push({ at: Date.now(), text: (await textAt(page)).text })
        await page.waitForTimeout(150)
      }
      await ime.preedit('weixuan')
      const killed = Date.now()
      process.kill(corePid(), 'SIGKILL')
      await window.close()
      window = await openTestWindow({ shell, base: folder, archive: stage.archive })
      await seat()
      await openText(page).waitFor()
      const { text, caret } = await textAt(page)
      const safe = began.findLast(({ at }) => at < killed - lossMs)?.text ?? ''
      expect(safe).not.toBe('')
      expect(text.startsWith(safe)).toBe(true)
      // Nothing but what was typed, and nothing twice.
      expect(began.at(-1)?.text.startsWith(text)).toBe(true)
      expect(caret).toBe(text.length)
      expect(await stored('立即停止新增投资')).toEqual([text])
    },
  )
})
