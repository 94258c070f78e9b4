import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundle } from '#build/bundle.ts'
import { Driver } from '#build/demo/driver.ts'
import { filedVolume } from '#test/support/filing.ts'
import { sharedOffice, type TestOffice } from '#test/support/office.ts'
import { picturesOf } from '#test/support/pictures.ts'
import { openTestWindow, signIn, type TestWindow } from '#test/support/window.ts'

// What becomes of filed volumes: 定期核对 and 到期鉴定, down to the certificate of destruction.
const shared = sharedOffice()
let office: TestOffice
let window: TestWindow
let driver: Driver
let code: string
/** File of an attachment that is damaged below. */
let attachment: string

beforeAll(async () => {
  await bundle()
  office = await shared()
  const volume = await filedVolume(office, '渝某实业集团有限公司')
  code = volume.archivalCode
  const cases = (await office.at('dangan')).session.archive.cases
  // The papers of the volume grow old.
  await cases?.knex('volume_items').where({ volume_id: volume.id }).update({ date: '1990-05-01' })
  const row = await cases?.knex('rectification_documents').where({ case_id: volume.caseId }).first('blob_id')
  attachment = join(office.folder, 'blobs', row.blob_id)
  for (const login of ['chengban', 'chuzhang', 'fenguan', 'dingmi', 'jilu', 'dangan']) await office.leave(login)
  window = await openTestWindow({ shell: 'preview', base: office.outside, archive: office.folder })
})
afterAll(() => window?.close())

const sit = async (login: string, tab: string) => {
  driver = new Driver(await signIn(window, login), picturesOf('retention'), () => undefined)
  driver.page.setDefaultTimeout(60_000)
  await driver.go('立卷归档')
  await driver.tab(tab)
}
const dialog = () => driver.page.getByRole('dialog')
/** Presses a button of the due list for the old volume, writes what is asked and confirms. */
const decide = async (act: string, said: string, confirm = act) => {
  await driver.click(`${act} ${code}`)
  await dialog().getByRole('textbox').fill(said)
  await dialog().getByRole('button', { name: confirm, exact: true }).click()
  await dialog().waitFor({ state: 'detached' })
}

test('定期核对: begun by the sign-in itself; a damaged attachment is named with its title and what to do', async () => {
  await sit('dangan', '定期核对')
  const results = driver.page.getByRole('table', { name: '核对结果' })
  // Nobody pressed anything: the last check was older than policy allows, and the page shows what it found.
  await driver.step('fixity-sound', async () => results.getByText('全部一致').waitFor())
  const bytes = readFileSync(attachment)
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1
  writeFileSync(attachment, bytes)
  await driver.click('现在核对')
  await driver.step('fixity-fault', async () => results.getByText('1 件不一致').waitFor())
  expect(await results.locator('tbody tr').first().textContent()).toMatch(/关于有关问题的说明：内容与登记不符/)
  await driver.see(/从最近一次核对无误的备份中取回/)
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1
  writeFileSync(attachment, bytes)
})

test('到期鉴定: held, released, asked for, approved by another, destroyed; the certificate stands in the window', async () => {
  await driver.tab('到期鉴定')
  await driver.step('due', async () => driver.see('到期待鉴定 1 卷'))
  await decide('暂缓处置', '责任追究尚未办结')
  await driver.see('暂缓处置：责任追究尚未办结')
  expect(await driver.button(`申请销毁 ${code}`).count()).toBe(0)
  await decide('解除暂缓', '已办结')
  await decide('申请销毁', '保管期限已满，无继续保存价值')
  await driver.see('待批准')
  expect(await driver.button(`批准 ${code}`).count()).toBe(0)
  await driver.lock()

  await sit('chuzhang', '到期鉴定')
  await driver.click(`批准 ${code}`)
  await dialog().getByRole('textbox').fill('同意销毁')
  await dialog().getByRole('button', { name: '批准', exact: true }).click()
  await driver.see('已批准')
  await driver.lock()

  await sit('dangan', '到期鉴定')
  await driver.click(`销毁 ${code}`)
  await dialog().getByRole('textbox').fill('周某某')
  await dialog().getByRole('button', { name: '销毁', exact: true }).click()
  await driver.see('已办结')
  await driver.step('destroyed', async () => driver.see(/监销 周某某/))
  await driver.click(`销毁证明 ${code}`)
  await driver.step('certificate', async () =>
    dialog().getByRole('img').or(dialog().locator('canvas')).first().waitFor(),
  )
  await dialog().getByRole('button', { name: '返回', exact: true }).click()
  await driver.tab('案卷')
  expect(await driver.button(`打开案卷 ${code}`).count()).toBe(0)
})
