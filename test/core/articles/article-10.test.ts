import { expect, test, vi } from 'vitest'
import { addDays } from '#shared/calendar/workingDays.ts'
import { dayInChina } from '#shared/domain/common.ts'
import {
  dayAhead,
  fillNotices,
  holdInterview,
  issueNotices,
  type noticeForm,
  openCase,
  plainChange,
  sharedOffice,
  unclassified,
} from '../../support/office.ts'

vi.setConfig({ testTimeout: 600_000 })

let now = new Date().toISOString()
const office = sharedOffice(() => now)
const today = () => dayInChina(now)
const daysOn = (days: number): string => new Date(Date.parse(now) + days * 86_400_000).toISOString()

/** A case whose notice went out; time goes on in this office, so that later tests call for later days. */
async function issued(name: string, days: Partial<typeof noticeForm> = {}) {
  const here = await office()
  const { caseId, enterprises } = await openCase(here, [name])
  await fillNotices(here, caseId, days)
  await issueNotices(here, caseId, unclassified)
  const chengban = await here.at('chengban')
  const [notice] = await chengban.call('notices.list', { caseId })
  if (!notice) throw new Error('no notice')
  const one = { caseId, noticeId: notice.id }
  const confirm = { ...one, channel: 'telephone' as const, by: '周某某', note: '' }
  return { here, chengban, caseId, enterpriseId: enterprises[0] ?? '', notice, one, confirm }
}

const later = { day: dayAhead(40), materialsDue: dayAhead(38) }
const nothing = '确认 0/1 家，说明材料 0/1 家，书面陈述材料 0/1 家'

test('收到后…确认: nothing is confirmed before the notice went out, nor after now, nor before its issue', async () => {
  const here = await office()
  const { caseId } = await openCase(here, ['渝某甲集团有限公司'])
  const chengban = await here.at('chengban')
  const [draft] = await chengban.call('notices.list', { caseId })
  const early = { caseId, noticeId: draft?.id ?? '', channel: 'telephone' as const, by: '周某某', note: '' }
  await expect(chengban.call('notices.confirm', early)).rejects.toThrow('notices.notIssued')
  await issueNotices(here, caseId, unclassified)
  await expect(chengban.call('notices.confirm', { ...early, at: daysOn(1) })).rejects.toMatchObject({
    code: 'notices.confirmedAhead',
    params: { field: 'at' },
  })
  await expect(chengban.call('notices.confirm', { ...early, at: '2021-12-10T02:00:00.000Z' })).rejects.toMatchObject({
    code: 'notices.confirmedBeforeIssue',
    params: { field: 'at' },
  })
  await expect(chengban.call('notices.confirm', { ...early, by: ' ' })).rejects.toThrow('door.input')
})

test.each(['written', 'telephone'] as const)(
  '以书面或电话形式: %s: who, with which post and number, when, taken by whom',
  async (channel) => {
    const { chengban, caseId, confirm } = await issued(`渝某${channel === 'written' ? '乙' : '丙'}集团有限公司`)
    await expect(chengban.call('notices.confirm', { ...confirm, channel: 'email' as never })).rejects.toThrow(
      'door.input',
    )
    const at = now
    await chengban.call('notices.confirm', { ...confirm, channel, post: '办公室主任', telephone: '023-0000 0001', at })
    const [notice] = await chengban.call('notices.list', { caseId })
    expect(notice?.confirmation).toMatchObject({
      channel,
      by: '周某某',
      post: '办公室主任',
      telephone: '023-0000 0001',
      takenBy: '孙某某',
      at,
      attendance: 'promised',
    })
  },
)

test('安排有关人员准时参加: a refusal needs its reason, a replacement its person too; each answer is kept, the last one counts', async () => {
  const { chengban, caseId, confirm } = await issued('渝某丁集团有限公司')
  const answer = (part: object) => chengban.call('notices.confirm', { ...confirm, ...part })
  await expect(answer({ attendance: 'refused' })).rejects.toMatchObject({
    code: 'notices.attendanceReason',
    params: { field: 'reason' },
  })
  await expect(answer({ attendance: 'replacement', reason: '出国' })).rejects.toMatchObject({
    code: 'notices.replacementMissing',
    params: { field: 'substitutes' },
  })
  await answer({ attendance: 'refused', reason: '主要负责人在外' })
  const article10 = async () => (await chengban.call('cases.get', { caseId })).articles[9]?.note
  // A refusal is no confirmation that they will come.
  expect(await article10()).toBe(nothing)
  const substitutes = [{ instead: '主要负责人', name: '郑某某', title: '总经理' }]
  await answer({ attendance: 'replacement', reason: '董事长在外', substitutes })
  expect(await article10()).toBe(nothing.replace('确认 0', '确认 1'))
  const { confirmations } = await chengban.call('preparation.get', { caseId })
  expect(confirmations.map((one) => [one.attendance, one.persons])).toEqual([
    ['refused', ''],
    ['replacement', '郑某某（总经理，代主要负责人）'],
  ])
  // The one who comes is drafted into the attendance of the interview, in the place of the one who does not.
  const { interviewId } = await chengban.call('cases.get', { caseId })
  const drafted = async () =>
    (await chengban.call('interviews.draft', { caseId, interviewId: interviewId ?? '' })).attendees
      .filter((one) => one.delegation === 'enterprise')
      .map((one) => [one.title, one.name])
  expect(await drafted()).toEqual([['总经理', '郑某某']])
  // Whoever was to come instead may be unable to come as well.
  await answer({ attendance: 'refused', reason: '总经理亦在外' })
  expect(await article10()).toBe(nothing)
  expect(await drafted()).toEqual([['主要负责人', '']])
})

test('提交相关书面陈述材料: awaited beside the 说明材料, reminded of, received in time, late, or missing', async () => {
  const { chengban, caseId, enterpriseId, one, notice } = await issued('渝某戊集团有限公司')
  const states = async () =>
    (await chengban.call('preparation.get', { caseId })).materials.map((each) => [each.kind, each.due, each.state])
  const { day, materialsDue } = notice.fields
  expect(await states()).toEqual([
    ['material', materialsDue, 'awaited'],
    ['statement', day, 'awaited'],
  ])
  const remind = { ...one, channel: 'telephone' as const, to: '周某某', text: '请报送材料。' }
  await expect(chengban.call('preparation.remind', { ...remind, to: ' ' })).rejects.toThrow('door.input')
  await chengban.call('preparation.remind', remind)
  expect((await chengban.call('preparation.get', { caseId })).reminders).toMatchObject([
    { to: '周某某', by: '孙某某', text: '请报送材料。' },
  ])
  const receive = (kind: 'material' | 'statement') =>
    chengban.call('rectification.receive', { caseId, enterpriseId, kind, title: '材料', file: null })
  await receive('statement')
  expect(await states()).toEqual([
    ['material', materialsDue, 'awaited'],
    ['statement', day, 'received'],
  ])
  // The day itself is still in time; the day after is not.
  const start = now
  now = new Date(Date.parse(start) + 12 * 86_400_000).toISOString()
  expect(today()).toBe(materialsDue)
  expect((await states())[0]?.[2]).toBe('awaited')
  now = new Date(Date.parse(start) + 13 * 86_400_000).toISOString()
  expect(today()).toBe(addDays(materialsDue, 1))
  expect((await states())[0]?.[2]).toBe('missing')
  await receive('material')
  expect((await states())[0]?.[2]).toBe('late')
})

test('提交相关书面陈述材料: the panel owes it by the day that stands, and keeps its own day once later papers came in', async () => {
  const { here, chengban, caseId, enterpriseId, notice, one, confirm } = await issued('渝某庚集团有限公司', later)
  const panel = async (article: number) => (await chengban.call('cases.get', { caseId })).articles[article - 1]
  const receive = (kind: 'material' | 'statement' | 'workPlan' | 'specialReport') =>
    chengban.call('rectification.receive', { caseId, enterpriseId, kind, title: '材料', file: null })
  expect(await panel(10)).toMatchObject({ state: 'waiting', when: notice.fields.materialsDue, note: nothing })
  // 改期 names a later day for the materials.
  const fields = { ...plainChange, day: dayAhead(60), clock: '09:30', place: '机关', materialsDue: dayAhead(55) }
  const [change] = await chengban.call('notices.proposeChange', { caseId, kind: 'postpone', fields })
  const changeId = change?.id ?? ''
  await (await here.at('fenguan')).call('notices.decideChange', { caseId, changeId, decision: 'approved', opinion: '' })
  await (await here.at('zhuize')).call('numbers.allocate', { ...one, changeId })
  await chengban.call('notices.issueChange', { caseId, changeId })
  expect((await panel(10))?.when).toBe(dayAhead(55))
  now = new Date(Date.parse(now) + 60_000).toISOString()
  await chengban.call('notices.confirm', confirm)
  await receive('material')
  expect(await panel(10)).toMatchObject({
    state: 'waiting',
    when: dayAhead(60),
    note: '确认 1/1 家，说明材料 1/1 家，书面陈述材料 0/1 家',
  })
  await receive('statement')
  const day = today()
  const kept = { state: 'done', who: '孙某某', when: day }
  expect(await panel(10)).toMatchObject(kept)

  await holdInterview(here, caseId, [enterpriseId], [])
  now = new Date(Date.parse(now) + 2 * 86_400_000).toISOString()
  await receive('specialReport')
  expect(await panel(10)).toMatchObject(kept)
})

test('确认通知事项: a case that was withdrawn takes no answer, no reminder and no receipt any more', async () => {
  const { here, chengban, caseId, one, confirm } = await issued('渝某辛集团有限公司', later)
  await (await here.at('chuzhang')).call('cases.withdraw', { caseId, reason: '情况变化' })
  const service = {
    noticeId: one.noticeId,
    changeId: null,
    recipient: '渝某辛集团有限公司',
    manner: 'person' as const,
    copyNumber: '',
    sentBy: '孙某某',
    sentOn: today(),
    receivedBy: '周某某',
    receivedOn: today(),
    note: '',
  }
  const over = { code: 'cases.wrongStage', params: { stage: 'withdrawn' } }
  await expect(chengban.call('notices.confirm', confirm)).rejects.toMatchObject(over)
  const remind = { ...one, channel: 'telephone' as const, to: '周某某', text: '请报送材料。' }
  await expect(chengban.call('preparation.remind', remind)).rejects.toMatchObject(over)
  await expect(chengban.call('preparation.serve', { caseId, service })).rejects.toMatchObject(over)
})

test('收到《责任约谈通知书》: the receipt names who brought and who took it, never before it went out or before it was brought', async () => {
  const { chengban, caseId, notice } = await issued('渝某己集团有限公司', later)
  const service = {
    noticeId: notice.id,
    changeId: null,
    recipient: '渝某己集团有限公司',
    manner: 'person' as const,
    copyNumber: '',
    sentBy: '孙某某',
    sentOn: today(),
    receivedBy: '周某某',
    receivedOn: today(),
    note: '',
  }
  const serve = (part: Partial<typeof service>) =>
    chengban.call('preparation.serve', { caseId, service: { ...service, ...part } })
  await expect(serve({ sentOn: addDays(today(), -1) })).rejects.toThrow('preparation.sentBeforeIssue')
  await expect(serve({ receivedOn: addDays(today(), -1) })).rejects.toThrow('preparation.receivedBeforeSent')
  await expect(serve({ receivedBy: ' ' })).rejects.toThrow('door.input')
  await serve({})
  expect((await chengban.call('preparation.get', { caseId })).services).toMatchObject([
    { sentBy: '孙某某', receivedBy: '周某某', recipient: '渝某己集团有限公司' },
  ])
})
