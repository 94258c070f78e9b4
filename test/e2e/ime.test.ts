import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundle } from '#build/bundle.ts'
import { suiteFolder } from '#test/support/folders.ts'
import { InputMethod } from '#test/support/input-method.ts'
import { foundTrial } from '#test/support/office.ts'
import { openTestWindow, type TestWindow } from '#test/support/window.ts'

/*
 * The rules of a text input under an input method, in the real window: Chromium's own composition, driven through the
 * debugging protocol, on the fields of sign-in and set-up. The button of the latter stands enabled exactly while the unit's name, as
 * the window knows it, is not empty: it shows what was committed, and when.
 */
describe('a field under an input method', () => {
  const { folder, remove } = suiteFolder()
  const violations: string[] = []
  let window: TestWindow
  let page: Page
  let ime: InputMethod

  beforeAll(async () => {
    await bundle()
    const archive = join(folder, 'archive')
    await foundTrial({ folder: archive, machineFolder: join(folder, 'machine') })
    window = await openTestWindow({ shell: 'preview', base: folder, archive })
    page = await window.page('signin')
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) violations.push(message.text())
    })
    ime = await InputMethod.at(page)
  })
  afterAll(async () => {
    await window?.close()
    remove()
  })

  const unit = () => page.getByRole('textbox', { name: '演练单位' })
  const create = () => page.getByRole('button', { name: '建立演练档案' })

  test('Enter that chooses a candidate does not act, Enter afterwards does', async () => {
    const login = page.getByLabel('账号', { exact: true })
    const password = page.getByLabel('密码', { exact: true })
    const focused = (field: typeof login) =>
      field.evaluate((element) => element.ownerDocument.activeElement === element)
    await login.focus()
    await ime.preedit('cheng')
    // Chromium reports every key an input method swallowed with key code 229.
    await ime.key({ type: 'keyDown', key: 'Enter', windowsVirtualKeyCode: 229 })
    await ime.key({ type: 'keyDown', key: 'Enter', windowsVirtualKeyCode: 13 })
    expect(await focused(login)).toBe(true)
    await ime.choose('chengban')
    expect(await login.inputValue()).toBe('chengban')
    await login.press('Enter')
    expect(await focused(password)).toBe(true)
  })

  test('syllables under composition are never taken for text; the chosen word is', async () => {
    await page.getByRole('button', { name: '更换档案文件夹' }).click()
    await page.getByRole('button', { name: '新建演练档案' }).click()
    await page.getByRole('textbox', { name: '演练档案放在哪里' }).fill('/nowhere')
    await unit().fill('')
    await expect.poll(() => create().isEnabled()).toBe(false)
    await unit().focus()
    await ime.preedit('zhong')
    expect(await unit().inputValue()).toBe('zhong')
    expect(await create().isEnabled()).toBe(false)
    await ime.choose('渝某机构')
    await expect.poll(() => create().isEnabled()).toBe(true)
    expect(await unit().inputValue()).toBe('渝某机构')
  })

  test('nothing the window draws breaks its own policy', () => {
    expect(violations).toEqual([])
  })
})
