import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { demandNames } from '#shared/domain/cases.ts'
import { dayInChina } from '#shared/domain/common.ts'
import { delegationNames } from '#shared/domain/interviews.ts'
import { documentKindNames, documentParts, partNames } from '#shared/domain/rectification.ts'
import { levelNames } from '#shared/domain/secrecy.ts'
import { shippedProfile } from '#shared/rules/profile.ts'
import { type Driver, literally } from './driver.ts'
import { typeInterview } from './live.ts'
import type { CaseScript } from './script.ts'

/** A sample account as the trial archive shows it once. */
export interface DemoAccount {
  readonly name: string
  readonly role: string
  readonly password: string
}

export interface DemoPlaces {
  readonly archive: string
  readonly papers: string
  readonly bundles: string
  readonly materials: string
  readonly recipientCertificate: string
  readonly recipientFingerprint: string
}

/** 建立演练档案: the first screen of a newcomer. */
export async function makeArchive(driver: Driver, places: DemoPlaces): Promise<DemoAccount[]> {
  const accounts: DemoAccount[] = []
  await driver.step('first-run', () => driver.button('新建演练档案').waitFor())
  await driver.step('trial-archive', async () => {
    await driver.click('新建演练档案')
    await driver.type('演练档案放在哪里', places.archive)
    await driver.click('建立演练档案')
    await driver.button('去登录').waitFor()
    for (const row of await driver.page.locator('tbody tr').all()) {
      const [name = '', , role = '', password = ''] = await row.locator('td').allInnerTexts()
      accounts.push({ name, role, password })
    }
  })
  await driver.step('sign-in', async () => {
    await driver.click('去登录')
    await driver.button('登录').waitFor()
  })
  return accounts
}

/** What every chapter works with. */
export interface Walk {
  readonly driver: Driver
  readonly script: CaseScript
  readonly places: DemoPlaces
  /** Locks and signs in as the account that holds a role. */
  as(role: string): Promise<void>
}

/** The life of one case in chapters, each act by the account whose act it is. */
export const chapters = {
  intake,
  notices,
  approval,
  numbering,
  issuing,
  preparation,
  interview,
  minutes,
  rectification,
  filing,
  sealing,
  exportPapers,
} as const

/** Walks all chapters in order. */
export async function walkCase(walk: Walk): Promise<void> {
  for (const chapter of Object.values(chapters)) await chapter(walk)
}

export function startWalk(
  driver: Driver,
  script: CaseScript,
  accounts: readonly DemoAccount[],
  places: DemoPlaces,
): Walk {
  const as = async (role: string) => {
    const account = accounts.find((one) => one.role === role)
    if (account === undefined) throw new Error(`the trial archive has no ${role}`)
    await driver.signIn(account.name, account.password)
  }
  return { driver, script, places, as }
}

async function intake({ driver, script, as }: Walk): Promise<void> {
  const { intake: typed, enterprises, classification } = script
  await as('承办人')
  await driver.step('today', () => driver.go('今日'))
  await driver.step('case-list', () => driver.go('约谈事项'))
  await driver.step('intake', async () => {
    await driver.click(/^立项/)
    await driver.choose('约谈形式', typed.form === 'individual' ? '个别约谈' : '集体约谈')
    for (const enterprise of enterprises) await findEnterprise(driver, enterprise)
    await driver.type('约谈事由', typed.matter)
    for (const code of typed.triggers) {
      const trigger = shippedProfile.triggers.find((one) => one.code === code)
      await driver.choose('第三条所列情形（可多选）', new RegExp(`^（${trigger?.mark}）`))
    }
    for (const area of typed.areas) await driver.choose('情形（四）涉及的方面', area)
    if (typed.triggers.includes('six')) {
      await driver.choose('情形（六）：是否已启动责任追究程序', typed.accountabilityStarted ? '已经启动' : '暂未启动')
    }
    for (const [index, demand] of typed.demands.entries()) {
      await driver.click('添加整改要求')
      await driver.choose(`第${index + 1}项 类别`, demandNames[demand.kind])
      await driver.type(`第${index + 1}项 文号`, demand.number)
      await driver.type(`第${index + 1}项 日期`, demand.day)
      await driver.type(`第${index + 1}项 提出单位`, demand.from)
      await driver.type(`第${index + 1}项 要点`, demand.gist)
    }
    await driver.choose('是否属于第二十二条除外情形', '都不属于')
    await driver.type('事实与依据', typed.facts)
    await driver.type('线索来源', typed.sources)
    if (typed.amountFen !== null) await driver.type('涉及金额（万元）', String(typed.amountFen / 1_000_000))
    for (const [index, one] of typed.instructions.entries()) {
      await driver.click('添加批示')
      await driver.type(`第${index + 1}条 批示人`, one.leader)
      await driver.type(`第${index + 1}条 批示内容`, one.text)
    }
    await driver.choose('经办人员与企业、当事人是否有应当回避的关系', '已询问，没有')
    await driver.choose('事项拟定密级', levelNames[classification.notice.level])
    await driver.click('按办理环节全部选入')
  })
  await driver.step('case-opened', async () => {
    await driver.click('立项')
    await driver.button('确认承办').waitFor()
  })
  await driver.step('case-accepted', async () => {
    await driver.click('确认承办')
    await driver.button(/^去/).waitFor()
  })
}

/** Chooses an enterprise that is known, registers one that is not. */
async function findEnterprise(driver: Driver, enterprise: CaseScript['enterprises'][number]): Promise<void> {
  await driver.type('查找企业', enterprise.name)
  const found = driver.page
    .getByRole('list', { name: '查到的企业' })
    .getByRole('button', { name: new RegExp(`^${literally(enterprise.name)}`) })
  const none = driver.page.getByText('没有找到，可登记新企业')
  await found.or(none).first().waitFor()
  if (await found.isVisible()) await found.click()
  else {
    await driver.click('登记新企业')
    await driver.type('企业全称', enterprise.name)
    await driver.type('企业简称', enterprise.shortName)
    await driver.type('统一社会信用代码', enterprise.code)
    await driver.click('登记企业')
  }
  await driver.button(`移除 ${enterprise.name}`).waitFor()
}

async function notices(walk: Walk): Promise<void> {
  const { driver, script } = walk
  const { classification, enterprises } = script
  const notice = notPast(script.notice)
  await driver.step('notice-draft', async () => {
    await driver.tab('通知')
    for (const enterprise of enterprises) {
      await pickNotice(driver, script, enterprise.name)
      await driver.type('约谈日期', notice.day)
      await driver.type('约谈时间', notice.clock)
      for (const [label, value] of [
        ['约谈地点', notice.place],
        ['约谈单位', notice.unit],
        ['主持人', notice.hostName],
        ['主持人职务', notice.hostTitle],
        ['需提交的材料', notice.materials],
        ['材料报送日期', notice.materialsDue],
        ['联系人', notice.contact],
        ['联系电话', notice.telephone],
      ] as const) {
        await driver.type(label, value)
      }
      for (const group of notice.interviewees) await driver.choose('被约谈人员（第七条）', group)
      for (const unit of notice.copies) await driver.choose('抄送', unit)
      await driver.click(/^保存草稿/)
      await driver.see('已保存')
    }
    await driver.page.locator('canvas').first().waitFor()
  })
  await driver.step('notice-submitted', async () => {
    for (const enterprise of enterprises) {
      await pickNotice(driver, script, enterprise.name)
      await driver.click('送审')
      await propose(driver, classification.notice)
      await driver.click('提出建议并送审')
      await driver.see(/待分管负责同志或主要负责同志审签/)
    }
  })
  await classify(walk, 'notice')
}

async function approval({ driver, script, as }: Walk): Promise<void> {
  const { notice, enterprises } = script
  await as('分管负责同志')
  await driver.step('notice-approved', async () => {
    await driver.openCase(script.intake.matter, '通知')
    for (const enterprise of enterprises) {
      await pickNotice(driver, script, enterprise.name)
      await driver.type('审签意见', notice.opinion)
      await driver.click('同意')
      await driver.see(/^已审签/)
    }
  })
}

async function numbering({ driver, script, as }: Walk): Promise<void> {
  const { enterprises } = script
  await as('责任追究部门')
  await driver.step('numbered', async () => {
    await driver.go('编号册')
    const register = driver.page.getByRole('region', { name: '年度编号' })
    for (const enterprise of enterprises) {
      await driver.click(`编号：${enterprise.name}`)
      await register.getByText(enterprise.name).first().waitFor()
    }
  })
  await driver.step('reconciled', async () => {
    await driver.click('对账')
    await driver.see(/^末号/)
  })
}

async function issuing({ driver, script, as }: Walk): Promise<void> {
  const { enterprises } = script
  const { matter } = script.intake
  await as('承办人')
  await driver.step('notice-issued', async () => {
    await driver.openCase(matter, '通知')
    for (const enterprise of enterprises) {
      await pickNotice(driver, script, enterprise.name)
      await driver.click('印发')
      await driver.button('登记企业确认').waitFor()
    }
  })
  await driver.step('notice-confirmed', async () => {
    for (const enterprise of enterprises) {
      await pickNotice(driver, script, enterprise.name)
      await driver.click('登记企业确认')
      await driver.choose('确认方式（第十条）', '电话确认')
      await driver.type('企业确认人', enterprise.people[0]?.name ?? '某某')
      await driver.click('确认登记')
      await driver.see('企业确认')
    }
  })
  await driver.step('consulted', async () => {
    const [joint] = script.interview.attendees.filter((one) => one.delegation === 'joint')
    const [host] = script.interview.attendees
    await driver.tab('会前')
    await driver.click('登记会前沟通')
    await driver.type('沟通时间', '0900')
    await driver.type('召集人', host?.name ?? '某某')
    await driver.type('拟约谈内容', script.intake.facts)
    await driver.type('商定的监管意见要求', '限期整改，严肃追责，定期报告进展。')
    await driver.type('第1人 单位', joint?.unit ?? '监督处')
    await driver.type('第1人 姓名', joint?.name ?? '某某')
    await driver.type('第1人 意见', '同意')
    await driver.click('登记沟通')
    await driver.see(/^商定意见/)
  })
  await driver.step('history', async () => {
    await driver.tab('经过')
    await driver.see('登记企业确认')
  })
}

/** A script keeps its days while they lie ahead; run later, it calls the interview for the present day. */
function notPast(notice: CaseScript['notice']): CaseScript['notice'] {
  const today = dayInChina(new Date().toISOString())
  const later = (day: string): string => (day < today ? today : day)
  return { ...notice, day: later(notice.day), materialsDue: later(notice.materialsDue) }
}

/** With several enterprises each has a notice, minutes and clock of its own: the switch above chooses. */
async function pickNotice(driver: Driver, script: CaseScript, enterprise: string): Promise<void> {
  await pick(driver, script, '各企业的通知书', enterprise)
}

async function pick(driver: Driver, script: CaseScript, list: string, enterprise: string): Promise<void> {
  if (script.enterprises.length < 2) return
  await driver.page
    .getByRole('navigation', { name: list })
    .getByRole('button', { name: new RegExp(`^${literally(enterprise)}`) })
    .click()
}

async function propose(driver: Driver, decided: CaseScript['classification']['notice']): Promise<void> {
  await driver.choose('拟定密级', levelNames[decided.level])
  if (decided.term?.kind === 'period') {
    await driver.type('期限长度', String(decided.term.length))
    await driver.choose('保密期限', decided.term.unit === 'year' ? '年' : '个月')
  }
  await driver.type('定密依据', decided.basis)
  await driver.type('定密理由', decided.reason)
}

/** 定密 by the second person, for every paper of ours that waits. */
async function classify({ driver, script, as }: Walk, what: 'notice' | 'minutes'): Promise<void> {
  await as('定密责任人')
  await driver.step(`${what}-classified`, async () => {
    await driver.go('保密')
    for (const enterprise of script.enterprises) {
      const panel = driver.page.getByRole('region', { name: '定密建议' })
      await panel.waitFor()
      const waiting = driver.page.getByRole('navigation', { name: '待定密事项' })
      if (await waiting.isVisible())
        await waiting.getByRole('button', { name: new RegExp(literally(enterprise.name)) }).click()
      await panel.getByText(enterprise.name).first().waitFor()
      await driver.page.locator('canvas').first().waitFor()
      await driver.click('同意定密')
      await panel.getByText(enterprise.name).first().waitFor({ state: 'detached' })
    }
  })
}

async function preparation({ driver, script, as }: Walk): Promise<void> {
  const { attendees } = script.interview
  await as('记录人')
  await driver.step('interview-prepared', async () => {
    await driver.openCase(script.intake.matter, '约谈')
    for (const group of groups(script)) {
      const members = attendees.filter(
        (one) => one.delegation === group.delegation && one.enterprise === group.enterprise,
      )
      for (const [index, person] of members.entries()) {
        const row = `${group.name}第${index + 1}人`
        const present = await driver.field(`${row} 姓名`).count()
        if (present === 0) await driver.click(new RegExp(`添加${literally(group.name)}$`))
        await driver.type(`${row} 单位`, person.unit)
        await driver.type(`${row} 姓名`, person.name)
        await driver.type(`${row} 职务`, person.title)
        await driver.type(`${row} 发言键`, person.key === null ? '' : String(person.key))
      }
      // What the notice drafted beyond the people of the script goes.
      const beyond = driver.button(`删除 ${group.name}第${members.length + 1}人 `)
      while ((await beyond.count()) > 0) await beyond.click()
    }
    await driver.click('会前三项均已核对')
    await driver.click('保存准备')
    await driver.see('准备已保存')
  })
  await driver.step('interview-started', async () => {
    await driver.click('开始约谈')
    await driver.field('正在输入的话').waitFor()
    await driver.click('全部到会')
    // One entry per person; the button goes when the last of them is kept.
    await driver.button('全部到会').waitFor({ state: 'detached' })
  })
}

async function interview({ driver, script }: Walk): Promise<void> {
  await driver.step('interview-recorded', async () => {
    await typeInterview(driver, script)
    await driver.see(/已落盘/)
  })
  await driver.step('interview-ended', async () => {
    await driver.click('结束约谈')
    await driver.click('确认结束')
    await driver.button('起草纪要').waitFor()
  })
}

function groups(script: CaseScript): { delegation: string; enterprise: string | null; name: string }[] {
  const several = script.enterprises.length > 1
  return [
    { delegation: 'host', enterprise: null, name: delegationNames.host },
    { delegation: 'joint', enterprise: null, name: delegationNames.joint },
    ...script.enterprises.map(({ shortName }) => ({
      delegation: 'enterprise',
      enterprise: shortName,
      name: several ? shortName : delegationNames.enterprise,
    })),
    { delegation: 'recorder', enterprise: null, name: delegationNames.recorder },
  ]
}

async function minutes(walk: Walk): Promise<void> {
  const { driver, script, as } = walk
  await driver.step('minutes-drafted', async () => {
    await driver.click('起草纪要')
    await driver.button(/^送审/).waitFor()
  })
  await driver.step('minutes-preview', async () => {
    await driver.click('看清样')
    await driver.page.locator('canvas').first().waitFor()
    await driver.click('回到编辑')
  })
  await driver.step('minutes-submitted', async () => {
    for (const enterprise of script.enterprises) {
      await pickMinutes(driver, script, enterprise.name)
      await driver.click('送审')
      await propose(driver, script.classification.minutes)
      await driver.click('确认送审')
      await driver.see('待定密责任人核定密级')
    }
  })
  await classify(walk, 'minutes')
  await as('处室负责人')
  await driver.step('minutes-final', async () => {
    await driver.openCase(script.intake.matter, '纪要')
    for (const enterprise of script.enterprises) {
      await pickMinutes(driver, script, enterprise.name)
      await driver.click('定稿')
      await driver.see('已定稿，纪要和记录已固定')
    }
  })
}

async function pickMinutes(driver: Driver, script: CaseScript, enterprise: string): Promise<void> {
  if (script.enterprises.length > 1) await driver.page.getByRole('radio', { name: enterprise, exact: true }).check()
}

async function rectification({ driver, script, as, places }: Walk): Promise<void> {
  await as('承办人')
  mkdirSync(places.materials, { recursive: true })
  await driver.step('materials-received', async () => {
    await driver.openCase(script.intake.matter, '整改')
    for (const [index, material] of script.materials.entries()) {
      const file = join(places.materials, `material-${index + 1}.txt`)
      writeFileSync(file, material.text)
      const enterprise = script.enterprises.find((one) => one.shortName === material.enterprise)
      await pick(driver, script, '各企业的整改', enterprise?.name ?? material.enterprise)
      const side = driver.page.getByRole('region', { name: '登记收到文件' })
      await side.getByRole('radio', { name: documentKindNames[material.kind], exact: true }).check()
      await driver.type('文件标题', material.title)
      if (material.number !== undefined) {
        await driver.type('文号', material.number)
        await driver.choose('企业盖章', '已盖章')
      }
      await driver.type('电子文件', file)
      await driver.click('登记收到')
      await driver.see(material.title)
    }
  })
  for (const kind of ['workPlan', 'specialReport'] as const)
    for (const paper of script.materials.filter((one) => one.kind === kind)) {
      await driver.step(kind === 'workPlan' ? 'plan-checked' : 'report-checked', async () => {
        await driver.click(`核对 ${paper.title}`)
        for (const part of documentParts[kind]) await driver.choose(partNames[part], `${partNames[part]} 有`)
        await driver.click('核对接受')
        await driver.page.getByRole('dialog').waitFor({ state: 'detached' })
        await driver.page
          .getByRole('row', { name: new RegExp(literally(paper.title)) })
          .getByText('已接受')
          .waitFor()
      })
    }
  const outcome = script.rectification
  if (outcome !== undefined)
    for (const enterprise of script.enterprises) await writeOff(driver, script, outcome, enterprise.name)
  await driver.step('filing-begun', async () => {
    await driver.click('转入立卷')
    if (script.rectification === undefined) {
      // On the day of the interview nothing is put right yet, and the case says so.
      await driver.type('未销账的理由', '演示当日整改期限未到，先行立卷；整改情况报来后重新打开补入案卷。')
      await driver.click('说明理由并转入')
    }
    await driver.tab('归档')
    await driver.button('立卷').waitFor()
  })
}

/** From the effects over every item and the evaluation to 销账 of one enterprise (Art. 12, 16). */
async function writeOff(
  driver: Driver,
  script: CaseScript,
  outcome: NonNullable<CaseScript['rectification']>,
  enterprise: string,
): Promise<void> {
  const dialog = driver.page.getByRole('dialog')
  const enter = async (values: readonly (readonly [label: string, value: string])[], confirm: string) => {
    for (const [label, value] of values) await driver.type(label, value)
    await dialog.getByRole('button', { name: confirm, exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
  }
  await driver.step('effects-entered', async () => {
    await pick(driver, script, '各企业的整改', enterprise)
    await driver.click('登记成效')
    const { stopped, losses, risk, influence } = outcome.effects
    const values = [
      ['制止纠正', stopped],
      ['减损挽损', losses],
      ['降低风险', risk],
      ['消除影响', influence],
    ] as const
    await enter(values, '登记')
  })
  await driver.step('items-closed', async () => {
    const rows = driver.page.getByRole('table', { name: '整改事项' }).locator('tbody tr')
    await rows.first().waitFor()
    for (let n = 1; n <= (await rows.count()); n += 1) {
      const closed = rows.nth(n - 1).getByText('已销账')
      if (await closed.isVisible()) continue
      await driver.click(`第${n}项 销账`)
      const result = driver.field(`第${n}项 落实结果`)
      await result.fill(outcome.itemResult)
      await result.press('Enter')
      await closed.waitFor()
    }
  })
  await driver.step('evaluated', async () => {
    await driver.click('评估')
    await enter([['评估意见', outcome.evaluation]], '登记')
  })
  await driver.step('written-off', async () => {
    await driver.click('企业销账')
    await enter([['销账意见', outcome.closing]], '确认销账')
    await driver.see('整改已销账')
  })
}

async function filing({ driver, script, as }: Walk): Promise<void> {
  await driver.step('volume-assembled', async () => {
    await driver.click('立卷')
    await driver.see('卷内文件')
  })
  await driver.step('volume-handed-over', async () => {
    await driver.click('移交')
    await driver.type('移交说明', '卷内文件按归档范围收齐，请清点签收。')
    await driver.click('确认移交')
    await driver.see('已移交，待签收')
  })
  await as('档案员')
  await driver.step('volume-received', async () => {
    await driver.openCase(script.intake.matter, '归档')
    await driver.click('签收')
    await driver.click('确认签收')
    await driver.see('已签收，由档案员负责')
  })
  await driver.step('volume-filed', async () => {
    await driver.button('归档前检测').waitFor()
    for (const gap of await driver.page.getByRole('textbox', { name: /^缺.*的说明$/ }).all()) {
      await gap.click()
      await driver.page.keyboard.insertText(script.archive.gapReason)
    }
    await driver.click('归档前检测')
    await driver.button('归档').waitFor()
    await lookAt(driver, script)
    await driver.click('归档')
    await driver.button('开始封包').waitFor()
  })
}

/** What a program cannot see, a person looks at. */
async function lookAt(driver: Driver, script: CaseScript): Promise<void> {
  for (const finding of await driver.page.getByRole('textbox', { name: /^人工检查结果/ }).all()) {
    await finding.click()
    await driver.page.keyboard.insertText(script.archive.finding)
  }
}

async function sealing({ driver, script, as, places }: Walk): Promise<void> {
  await as('档案员')
  await driver.step('seal-requested', async () => {
    await driver.openCase(script.intake.matter, '归档')
    await driver.click('开始封包')
    await driver.type('收件人证书文件', places.recipientCertificate)
    await driver.type('证书指纹（照纸录入）', places.recipientFingerprint)
    await driver.click('核对并加入')
    await driver.page.getByRole('list', { name: '收件人' }).waitFor()
    await driver.type('用途', '移交进馆')
    await driver.click('申请出件')
    await driver.page
      .getByText(/^[●▲]?(待批准|可以封包)$/)
      .first()
      .waitFor()
  })
  await as('处室负责人')
  await driver.step('seal-allowed', () => allowLeaving(driver))
  await as('档案员')
  await driver.step('four-property-check', async () => {
    await driver.openCase(script.intake.matter, '归档')
    await driver.click('开始封包')
    await driver.button(/^选用/).last().click()
    await driver.click('下一步')
    await driver.click('检测')
    await driver.button('下一步').waitFor()
    await lookAt(driver, script)
  })
  mkdirSync(places.bundles, { recursive: true })
  await driver.step('sealed', async () => {
    await driver.click('下一步')
    await driver.type('封包保存到文件夹', places.bundles)
    await driver.click('封包')
    await driver.see('封包回执')
  })
  await driver.step('verified', async () => {
    await driver.click('自检')
    await driver.see('自检完成')
  })
}

/** Another person allows what waits to leave; what needs nobody's leave is allowed already. */
async function allowLeaving(driver: Driver): Promise<void> {
  await driver.go('保密')
  await driver.tab('出件审批')
  const approve = driver.button(/^同意出件/)
  await approve.or(driver.page.getByText('没有等待批准的出件')).first().waitFor()
  if ((await approve.count()) > 0) {
    await approve.first().click()
    await driver.see('没有等待批准的出件')
  }
}

/** Every frozen paper leaves by the window: asked for by one, allowed by another where it is secret, then taken. */
async function exportPapers({ driver, script, places, as }: Walk): Promise<void> {
  mkdirSync(places.papers, { recursive: true })
  await driver.step('papers-requested', async () => {
    await driver.openCase(script.intake.matter, '材料')
    await driver.click('全选')
    await driver.click(/^申请出件/)
    await driver.type('接收单位或个人', script.archive.recipient.organization)
    await driver.type('用途', '随案卷移交')
    await driver.click('提出申请')
    await driver.page
      .getByText(/^(待批准|已批准) \d+ 件/)
      .first()
      .waitFor()
  })
  await as('处室负责人')
  await driver.step('papers-allowed', () => allowLeaving(driver))
  await as('档案员')
  await driver.step('papers-exported', async () => {
    await driver.openCase(script.intake.matter, '材料')
    await driver.type('导出到文件夹', places.papers)
    await driver.click(/^导出已批准的/)
    await driver.see(/^已导出 \d+ 件/)
  })
}
