import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundle } from '#build/bundle.ts'
import { openCase } from '#build/demo/driver.ts'
import { suiteFolder } from '#test/support/folders.ts'
import {
  beside,
  carry,
  type MinutesStage,
  openMinutes,
  paragraphOf,
  rewriteBeside,
  sentenceWith,
  shape,
  stageMinutes,
  storedMinutes,
  textAt,
} from '#test/support/minutes.ts'
import { secret } from '#test/support/office.ts'
import { openTestWindow, type TestWindow } from '#test/support/window.ts'

const statements = [
  '李某某（董事长）陈述：该项目于二〇二四年三月提交董事会。未开展可行性论证。',
  '周某某（总经理）答复：资金由集团本部统筹。',
]
const others = '李某某（董事长）承诺：年底前完成整改。（责任人：李某某；时限：2027年12月31日）'
const drafted = `一：${statements.join('/')} 二：立即停止新增投资。/对相关责任人追责问责。 三：${others}`

beforeAll(() => bundle())

/** The minutes under a real mouse and keyboard, and under two accounts. */
describe('preview: writing the minutes', () => {
  const { folder, remove } = suiteFolder()
  let stage: MinutesStage
  let window: TestWindow
  let page: Page

  beforeAll(async () => {
    stage = await stageMinutes({ base: folder })
    window = await openTestWindow({ shell: 'preview', base: folder, archive: stage.archive })
    page = await openMinutes(window, stage)
  })
  afterAll(async () => {
    await window?.close()
    remove()
  })

  const stored = async () => shape((await storedMinutes(page, stage)).sentences)
  const undo = () => page.keyboard.press('Control+Z')

  test('the draft stands in the three sections of the template', async () => {
    expect(await stored()).toBe(drafted)
  })

  test('the mouse carries one sentence out of its paragraph into another section, and back by undo', async () => {
    await carry(page, sentenceWith(page, '未开展可行性论证'), paragraphOf(page, '对相关责任人'), 'above')
    const carried = `一：李某某（董事长）陈述：该项目于二〇二四年三月提交董事会。/${statements[1]} 二：立即停止新增投资。/未开展可行性论证。/对相关责任人追责问责。 三：${others}`
    await expect.poll(stored).toBe(carried)
    await undo()
    await expect.poll(stored).toBe(drafted)
    await page.keyboard.press('Control+Y')
    await expect.poll(stored).toBe(carried)
    await undo()
    await expect.poll(stored).toBe(drafted)
  })

  test('the mouse carries a whole paragraph by its handle, and a line of the record into the minutes', async () => {
    await paragraphOf(page, '未开展可行性论证').hover()
    await carry(
      page,
      paragraphOf(page, '未开展可行性论证').locator('.sheet-grip'),
      paragraphOf(page, '对相关责任人'),
      'below',
    )
    await expect
      .poll(stored)
      .toBe(`一：${statements[1]} 二：立即停止新增投资。/对相关责任人追责问责。/${statements[0]} 三：${others}`)
    await undo()
    await expect.poll(stored).toBe(drafted)
    await carry(
      page,
      page.getByRole('option').filter({ hasText: '资金由集团本部' }),
      paragraphOf(page, '立即停止'),
      'above',
    )
    await expect
      .poll(stored)
      .toBe(
        `一：${statements.join('/')} 二：资金由集团本部统筹。/立即停止新增投资。/对相关责任人追责问责。 三：${others}`,
      )
    const taken = (await storedMinutes(page, stage)).sentences.find((one) => one.text === '资金由集团本部统筹。')
    expect(taken?.sources).toHaveLength(1)
    await undo()
    await expect.poll(stored).toBe(drafted)
  })

  test('split, merge and rewrite, each taken back inside the open text', async () => {
    await sentenceWith(page, '立即停止新增投资').click()
    await page.keyboard.press('Home')
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    expect(await textAt(page)).toEqual({ text: '新增投资。', caret: 0 })
    const split = `一：${statements.join('/')} 二：立即停止/新增投资。/对相关责任人追责问责。 三：${others}`
    await expect.poll(stored).toBe(split)
    await undo()
    await expect.poll(stored).toBe(drafted)
    // The half that was open is gone; the keys stay at the half it was split from.
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('立即停止新增投资')

    await sentenceWith(page, '对相关责任人').click()
    await page.keyboard.press('Home')
    await page.keyboard.press('Backspace')
    await expect
      .poll(stored)
      .toBe(`一：${statements.join('/')} 二：立即停止新增投资。对相关责任人追责问责。 三：${others}`)
    await undo()
    await expect.poll(stored).toBe(drafted)

    await page.keyboard.press('End')
    await page.keyboard.insertText('并书面报告。')
    await expect.poll(async () => (await textAt(page)).text).toBe('对相关责任人追责问责。并书面报告。')
    await expect.poll(stored).toContain('并书面报告。')
    await undo()
    await expect.poll(async () => (await textAt(page)).text).toBe('对相关责任人追责问责。')
    await expect.poll(stored).toBe(drafted)
    await page.keyboard.press('Escape')
  })

  test('another account changed something else meanwhile: it is taken in, and both changes stand', async () => {
    await rewriteBeside(stage, 'chengban', ({ fields, sentences }) => ({
      fields: { ...fields, place: '第一会议室' },
      sentences,
    }))
    await sentenceWith(page, '立即停止新增投资').click()
    await page.keyboard.press('End')
    await page.keyboard.insertText('限期整改。')
    await page.getByText(/已并入.+的改动1处/).waitFor()
    await expect.poll(stored).toContain('立即停止新增投资。限期整改。')
    expect((await storedMinutes(page, stage)).fields.place).toBe('第一会议室')
    expect(await textAt(page)).toEqual({ text: '立即停止新增投资。限期整改。', caret: 14 })
    await page.keyboard.press('Escape')
  })

  test('another account changed the same: asked field by field, nothing written over, typing goes on', async () => {
    await rewriteBeside(stage, 'chengban', ({ fields, sentences }) => ({
      fields: { ...fields, host: '钱某某（副处长）' },
      sentences: sentences.map((one) =>
        one.text.startsWith('对相关责任人') ? { ...one, text: '对责任人严肃追责。' } : one,
      ),
    }))
    await page.getByRole('button', { name: '约谈主持人 修改' }).click()
    await page.keyboard.press('End')
    await page.keyboard.insertText('主持')
    await page.keyboard.press('Enter')
    await sentenceWith(page, '对相关责任人').click()
    await page.keyboard.press('End')
    await page.keyboard.insertText('一个月内报告。')
    const banner = page.getByRole('alert').filter({ hasText: '尚未合并' })
    await banner.waitFor()
    // Typing goes on meanwhile, and is kept beside the minutes; theirs stand in the archive untouched.
    await page.keyboard.insertText('逾期通报。')
    await page.getByText('有冲突待核对').waitFor()
    expect(await stored()).toContain('对责任人严肃追责。')
    expect((await storedMinutes(page, stage)).fields.host).toBe('钱某某（副处长）')

    await banner.getByRole('button', { name: '逐项核对' }).click()
    const dialog = page.getByRole('dialog', { name: '他人已先保存，请逐项核对' })
    await dialog.getByRole('radio', { name: '约谈主持人用对方的' }).check()
    await expect.poll(() => dialog.getByRole('button', { name: '按所选合并' }).isDisabled()).toBe(true)
    await dialog.getByRole('radio', { name: /第2条用本页的/ }).check()
    await dialog.getByRole('button', { name: '按所选合并' }).click()
    await expect.poll(stored).toContain('对相关责任人追责问责。一个月内报告。逾期通报。')
    expect((await storedMinutes(page, stage)).fields.host).toBe('钱某某（副处长）')
    await expect.poll(() => banner.count()).toBe(0)
  })

  test('Ctrl+K opens the sentence itself: in the minutes with the keys on it, in the record in the middle of the view', async () => {
    const find = async (kind: string) => {
      await page.keyboard.press('Control+K')
      const panel = page.getByRole('dialog', { name: '全局搜索' })
      await panel.getByRole('textbox').fill('集团本部统筹')
      await panel.getByRole('button').filter({ hasText: kind }).filter({ hasText: '集团本部统筹' }).click()
    }
    await find('记录')
    const line = page.locator('.line-hit')
    await line.waitFor()
    expect(await line.textContent()).toContain('资金由集团本部统筹。')
    await find('纪要')
    await page.waitForFunction(
      () =>
        document.activeElement?.matches('[data-sentence]') &&
        document.activeElement.textContent?.includes('集团本部统筹'),
    )
    // And what the sentence rests on is a key away.
    await page.keyboard.press('F12')
    const source = page.locator('.record-shown')
    await source.waitFor()
    expect(await source.textContent()).toContain('资金由集团本部统筹。')
  })

  test('版本比较: opened again with a reason, both editions stand beside each other, word by word', async () => {
    const one = { caseId: stage.caseId, minutesId: stage.minutesId }
    await beside(stage, 'jilu', (desk) => desk.call('minutes.submit', { ...one, proposal: secret }))
    await beside(stage, 'dingmi', async (desk) => {
      for (const { id, caseId } of await desk.call('secrecy.waiting', {}))
        await desk.call('secrecy.decide', { caseId, classificationId: id, decision: 'approved', opinion: '同意。' })
    })
    await beside(stage, 'chuzhang', async (desk) => {
      await desk.call('minutes.finalise', one)
      await desk.call('minutes.reopen', { ...one, reason: '补充整改时限' })
    })
    await rewriteBeside(stage, 'chengban', ({ fields, sentences }) => ({
      fields: { ...fields, place: '第二会议室' },
      sentences: sentences.map((each) =>
        each.text.startsWith('立即停止') ? { ...each, text: '立即停止一切新增投资。限期整改。' } : each,
      ),
    }))
    await openCase(page, stage.matter, '纪要')
    await page.getByRole('button', { name: '版本比较' }).click()
    const panel = page.locator('.versions')
    await panel.getByText('补充整改时限').waitFor()
    expect(await panel.getByRole('combobox', { name: '旧版' }).locator('option').count()).toBe(2)
    await expect.poll(() => panel.locator('del').allTextContents()).toContain('第一')
    const added = (await panel.locator('ins').allTextContents()).join('|')
    expect(added).toContain('第二')
    expect(added).toContain('一切')
    // What was not touched is not marked.
    const marked = [...(await panel.locator('ins, del').allTextContents())].join('')
    expect(marked).not.toContain('可行性论证')
    // The same edition on both sides: nothing differs, and it says so.
    await panel.getByRole('combobox', { name: '新版' }).selectOption('1')
    await panel.getByText('两个版本文字相同').waitFor()
    await page.screenshot({ path: join('out', 'e2e', 'minutes-versions.png') })
  })
})
