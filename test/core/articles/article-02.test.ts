import { expect, test, vi } from 'vitest'
import type { Intake } from '#shared/domain/cases.ts'
import { dayAhead, intakeFor, ready, sharedOffice } from '../../support/office.ts'

vi.setConfig({ testTimeout: 600_000 })

const office = sharedOffice()

async function intake() {
  const { chengban, scope, ids } = await ready(await office(), ['渝某实业集团有限公司', '渝某水务集团有限公司'])
  const base = intakeFor(ids.slice(0, 1), scope)
  return { chengban, ids, create: (part: Partial<Intake>) => chengban.call('cases.create', { ...base, ...part }) }
}

test('针对市属国有重点企业: a case names enterprises of the register, at least one, none twice', async () => {
  const { chengban, ids, create } = await intake()
  const [first = ''] = ids
  await expect(create({ enterpriseIds: [] })).rejects.toThrow('door.input')
  await expect(create({ enterpriseIds: ['01ARZ3NDEKTSV4RRFFQ69G5FAV'] })).rejects.toThrow('parties.unknownEnterprise')
  await expect(create({ form: 'collective', enterpriseIds: [first, first] })).rejects.toMatchObject({
    code: 'cases.enterpriseTwice',
    params: { field: 'enterpriseIds' },
  })
  const { caseId } = await create({})
  const shown = await chengban.call('cases.get', { caseId })
  expect(shown.enterpriseList.map((one) => one.name)).toEqual(['渝某实业集团有限公司'])
})

test('重大问题、资产损失或风险隐患等: facts, sources, the sum and 批示 are kept as they were entered; impossible ones are not taken', async () => {
  const { chengban, create } = await intake()
  await expect(create({ matter: '　' })).rejects.toThrow('door.input')
  for (const amountFen of [-1, 0.5, Number.NaN]) await expect(create({ amountFen })).rejects.toThrow('door.input')
  const said = { leader: '严某某', day: dayAhead(0), text: '请监督处约谈。' }
  await expect(create({ instructions: [{ ...said, day: dayAhead(1) }] })).rejects.toMatchObject({
    code: 'cases.instructionAhead',
    params: { field: 'instructions' },
  })
  await expect(create({ instructions: [{ ...said, day: '2026-02-30' }] })).rejects.toThrow('door.input')
  const kept = { facts: '未经论证投资。', sources: '审计报告', amountFen: 123_456_789, instructions: [said] }
  const { caseId } = await create(kept)
  expect((await chengban.call('cases.get', { caseId })).intake).toMatchObject(kept)
})

test('市国资委依法依规: only the offices that hold interviews open a case, and it cites the rules of its day for good', async () => {
  const { chengban, ids, create } = await intake()
  const jilu = await (await office()).at('jilu')
  await expect(jilu.call('cases.create', intakeFor(ids.slice(0, 1), []))).rejects.toThrow('door.role')
  const { caseId } = await create({})
  const { rules } = await chengban.call('cases.get', { caseId })
  expect(rules).toMatchObject({ id: 'cq-2021-15', version: '1' })
  const { profile } = await chengban.call('rules.profile', { hash: rules.hash })
  expect([profile.document, profile.adopted, profile.printed]).toEqual([
    '渝国资发〔2021〕15号',
    '2021-12-08',
    '2021-12-10',
  ])
  // Art. 1: what it rests on and what it follows; Art. 23: in force from its issue.
  expect(profile.bases.map((one) => `${one.relation}${one.name}`)).toEqual([
    '依据《中华人民共和国公司法》',
    '依据《中华人民共和国企业国有资产法》',
    '依据《企业国有资产监督管理暂行条例》',
    '依据《重庆市市属国有重点企业违规经营投资责任追究实施办法（试行）》',
    '参照《国务院国资委关于印发<国资监管责任约谈工作规则>的通知》',
  ])
  expect(profile.effective).toBe('2021-12-08')
})

test('告诫谈话是监管措施: who may know a case is fixed with it, an officer of the machine never; others do not learn that it exists', async () => {
  const { create } = await intake()
  const shenji = { accountId: (await (await office()).at('anquan')).session.archive.identity.id }
  await expect(create({ scope: [shenji.accountId] })).rejects.toThrow('cases.scopeUnknown')
  const { caseId } = await create({})
  const outsider = await (await office()).at('baomi')
  await expect(outsider.call('cases.get', { caseId })).rejects.toThrow('door.scope')
  await expect(outsider.call('cases.get', { caseId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' })).rejects.toThrow('door.scope')
  expect((await outsider.call('cases.list', {})).total).toBe(0)
})
