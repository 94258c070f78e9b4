import { existsSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import {
  classifyAll,
  dayAhead,
  disableAccount,
  firstNotice,
  issueNotices,
  noticeForm,
  openCase,
  openOffice,
  submitNotices,
  unclassified,
} from '../../support/office.ts'

vi.setConfig({ testTimeout: 600_000 })

test('由责任追究部门统一编号管理: numbers belong to the accountability office; used, reserved or 作废, never twice; 对账 agrees', async () => {
  const office = await openOffice()
  const zhuize = await office.at('zhuize')
  const chengban = await office.at('chengban')
  const { caseId, enterprises } = await openCase(office, ['渝某实业集团有限公司', '渝某建投集团有限公司'])
  const reserved = await zhuize.call('numbers.reserve', { reason: '主要负责同志交办，文稿未定' })
  expect(reserved).toMatchObject({ n: 1, state: 'reserved' })
  const block = await zhuize.call('numbers.giveBlock', { office: '财务监管处', count: 3, reason: '集中办公在外' })
  expect(block).toMatchObject({ first: 2, last: 4, reserved: 3 })

  await submitNotices(office, caseId, unclassified)
  await classifyAll(office, caseId)
  const list = await chengban.call('notices.list', { caseId })
  for (const notice of list)
    await (await office.at('fenguan')).call('notices.decide', {
      caseId,
      noticeId: notice.id,
      decision: 'approved',
      opinion: '',
    })
  // One number for each enterprise's notice of a collective interview.
  const [first, second] = list
  if (!first || !second) throw new Error('two notices')
  await zhuize.call('numbers.allocate', { caseId, noticeId: first.id, numberId: reserved.id })
  await expect(zhuize.call('numbers.allocate', { caseId, noticeId: second.id, numberId: reserved.id })).rejects.toThrow(
    'numbers.notReserved',
  )
  await zhuize.call('numbers.allocate', { caseId, noticeId: second.id })
  const year = block.year
  const { entries } = await zhuize.call('numbers.register', { year })
  expect(entries.map((entry) => [entry.n, entry.state])).toEqual([
    [1, 'used'],
    [2, 'reserved'],
    [3, 'reserved'],
    [4, 'reserved'],
    [5, 'used'],
  ])
  expect(new Set(entries.filter((entry) => entry.state === 'used').map((entry) => entry.enterpriseName)).size).toBe(
    enterprises.length,
  )
  // A number of a block is settled by its slip only.
  const inBlock = entries.find((entry) => entry.n === 3)?.id ?? ''
  await expect(zhuize.call('numbers.void', { numberId: inBlock, reason: '不用' })).rejects.toThrow('numbers.inBlock')
  const settle = { blockId: block.id, close: true, reason: '年终退回' }
  const used = { n: 3, enterprise: '渝某水务集团有限公司', matter: '', day: dayAhead(0) }
  await expect(zhuize.call('numbers.settleBlock', { ...settle, used: [{ ...used, n: 9 }] })).rejects.toThrow(
    'numbers.outsideBlock',
  )
  await expect(zhuize.call('numbers.settleBlock', { ...settle, used: [used, used] })).rejects.toThrow(
    'numbers.twiceOnSlip',
  )
  await expect(zhuize.call('numbers.settleBlock', { ...settle, used: [used], reason: '' })).rejects.toThrow(
    'numbers.reasonMissing',
  )
  expect(await zhuize.call('numbers.settleBlock', { ...settle, used: [used] })).toMatchObject({
    state: 'closed',
    used: 1,
    reserved: 0,
    void: 2,
  })
  const found = await zhuize.call('numbers.reconcile', { year })
  expect(found).toMatchObject({ last: 5, used: 3, reserved: 0, void: 2 })
  expect(found.findings.map((one) => one.code)).toEqual(['notIssued', 'notIssued'])

  // The database itself refuses to use a number again, whoever asks; a state without its act is found.
  const cases = zhuize.session.archive.cases
  if (!cases) throw new Error('no cases')
  await expect(cases.knex('numbers').where({ n: 2 }).update({ state: 'used' })).rejects.toThrow()
  await expect(cases.knex('numbers').where({ n: 1 }).update({ n: 7 })).rejects.toThrow()
  await expect(cases.knex('numbers').where({ n: 2 }).delete()).rejects.toThrow()
  await cases.knex('numbers').where({ n: 5 }).update({ state: 'void', reason: '' })
  const spoiled = await zhuize.call('numbers.reconcile', { year })
  expect(spoiled.findings.filter((one) => one.n === 5).map((one) => one.code)).toEqual(['unsigned', 'noReason'])

  const printed = await zhuize.call('numbers.print', { year, blockId: null, folder: office.outside })
  expect(Buffer.from(printed.pdf.slice(0, 5)).toString()).toBe('%PDF-')
  expect(existsSync(printed.file ?? '')).toBe(true)
})

test('统一编号: on a machine without the office, numbers come from a block entered from its slip', async () => {
  const office = await openOffice()
  const giver = await office.at('zhuize')
  const block = await giver.call('numbers.giveBlock', { office: '监督处', count: 2, reason: '另一台机器办理' })
  const { office: name, year, first, last, slip } = block

  const other = await openOffice()
  const taken = { office: name, year, first, last, slip }
  await expect((await other.at('chengban')).call('numbers.takeBlock', taken)).rejects.toThrow('numbers.registerHere')
  const zhuize = await other.at('zhuize')
  await disableAccount(other, zhuize.accountId)
  const chengban = await other.again('chengban')
  await expect(chengban.call('numbers.takeBlock', { ...taken, last: last + 1 })).rejects.toThrow('numbers.slipDiffers')
  await chengban.call('numbers.takeBlock', { ...taken, slip: slip.toLowerCase() })
  await expect(chengban.call('numbers.takeBlock', taken)).rejects.toThrow('numbers.blockOverlaps')

  const { caseId } = await openCase(other, ['渝某实业集团有限公司'])
  await submitNotices(other, caseId, unclassified)
  await classifyAll(other, caseId)
  const { one } = await firstNotice(other, caseId)
  await expect(chengban.call('numbers.drawFromBlock', one)).rejects.toThrow('numbers.notApproved')
  await (await other.at('fenguan')).call('notices.decide', { ...one, decision: 'approved', opinion: '' })
  expect((await chengban.call('numbers.drawFromBlock', one)).text).toBe(`监管约谈函〔${year}〕${first}号`)
  // The case opens: the number counts by the act of the officer who drew it.
  expect((await chengban.call('cases.get', { caseId })).numbers).toHaveLength(1)
  const [open] = await chengban.call('numbers.blocks', {})
  expect(await chengban.call('numbers.returnBlock', { blockId: open?.id ?? '', reason: '年终退回' })).toMatchObject({
    state: 'closed',
    used: 1,
    void: 1,
  })
})

test('改期 and 取消 are papers of their own: signed, numbered, issued; the interview moves or is taken back', async () => {
  const office = await openOffice()
  const chengban = await office.at('chengban')
  const fenguan = await office.at('fenguan')
  const zhuize = await office.at('zhuize')
  const { caseId } = await openCase(office, ['渝某实业集团有限公司'])
  await issueNotices(office, caseId, unclassified)
  const { one } = await firstNotice(office, caseId)
  await chengban.call('notices.confirm', { ...one, channel: 'telephone', by: '周某某', note: '' })
  const fields = {
    reason: '与市里会议冲突',
    day: dayAhead(21),
    clock: '15:00',
    place: '1号楼第一会议室',
    materialsDue: '' as const,
    followUp: '',
  }
  const propose = (kind: 'postpone' | 'cancel', part: Partial<typeof fields> = {}) =>
    chengban.call('notices.proposeChange', { caseId, kind, fields: { ...fields, ...part } })
  await expect(propose('postpone', { day: '2021-12-08' })).rejects.toThrow('notices.dayPast')
  await expect(
    propose('postpone', { day: noticeForm.day, clock: noticeForm.clock, place: noticeForm.place }),
  ).rejects.toThrow('notices.nothingChanged')
  const [change] = await propose('postpone')
  if (!change) throw new Error('no change')
  await expect(propose('cancel')).rejects.toThrow('notices.changeOpen')
  const decide = { caseId, changeId: change.id, decision: 'approved' as const, opinion: '同意改期。' }
  const issue = { caseId, changeId: change.id }
  await expect(chengban.call('notices.issueChange', issue)).rejects.toThrow('notices.notNumbered')
  await fenguan.call('notices.decideChange', decide)
  const number = await zhuize.call('numbers.allocate', { ...one, changeId: change.id })
  expect(number.text).toMatch(/2号$/)
  await chengban.call('notices.issueChange', issue)
  const { notice } = await firstNotice(office, caseId)
  expect(notice.current).toMatchObject({ day: fields.day, clock: '15:00', place: fields.place })
  // The issued notice keeps its words; what was confirmed concerned the other day.
  expect(notice.fields.day).toBe(noticeForm.day)
  expect(notice.confirmation).toBeNull()
  const { interviewId } = await chengban.call('cases.get', { caseId })
  const { interview } = await chengban.call('interviews.get', { caseId, interviewId: interviewId ?? '' })
  expect(interview.place).toBe(fields.place)
  expect((await chengban.call('interviews.list', {})).map((each) => each.id)).toEqual([interviewId])

  const [, cancel] = await propose('cancel', { day: '', clock: '', place: '' })
  if (!cancel) throw new Error('no cancellation')
  await fenguan.call('notices.decideChange', { ...decide, changeId: cancel.id })
  await zhuize.call('numbers.allocate', { ...one, changeId: cancel.id })
  await chengban.call('notices.issueChange', { caseId, changeId: cancel.id })
  const after = await chengban.call('cases.get', { caseId })
  expect(after).toMatchObject({ stage: 'notice', next: { code: 'notices.submit' } })
  // What was planned is not held: 约谈现场 and the line of Art. 8 say so.
  expect(after.articles[7]).toMatchObject({ state: 'waiting', note: '待通知印发' })
  expect(await chengban.call('interviews.list', {})).toEqual([])
  const notices = await chengban.call('notices.list', { caseId })
  expect(notices.map((row) => row.state)).toEqual(['cancelled', 'draft'])
  const kinds = (await chengban.call('papers.list', { caseId })).map((paper) => paper.kind)
  expect(kinds).toContain('postponement')
  expect(kinds).toContain('cancellation')
  // The number of a notice that went out stays used, also when its interview was cancelled.
  const year = new Date().getFullYear()
  const { entries } = await zhuize.call('numbers.register', { year })
  const used = entries.find((entry) => entry.paper === 'notice')
  await expect(zhuize.call('numbers.void', { numberId: used?.id ?? '', reason: '取消' })).rejects.toThrow(
    'numbers.issued',
  )
})
