import { expect, test, vi } from 'vitest'
import type { CheckInput } from '#shared/domain/rectification.ts'
import { openCase, sharedOffice } from '../../support/office.ts'
import { interviewed, planAccepted } from '../../support/rectifying.ts'

vi.setConfig({ testTimeout: 600_000 })

/** A Monday; ten working days on it is the Monday after next but one. */
const monday = '2026-11-02T01:00:00.000Z'
let now = monday
const office = sharedOffice(() => now)

test('工作方案于责任约谈后…报送: no plan before the interview is over', async () => {
  now = monday
  const here = await office()
  const { caseId, enterprises } = await openCase(here, ['渝某甲集团有限公司'])
  const chengban = await here.at('chengban')
  const plan = { caseId, enterpriseId: enterprises[0] ?? '', kind: 'workPlan' as const, title: '工作方案', file: null }
  await expect(chengban.call('rectification.receive', plan)).rejects.toThrow('rectification.beforeInterview')
  await expect(
    chengban.call('rectification.askExtension', { ...plan, due: '2026-12-01', reason: '情况复杂' }),
  ).rejects.toThrow('rectification.noClock')
})

test('明确落实措施、责任主体和时间安排: a person answers for each; 缺 has its word, and sends the plan back with a reason', async () => {
  now = monday
  const { get, receive, check, article } = await interviewed(await office(), ['渝某乙集团有限公司'])
  const plan = await receive('workPlan')
  expect(await article(11)).toMatchObject({ state: 'owed', who: '承办人 孙某某' })
  const missing = (note: string): CheckInput => ({
    ...planAccepted,
    parts: planAccepted.parts.map((one) => (one.part === 'schedule' ? { ...one, present: false, note } : one)),
  })
  const refused = (value: CheckInput, code: string, field: string) =>
    expect(check(plan.id, value)).rejects.toMatchObject({ code: `rectification.${code}`, params: { field } })
  await refused({ ...planAccepted, parts: planAccepted.parts.slice(1) }, 'partUnanswered', 'measures')
  await refused(missing(''), 'partWord', 'schedule')
  await refused(missing('未列完成时限'), 'partMissing', 'schedule')
  await refused({ ...missing('未列完成时限'), decision: 'returned' }, 'returnReason', 'reason')

  await check(plan.id, { ...missing('未列完成时限'), decision: 'returned', reason: '请补列时间安排' })
  // A new one is awaited, and the term runs on.
  expect(await get()).toMatchObject({
    clocks: [{ receivedAt: null, due: '2026-11-16', light: 'green' }],
    documents: [{ state: 'returned', checks: [{ decision: 'returned', reason: '请补列时间安排', by: '孙某某' }] }],
  })
  expect(await article(11)).toMatchObject({ state: 'waiting', when: '2026-11-16', note: '已报送 0/1 家' })
  await expect(check(plan.id, planAccepted)).rejects.toThrow('rectification.alreadyReturned')

  const second = await receive('workPlan', '工作方案（修改稿）')
  await check(second.id, planAccepted)
  expect(await get()).toMatchObject({
    clocks: [{ light: 'done' }],
    documents: [{ state: 'returned' }, { state: 'accepted', checks: [{ decision: 'accepted' }] }],
  })
  expect(await article(11)).toMatchObject({ state: 'done', note: '工作方案已核对接受 1/1 家' })
  await expect(check(second.id, planAccepted)).rejects.toThrow('rectification.alreadyAccepted')
})

test('10 个工作日: a later day is asked with a reason and allowed by another account; the clock is explained up to it', async () => {
  now = monday
  const here = await office()
  const { caseId, enterpriseId, chengban, get, receive, check } = await interviewed(here, ['渝某丙集团有限公司'])
  const ask = (due: string) =>
    chengban.call('rectification.askExtension', { caseId, enterpriseId, due, reason: '涉及境外资产核查' })
  await expect(ask('2026-11-16')).rejects.toMatchObject({
    code: 'rectification.extensionNotLater',
    params: { field: 'due' },
  })
  await expect(ask('2026-11-21')).rejects.toThrow('rectification.extensionHoliday')
  const { id } = await ask('2026-11-23')
  await expect(ask('2026-11-24')).rejects.toThrow('rectification.extensionWaiting')
  // The term holds until somebody else has decided.
  expect((await get()).clocks).toMatchObject([{ due: '2026-11-16', extension: null }])
  expect((await chengban.call('cases.get', { caseId })).articles[10]).toMatchObject({ who: '处室负责人' })

  const decide = async (login: string, decision: 'approved' | 'returned', opinion = '', extensionId = id) =>
    (await here.at(login)).call('rectification.decideExtension', { caseId, extensionId, decision, opinion })
  await expect(decide('chengban', 'approved')).rejects.toThrow('door.role')
  await expect(decide('chuzhang', 'returned')).rejects.toMatchObject({ params: { field: 'opinion' } })
  await decide('chuzhang', 'approved', '同意。')
  await expect(decide('fenguan', 'approved')).rejects.toThrow('rectification.extensionDecided')
  const [clock] = (await get()).clocks
  expect(clock).toMatchObject({
    due: '2026-11-23',
    light: 'green',
    extension: { formerDue: '2026-11-16', asker: '孙某某', opinion: '同意。' },
  })
  expect(clock?.days.filter((one) => one.counted).map((one) => one.n)).toEqual([...Array(15)].map((_, n) => n + 1))
  now = '2026-11-24T01:00:00.000Z'
  expect((await get()).clocks).toMatchObject([{ light: 'red' }])

  // The head may ask too, and then decides no more about it.
  const chuzhang = await here.at('chuzhang')
  const own = await chuzhang.call('rectification.askExtension', {
    caseId,
    enterpriseId,
    due: '2026-11-27',
    reason: '审计尚未完成',
  })
  await expect(decide('chuzhang', 'approved', '', own.id)).rejects.toThrow('rectification.samePerson')
  const plan = await receive('workPlan')
  await check(plan.id, planAccepted)
  await expect(decide('fenguan', 'approved', '', own.id)).rejects.toThrow('rectification.planAccepted')
  await decide('fenguan', 'returned', '方案已报', own.id)
  await expect(ask('2026-12-01')).rejects.toThrow('rectification.planAccepted')

  // A decision is signed: a longer term that somebody wrote into the file is none, and the case says so.
  const { knex } = chuzhang.session.archive.cases ?? {}
  await chengban.call('cases.get', { caseId })
  await knex?.('plan_extensions').insert({
    id: '7ZZZZZZZZZZZZZZZZZZZZZZZZZ',
    case_id: caseId,
    enterprise_id: enterpriseId,
    former_due: '2026-11-23',
    due: '2026-12-31',
    reason: '情况复杂',
    asker_id: chengban.accountId,
    asked_at: now,
    state: 'approved',
    decider_id: chuzhang.accountId,
    decided_at: now,
    opinion: '',
  })
  await expect(chengban.call('cases.get', { caseId })).rejects.toMatchObject({
    code: 'acts.invalid',
    params: { object: 'planExtension', act: 'rectification.decideExtension' },
  })
})
