import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { bundle } from '#build/bundle.ts'
import { Driver } from '#build/demo/driver.ts'
import { chapters, type DemoPlaces, startWalk, type Walk } from '#build/demo/path.ts'
import { type CaseScript, readCaseScript } from '#build/demo/script.ts'
import { root } from '#build/paths.ts'
import { trialPassword, trialPeople } from '#electron/core/accounts/trial.ts'
import { roleNames } from '#shared/domain/accounts.ts'
import { suiteFolder } from '#test/support/folders.ts'
import { foundTrial } from '#test/support/office.ts'
import { picturesOf } from '#test/support/pictures.ts'
import { openTestWindow, type TestWindow } from '#test/support/window.ts'

// What the demo's straight way never meets: refusals of the intake, 退回, 作废 and 撤销, in the real window.
const { folder: base, remove } = suiteFolder()
const accounts = trialPeople.map(({ login, roles }) => ({
  name: login,
  role: roleNames[roles[0] ?? 'caseOfficer'],
  password: trialPassword,
}))
const places: DemoPlaces = {
  archive: join(base, 'archive'),
  papers: join(base, 'papers'),
  bundles: join(base, 'bundles'),
  materials: join(base, 'materials'),
  recipientCertificate: '',
  recipientFingerprint: '',
}
let script: CaseScript
let window: TestWindow
let walk: Walk
let driver: Driver

beforeAll(async () => {
  await bundle()
  script = await readCaseScript(join(root, 'test', 'fixtures', 'cases', 'unclassified.json'))
  const place = { folder: places.archive, machineFolder: join(base, 'machine') }
  await foundTrial(place)
  window = await openTestWindow({ shell: 'preview', base, archive: places.archive })
  driver = new Driver(await window.page('signin'), picturesOf('side-doors'), () => undefined)
  walk = startWalk(driver, script, accounts, places)
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await driver.photographFailure(`test-${task.id}`)
})
afterAll(async () => {
  await window?.close()
  remove()
})

const alert = (words: string | RegExp) => driver.page.getByRole('alert').filter({ hasText: words }).first()

test('the intake names every field it lacks, and the gate of Article 22 stops it', async () => {
  await walk.as('承办人')
  await driver.go('约谈事项')
  await driver.click(/^立项/)
  // The list has a button of the same name.
  await driver.field('查找企业').waitFor()
  await driver.click('立项')
  await alert(/还有 \d+ 处需要补正/).waitFor()
  for (const words of ['请选择被约谈企业', '请填写约谈事由', '请至少勾选一种情形', '请回答本问'])
    await driver.see(words)
  await driver.choose('是否属于第二十二条除外情形', '涉及生产安全事故')
  await driver.see('请转负有安全生产监督管理职责的部门')
  await driver.type('涉及金额（万元）', '很多')
  await driver.see('不是金额')
  await driver.step('intake-refused', () => driver.click('立项'))
  // Nothing was opened: the list knows no case.
  await driver.go('约谈事项')
  expect(await driver.page.getByRole('row', { name: new RegExp(script.intake.matter) }).count()).toBe(0)
})

test('a notice sent back keeps its reason, is mended and approved; a number declared void stays in the register', async () => {
  await chapters.intake(walk)
  const { matter } = script.intake
  await chapters.notices(walk)
  await walk.as('分管负责同志')
  await driver.openCase(matter, '通知')
  await driver.button('退回').waitFor()
  expect(await driver.button('退回').isDisabled()).toBe(true)
  await driver.type('审签意见', '联系电话请再核对。')
  await driver.step('notice-returned', async () => {
    await driver.click('退回')
    await driver.see(/退回/)
  })

  await walk.as('承办人')
  await driver.openCase(matter, '通知')
  await driver.see('联系电话请再核对。')
  await driver.type('联系电话', '023-0000 5678')
  await driver.click(/^保存草稿/)
  await driver.see('已保存')
  await driver.click('送审')
  await driver.choose('拟定密级', '非密')
  await driver.type('定密理由', '内容不涉及国家秘密')
  await driver.click('提出建议并送审')
  await driver.see(/待分管负责同志或主要负责同志审签/)
  await walk.as('定密责任人')
  await driver.go('保密')
  await driver.click('同意定密')
  await driver.button('同意定密').waitFor({ state: 'detached' })
  await chapters.approval(walk)
  await chapters.numbering(walk)
  const row = driver.page.getByRole('row', { name: new RegExp(matter) })
  const number = /监管约谈函〔\d{4}〕\d+号/.exec((await row.textContent()) ?? '')?.[0] ?? ''
  expect(number).not.toBe('')
  await driver.click(`作废 ${number}`)
  // Without a reason it cannot be confirmed.
  expect(await driver.button('确认作废').isDisabled()).toBe(true)
  await driver.type('作废原因', '文号登记有误')
  await driver.step('number-void', async () => {
    await driver.click('确认作废')
    await driver.page.getByRole('row', { name: new RegExp(`${number}.*文号登记有误`) }).waitFor()
  })
  // The next number is another one: none is given twice.
  expect(await driver.page.getByText(/^下一号：/).textContent()).not.toContain(`${number}`)
})

test('a case is withdrawn only with a reason, and says so from then on', async () => {
  const { matter } = script.intake
  await walk.as('处室负责人')
  await driver.openCase(matter, '概况')
  await driver.click('撤销事项')
  const dialog = driver.page.getByRole('dialog')
  const confirm = dialog.getByRole('button', { name: '撤销', exact: true })
  expect(await confirm.isDisabled()).toBe(true)
  await driver.type('撤销理由', '问题已并入另一事项一并约谈。')
  await driver.step('case-withdrawn', async () => {
    await confirm.click()
    await driver.button('重新打开').waitFor()
    await driver.tab('经过')
    await driver.see('问题已并入另一事项一并约谈。')
  })
})
