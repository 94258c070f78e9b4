import { expect, test, vi } from 'vitest'
import { pdfText, unspaced } from '../../documents/readers.ts'
import {
  dayAhead,
  holdInterview,
  intakeFor,
  issueNotices,
  openCase,
  plainChange,
  ready,
  sharedOffice,
  type TestOffice,
  unclassified,
} from '../../support/office.ts'

vi.setConfig({ testTimeout: 600_000 })

const office = sharedOffice()
const three = ['渝某甲集团有限公司', '渝某乙集团有限公司', '渝某丙集团有限公司']

async function issued(names: readonly string[]) {
  const here = await office()
  const opened = await openCase(here, names)
  await issueNotices(here, opened.caseId, unclassified)
  const chengban = await here.at('chengban')
  const notices = await chengban.call('notices.list', { caseId: opened.caseId })
  return { here, chengban, ...opened, notices }
}

/** Signs, numbers and sends a change. */
async function send(here: TestOffice, caseId: string, change: { readonly id: string; readonly noticeId: string }) {
  const one = { caseId, changeId: change.id }
  await (await here.at('fenguan')).call('notices.decideChange', { ...one, decision: 'approved', opinion: '同意。' })
  await (await here.at('zhuize')).call('numbers.allocate', { ...one, noticeId: change.noticeId })
  await (await here.at('chengban')).call('notices.issueChange', one)
}

test('个别约谈 has one enterprise, 集体约谈 several: the form and the number of enterprises agree', async () => {
  const { chengban, scope, ids } = await ready(await office(), three)
  const one = intakeFor(ids.slice(0, 1), scope)
  const many = intakeFor(ids, scope)
  await expect(chengban.call('cases.create', { ...many, form: 'individual' })).rejects.toMatchObject({
    code: 'cases.individualHasMany',
    params: { field: 'form' },
  })
  await expect(chengban.call('cases.create', { ...one, form: 'collective' })).rejects.toMatchObject({
    code: 'cases.collectiveNeedsTwo',
    params: { field: 'form' },
  })
  const notes = []
  for (const intake of [one, many]) {
    const { caseId } = await chengban.call('cases.create', intake)
    notes.push((await chengban.call('cases.get', { caseId })).articles[5]?.note)
  }
  expect(notes).toEqual(['个别约谈', '集体约谈，3 家企业'])
})

test('涉及多家企业的: each enterprise has its own notice with its own number, all for one interview', async () => {
  const { chengban, caseId, notices } = await issued(three)
  expect(notices.map((one) => one.fields.addressee)).toEqual(three)
  const numbers = notices.map((one) => Number(/〕(\d+)号$/.exec(one.number ?? '')?.[1]))
  expect(new Set(numbers).size).toBe(3)
  expect([...numbers].sort((a, b) => a - b)).toEqual(numbers)
  const { interviewId } = await chengban.call('cases.get', { caseId })
  const { interview } = await chengban.call('interviews.get', { caseId, interviewId: interviewId ?? '' })
  expect(interview.enterprises.map((one) => one.name)).toEqual(three)
})

test('one interview moves for all: a 改期 of one enterprise alone is refused; for all, each gets its paper', async () => {
  const { chengban, caseId, notices } = await issued(three.slice(0, 2))
  const moved = { ...plainChange, day: dayAhead(21), clock: '15:00', place: '1号楼' }
  const propose = (noticeId: string | null) =>
    chengban.call('notices.proposeChange', { caseId, kind: 'postpone', noticeId, fields: moved })
  await expect(propose(notices[0]?.id ?? '')).rejects.toThrow('notices.postponeConcernsAll')
  expect(await chengban.call('notices.changes', { caseId })).toEqual([])
  expect((await propose(null)).map((one) => one.noticeId)).toEqual(notices.map((one) => one.id))
})

test('取消 of one enterprise: it leaves with its paper and number, the others are talked to; the last one ends the interview', async () => {
  const { here, chengban, caseId, enterprises, notices } = await issued(three)
  const [first, second, third] = notices
  if (!first || !second || !third) throw new Error('three notices')
  const cancel = (noticeId: string | null) =>
    chengban.call('notices.proposeChange', {
      caseId,
      kind: 'cancel',
      noticeId,
      fields: { ...plainChange, followUp: '由其专题报告。' },
    })
  await expect(cancel('01ARZ3NDEKTSV4RRFFQ69G5FAV')).rejects.toThrow('notices.unknown')
  const [change] = await cancel(second.id)
  if (!change) throw new Error('no change')
  expect(change).toMatchObject({ noticeId: second.id, enterpriseName: three[1], fields: { alone: true } })
  const preview = { caseId, kind: 'cancellation' as const, objectId: change.id, fields: null }
  expect(pdfText((await chengban.call('papers.preview', preview)).pdf)).toContain(
    unspaced('现决定取消对你公司的本次责任约谈。由其专题报告。'),
  )
  await send(here, caseId, change)
  const after = await chengban.call('cases.get', { caseId })
  expect(after).toMatchObject({ stage: 'interview', form: 'collective', enterprises: [three[0], three[2]] })
  const list = await chengban.call('notices.list', { caseId })
  // Nothing is lost: the notice stands with its name and number, and is not drafted again.
  expect(list.map((one) => [one.enterpriseName, one.state])).toEqual([
    [three[0], 'issued'],
    [three[1], 'cancelled'],
    [three[2], 'issued'],
  ])
  expect(list[1]?.number).toBe(second.number)
  // Its past stays findable.
  const earlier = { enterpriseIds: [enterprises[1] ?? ''], triggers: [], persons: [] }
  expect((await chengban.call('cases.earlier', earlier)).map((one) => one.id)).toContain(caseId)

  // With two left, one more leaves: an individual interview remains, and it is held without the others.
  const [next] = (await cancel(third.id)).filter((one) => one.state === 'submitted')
  if (!next) throw new Error('no change')
  await send(here, caseId, next)
  expect(await chengban.call('cases.get', { caseId })).toMatchObject({ form: 'individual', enterprises: [three[0]] })
  const interviewId = await holdInterview(here, caseId, enterprises.slice(0, 1), [
    { text: '请整改。', kind: 'opinion', key: 1 },
  ])
  const drafted = await (await here.at('jilu')).call('minutes.draft', { caseId, interviewId })
  expect(drafted.map((one) => one.enterpriseName)).toEqual([three[0]])
})

test('取消 for all takes the interview back: every notice is drafted anew under a number to come', async () => {
  const { here, chengban, caseId } = await issued(three.slice(0, 2))
  const changes = await chengban.call('notices.proposeChange', { caseId, kind: 'cancel', fields: plainChange })
  expect(changes.map((one) => one.fields.alone)).toEqual([false, false])
  for (const change of changes) await send(here, caseId, change)
  expect(await chengban.call('cases.get', { caseId })).toMatchObject({ stage: 'notice', form: 'collective' })
  const states = (await chengban.call('notices.list', { caseId })).map((one) => [one.state, one.number === null])
  expect(states.sort()).toEqual([
    ['cancelled', false],
    ['cancelled', false],
    ['draft', true],
    ['draft', true],
  ])
})
