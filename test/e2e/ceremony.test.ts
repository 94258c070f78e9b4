import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundle } from '#build/bundle.ts'
import { root } from '#build/paths.ts'
import { suiteFolder } from '#test/support/folders.ts'
import { openTestWindow, type TestWindow, testElectron } from '#test/support/window.ts'

/*
 * The founding of a production archive in the real window: three officers and the first 主要负责同志, then the first
 * business account with its slip and the hand-over of the key. The preview shell opens trial archives only.
 */
const skipped = testElectron === null
const password = 'Mima-2026-zhengshi'
const seats = [
  ['系统管理员', '罗某某', 'xitong', '办公室'],
  ['安全保密管理员', '秦某某', 'anquan', '办公室'],
  ['安全审计员', '许某某', 'shenji', '机关纪委'],
  ['主要负责同志', '严某某', 'zhuyao', '委领导'],
] as const

describe.skipIf(skipped)('[electron] the ceremony of a production archive', () => {
  const { folder: base, remove } = suiteFolder()
  const archive = join(base, 'archive')
  const pictures = join(root, 'out', 'ceremony')
  let window: TestWindow
  let page: Page

  beforeAll(async () => {
    await bundle()
    mkdirSync(pictures, { recursive: true })
    window = await openTestWindow({ shell: 'electron', base, archive: null })
    page = await window.page('signin')
    page.setDefaultTimeout(60_000)
  })
  afterAll(async () => {
    await window?.close()
    remove()
  })

  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const picture = (name: string) => page.screenshot({ path: join(pictures, `${name}.png`) })
  async function type(label: string, text: string): Promise<void> {
    await page.getByLabel(label, { exact: true }).click()
    await page.keyboard.press('Control+A')
    await page.keyboard.insertText(text)
  }
  async function sit(
    [role, name, login, office]: readonly [string, string, string, string],
    secret = password,
  ): Promise<void> {
    await page.getByRole('heading', { name: `${role}请就座` }).waitFor()
    await type('姓名', name)
    await type('处室', office)
    await type('账号名', login)
    await type('设置密码', secret)
    await type('再输一次', secret)
    await button('本人确认并登记').click()
  }
  async function begin(): Promise<void> {
    await button('开始建档仪式').click()
    await type('单位名称', '某市国资委')
    await type('正式档案放在哪里', archive)
    await picture('1-place')
    await button('记下并继续').click()
  }
  async function signIn(login: string): Promise<void> {
    await type('账号', login)
    await type('密码', password)
    await page.keyboard.press('Enter')
  }

  test('given up after two of four, it leaves nothing at all', async () => {
    await begin()
    await sit(seats[0])
    await sit(seats[1])
    await page.getByRole('heading', { name: '安全审计员请就座' }).waitFor()
    await picture('2-seat')
    await button('放弃，不留任何文件').click()
    await button('开始建档仪式').waitFor()
    expect(readdirSync(base).filter((name) => name.startsWith('archive'))).toEqual([])
  })

  test('refuses a weak password and a second person under one account, and goes on', async () => {
    await begin()
    await sit(seats[0], 'short1')
    await page.getByRole('alert').filter({ hasText: '密码' }).waitFor()
    await sit(seats[0])
    await sit([seats[1][0], seats[1][1], seats[0][2], seats[1][3]])
    await page.getByRole('alert').filter({ hasText: '账号' }).waitFor()
    await picture('3-refused')
    for (const seat of seats.slice(1)) await sit(seat)
    await button('建成档案').waitFor()
    await picture('4-ready')
    expect(existsSync(archive)).toBe(false)
    await button('建成档案').click()
    await page.getByRole('heading', { name: '档案已建成' }).waitFor()
    await picture('5-done')
    expect(readdirSync(join(archive, 'accounts'))).toHaveLength(4)
    await button('去登录').click()
    await button('登录').waitFor()
    expect(await page.getByText('演练').count()).toBe(0)
  })

  let slip = ''

  test('opens the first business account at one table, and gives out its slip once', async () => {
    await button('开通账号').click()
    await type('系统管理员账号', 'xitong')
    await type('系统管理员密码', password)
    await type('安全保密管理员账号', 'anquan')
    await type('安全保密管理员密码', password)
    await type('姓名', '孙某某')
    await type('处室', '监督处')
    await type('新账号名', 'chengban')
    await type('本人密码', password)
    await page.getByRole('checkbox', { name: '承办人', exact: true }).check()
    await picture('6-activation')
    await button('三人确认，开通').click()
    const shown = page.locator('.y-slip')
    await shown.waitFor()
    slip = (await shown.textContent()) ?? ''
    expect(slip.replace(/[^0-9A-Z]/g, '').length).toBeGreaterThanOrEqual(20)
    await picture('7-slip')
    await button('已抄好，返回登录').click()
    await signIn('chengban')
    await page.getByRole('alert').filter({ hasText: '移交' }).waitFor()
    await picture('8-pending')
  })

  test('the key holder types the slip from paper; a wrong one is refused; then the account may enter', async () => {
    await signIn('zhuyao')
    page = await window.page('case')
    page.setDefaultTimeout(60_000)
    const rooms = page.getByRole('navigation', { name: '房间' })
    await rooms.getByRole('button', { name: '账户', exact: true }).click()
    await button('移交密钥：chengban').click()
    const wrong = slip.replace(/[0-9A-Z]/, (sign) => (sign === '7' ? '8' : '7'))
    await type('纸质指纹条', wrong)
    await button('确认移交').click()
    await page.getByRole('alert').first().waitFor()
    await picture('9-wrong-slip')
    await type('纸质指纹条', slip)
    await button('确认移交').click()
    await button('确认移交').waitFor({ state: 'detached' })
    await picture('10-handed-over')
    await page.getByRole('button', { name: /^锁定/ }).click()
    page = await window.page('signin')
    page.setDefaultTimeout(60_000)
    await button('登录').waitFor()
    await signIn('chengban')
    page = await window.page('case')
    await page.getByRole('navigation', { name: '房间' }).getByRole('button', { name: '约谈事项' }).waitFor()
    await page.screenshot({ path: join(pictures, '11-first-session.png') })
  })
})
