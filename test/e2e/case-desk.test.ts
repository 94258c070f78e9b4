import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { bundle } from '#build/bundle.ts'
import { Driver } from '#build/demo/driver.ts'
import type { Desk } from '#electron/core/sample/desk.ts'
import { officialDay } from '#shared/domain/common.ts'
import { corePid } from '#test/support/live.ts'
import { intakeFor, noticeForm, openCase, ready, sharedOffice, type TestOffice } from '#test/support/office.ts'
import { picturesOf } from '#test/support/pictures.ts'
import { openTestWindow, signIn, type TestWindow } from '#test/support/window.ts'

beforeAll(() => bundle())

/** The machine of a busy office answers late. */
const patient = { timeout: 30_000 }
const matters = { draft: '担保超限', fresh: '内控缺失' }

// The desk of a case officer before the interview: list, 条款清单, forms that another account changed in between, import.
describe('the desk of a case officer', () => {
  const shared = sharedOffice()
  let office: TestOffice
  let window: TestWindow
  let driver: Driver
  /** The head of the office, at a desk of the same archive. */
  let chuzhang: Desk
  const cases = { draft: '', fresh: '' }

  beforeAll(async () => {
    office = await shared()
    const { caseId } = await openCase(office, ['渝某担保集团有限公司'])
    cases.draft = caseId
    const { chengban, scope, ids } = await ready(office, ['渝某物流集团有限公司'])
    const { intake, intakeVersion: version } = await chengban.call('cases.get', { caseId })
    await chengban.call('cases.edit', { caseId, version, intake: { ...intake, matter: matters.draft } })
    const intakeOf = { ...intakeFor(ids, scope), matter: matters.fresh }
    cases.fresh = (await chengban.call('cases.create', intakeOf)).caseId
    for (const login of ['chengban', 'fenguan', 'dingmi', 'jilu', 'dangan']) await office.leave(login)
    window = await openTestWindow({ shell: 'preview', base: office.outside, archive: office.folder })
    await signIn(window, 'chengban')
    await sitDown()
    chuzhang = await office.at('chuzhang')
  })
  afterAll(() => window?.close())

  const sitDown = async () => {
    driver = new Driver(await window.page('case'), picturesOf('case-desk'), () => undefined)
    driver.page.setDefaultTimeout(30_000)
    await driver.page.getByRole('navigation', { name: '房间' }).waitFor()
  }
  const relock = async (login: string) => {
    await driver.button('锁定').click()
    await signIn(window, login)
    await sitDown()
  }
  /** The head's act; the window may be writing just then. */
  const head: Desk['call'] = (verb, input) =>
    vi.waitFor(() => chuzhang.call(verb, input), { ...patient, interval: 500 })
  const row = (matter: string) => driver.page.getByRole('table').locator('[aria-rowindex]').filter({ hasText: matter })
  const headers = async () => (await driver.page.getByRole('columnheader').allInnerTexts()).map((one) => one.trim())

  test('约谈事项: filters at once, a view that is kept, chosen columns, an export of what is shown', async () => {
    await driver.go('约谈事项')
    await row(matters.fresh).waitFor()
    await driver.page.getByRole('combobox', { name: '阶段' }).selectOption({ label: '立项' })
    await row(matters.draft).waitFor({ state: 'detached' })
    await row(matters.fresh).waitFor()
    await driver.click('存为视图')
    await driver.type('视图名称', '待承办')
    await driver.click('保存视图')
    await driver.page.getByRole('combobox', { name: '阶段' }).selectOption({ label: '全部阶段' })
    await row(matters.draft).waitFor()
    // Pinyin initials find it as well; what answers to nothing says so.
    await driver.field('筛选事项').fill('ymdb')
    await row(matters.fresh).waitFor({ state: 'detached' })
    await row(matters.draft).waitFor()
    await driver.field('筛选事项').fill('没有这样的事项')
    await driver.see('没有符合筛选条件的事项')
    await driver.page.getByRole('navigation', { name: '已存视图' }).getByText('待承办').click()
    await row(matters.fresh).waitFor()
    await row(matters.draft).waitFor({ state: 'detached' })
    expect(await driver.field('筛选事项').inputValue()).toBe('')

    expect(await headers()).not.toContain('承办人')
    await driver.click('选择列')
    const columns = driver.page.getByRole('dialog')
    await columns.getByRole('checkbox', { name: '承办人' }).check()
    await columns.getByRole('checkbox', { name: '密级' }).uncheck()
    await columns.getByRole('button', { name: '确定' }).click()
    await columns.waitFor({ state: 'detached' })
    await driver.go('今日')
    await driver.go('约谈事项')
    await expect.poll(headers, patient).toContain('承办人')
    expect(await headers()).not.toContain('密级')

    await driver.page.getByRole('navigation', { name: '已存视图' }).getByText('待承办').click()
    await row(matters.draft).waitFor({ state: 'detached' })
    await driver.step('list-export', async () => {
      await driver.click('导出')
      const dialog = driver.page.getByRole('dialog')
      await driver.choose('格式', 'CSV（UTF-8）')
      await driver.type('导出到文件夹', office.outside)
      await dialog.getByRole('button', { name: '导出', exact: true }).click()
      await driver.see(/^已导出 1 件/)
      const file = /：(\/.+\.csv)$/.exec((await dialog.getByRole('status').textContent()) ?? '')?.[1] ?? ''
      const lines = readFileSync(file, 'utf8').trim().split(/\r?\n/)
      expect(lines).toHaveLength(2)
      expect(lines[0]).toContain('承办人')
      expect(lines[0]).not.toContain('密级')
      expect(lines[1]).toContain(matters.fresh)
    })
    await driver.page.getByRole('dialog').getByRole('button', { name: '返回' }).click()
    // The filter of a view stays until it is changed.
    await driver.page.getByRole('combobox', { name: '阶段' }).selectOption({ label: '全部阶段' })
  })

  test('条款清单: each article is done, owed by somebody until a day, not yet there, or does not apply', async () => {
    await driver.openCase(matters.draft, '概况')
    const line = (topic: string) =>
      driver.page.getByRole('complementary', { name: '条款清单' }).getByRole('listitem').filter({ hasText: topic })
    const states = async () =>
      Promise.all(
        ['通知书拟制、审签、编号、印发', '约谈记录和纪要', '考核评价参考', '生产安全、环境污染除外'].map(
          async (topic) => ((await line(topic).textContent()) ?? '').replace(/\s+/g, ' '),
        ),
      )
    const [notice, minutes, appraisal, excluded] = await states()
    expect(notice).toContain('待办')
    expect(notice).toContain('承办人 孙某某 · 约谈日期未定 · 送审 0/1 家')
    expect(minutes).toContain('未到')
    expect(appraisal).toContain('不涉及')
    expect(appraisal).toContain('由考核、干部部门办理')
    expect(excluded).toContain('已办')
    expect(excluded).toContain('孙某某')
    await driver.tab('通知')
    await driver.type('约谈日期', noticeForm.day)
    await driver.type('材料报送日期', noticeForm.materialsDue)
    await driver.click(/^保存草稿/)
    await driver.see('已保存')
    await driver.step('articles', () => driver.tab('概况'))
    await expect
      .poll(async () => (await states())[0], patient)
      .toContain(`承办人 孙某某 · ${officialDay(noticeForm.materialsDue)}前 · 送审 0/1 家`)
  })

  /** What both sides changed is asked for, what only the other changed is shown; nothing is taken before it was chosen. */
  const merge = async (field: string, other: string, side: '本页' | '对方', step: string) => {
    const dialog = driver.page.getByRole('dialog', { name: '他人已先保存，请逐项核对' })
    await dialog.getByText(/^赵某某保存了修改/).waitFor()
    await dialog.getByText(`${field}：两边都改了`).waitFor()
    await dialog.getByRole('row', { name: new RegExp(other) }).waitFor()
    const confirm = dialog.getByRole('button', { name: '按所选合并' })
    expect(await confirm.isDisabled()).toBe(true)
    await driver.step(step, async () => undefined)
    await dialog.getByRole('radio', { name: `${field}用${side}的` }).check()
    await confirm.click()
    await dialog.waitFor({ state: 'detached' })
  }

  test('立项: what another account saved in between is shown field by field, nothing is overwritten', async () => {
    await driver.openCase(matters.fresh, '概况')
    await driver.click('修改立项内容')
    // A disk that takes nothing is said, and what was typed lands as soon as it takes it.
    const limitDisk = (limit: '0' | 'unlimited') =>
      execFileSync('prlimit', ['--pid', String(corePid()), `--fsize=${limit}:unlimited`])
    await driver.type('事实与依据', '本页补充')
    limitDisk('0')
    await driver.type('事实与依据', '本页补充的事实')
    const unkept = driver.page.getByRole('alert').filter({ hasText: '暂时只在窗口中' })
    await unkept.waitFor()
    await driver.step('unkept', async () => undefined)
    limitDisk('unlimited')
    await unkept.waitFor({ state: 'detached' })
    // A lock in between takes nothing: the form is there again.
    await relock('chengban')
    await driver.openCase(matters.fresh, '概况')
    await driver.click('修改立项内容')
    await expect.poll(() => driver.field('事实与依据').inputValue(), patient).toBe('本页补充的事实')
    const { intake, intakeVersion: version } = await head('cases.get', { caseId: cases.fresh })
    const theirs = { ...intake, facts: '对方补充的事实', sources: '内部审计报告' }
    await head('cases.edit', { caseId: cases.fresh, version, intake: theirs })
    await driver.click('保存修改')
    await merge('问题事实', '线索来源', '本页', 'intake-stale')
    // Until it is sent again, what stands is what the other one saved.
    expect((await head('cases.get', { caseId: cases.fresh })).intake.facts).toBe('对方补充的事实')
    expect(await driver.field('线索来源').inputValue()).toBe('内部审计报告')
    await driver.click('保存修改')
    await expect
      .poll(async () => (await head('cases.get', { caseId: cases.fresh })).intake, patient)
      .toMatchObject({ facts: '本页补充的事实', sources: '内部审计报告' })
  })

  test('通知: the same of a notice that two accounts write', async () => {
    await driver.openCase(matters.draft, '通知')
    await driver.type('约谈地点', '3号楼第二会议室')
    const [notice] = await head('notices.list', { caseId: cases.draft })
    if (notice === undefined) throw new Error('no notice')
    const one = { caseId: cases.draft, noticeId: notice.id }
    const fields = { ...notice.fields, place: '机关401室', hostName: '赵某某' }
    await head('notices.save', { ...one, version: notice.version, fields })
    await driver.click(/^保存草稿/)
    await merge('约谈地点', '主持人', '对方', 'notice-stale')
    expect(await driver.field('约谈地点').inputValue()).toBe('机关401室')
    expect(await driver.field('主持人').inputValue()).toBe('赵某某')
    await driver.type('主持人职务', '处长')
    await driver.click(/^保存草稿/)
    await expect
      .poll(async () => (await head('notices.list', { caseId: cases.draft }))[0]?.fields, patient)
      .toMatchObject({ place: '机关401室', hostName: '赵某某', hostTitle: '处长' })
  })

  test('从表格导入: the good rows land, the broken one is named and stays out', async () => {
    const file = join(office.outside, 'parties.csv')
    writeFileSync(
      file,
      '企业全称,人员姓名,职务,任职起始\n渝某甲表集团有限公司,李某某,董事长,2020-1-1\n渝某乙表集团有限公司,周某某,董事长,2026-2-30\n渝某丙表集团有限公司,,,\n',
    )
    await driver.go('企业与人员')
    await driver.click('从表格导入')
    await driver.type('表格文件', file)
    await driver.click('读取并预览')
    await driver.see('1 行有问题，不会导入')
    // As it was typed: nobody finds a day in the table that the program made of it.
    await driver.see('2026-2-30')
    await driver.click('确认导入')
    await driver.see('已导入。')
    await driver.step('import-landed', async () => undefined)
    await driver.click('完成')
    const find = driver.page.getByRole('textbox', { name: '查找企业' })
    await find.fill('渝某甲表集团有限公司')
    await driver.page.getByRole('treeitem', { name: '渝某甲表集团有限公司' }).click()
    await driver.page.getByRole('region', { name: '任职' }).getByText('李某某').first().waitFor()
    await find.fill('渝某乙表集团有限公司')
    await driver.see('没有找到')
  })
})
