import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundle } from '#build/bundle.ts'
import { root } from '#build/paths.ts'
import { listFolder, makeFolder } from '#build/preview/folders.ts'
import { suiteFolder } from '#test/support/folders.ts'
import { openTestWindow, type TestWindow } from '#test/support/window.ts'

// The preview's own dialog for folders and files: the system's belongs to Electron.
const { folder: base, remove } = suiteFolder()
let window: TestWindow
let page: Page

beforeAll(async () => {
  await bundle()
  mkdirSync(join(base, '材料', '二〇二六年'), { recursive: true })
  writeFileSync(join(base, '材料', '说明.txt'), '')
  window = await openTestWindow({ shell: 'preview', base, archive: null })
  page = await window.page('signin')
})
afterAll(async () => {
  await window?.close()
  remove()
})

const dialog = () => page.getByRole('dialog', { name: '演练档案放在哪里' })

test('walks to a folder, makes a new one there and hands its path to the field', async () => {
  await page.getByRole('button', { name: '新建演练档案' }).click()
  await page.getByRole('button', { name: '选择文件夹' }).click()
  await dialog()
    .getByRole('button', { name: /上一级/ })
    .waitFor()
  // From the home folder up to the root, and down again to the folder of this test.
  while (
    (await dialog()
      .getByRole('button', { name: /上一级/ })
      .count()) > 0
  ) {
    const before = await dialog().locator('p').first().textContent()
    await dialog()
      .getByRole('button', { name: /上一级/ })
      .click()
    await expect.poll(() => dialog().locator('p').first().textContent()).not.toBe(before)
  }
  for (const name of [...base.split('/').filter((part) => part !== ''), '材料'])
    await dialog()
      .getByRole('button', { name: `▸ ${name}`, exact: true })
      .click()
  await dialog().getByText(join(base, '材料'), { exact: true }).waitFor()
  // A folder is asked for: files are not offered.
  expect(await dialog().getByText('说明.txt').count()).toBe(0)
  await dialog().getByRole('textbox', { name: '新文件夹名称' }).fill('约谈档案')
  await dialog().getByRole('button', { name: '新建文件夹' }).click()
  await dialog()
    .getByText(join(base, '材料', '约谈档案'), { exact: true })
    .waitFor()
  mkdirSync(join(root, 'out', 'chooser'), { recursive: true })
  await page.screenshot({ path: join(root, 'out', 'chooser', 'folder.png') })
  await dialog().getByRole('button', { name: '选定此文件夹' }).click()
  const field = page.getByRole('textbox', { name: '演练档案放在哪里' })
  expect(await field.inputValue()).toBe(join(base, '材料', '约谈档案'))
  expect(existsSync(join(base, '材料', '约谈档案'))).toBe(true)
})

test('given up by Escape, it leaves the field as it is; outside a dialog the page learns of no folder', async () => {
  await page.getByRole('button', { name: '选择文件夹' }).click()
  await dialog().waitFor()
  await page.keyboard.press('Escape')
  await dialog().waitFor({ state: 'detached' })
  expect(await page.getByRole('textbox', { name: '演练档案放在哪里' }).inputValue()).toContain('约谈档案')
  const told = await page.evaluate((path) => {
    const { yuetanBinding } = globalThis as unknown as { yuetanBinding(kind: string, text: string): Promise<string> }
    return yuetanBinding('list-folder', path)
  }, base)
  expect(told).toBe('')
})

test('lists names in order without hidden ones, and refuses what is no name', async () => {
  writeFileSync(join(base, '.hidden'), '')
  expect(await listFolder(join(base, '材料'))).toMatchObject({ parent: base, files: ['说明.txt'] })
  expect((await listFolder(base))?.files).not.toContain('.hidden')
  expect(await listFolder(join(base, 'nowhere'))).toBeNull()
  for (const name of ['', '..', 'a/b', '材料']) expect(await makeFolder(base, name)).toBeNull()
})
