import { expect, test, vi } from 'vitest'
import { shippedPacks } from '#shared/calendar/packs.ts'
import { addDays, daysBetween, dueDay } from '#shared/calendar/workingDays.ts'
import { dayInChina } from '#shared/domain/common.ts'
import {
  chain,
  fillNotices,
  firstNotice,
  holdInterview,
  issueNotices,
  noticeForm,
  openCase,
  openOffice,
  plainChange,
  sharedOffice,
  type TestOffice,
  unclassified,
} from '../../support/office.ts'
import { planAccepted, rectified } from '../../support/rectifying.ts'

vi.setConfig({ testTimeout: 600_000 })

let now = new Date().toISOString()
const office = sharedOffice(() => now)
const today = () => dayInChina(now)
const forward = (days: number): void => {
  now = new Date(Date.parse(now) + days * 86_400_000).toISOString()
}

/** What stands on a desk for one case: the step and its day. */
async function deskOf(here: TestOffice, login: string, caseId: string) {
  const { mine } = await (await here.at(login)).call('today.get', {})
  return mine.filter((one) => one.caseId === caseId).map((one) => [one.next.code, one.next.due])
}

test('审签: a notice sent to one leader stands on that desk alone, one sent to any stands on both', async () => {
  const here = await office()
  const chengban = await here.at('chengban')
  const fenguan = await here.at('fenguan')
  const { caseId } = await openCase(here, ['渝某甲集团有限公司'], [...chain, 'zhuyao'])
  await fillNotices(here, caseId, {})
  const { one } = await firstNotice(here, caseId)
  await chengban.call('notices.submit', { ...one, proposal: unclassified, addressedTo: fenguan.accountId })
  // It is due by the day it asks materials for.
  expect(await deskOf(here, 'fenguan', caseId)).toEqual([['notices.decide', noticeForm.materialsDue]])
  expect(await deskOf(here, 'zhuyao', caseId)).toEqual([])
  await chengban.call('notices.address', { ...one, accountId: null })
  expect(await deskOf(here, 'zhuyao', caseId)).toEqual([['notices.decide', noticeForm.materialsDue]])
  await (await here.at('zhuyao')).call('notices.decide', { ...one, decision: 'approved', opinion: '' })
  expect(await deskOf(here, 'fenguan', caseId)).toEqual([])
})

test('改期: the paper stands on the desk of the leader, then of the accountability office, then of the officer', async () => {
  const here = await office()
  const chengban = await here.at('chengban')
  const { caseId } = await openCase(here, ['渝某乙集团有限公司'])
  await issueNotices(here, caseId, unclassified)
  const { one } = await firstNotice(here, caseId)
  const fields = { ...plainChange, day: addDays(today(), 20), clock: '09:30', place: '机关' }
  const [change] = await chengban.call('notices.proposeChange', { caseId, kind: 'postpone', fields })
  const changeId = change?.id ?? ''
  // Due by the day that stands until the paper is out.
  expect(await deskOf(here, 'fenguan', caseId)).toEqual([['notices.decideChange', noticeForm.day]])
  await (await here.at('fenguan')).call('notices.decideChange', { caseId, changeId, decision: 'approved', opinion: '' })
  expect(await deskOf(here, 'fenguan', caseId)).toEqual([])
  expect(await deskOf(here, 'zhuize', caseId)).toEqual([['numbers.allocate', noticeForm.day]])
  const desk = await (await here.at('zhuize')).call('numbers.register', { year: Number(today().slice(0, 4)) })
  expect(desk.waiting.find((one) => one.changeId === changeId)?.due).toBe(noticeForm.day)
  await (await here.at('zhuize')).call('numbers.allocate', { ...one, changeId })
  expect(await deskOf(here, 'zhuize', caseId)).toEqual([])
  expect(await deskOf(here, 'chengban', caseId)).toContainEqual(['notices.issueChange', noticeForm.day])
  await chengban.call('notices.issueChange', { caseId, changeId })
  expect(await deskOf(here, 'chengban', caseId)).toEqual([
    ['notices.confirm', fields.day],
    ['interviews.prepare', fields.day],
  ])
})

test('before the interview: what is not confirmed or missing stands with its day; the head of the office sees the day itself', async () => {
  const here = await office()
  const chengban = await here.at('chengban')
  const { caseId, enterprises } = await openCase(here, ['渝某丙集团有限公司'])
  const day = addDays(today(), 6)
  const materialsDue = addDays(today(), 4)
  await fillNotices(here, caseId, { day, materialsDue })
  await issueNotices(here, caseId, unclassified)
  const { one } = await firstNotice(here, caseId)
  await chengban.call('notices.confirm', { ...one, channel: 'telephone', by: '周某某', note: '' })
  expect(await deskOf(here, 'chengban', caseId)).toEqual([['interviews.prepare', day]])
  forward(5)
  expect(await deskOf(here, 'chengban', caseId)).toEqual([
    ['preparation.remind', materialsDue],
    ['interviews.prepare', day],
  ])
  const material = { caseId, enterpriseId: enterprises[0] ?? '', kind: 'material' as const, title: '材料', file: null }
  await chengban.call('rectification.receive', material)
  expect(await deskOf(here, 'chengban', caseId)).toEqual([['interviews.prepare', day]])
  expect(await deskOf(here, 'chuzhang', caseId)).toEqual([])
  forward(1)
  expect(await deskOf(here, 'chuzhang', caseId)).toEqual([['interviews.host', day]])
  await holdInterview(here, caseId, enterprises, [])
  expect(await deskOf(here, 'chengban', caseId)).toEqual([])
  expect(await deskOf(here, 'chuzhang', caseId)).toEqual([])
})

test('临期与逾期: each 工作方案 with its day, its light and the days left, the most urgent first; 暂定 over an unannounced year', async () => {
  // The last days of the last announced year: what runs from there ends in a year nobody has announced.
  const last = `${Math.max(...shippedPacks.map((pack) => pack.year))}-12-25T02:00:00.000Z`
  const end = last > now ? last : now
  const before = (days: number): string => new Date(Date.parse(end) - days * 86_400_000).toISOString()
  let clock = before(22)
  const own = await openOffice(() => clock)
  const names = ['渝某丁集团有限公司', '渝某戊集团有限公司', '渝某己集团有限公司'] as const
  const opened: Awaited<ReturnType<typeof openCase>>[] = []
  for (const name of names) opened.push(await openCase(own, [name]))
  const held: string[] = []
  // The case that was opened last is talked to first.
  for (const [index, days] of [
    [2, 20],
    [1, 13],
    [0, 0],
  ] as const) {
    clock = before(days)
    const { caseId, enterprises } = opened[index] ?? { caseId: '', enterprises: [] }
    const day = dayInChina(clock)
    await fillNotices(own, caseId, { day, materialsDue: day })
    await issueNotices(own, caseId, unclassified)
    await holdInterview(own, caseId, enterprises, [])
    held.push(day)
  }
  const chengban = await own.at('chengban')
  const { clocks } = await chengban.call('today.get', {})
  const terms = held.map((day) => dueDay(day, 10, shippedPacks))
  expect(clocks).toEqual(
    [names[2], names[1], names[0]].map((enterprise, index) => ({
      caseId: opened[2 - index]?.caseId,
      enterprise,
      what: 'workPlan',
      text: '',
      due: terms[index]?.due,
      provisional: terms[index]?.provisional,
      light: ['red', 'yellow', 'green'][index],
      daysLeft: daysBetween(dayInChina(end), terms[index]?.due ?? ''),
      reminded: null,
    })),
  )
  expect(clocks.at(-1)).toMatchObject({ provisional: true })
  expect(clocks[0]?.daysLeft).toBeLessThan(0)
  const { articles } = await chengban.call('cases.get', { caseId: opened[0]?.caseId ?? '' })
  expect(articles[10]).toMatchObject({ when: terms[2]?.due, note: '已报送 0/1 家，期限暂定' })
  // What came in runs no longer.
  const plan = { kind: 'workPlan' as const, title: '方案', file: null }
  const { caseId, enterprises } = opened[2] ?? { caseId: '', enterprises: [] }
  await chengban.call('rectification.receive', { caseId, enterpriseId: enterprises[0] ?? '', ...plan })
  expect((await chengban.call('today.get', {})).clocks.map((one) => one.enterprise)).toEqual([names[1], names[0]])
})

test('逾期的整改事项: it stands on 今日, in the list and in the figures with its light; who was reminded of it and when; filed with a reason it is owed no more', async () => {
  now = '2026-11-02T01:00:00.000Z'
  const here = await openOffice(() => now)
  const names = ['渝某辛集团有限公司', '渝某壬集团有限公司'] as const
  const { caseId, enterprises, chengban } = await rectified(here, names)
  const [one = '', two = ''] = enterprises
  const add = (enterpriseId: string, text: string, due: string | null) =>
    chengban.call('rectification.addItem', {
      caseId,
      item: { enterpriseId, text, owner: '', due, sourceUtteranceId: null },
    })
  const late = await add(one, '清收逾期款', '2026-11-12')
  await add(one, '修订投资制度', '2026-11-18')
  await add(two, '停止新增投资', null)
  for (const enterpriseId of enterprises) {
    const plan = { caseId, enterpriseId, kind: 'workPlan' as const, title: '方案', file: null }
    const { id } = await chengban.call('rectification.receive', plan)
    await chengban.call('rectification.check', { caseId, documentId: id, check: planAccepted })
  }
  now = '2026-11-16T01:00:00.000Z'
  const clocks = async (login = 'fenguan') => (await (await here.at(login)).call('today.get', {})).clocks
  const common = { what: 'item', enterprise: names[0], provisional: false }
  // The leader sees what is late, since when, and that nobody was reminded; what has no day has no clock.
  expect(await clocks()).toMatchObject([
    { ...common, text: '清收逾期款', due: '2026-11-12', light: 'red', daysLeft: -4, reminded: null },
    { ...common, text: '修订投资制度', due: '2026-11-18', light: 'yellow', daysLeft: 2, reminded: null },
  ])
  const list = async () => (await chengban.call('cases.list', { dueBy: dayInChina(now) })).rows
  expect((await list()).map((row) => [row.id, row.next])).toMatchObject([
    [caseId, { code: 'rectification.closeItem', due: '2026-11-12' }],
  ])
  expect((await chengban.call('cases.get', { caseId })).articles[11]).toMatchObject({
    state: 'waiting',
    when: '2026-11-12',
    note: '未销账 3/3 项',
  })
  const all = { since: '2026-01-01', until: '2026-12-31', office: '', enterpriseId: null }
  const figures = async () => (await (await here.at('fenguan')).call('analysis.figures', all)).figures
  expect(await figures()).toMatchObject({ overdue: 1, dueSoon: 0 })

  const remind = (newDue: string) => chengban.call('rectification.remind', { caseId, enterpriseId: one, newDue })
  await remind('2026-11-20')
  now = '2026-11-19T01:00:00.000Z'
  await remind('2026-11-25')
  // Both letters called in the first, only the second the other.
  const by = { on: '2026-11-19', by: '孙某某', newDue: '2026-11-25' }
  expect(await clocks('chengban')).toMatchObject([
    { text: '清收逾期款', light: 'red', reminded: { times: 2, ...by } },
    { text: '修订投资制度', light: 'red', reminded: { times: 1, ...by } },
  ])
  // A later day is owed then, and no letter has called that in.
  await chengban.call('rectification.editItem', {
    caseId,
    itemId: late.id,
    change: { text: '清收逾期款', owner: '', due: '2026-12-31' },
  })
  expect(await clocks()).toMatchObject([
    { text: '修订投资制度', light: 'red', reminded: { times: 1 } },
    { text: '清收逾期款', light: 'green', reminded: null },
  ])
  expect((await list())[0]?.next.due).toBe('2026-11-18')
  await chengban.call('cases.beginFiling', { caseId, reason: '先行立卷' })
  expect(await clocks()).toEqual([])
  expect(await figures()).toMatchObject({ overdue: 0, dueSoon: 0 })
})
