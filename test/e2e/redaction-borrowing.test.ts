import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bundle } from '#build/bundle.ts'
import { Driver } from '#build/demo/driver.ts'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import { filedVolume } from '../support/filing.ts'
import { chain, issueNotices, openCase, openOffice, secret } from '../support/office.ts'
import { openTestWindow } from '../support/window.ts'

const name = '渝某实业集团有限公司'

test('a redacted version is made by one, reviewed by another and opened; a filed volume is asked for, lent, read and given back', async () => {
  await bundle()
  const office = await openOffice()
  const { caseId } = await openCase(office, [name])
  await issueNotices(office, caseId, secret)
  const others = chain.filter((login) => login !== 'jilu')
  const { archivalCode, items } = await filedVolume(office, '渝某能源有限公司', [], others)
  for (const login of [...chain, 'zhuize']) await office.leave(login)

  const window = await openTestWindow({ shell: 'preview', base: office.outside, archive: office.folder })
  try {
    const page = await window.page('signin')
    const driver = new Driver(page, { folder: join(office.outside, 'pictures'), ofEveryStep: false }, () => undefined)
    const versions = page.getByRole('table', { name: '遮盖版' })
    const loans = page.getByRole('table', { name: '借阅登记' })
    const struck = page.locator('del').filter({ hasText: name })

    await driver.signIn('jilu', trialPassword)
    await driver.openCase(name, '材料')
    await driver.click('制作遮盖版')
    await driver.choose('文书', /责任约谈通知书/)
    await page.getByRole('textbox', { name: '要遮盖的文字' }).fill(name)
    await driver.click('遮盖全部出现处')
    await driver.type('制作理由', '向审计机构提供，不涉及企业名称。')
    await driver.type('定密理由', '遮盖后不含国家秘密。')
    expect(await driver.button(`撤销遮盖 ${name}`).count()).toBe(1)
    await driver.click('送审核')
    await versions.getByText('待审核').waitFor()
    expect(await driver.button(/^审核遮盖版/).count()).toBe(0)
    await driver.go('立卷归档')
    await driver.tab('借阅')
    await driver.click('申请借阅')
    await driver.type('档号', archivalCode)
    await driver.type('用途', '核对整改情况')
    await driver.click('提出申请')
    await loans.getByText('待批准').waitFor()

    await driver.signIn('fenguan', trialPassword)
    await driver.openCase(name, '材料')
    await driver.click(/^审核遮盖版/)
    await struck.first().waitFor()
    await driver.click('审核通过')
    await versions.getByText('已审核').waitFor()
    await driver.go('立卷归档')
    await driver.tab('借阅')
    await driver.click(/^同意 .* 借阅$/)
    await loans.getByText('借阅中').waitFor()

    await driver.signIn('jilu', trialPassword)
    await driver.go('立卷归档')
    await driver.tab('借阅')
    await driver.click(`阅读 ${archivalCode}`)
    const [first] = items
    await page.getByRole('region', { name: first?.title ?? '', exact: true }).waitFor()
    await driver.click('归还')
    await loans.getByText('已归还').waitFor()
    expect(await driver.button(/^阅读 /).count()).toBe(0)
    await driver.openCase(name, '材料')
    await driver.click(/^查看遮盖版/)
    await page.getByRole('dialog', { name: /^查看遮盖版/ }).waitFor()
    await struck.first().waitFor()
  } finally {
    await window.close()
  }
}, 600_000)
