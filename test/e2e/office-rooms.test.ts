import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundle } from '#build/bundle.ts'
import { Driver } from '#build/demo/driver.ts'
import { chain, sharedOffice, type TestOffice } from '#test/support/office.ts'
import { picturesOf } from '#test/support/pictures.ts'
import { rectified } from '#test/support/rectifying.ts'
import { openTestWindow, signIn, type TestWindow } from '#test/support/window.ts'

// Rooms of the office beside its cases: the backup and its drill, a paper of many cases, what was left outside.
const shared = sharedOffice()
let office: TestOffice
let window: TestWindow
let driver: Driver

beforeAll(async () => {
  await bundle()
  office = await shared()
  await rectified(office, ['渝某实业集团有限公司'], [...chain, 'zhuize'])
  const folder = join(office.outside, 'list')
  for (const one of [folder, join(office.outside, 'medium')]) mkdirSync(one)
  const list = { columns: ['matter' as const], format: 'csv' as const, folder }
  await (await office.at('chengban')).call('cases.export', list)
  for (const login of [...chain, 'chuzhang', 'zhuize']) await office.leave(login)
  window = await openTestWindow({ shell: 'preview', base: office.outside, archive: office.folder })
})
afterAll(() => window?.close())

const sit = async (login: string) => {
  driver = new Driver(await signIn(window, login), picturesOf('office-rooms'), () => undefined)
  driver.page.setDefaultTimeout(60_000)
}

test('备份: made and read back by 系统管理员, who holds no key to the cases; drilled to the last attachment by whoever does', async () => {
  await sit('xitong')
  await driver.go('备份')
  await driver.type('备份位置', join(office.outside, 'medium'))
  await driver.page.getByRole('main').getByRole('button', { name: '备份', exact: true }).click()
  await driver.see('已写完并核对无误')
  await driver.see('无密钥，未核对')
  await driver.step('backup-made', async () => undefined)
  await driver.lock()

  await sit('dangan')
  await driver.go('备份')
  await driver.click(/^演练 /)
  await driver.page.getByRole('table', { name: '演练结果' }).waitFor()
  await driver.see('附件逐件解密核对')
  expect(await driver.page.getByText('无密钥，未核对').count()).toBe(0)
  await driver.step('backup-drilled', async () => undefined)
  await driver.lock()
})

test('佐证材料: registered under the report they prove, among several', async () => {
  await sit('chengban')
  await driver.openCase('渝某实业集团有限公司', '整改')
  await driver.choose('文件类别', '佐证材料')
  await driver.see('该企业尚未报送工作方案、进展报告或专项工作报告。')
  const sent = driver.page.getByRole('table', { name: '企业报送文件' })
  const receive = async (title: string) => {
    await driver.type('文件标题', title)
    await driver.click('登记收到')
    await sent.getByRole('row', { name: new RegExp(title) }).waitFor()
  }
  for (const title of ['一季度进展', '二季度进展']) {
    await driver.choose('文件类别', '进展报告')
    await receive(title)
  }
  await driver.choose('文件类别', '佐证材料')
  expect(await driver.button('登记收到').isDisabled()).toBe(true)
  await driver.choose('对应文件', /二季度进展/)
  await driver.step('evidence-chosen', () => driver.type('文件标题', '收款凭证'))
  await receive('收款凭证')
  expect(await sent.getByRole('row', { name: /收款凭证/ }).textContent()).toContain('对应《二季度进展》')
  await driver.lock()
})

/** 起草综合材料, its dialog open. */
const beginDraft = async (login: string) => {
  await sit(login)
  await driver.go('分析')
  await driver.tab('综合材料')
  await driver.click('起草')
  return driver.page.getByRole('dialog')
}

test('参考表: the leader is chosen among those who came', async () => {
  const dialog = await beginDraft('zhuize')
  await driver.type('企业（含所属企业）', '实业')
  await dialog.getByRole('button', { name: '渝某实业集团有限公司' }).click()
  await dialog.getByRole('radio', { name: '企业负责人' }).check()
  const draft = dialog.getByRole('button', { name: '起草', exact: true })
  expect(await draft.isDisabled()).toBe(true)
  await driver.step('leader-chosen', () => dialog.getByRole('radio', { name: '李某喆（董事长）' }).check())
  await draft.click()
  await driver.see(/参考表（渝某实业集团有限公司，李某喆）$/)
  await driver.lock()
})

test('综合材料: the periodic report is drafted from the figures, stands on 今日 of a leader and is signed', async () => {
  const dialog = await beginDraft('zhuize')
  await dialog.getByRole('radio', { name: '汇总分析报告' }).check()
  await dialog.getByRole('button', { name: '起草', exact: true }).click()
  await driver.see('来源事项（1 件）')
  await driver.see(/责任约谈汇总分析报告$/)
  await driver.click('送审')
  await driver.see('待审签')
  await driver.step('report-submitted', async () => undefined)
  await driver.lock()

  await sit('fenguan')
  await driver.page.getByRole('button', { name: /责任约谈汇总分析报告/ }).click()
  await driver.click('审签')
  await dialog.getByRole('button', { name: '审签', exact: true }).click()
  await driver.see('已审签')
  await driver.step('report-signed', async () => undefined)
  await driver.lock()
})

test('留存清理: what was exported stands there until somebody says it is gone', async () => {
  await sit('chengban')
  await driver.go('保密')
  await driver.tab('留存清理')
  await driver.step('left-outside', async () => driver.see('约谈事项一览'))
  await driver.click('登记已清理 约谈事项一览')
  const dialog = driver.page.getByRole('dialog')
  await dialog.getByRole('button', { name: '登记已清理', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
  await driver.page
    .getByRole('cell', { name: /孙某某/ })
    .last()
    .waitFor()
  await driver.step('cleared', async () => undefined)
})
