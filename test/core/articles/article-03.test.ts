import { expect, test, vi } from 'vitest'
import { type Demand, type Intake, triggerCodes } from '#shared/domain/cases.ts'
import { dayAhead, intakeFor, ready, sharedOffice } from '../../support/office.ts'

vi.setConfig({ testTimeout: 600_000 })

const office = sharedOffice()

async function intake() {
  const { chengban, scope, ids } = await ready(await office(), ['渝某实业集团有限公司'])
  const base = intakeFor(ids, scope)
  return { chengban, base, create: (part: Partial<Intake>) => chengban.call('cases.create', { ...base, ...part }) }
}

const demand: Demand = {
  kind: 'audit',
  number: '审计整改通知〔2025〕8号',
  day: '2025-10-20',
  from: '审计部门',
  gist: '五项问题限期整改',
  onPaper: true,
  caseId: null,
}

/** The article as printed (渝国资发〔2021〕15号). */
const printed = [
  '贯彻落实习近平总书记重要指示批示精神和党中央、国务院以及市委、市政府决策部署存在问题的；',
  '违反党章和党内法规以及市国资委党委规范性文件的；',
  '违反国家法律法规和国有资产监管规章、规范性文件及政策规定的；',
  '规划投资、财务管控、经济运行、产权管理、改革重组、国企混改、公司治理、业绩考核、薪酬分配、资本运营、科技创新、依法经营、合规管理、内部控制、风险管控、内部审计、监督追责、网络安全、选人用人、巡视巡察和党的建设等方面存在突出问题的；',
  '存在重大风险隐患或发生可能造成严重不良后果的重大事项的；',
  '发生重大资产损失及损失风险，因减少或挽回资产损失等工作需要，暂未启动责任追究程序的；',
  '未按规定执行重大事项请示报告制度，或瞒报漏报谎报迟报重大资产损失及损失风险的；',
  '对出资人监管、审计、纪检监察、巡视监督、督查等工作以及国资监管提示函、通报中提出的整改要求，拒绝整改、拖延整改、整改不力或弄虚作假的；',
  '在国际化经营、国际交流合作、外事管理等工作中有严重不当行为的；',
  '其他需要责任约谈的事项。',
]

test('存在下列情形之一的: the ten situations, verbatim and in order; an eleventh and none at all are refused', async () => {
  const { chengban, create } = await intake()
  const { profile } = await chengban.call('rules.profile', { hash: null })
  expect(profile.triggers.map((one) => one.text)).toEqual(printed)
  expect(profile.triggers.map((one) => one.mark)).toEqual([...'一二三四五六七八九十'])
  await expect(create({ triggers: ['eleven' as never] })).rejects.toMatchObject({ code: 'door.input' })
  await expect(create({ triggers: [] })).rejects.toMatchObject({ code: 'door.input' })
})

test('之一的: each of the ten opens a case by itself, and the case says which', async () => {
  const { chengban, create } = await intake()
  const needs: Partial<Record<string, Partial<Intake>>> = {
    four: { areas: ['内部审计'] },
    six: { accountabilityStarted: false },
    eight: { demands: [demand] },
  }
  const notes = []
  for (const code of triggerCodes) {
    const { caseId } = await create({ triggers: [code], ...needs[code] })
    notes.push((await chengban.call('cases.get', { caseId })).articles[2]?.note)
  }
  expect(notes).toEqual([...'一二三四五六七八九十'].map((mark) => `第三条（${mark}）项`))
})

test('可以开展: several situations may stand together; what turned out otherwise is withdrawn with its reason, by the head', async () => {
  const { chengban, create } = await intake()
  const { caseId } = await create({ triggers: ['nine', 'one', 'five'] })
  expect((await chengban.call('cases.get', { caseId })).articles[2]?.note).toBe('第三条（一、五、九）项')
  await expect(chengban.call('cases.withdraw', { caseId, reason: '情况变化' })).rejects.toThrow('door.role')
  const chuzhang = await (await office()).at('chuzhang')
  await expect(chuzhang.call('cases.withdraw', { caseId, reason: ' ' })).rejects.toThrow('door.input')
  await expect(chuzhang.call('cases.reopen', { caseId, reason: '误操作' })).rejects.toThrow('cases.wrongStage')
  await chuzhang.call('cases.withdraw', { caseId, reason: '情况变化' })
  await expect(chengban.call('cases.accept', { caseId })).rejects.toThrow('cases.wrongStage')
  await chuzhang.call('cases.reopen', { caseId, reason: '核实后仍需约谈' })
  const shown = await chengban.call('cases.get', { caseId })
  expect(shown).toMatchObject({ stage: 'intake', next: { code: 'cases.accept' } })
  expect(shown.history.slice(0, 2).map((line) => [line.act, line.detail])).toEqual([
    ['cases.reopen', '核实后仍需约谈'],
    ['cases.withdraw', '情况变化'],
  ])
})

test('（四）等方面: at least one aspect, each of the twenty-one the article names, none beside them and none without （四）', async () => {
  const { chengban, create } = await intake()
  const [four = ''] = printed.slice(3, 4)
  const aspects = four.replace(/等方面存在突出问题的；$/, '').split(/、|和(?=党的建设)/)
  expect(aspects).toHaveLength(21)
  const { profile } = await chengban.call('rules.profile', { hash: null })
  expect(profile.triggers[3]?.areas).toEqual(aspects)
  await expect(create({ triggers: ['four'] })).rejects.toMatchObject({
    code: 'cases.areasMissing',
    params: { field: 'areas' },
  })
  await expect(create({ triggers: ['four'], areas: ['不存在的方面'] })).rejects.toMatchObject({
    code: 'cases.unknownArea',
    params: { field: 'areas' },
  })
  await expect(create({ triggers: ['three'], areas: ['网络安全'] })).rejects.toThrow('cases.unknownArea')
  const { caseId } = await create({ triggers: ['four'], areas: aspects })
  expect((await chengban.call('cases.get', { caseId })).intake.areas).toEqual(aspects)
})

test('（六）暂未启动责任追究程序: asked, refused where it has begun, and entered on its day when it begins later', async () => {
  const { chengban, create } = await intake()
  const six = { triggers: ['six' as const] }
  await expect(create(six)).rejects.toMatchObject({
    code: 'cases.accountabilityUnanswered',
    params: { field: 'accountabilityStarted' },
  })
  await expect(create({ ...six, accountabilityStarted: true })).rejects.toThrow('cases.accountabilityStarted')
  const { caseId } = await create({ ...six, accountabilityStarted: false })
  const tell = { caseId, day: dayAhead(0), note: '责任追究部门立案' }
  await expect(chengban.call('cases.accountability', { ...tell, day: dayAhead(1) })).rejects.toThrow('cases.dayAhead')
  await chengban.call('cases.accountability', tell)
  const shown = await chengban.call('cases.get', { caseId })
  expect(shown.intake.accountabilityStarted).toBe(true)
  expect(shown.articles[2]?.note).toContain('责任追究程序')
  await expect(chengban.call('cases.accountability', tell)).rejects.toThrow('cases.accountabilityKnown')
  const other = await create({ triggers: ['three'] })
  await expect(chengban.call('cases.accountability', { ...tell, ...other })).rejects.toThrow('cases.notTriggerSix')
})

test('（八）提出的整改要求: the demand itself is named, on paper too, or the earlier case; never an empty, future or hidden one', async () => {
  const { chengban, create } = await intake()
  const eight = { triggers: ['eight' as const] }
  for (const [demands, code] of [
    [[], 'cases.earlierDemandMissing'],
    [[{ ...demand, number: '', gist: '' }], 'cases.demandEmpty'],
    [[{ ...demand, day: dayAhead(2) }], 'cases.demandAhead'],
    [[{ ...demand, kind: 'case' as const, caseId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }], 'cases.earlierUnknown'],
  ] as const)
    await expect(create({ ...eight, demands: [...demands] })).rejects.toMatchObject({
      code,
      params: { field: 'demands' },
    })
  await expect(create({ ...eight, demands: [{ ...demand, day: '2026-02-30' }] })).rejects.toThrow('door.input')
  const { caseId } = await create({ ...eight, demands: [demand] })
  expect((await chengban.call('cases.get', { caseId })).intake.demands).toEqual([demand])
  const linked = { ...demand, kind: 'case' as const, number: '', caseId }
  const next = await create({ ...eight, demands: [linked] })
  expect((await chengban.call('cases.get', next)).intake.demands[0]?.caseId).toBe(caseId)
})

test('老问题: earlier cases of the enterprise, its parent, a person or a trigger are found while the intake is typed', async () => {
  const { chengban, scope } = await ready(await office(), [])
  const enterprise = async (name: string, parentId: string | null) =>
    (await chengban.call('parties.createEnterprise', { name, shortName: '', code: '', parentId })).id
  const parent = await enterprise('渝某控股集团有限公司', null)
  const child = await enterprise('渝某控股集团子公司', parent)
  const stranger = await enterprise('渝某物流集团有限公司', null)
  const person = { personId: null, name: '周某某', title: '董事长', unit: '' }
  const opened = { ...intakeFor([parent], scope), persons: [person], triggers: ['ten' as const] }
  const { caseId } = await chengban.call('cases.create', opened)
  const earlier = (part: Partial<{ enterpriseIds: string[]; triggers: string[]; persons: string[] }>) =>
    chengban.call('cases.earlier', { enterpriseIds: [], triggers: [], persons: [], ...part })
  expect(await earlier({})).toEqual([])
  expect((await earlier({ enterpriseIds: [parent] }))[0]).toMatchObject({ id: caseId, same: ['enterprise'] })
  expect((await earlier({ enterpriseIds: [child] }))[0]).toMatchObject({ id: caseId, same: ['family'] })
  expect((await earlier({ persons: ['周某某'] }))[0]).toMatchObject({ id: caseId, same: ['person'] })
  expect((await earlier({ triggers: ['ten'] }))[0]).toMatchObject({ id: caseId, same: ['trigger'] })
  expect(await earlier({ enterpriseIds: [stranger], persons: ['吴某某'] })).toEqual([])
  // Whoever may not know the case does not learn of it by asking.
  const baomi = await (await office()).at('baomi')
  const asked = { enterpriseIds: [parent], triggers: ['ten'], persons: ['周某某'] }
  expect(await baomi.call('cases.earlier', asked)).toEqual([])
})
