import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundle } from '#build/bundle.ts'
import { Driver } from '#build/demo/driver.ts'
import { shippedProfile } from '#shared/rules/profile.ts'
import { sharedOffice, type TestOffice } from '#test/support/office.ts'
import { picturesOf } from '#test/support/pictures.ts'
import { openTestWindow, signIn, type TestWindow } from '#test/support/window.ts'

beforeAll(() => bundle())

// 规则与节假日: nothing of it depends on the shell, so one of the two is enough.
describe('the rules and the working days, brought in by two accounts', () => {
  const shared = sharedOffice()
  let office: TestOffice
  let window: TestWindow
  let driver: Driver

  beforeAll(async () => {
    office = await shared()
    window = await openTestWindow({ shell: 'preview', base: office.outside, archive: office.folder })
  })
  afterAll(() => window?.close())

  const sit = async (login: string) => {
    driver = new Driver(await signIn(window, login), picturesOf('rules'), () => undefined)
    driver.page.setDefaultTimeout(30_000)
    await driver.go('规则与节假日')
  }
  const bring = async (kind: string, name: string, value: unknown) => {
    const file = join(office.outside, name)
    writeFileSync(file, JSON.stringify(value))
    await driver.click('导入新版本')
    await driver.choose('文件类别', kind)
    await driver.type('数据文件（JSON）', file)
    await driver.click('读取并比对')
  }
  const version = (name: string) => driver.page.getByRole('listitem').filter({ hasText: name })
  const changed = async () =>
    (await driver.page.locator('.norm-differences tbody tr').allInnerTexts()).map((row) => row.split('\t'))

  test('a new profile is shown place by place to both, and holds after the second signature', async () => {
    await sit('zhuize')
    const word = '责任约谈函'
    const next = { ...shippedProfile, version: '2', numbering: { ...shippedProfile.numbering, word } }
    await bring('约谈规则', 'profile.json', next)
    await driver.see('与现行内容的差异（2 处）')
    const seen = await changed()
    expect(seen.map(([, before, after]) => [before, after])).toEqual([
      [shippedProfile.version, '2'],
      [shippedProfile.numbering.word, word],
    ])
    await driver.step('profile-differences', async () => undefined)
    await driver.click('导入并签名')
    await driver.see('您已签名，等待另一账号。')
    expect(await driver.button('核对无误，签名生效').count()).toBe(0)
    await driver.lock()

    await sit('chuzhang')
    await version('待第二人签名').getByRole('button').click()
    await driver.see('与现行内容的差异（2 处）')
    expect(await changed()).toEqual(seen)
    await driver.click('核对无误，签名生效')
    await version('现行').filter({ hasText: '2021年' }).first().waitFor()
    await driver.step('profile-adopted', async () => undefined)
  })

  test('a year of holidays: a faulty file is named at its place and nothing is kept; the mended one takes two', async () => {
    const pack = { year: 2027, notice: '国办发明电〔2026〕9号', off: [{ day: '2027-01-01', name: '元旦' }] }
    await bring('放假安排', 'faulty.json', { ...pack, worked: ['2026-01-10'] })
    await driver.see('文件有 1 处问题，未导入')
    await driver.see('调休上班日第1项')
    await driver.step('pack-faults', async () => undefined)
    await driver.click('返回')
    expect(await version('国办发明电〔2026〕9号').count()).toBe(0)
    await bring('放假安排', 'pack.json', { ...pack, worked: ['2027-01-09'] })
    await driver.click('导入并签名')
    await version('国办发明电〔2026〕9号').filter({ hasText: '待第二人签名' }).waitFor()
    await driver.lock()

    await sit('zhuize')
    await version('国办发明电〔2026〕9号').getByRole('button').click()
    await driver.click('核对无误，签名生效')
    await version('国办发明电〔2026〕9号').filter({ hasText: '现行' }).waitFor()
    await driver.page.getByRole('heading', { name: '2027年' }).waitFor()
    await driver.see('1月9日')
    await driver.step('pack-adopted', async () => undefined)
  })
})
