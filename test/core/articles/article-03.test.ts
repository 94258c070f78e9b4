import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { Demand, Intake } from '#shared/domain/cases.ts'
import { articleParagraphs, shippedProfile } from '#shared/rules/profile.ts'
import { chain, dayAhead, intakeFor, openOffice, type TestOffice } from '../../support/office.ts'

vi.setConfig({ testTimeout: 600_000 })

async function ready(office: TestOffice, names: readonly string[], parentOf: Readonly<Record<string, string>> = {}) {
  const chengban = await office.at('chengban')
  const scope: string[] = []
  for (const login of chain) scope.push((await office.at(login)).accountId)
  const ids: Record<string, string> = {}
  for (const name of names) {
    const parentId = ids[parentOf[name] ?? ''] ?? null
    ids[name] = (await chengban.call('parties.createEnterprise', { name, shortName: '', code: '', parentId })).id
  }
  return { chengban, scope, ids }
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

test('Art. 3: the ten triggers are the article verbatim, and nothing beside them opens a case', async () => {
  const office = await openOffice()
  const { chengban, scope, ids } = await ready(office, ['渝某实业集团有限公司'])
  const paragraphs = articleParagraphs(shippedProfile, 3)
  expect(shippedProfile.triggers).toHaveLength(10)
  for (const one of shippedProfile.triggers) expect(paragraphs).toContain(`（${one.mark}）${one.text}`)
  const intake = intakeFor(Object.values(ids), scope)
  const create = (part: Partial<Intake>) => chengban.call('cases.create', { ...intake, ...part })
  // An eleventh trigger is stopped at the door, none at all as well.
  await expect(create({ triggers: ['eleven' as never] })).rejects.toMatchObject({ code: 'door.input' })
  await expect(create({ triggers: [] })).rejects.toMatchObject({ code: 'door.input' })
  await expect(create({ triggers: ['four'], areas: ['不存在的方面'] })).rejects.toThrow('cases.unknownArea')
  await expect(create({ triggers: ['six'], accountabilityStarted: true })).rejects.toThrow(
    'cases.accountabilityStarted',
  )

  // (八): a demand as data, on paper too; a day that is still to come and an empty demand are named.
  const eight = { triggers: ['eight' as const] }
  await expect(create({ ...eight, demands: [] })).rejects.toMatchObject({ params: { field: 'demands' } })
  await expect(create({ ...eight, demands: [{ ...demand, number: '', gist: '' }] })).rejects.toThrow(
    'cases.demandEmpty',
  )
  await expect(create({ ...eight, demands: [{ ...demand, day: dayAhead(2) }] })).rejects.toThrow('cases.demandAhead')
  await expect(create({ ...eight, demands: [{ ...demand, day: '2026-02-30' as never }] })).rejects.toThrow('door.input')
  const { caseId } = await create({ ...eight, demands: [demand] })
  expect((await chengban.call('cases.get', { caseId })).intake.demands).toEqual([demand])
  // An earlier case may be what was ignored; one that nobody may know is not linked.
  const linked = { ...demand, kind: 'case' as const, number: '', caseId }
  const next = await create({ ...eight, demands: [linked] })
  expect((await chengban.call('cases.get', next)).intake.demands[0]?.caseId).toBe(caseId)
  const foreign = { ...linked, caseId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }
  await expect(create({ ...eight, demands: [foreign] })).rejects.toThrow('cases.earlierUnknown')
})

test('Art. 3 (六): an accountability procedure that begins later shows on the case; only where (六) was the reason', async () => {
  const office = await openOffice()
  const { chengban, scope, ids } = await ready(office, ['渝某实业集团有限公司'])
  const intake = intakeFor(Object.values(ids), scope)
  const { caseId } = await chengban.call('cases.create', { ...intake, triggers: ['six'], accountabilityStarted: false })
  const tell = { caseId, day: dayAhead(0), note: '责任追究部门立案' }
  await expect(chengban.call('cases.accountability', { ...tell, day: dayAhead(1) })).rejects.toThrow('cases.dayAhead')
  await chengban.call('cases.accountability', tell)
  const shown = await chengban.call('cases.get', { caseId })
  expect(shown.intake.accountabilityStarted).toBe(true)
  expect(shown.articles[2]?.note).toContain('责任追究程序')
  await expect(chengban.call('cases.accountability', tell)).rejects.toThrow('cases.accountabilityKnown')
  const other = await chengban.call('cases.create', intake)
  await expect(chengban.call('cases.accountability', { ...tell, ...other })).rejects.toThrow('cases.notTriggerSix')
})

test('Art. 4, 19: earlier cases of the enterprise, its parent, a person or a trigger are found while the intake is typed', async () => {
  const office = await openOffice()
  const parent = '渝某控股集团有限公司'
  const child = '渝某控股集团子公司'
  const outsider = '渝某物流集团有限公司'
  const { chengban, scope, ids } = await ready(office, [parent, child, outsider], { [child]: parent })
  const person = { personId: null, name: '周某某', title: '董事长', unit: '' }
  const base = intakeFor([ids[parent] ?? ''], scope)
  const { caseId } = await chengban.call('cases.create', { ...base, persons: [person], triggers: ['three'] })
  const earlier = (part: Partial<{ enterpriseIds: string[]; triggers: string[]; persons: string[] }>) =>
    chengban.call('cases.earlier', { enterpriseIds: [], triggers: [], persons: [], ...part })
  expect(await earlier({})).toEqual([])
  expect((await earlier({ enterpriseIds: [ids[parent] ?? ''] }))[0]).toMatchObject({ id: caseId, same: ['enterprise'] })
  expect((await earlier({ enterpriseIds: [ids[child] ?? ''] }))[0]).toMatchObject({ id: caseId, same: ['family'] })
  expect((await earlier({ persons: ['周某某'] }))[0]).toMatchObject({ id: caseId, same: ['person'] })
  const stranger = [ids[outsider] ?? '']
  expect(await earlier({ enterpriseIds: stranger, triggers: ['nine'], persons: ['吴某某'] })).toEqual([])
})

test('Art. 4: an office whose duties do not cover the aspect gives its reason, and the approver reads it', async () => {
  const office = await openOffice()
  const { chengban, scope, ids } = await ready(office, ['渝某实业集团有限公司'])
  const intake = { ...intakeFor(Object.values(ids), scope), triggers: ['four' as const], areas: ['网络安全'] }
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

test('Art. 4: recusal is asked and kept; a recused colleague stays out of the scope; attachments are kept encrypted', async () => {
  const office = await openOffice()
  const { chengban, scope, ids } = await ready(office, ['渝某实业集团有限公司'])
  const intake = intakeFor(Object.values(ids), scope)
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
  expect((await chengban.call('cases.get', { caseId })).attachments).toMatchObject([
    { title: '检查报告', fileName: '检查报告.txt', size: Buffer.byteLength('专项检查报告正文') },
  ])
})

test('Art. 4: two accounts change one intake: the second is told, sees the first one, and overwrites nothing', async () => {
  const office = await openOffice()
  const { chengban, scope, ids } = await ready(office, ['渝某实业集团有限公司'])
  const intake = intakeFor(Object.values(ids), scope)
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

test('Art. 4: a case nobody takes shows on the desk of the office head after the days the policy names', async () => {
  let now = new Date().toISOString()
  const office = await openOffice(() => now)
  const { chengban, scope, ids } = await ready(office, ['渝某实业集团有限公司'])
  const { caseId } = await chengban.call('cases.create', intakeFor(Object.values(ids), scope))
  const chuzhang = await office.at('chuzhang')
  const codes = async () => (await chuzhang.call('today.get', {})).mine.map((one) => [one.caseId, one.next.code])
  expect(await codes()).toEqual([])
  expect((await chengban.call('today.get', {})).mine.map((one) => one.next.code)).toEqual(['cases.accept'])
  now = new Date(Date.parse(now) + 4 * 86_400_000).toISOString()
  expect(await codes()).toEqual([[caseId, 'cases.untouched']])
  await chengban.call('cases.accept', { caseId })
  expect(await codes()).toEqual([])
})

test('撤销 and 重新打开, each with its reason: the case comes back to where it stood and its notices are drafted anew', async () => {
  const office = await openOffice()
  const { chengban, scope, ids } = await ready(office, ['渝某实业集团有限公司'])
  const { caseId } = await chengban.call('cases.create', intakeFor(Object.values(ids), scope))
  await chengban.call('cases.accept', { caseId })
  const chuzhang = await office.at('chuzhang')
  await expect(chuzhang.call('cases.reopen', { caseId, reason: '误操作' })).rejects.toThrow('cases.wrongStage')
  await chuzhang.call('cases.withdraw', { caseId, reason: '情况变化' })
  await expect(
    chengban.call('cases.attach', { caseId, title: '附件', file: join(office.outside, 'a') }),
  ).rejects.toThrow()
  await chuzhang.call('cases.reopen', { caseId, reason: '核实后仍需约谈' })
  const shown = await chengban.call('cases.get', { caseId })
  expect(shown).toMatchObject({ stage: 'notice', next: { code: 'notices.submit' } })
  expect(shown.history.slice(0, 2).map((line) => [line.act, line.detail])).toEqual([
    ['cases.reopen', '核实后仍需约谈'],
    ['cases.withdraw', '情况变化'],
  ])
  expect((await chengban.call('notices.list', { caseId })).map((one) => one.state)).toEqual(['cancelled', 'draft'])
})
