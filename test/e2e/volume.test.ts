import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bundle } from '#build/bundle.ts'
import { Driver } from '#build/demo/driver.ts'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import { caseAtFiling } from '../support/filing.ts'
import { openOffice } from '../support/office.ts'
import { openTestWindow } from '../support/window.ts'

test('the papers of a volume change places by drag and by Alt with an arrow, and the row keeps the focus', async () => {
  await bundle()
  const office = await openOffice()
  const { caseId } = await caseAtFiling(office)
  const { items } = await (await office.at('chengban')).call('archive.assemble', { caseId })
  for (const login of ['chengban', 'chuzhang', 'fenguan', 'zhuize', 'dingmi', 'jilu', 'dangan'])
    await office.leave(login)

  const window = await openTestWindow({ shell: 'preview', base: office.outside, archive: office.folder })
  try {
    const page = await window.page('signin')
    const driver = new Driver(page, { folder: join(office.outside, 'pictures'), ofEveryStep: false }, () => undefined)
    await driver.signIn('chengban', trialPassword)
    await driver.go('立卷归档')
    await driver.click(/^打开案卷/)
    const rows = page.getByRole('table', { name: '卷内文件' }).locator('tbody tr')
    await rows.first().waitFor()
    const titles = async (): Promise<string[]> =>
      (await rows.locator('td:nth-child(2)').allInnerTexts()).map((title) => title.trim())
    const patience = { timeout: 20_000 }
    const before = items.map((item) => item.title)
    expect(await titles()).toEqual(before)
    const [first, second, third, ...rest] = before

    await rows.nth(0).dragTo(rows.nth(2))
    await expect.poll(titles, patience).toEqual([second, third, first, ...rest])
    await rows.nth(2).focus()
    await page.keyboard.press('Alt+ArrowUp')
    await expect.poll(titles, patience).toEqual([second, first, third, ...rest])
    await expect.poll(() => rows.nth(1).evaluate((row) => row === document.activeElement), patience).toBe(true)
    await page.keyboard.press('Alt+ArrowUp')
    await expect.poll(titles, patience).toEqual([first, second, third, ...rest])
  } finally {
    await window.close()
  }
}, 600_000)
