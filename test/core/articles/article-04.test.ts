import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { Intake } from '#shared/domain/cases.ts'
import { shippedProfile } from '#shared/rules/profile.ts'
import { pdfText, unspaced } from '../../documents/readers.ts'
import {
  chain,
  classifyAll,
  dayAhead,
  disableAccount,
  firstNotice,
  intakeFor,
  noticeForm,
  openCase,
  openOffice,
  ready,
  secret,
  submitNotices,
  unclassified,
} from '../../support/office.ts'

vi.setConfig({ testTimeout: 600_000 })

test('相关处室根据职责启动: an office whose duties do not cover the aspect gives its reason, and the approver reads it', async () => {
  const office = await openOffice()
  const { chengban, scope, ids } = await ready(office, ['渝某实业集团有限公司'])
  const intake = { ...intakeFor(ids, scope), triggers: ['four' as const], areas: ['网络安全'] }
  await (await office.at('chuzhang')).call('parties.saveOffice', { name: '监督处', duties: ['规划投资'] })
  await expect(chengban.call('cases.create', intake)).rejects.toMatchObject({
    code: 'cases.dutyReasonMissing',
    params: { field: 'dutyReason' },
  })
  const { caseId } = await chengban.call('cases.create', { ...intake, dutyReason: '委主要负责同志指定' })
  expect((await (await office.at('fenguan')).call('cases.get', { caseId })).intake.dutyReason).toBe(
    '委主要负责同志指定',
  )
  await chengban.call('cases.create', { ...intake, areas: ['规划投资'] })
})

test('启动: recusal is asked and kept; a recused colleague stays out of the scope; attachments are kept encrypted', async () => {
  const office = await openOffice()
  const { chengban, scope, ids } = await ready(office, ['渝某实业集团有限公司'])
  const intake = intakeFor(ids, scope)
  const create = (part: Partial<Intake>) => chengban.call('cases.create', { ...intake, ...part })
  await expect(create({ recusalAsked: false })).rejects.toMatchObject({ params: { field: 'recusals' } })
  const relation = { name: '郝某某', relation: '配偶在该企业任职', decision: 'recused' as const, reason: '' }
  await expect(create({ recusals: [relation] })).rejects.toThrow('cases.recusedInScope')
  await expect(create({ recusals: [{ ...relation, decision: 'stays' }] })).rejects.toThrow('cases.recusalReason')
  const without = scope.filter((id) => id !== scope[chain.indexOf('jilu')])
  const { caseId } = await create({ recusals: [relation], scope: without })
  expect((await chengban.call('cases.get', { caseId })).intake.recusals).toEqual([relation])
  const file = join(office.outside, '检查报告.txt')
  writeFileSync(file, '专项检查报告正文')
  await expect(
    chengban.call('cases.attach', { caseId, title: '检查报告', file: join(office.outside, 'none.pdf') }),
  ).rejects.toThrow('rectification.noFile')
  await chengban.call('cases.attach', { caseId, title: '检查报告', file })
  // What its sender marked higher than the case stays that high when it is to leave (保密法 18).
  await chengban.call('cases.attach', { caseId, title: '审计报告', level: 'confidential', file })
  const [, marked] = (await chengban.call('cases.get', { caseId })).attachments
  expect(marked).toMatchObject({ title: '审计报告', level: 'confidential' })
  const asked = { caseId, paperIds: [marked?.id ?? ''], act: 'export' as const, parentId: null, medium: '' }
  expect(await chengban.call('copies.request', { ...asked, recipient: '监督处', purpose: '核对' })).toMatchObject([
    { state: 'requested', level: 'confidential', label: '000001' },
  ])
  const [kept] = (await chengban.call('cases.get', { caseId })).attachments
  expect(kept).toMatchObject({
    title: '检查报告',
    fileName: '检查报告.txt',
    level: 'none',
    size: Buffer.byteLength('专项检查报告正文'),
  })
  // It leaves as every paper does: the case is 秘密, so another person has to allow it, and the copy is registered.
  const folder = join(office.outside, 'taken')
  mkdirSync(folder)
  const request = { caseId, paperIds: [kept?.id ?? ''], act: 'export' as const, parentId: null, medium: '' }
  const [ticket] = await chengban.call('copies.request', { ...request, recipient: '监督处', purpose: '会前核对' })
  expect(ticket).toMatchObject({ state: 'requested', level: 'secret', label: '000001', format: 'txt' })
  const take = { caseId, ticketId: ticket?.id ?? '', folder }
  await expect(chengban.call('copies.take', take)).rejects.toThrow('copies.notApproved')
  const chuzhang = await office.at('chuzhang')
  const decide = { caseId, batchId: ticket?.batchId ?? '', decision: 'approved' as const, opinion: '同意。' }
  await chuzhang.call('copies.decide', decide)
  const { file: written } = await chengban.call('copies.take', take)
  expect(readFileSync(written, 'utf8')).toBe('专项检查报告正文')
  await expect(chengban.call('copies.take', take)).rejects.toThrow('copies.ticketUsed')
  expect((await chengban.call('copies.register', { caseId })).map((one) => one.title)).toEqual(['检查报告'])
})

test('启动: two accounts change one intake: the second is told, sees the first one, and overwrites nothing', async () => {
  const office = await openOffice()
  const { chengban, scope, ids } = await ready(office, ['渝某实业集团有限公司'])
  const intake = intakeFor(ids, scope)
  const { caseId } = await chengban.call('cases.create', intake)
  const chuzhang = await office.at('chuzhang')
  const { intakeVersion: version } = await chengban.call('cases.get', { caseId })
  await chuzhang.call('cases.edit', { caseId, version, intake: { ...intake, sources: '审计报告' } })
  const mine = { ...intake, facts: '补充的事实' }
  await expect(chengban.call('cases.edit', { caseId, version, intake: mine })).rejects.toThrow('cases.changed')
  const now = await chengban.call('cases.get', { caseId })
  expect(now.intake).toMatchObject({ sources: '审计报告', facts: intake.facts })
  await chengban.call('cases.edit', { caseId, version: now.intakeVersion, intake: { ...mine, sources: '审计报告' } })
  expect((await chengban.call('cases.get', { caseId })).intake).toMatchObject({
    sources: '审计报告',
    facts: '补充的事实',
  })
  // Once the notices are drafted, who is interviewed is fixed.
  await chengban.call('cases.accept', { caseId })
  const other = await chengban.call('parties.createEnterprise', {
    name: '渝某建投集团有限公司',
    shortName: '',
    code: '',
    parentId: null,
  })
  const { intakeVersion } = await chengban.call('cases.get', { caseId })
  await expect(
    chengban.call('cases.edit', { caseId, version: intakeVersion, intake: { ...intake, enterpriseIds: [other.id] } }),
  ).rejects.toThrow('cases.enterprisesFixed')
})

test('启动: a change of the intake meets the same checks, leaves the 知悉范围 alone and ends when the notices go up', async () => {
  const office = await openOffice()
  const { chengban, scope, ids } = await ready(office, ['渝某实业集团有限公司'])
  const { caseId } = await chengban.call('cases.create', intakeFor(ids, scope))
  const { intake, intakeVersion: version } = await chengban.call('cases.get', { caseId })
  const edit = (part: Partial<Intake>) =>
    chengban.call('cases.edit', { caseId, version, intake: { ...intake, ...part } })
  // A colleague who must stand aside is in the stored scope, whatever scope is sent.
  const recusals = [{ name: '郝某某', relation: '配偶在该企业任职', decision: 'recused' as const, reason: '' }]
  const jilu = scope[chain.indexOf('jilu')] ?? ''
  const without = intake.scope.filter((id) => id !== jilu)
  await expect(edit({ recusals, scope: without })).rejects.toMatchObject({
    code: 'cases.scopeElsewhere',
    params: { field: 'scope' },
  })
  await expect(edit({ recusals })).rejects.toThrow('cases.recusedInScope')
  expect((await chengban.call('cases.get', { caseId })).intake).toEqual(intake)
  const machine = vi.spyOn(chengban.session.archive.ledger, 'machineLevel', 'get').mockReturnValue('secret')
  await expect(edit({ proposedLevel: 'confidential' })).rejects.toThrow('secrecy.aboveMachine')
  machine.mockRestore()
  await expect(edit({ enterpriseIds: ['01ARZ3NDEKTSV4RRFFQ69G5FAV'] })).rejects.toThrow('parties.unknownEnterprise')
  await chengban.call('cases.accept', { caseId })
  await submitNotices(office, caseId, unclassified)
  await expect(edit({ matter: '另一事由' })).rejects.toMatchObject({
    code: 'cases.noticesUp',
    params: { state: 'submitted' },
  })
  const { one } = await firstNotice(office, caseId)
  await chengban.call('notices.withdraw', { ...one, reason: '事由有误' })
  await edit({ matter: '另一事由' })
  expect((await chengban.call('cases.get', { caseId })).matter).toBe('另一事由')
})

test('启动: a case nobody takes shows on the desk of the office head after the days the policy names', async () => {
  let now = new Date().toISOString()
  const office = await openOffice(() => now)
  const { chengban, scope, ids } = await ready(office, ['渝某实业集团有限公司'])
  const { caseId } = await chengban.call('cases.create', intakeFor(ids, scope))
  const chuzhang = await office.at('chuzhang')
  const codes = async () => (await chuzhang.call('today.get', {})).mine.map((one) => [one.caseId, one.next.code])
  expect(await codes()).toEqual([])
  expect((await chengban.call('today.get', {})).mine.map((one) => one.next.code)).toEqual(['cases.accept'])
  now = new Date(Date.parse(now) + 4 * 86_400_000).toISOString()
  expect(await codes()).toEqual([[caseId, 'cases.untouched']])
  await chengban.call('cases.accept', { caseId })
  expect(await codes()).toEqual([])
})

test('内容主要包括: every content is asked for, at its field, before the paper goes up', async () => {
  const office = await openOffice()
  const chengban = await office.at('chengban')
  const { caseId } = await openCase(office, ['渝某实业集团有限公司'])
  let { notice, one } = await firstNotice(office, caseId)
  const whole = { ...notice.fields, ...noticeForm }
  const tryWith = async (part: Partial<typeof notice.fields>) => {
    const fields = { ...whole, ...part }
    notice = await chengban.call('notices.save', { ...one, version: notice.version, fields })
    return chengban.call('notices.submit', { ...one, proposal: unclassified })
  }
  const contents = shippedProfile.noticeContents.map((content) => content.code)
  expect(contents.length).toBeGreaterThan(4)
  for (const field of [
    'matter',
    'place',
    'unit',
    'hostName',
    'hostTitle',
    'materials',
    'contact',
    'telephone',
  ] as const)
    await expect(tryWith({ [field]: '' })).rejects.toMatchObject({ code: 'notices.missing', params: { field } })
  await expect(tryWith({ interviewees: [] })).rejects.toMatchObject({ params: { field: 'interviewees' } })
  // An interview before its notice, materials after the interview, no carrier at all.
  await expect(tryWith({ day: '2021-12-08' })).rejects.toMatchObject({
    code: 'notices.dayPast',
    params: { field: 'day' },
  })
  await expect(tryWith({ materialsDue: dayAhead(20) })).rejects.toThrow('notices.materialsAfterInterview')
  await expect(tryWith({ sealedPaper: false, electronicCopy: false })).rejects.toThrow('notices.noCarrier')
  // 抄送 stays inside the 知悉范围, once each.
  await expect(tryWith({ copies: ['某报社'] })).rejects.toThrow('notices.copyOutside')
  await expect(tryWith({ copies: [...noticeForm.copies, ...noticeForm.copies] })).rejects.toThrow('notices.copyTwice')
  // Impossible days never get past the door, and what was saved before stands.
  const impossible = { ...notice.fields, ...noticeForm, day: '2026-02-30' }
  await expect(chengban.call('notices.save', { ...one, version: notice.version, fields: impossible })).rejects.toThrow(
    'door.input',
  )
  expect((await tryWith({})).state).toBe('submitted')
})

test('报经分管或主要负责同志审签同意: withdrawal, return with reason, versions kept, another approver, a leader who has left', async () => {
  const office = await openOffice()
  const chengban = await office.at('chengban')
  const fenguan = await office.at('fenguan')
  const { caseId } = await openCase(office, ['渝某实业集团有限公司'])
  await submitNotices(office, caseId, secret)
  const { one } = await firstNotice(office, caseId)

  expect((await chengban.call('notices.withdraw', { ...one, reason: '时间有误' })).state).toBe('draft')
  await expect(fenguan.call('notices.decide', { ...one, decision: 'approved', opinion: '' })).rejects.toThrow(
    'notices.notSubmitted',
  )
  await chengban.call('notices.submit', { ...one, proposal: secret, addressedTo: fenguan.accountId })
  await expect(fenguan.call('notices.decide', { ...one, decision: 'returned', opinion: '' })).rejects.toThrow(
    'notices.reasonMissing',
  )
  await fenguan.call('notices.decide', { ...one, decision: 'returned', opinion: '请补充材料清单。' })
  const { notice: back } = await firstNotice(office, caseId)
  const fields = { ...back.fields, materials: '决策文件、合同和情况说明' }
  await chengban.call('notices.save', { ...one, version: back.version, fields })
  await expect(
    chengban.call('notices.submit', { ...one, proposal: secret, addressedTo: chengban.accountId }),
  ).rejects.toThrow('notices.notApprover')
  await chengban.call('notices.submit', { ...one, proposal: secret })
  const versions = await chengban.call('notices.versions', one)
  expect(versions.map((version) => [version.fields.materials, version.decision, version.opinion])).toEqual([
    ['决策文件和情况说明', 'returned', '请补充材料清单。'],
    ['决策文件、合同和情况说明', null, ''],
  ])

  // 分管 signs and leaves afterwards: the paper stays signed, the case still opens; nobody is left for the next one.
  await fenguan.call('notices.decide', { ...one, decision: 'approved', opinion: '同意。' })
  await disableAccount(office, fenguan.accountId)
  const later = await office.again('chengban')
  expect((await later.call('cases.get', { caseId })).stage).toBe('notice')
  await classifyAll(office, caseId)
  await (await office.again('zhuize')).call('numbers.allocate', one)
  const second = await openCase(office, ['渝某物流集团有限公司'], ['chengban', 'dingmi'])
  const [draft] = await later.call('notices.list', { caseId: second.caseId })
  if (!draft) throw new Error('no notice')
  const next = { caseId: second.caseId, noticeId: draft.id }
  await later.call('notices.save', { ...next, version: draft.version, fields: { ...draft.fields, ...noticeForm } })
  await expect(later.call('notices.submit', { ...next, proposal: unclassified })).rejects.toThrow('notices.noApprover')
})

test('以市国资委名义印发被约谈企业，根据需要抄送: the organ signs, not the office; copies only to units of the 知悉范围, once each', async () => {
  const office = await openOffice()
  const chengban = await office.at('chengban')
  const { caseId } = await openCase(office, ['渝某实业集团有限公司'])
  const { one } = await firstNotice(office, caseId)
  await expect(chengban.call('notices.issue', one)).rejects.toThrow('notices.notNumbered')
  await submitNotices(office, caseId, unclassified)
  // Whoever drafted it does not sign it, and an account without the office cannot.
  await expect(chengban.call('notices.decide', { ...one, decision: 'approved', opinion: '同意' })).rejects.toThrow(
    'door.role',
  )
  await classifyAll(office, caseId)
  const fenguan = await office.at('fenguan')
  await fenguan.call('notices.decide', { ...one, decision: 'approved', opinion: '同意印发。' })
  const { text } = await (await office.at('zhuize')).call('numbers.allocate', one)
  await chengban.call('notices.issue', one)
  const { pdf } = await chengban.call('papers.preview', {
    caseId,
    kind: 'notice',
    objectId: one.noticeId,
    fields: null,
  })
  const printed = pdfText(pdf)
  const [year, month, day] = dayAhead(0).split('-').map(Number)
  for (const part of [
    '重庆市国有资产监督管理委员会',
    text,
    '渝某实业集团有限公司：',
    '根据《市国资委国资监管责任约谈工作规则》有关规定',
    '在市国资委3号楼第二会议室',
    '由监督处处长赵某某就投资决策失误形成损失风险等事项与你公司进行责任约谈',
    '请你公司主要负责人按时参加',
    '联系人：孙某某',
    `重庆市国资委${year}年${month}月${day}日`,
    '抄送：市纪委监委驻市国资委纪检监察组。',
  ])
    expect(printed).toContain(unspaced(part))
  const kinds = (await chengban.call('papers.list', { caseId })).map((paper) => `${paper.kind}.${paper.format}`)
  expect(kinds.sort()).toEqual(['approval.docx', 'approval.pdf', 'classification.pdf', 'notice.docx', 'notice.pdf'])
  await expect(chengban.call('notices.issue', one)).rejects.toThrow('notices.notNumbered')
})
