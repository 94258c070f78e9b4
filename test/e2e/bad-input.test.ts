import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundle } from '#build/bundle.ts'
import { Driver } from '#build/demo/driver.ts'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import { makePaper } from '#electron/documents/make-paper.ts'
import { before } from '#test/documents/samples/before.ts'
import {
  disableAccount,
  issueNotices,
  noticeForm,
  openCase,
  sharedOffice,
  submitNotices,
  type TestOffice,
  unclassified,
} from '#test/support/office.ts'
import { picturesOf } from '#test/support/pictures.ts'
import { openTestWindow, type TestWindow } from '#test/support/window.ts'

// What a person may type wrongly before the interview, in the real window: each is answered at its field, nothing is lost.
const shared = sharedOffice()
const matters = { draft: '担保超限', out: '投资决策失误', waits: '内控缺失' }
let office: TestOffice
let window: TestWindow
let driver: Driver

async function open(): Promise<void> {
  for (const login of ['chengban', 'fenguan', 'dingmi', 'zhuize', 'jilu', 'chuzhang', 'dangan', 'anquan'])
    await office.leave(login)
  window = await openTestWindow({ shell: 'preview', base: office.outside, archive: office.folder })
  driver = new Driver(await window.page('signin'), picturesOf('bad-input'), () => undefined)
}

beforeAll(async () => {
  await bundle()
  office = await shared()
  const opened = async (names: readonly string[], matter: string): Promise<string> => {
    const { caseId } = await openCase(office, names)
    const chengban = await office.at('chengban')
    const { intake, intakeVersion: version } = await chengban.call('cases.get', { caseId })
    await chengban.call('cases.edit', { caseId, version, intake: { ...intake, matter } })
    return caseId
  }
  await opened(['渝某担保集团有限公司'], matters.draft)
  const out = await opened(['渝某能源集团有限公司', '渝某水务集团有限公司'], matters.out)
  await issueNotices(office, out, unclassified)
  // 分管 signs for nobody any more: the paper that was sent to that account waits.
  const waits = await opened(['渝某物流集团有限公司'], matters.waits)
  await submitNotices(office, waits, unclassified)
  const chengban = await office.at('chengban')
  const [notice] = await chengban.call('notices.list', { caseId: waits })
  const fenguan = await office.at('fenguan')
  await chengban.call('notices.address', { caseId: waits, noticeId: notice?.id ?? '', accountId: fenguan.accountId })
  const zhuize = await office.at('zhuize')
  await zhuize.call('numbers.giveBlock', { office: '财务监管处', count: 3, reason: '集中办公在外' })
  await open()
})
afterAll(() => window?.close())

const alert = (words: string | RegExp) => driver.page.getByRole('alert').filter({ hasText: words }).first()
const dialog = () => driver.page.getByRole('dialog')
/** The text below a field of the given label. */
const noteOf = (label: string) =>
  driver.page
    .locator('.y-field', { has: driver.page.getByText(label, { exact: true }) })
    .locator('.y-field-note')
    .first()

test('立项: an impossible date stands with its message, the refusal goes to the first fault, no eleventh situation is offered', async () => {
  await driver.signIn('chengban', trialPassword)
  await driver.go('约谈事项')
  await driver.click(/^立项/)
  const situations = driver.page.getByRole('group', { name: '第三条所列情形（可多选）' })
  await situations.waitFor()
  expect(await situations.getByRole('checkbox').count()).toBe(10)
  await situations.getByRole('checkbox').nth(7).check()
  await driver.click('添加整改要求')
  await driver.type('第1项 日期', '2026-2-30')
  await driver.see('不是存在的日期')
  await driver.click('添加批示')
  await driver.type('第1条 批示日期', '2026年13月1日')
  expect(await driver.field('第1条 批示日期').inputValue()).toBe('2026年13月1日')
  await driver.click('立项')
  await alert(/还有 \d+ 处需要补正/).waitFor()
  // The first fault is the enterprise: in sight, with the caret in it.
  await driver.page.waitForFunction(() =>
    document.activeElement?.closest('.y-field')?.textContent?.includes('查找企业'),
  )
  expect(await driver.field('查找企业').isVisible()).toBe(true)
  await driver.step('intake-impossible-date', async () => {
    await driver.field('第1项 日期').scrollIntoViewIfNeeded()
    expect(await driver.field('第1项 日期').inputValue()).toBe('2026-2-30')
  })
})

test('立项: files chosen with it are taken in; one that is gone by then is named on the page, and taken in once it is there', async () => {
  const [whole, gone] = [join(office.outside, '检查报告.txt'), join(office.outside, '批示件.txt')]
  writeFileSync(whole, '专项检查报告')
  await driver.go('约谈事项')
  await driver.click(/^立项/)
  await driver.click('不要，重新填写')
  await driver.choose('约谈形式', '个别约谈')
  await driver.type('查找企业', '渝某担保集团有限公司')
  const found = driver.page.getByRole('list', { name: '查到的企业' })
  await found.getByRole('button', { name: /^渝某担保集团有限公司/ }).click()
  await driver.type('约谈事由', '对外担保未经审议')
  await driver.choose('第三条所列情形（可多选）', /^（三）/)
  await driver.choose('是否属于第二十二条除外情形', '都不属于')
  await driver.choose('经办人员与企业、当事人是否有应当回避的关系', '已询问，没有')
  for (const [title, file] of [
    ['检查报告', whole],
    ['批示件', gone],
  ] as const) {
    await driver.click('添加附件')
    await dialog().getByRole('textbox', { name: '附件名称' }).fill(title)
    await dialog().getByRole('textbox', { name: '附件文件' }).fill(file)
    await dialog().getByRole('button', { name: '存入' }).click()
    await driver.see(file)
  }
  await driver.step('intake-files', () => driver.button('移去 批示件').scrollIntoViewIfNeeded())
  await driver.click('立项')
  await driver.see('立项时选定的附件有 1 件未能存入')
  await driver.page.getByRole('cell', { name: '检查报告', exact: true }).waitFor()
  await driver.step('intake-file-waits', () => driver.button('再存 批示件').scrollIntoViewIfNeeded())
  writeFileSync(gone, '请严肃处理')
  await driver.click('再存 批示件')
  await driver.page.getByRole('cell', { name: '批示件', exact: true }).waitFor()
  await driver.button('再存 批示件').waitFor({ state: 'detached' })
})

test('通知: an impossible date, a time that is none, an interview before its notice, materials after it', async () => {
  await driver.openCase(matters.draft, '通知')
  await driver.type('约谈日期', '2026-2-30')
  await expect.poll(() => noteOf('约谈日期').textContent()).toContain('不是存在的日期')
  await driver.type('约谈日期', '2021-12-8')
  await expect.poll(() => noteOf('约谈日期').textContent()).toContain('约谈日期早于今天')
  await driver.type('约谈时间', '25:00')
  await expect.poll(() => noteOf('约谈时间').textContent()).toContain('不是时刻')
  await driver.type('约谈日期', noticeForm.day)
  await driver.type('材料报送日期', '2099-1-1')
  await expect.poll(() => noteOf('材料报送日期').textContent()).toContain('不能晚于约谈日期')
  expect(await driver.button('送审').isDisabled()).toBe(true)
  // The reason of a raised host is asked for only where the host is raised (Art. 5).
  const checks = driver.page.getByRole('region', { name: '第四条内容核对' })
  expect(await checks.textContent()).not.toContain('提级主持理由')
  await driver.step('notice-bad-dates', () => driver.choose('主持层级（第五条）', '分管负责同志'))
  expect(await checks.textContent()).toContain('提级主持理由')
})

test('会前沟通: what is missing is named at each field, and what was typed stays', async () => {
  await driver.tab('会前')
  await driver.click('登记会前沟通')
  await dialog().getByRole('textbox', { name: '沟通日期' }).fill('2099-1-1')
  await driver.type('拟约谈内容', '担保余额超限的成因')
  await driver.click('登记沟通')
  for (const words of ['请填写沟通时间', '请填写召集人', '请至少填写一位参加人员的单位和姓名']) await driver.see(words)
  expect(await driver.field('拟约谈内容').inputValue()).toBe('担保余额超限的成因')
  await driver.step('consultation-faults', async () => undefined)
  await dialog().getByRole('button', { name: '返回' }).click()
})

test('改期与取消: a 改期 into the past or to the same time is refused at its field; 取消 may name one enterprise', async () => {
  await driver.openCase(matters.out, '通知')
  await driver.click('改期或取消')
  await driver.type('变更原因', '与市里会议冲突')
  await driver.type('新的约谈日期', '2021-12-8')
  await expect.poll(() => noteOf('新的约谈日期').textContent()).toContain('约谈日期早于今天')
  expect(await driver.button('报请审签').isDisabled()).toBe(true)
  await driver.step('change-past', async () => undefined)
  // A day that may stay open holds the form back too when what stands there is none.
  await driver.type('新的约谈日期', '2099-3-10')
  await driver.type('新的约谈时间', '0930')
  await driver.type('新的约谈地点', '2号楼301室')
  await driver.type('新的材料报送日期', '2099-2-30')
  await driver.click('报请审签')
  await expect.poll(() => noteOf('新的材料报送日期').textContent()).toContain('不是存在的日期')
  expect(await driver.field('新的材料报送日期').inputValue()).toBe('2099-2-30')
  await driver.step('change-impossible-optional', async () => {
    await driver.page.waitForFunction(() =>
      document.activeElement?.closest('.y-field')?.textContent?.includes('新的材料报送日期'),
    )
  })
  await driver.choose('办理', '取消')
  await driver.step('cancel-one', () => driver.choose('取消范围', '仅渝某能源集团有限公司'))
  await driver.click('报请审签')
  await driver.see('仅取消本企业，其他企业照常约谈。')
  await driver.step('cancel-one-proposed', async () => undefined)
})

test('a withdrawn approver is named where the paper waits, and the paper can be sent to another', async () => {
  await driver.lock()
  await window.close()
  await disableAccount(office, (await office.at('fenguan')).accountId)
  await open()
  await driver.signIn('chengban', trialPassword)
  await driver.openCase(matters.waits, '通知')
  await driver.see('曹某某（账号已停用，请改报）')
  await driver.step('approver-gone', async () => undefined)
})

test('材料: a torn file is kept and found by its title; a whole one is found by its words', async () => {
  const paper = before.find((one) => one.kind === 'consultation')
  if (paper === undefined) throw new Error('no sample')
  const { bytes } = await makePaper({ paper, format: 'pdf', fontFolders: [] })
  const attach = async (title: string, content: Uint8Array) => {
    const file = join(office.outside, `${title}.pdf`)
    writeFileSync(file, content)
    await driver.openCase(matters.draft, '概况')
    await driver.click('添加附件')
    await driver.type('附件名称', title)
    await driver.type('附件文件', file)
    await driver.click('存入')
    await dialog().waitFor({ state: 'detached' })
  }
  await attach('撕裂的扫描件', bytes.subarray(0, 200))
  await attach('沟通记录副本', bytes)
  const find = async (words: string) => {
    await driver.page.keyboard.press('Control+K')
    const panel = driver.page.getByRole('dialog', { name: '全局搜索' })
    await panel.getByRole('textbox').fill(words)
    return panel
  }
  const whole = await find('立即停止新增融资性贸易')
  await whole.getByText('沟通记录副本').waitFor()
  await driver.step('material-found', async () => undefined)
  await driver.page.keyboard.press('Escape')
  await (await find('撕裂的扫描件')).getByText('撕裂的扫描件').first().waitFor()
  await driver.page.keyboard.press('Escape')
})

test('企业与人员: an enterprise comes neither below itself nor below its own subsidiary', async () => {
  const [upper, lower] = ['渝某物流集团有限公司', '渝某担保集团有限公司']
  const putBelow = async (name: string, parent: string) => {
    await driver.page.getByRole('textbox', { name: '查找企业' }).fill(name)
    await driver.page.getByRole('treeitem', { name }).click()
    await driver.page.getByRole('region', { name }).getByRole('button', { name: '修改' }).click()
    await driver.page.getByRole('textbox', { name: '查找上级企业' }).fill(name)
    // It is not offered itself.
    expect(await driver.button(name).count()).toBe(0)
    await driver.page.getByRole('textbox', { name: '查找上级企业' }).fill(parent)
    await driver.click(parent)
    await driver.click('保存')
  }
  await driver.go('企业与人员')
  await putBelow(lower, upper)
  await driver.page.getByRole('region', { name: lower }).getByText(upper).waitFor()
  await putBelow(upper, lower)
  await expect.poll(() => noteOf('查找上级企业').textContent()).toContain('一家企业不能成为自己的上级')
  await driver.step('own-parent', async () => undefined)
  await driver.click('返回')
})

test('企业与人员: of 10,000 rows the 37 broken ones are named', async () => {
  await driver.go('企业与人员')
  const file = join(office.outside, 'enterprises.csv')
  const rows = Array.from({ length: 10_000 }, (_, index) =>
    index % 270 === 13 ? `渝某表${index}公司,2026-2-30` : `渝某表${index}公司,2020-1-1`,
  )
  expect(rows.filter((row) => row.endsWith('2-30'))).toHaveLength(37)
  writeFileSync(
    file,
    ['企业全称,人员姓名,职务,任职起始', ...rows.map((row) => row.replace(',', ',李某某,董事长,'))].join('\n'),
  )
  await driver.click('从表格导入')
  await driver.type('表格文件', file)
  await driver.click('读取并预览')
  await driver.page.getByRole('row', { name: /^15 / }).waitFor()
  const faults = driver.page.getByRole('table').last().getByRole('row')
  expect(await faults.count()).toBe(38)
  await driver.step('import-37', async () => undefined)
})

test('编号: a slip that names numbers not of the register is refused at its field; 号段 and 对账 as the office sees them', async () => {
  await driver.lock()
  await driver.signIn('zhuize', trialPassword)
  await driver.go('编号册')
  await driver.click('对账')
  await driver.step('register-reconcile', async () => undefined)
  await driver.click(/^收回 /)
  const first = dialog()
    .getByRole('textbox', { name: /号 用号日期$/ })
    .first()
  await first.fill('2026-2-30')
  await first.blur()
  await dialog()
    .getByRole('textbox', { name: /号 企业$/ })
    .first()
    .fill('渝某水务集团有限公司')
  await driver.see('不是存在的日期')
  expect(await driver.button('登记并收回').isDisabled()).toBe(true)
  await driver.step('block-settle', async () => undefined)
  await dialog().getByRole('button', { name: '返回' }).click()
  await driver.click(/^号段单 /)
  await driver.step('block-slip', () => driver.page.locator('canvas').first().waitFor())
  await dialog().getByRole('button', { name: '返回' }).click()
  await driver.click('发放号段')
  await driver.type('发放几个号', '9999')
  await driver.see(/一段最多 \d+ 个号/)
  await driver.step('block-give', async () => undefined)
  await dialog().getByRole('button', { name: '返回' }).click()
  await driver.lock()
  await window.close()
  await disableAccount(office, (await office.at('zhuize')).accountId)
  await open()
  await driver.signIn('chengban', trialPassword)
  await driver.go('编号册')
  await driver.click('登记号段单')
  await driver.type('首号', '900')
  await driver.type('末号', '905')
  await driver.type('校验码', 'ABCD1234')
  await dialog().getByRole('button', { name: '登记号段' }).click()
  await expect.poll(() => noteOf('校验码').textContent()).toContain('校验码与号段单不符')
  await driver.step('block-foreign-slip', async () => undefined)
})
