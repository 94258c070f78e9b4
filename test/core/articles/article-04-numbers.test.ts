import { readFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import {
  classifyAll,
  dayAhead,
  disableAccount,
  fillNotices,
  firstNotice,
  holdInterview,
  issueNotices,
  noticeForm,
  openCase,
  openOffice,
  plainChange,
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
  await expect(
    zhuize.call('numbers.settleBlock', { ...settle, used: [{ ...used, day: dayAhead(1) }] }),
  ).rejects.toThrow('numbers.slipDay')
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

  const { pdf } = await zhuize.call('numbers.print', { year, blockId: null })
  const { file } = await zhuize.call('numbers.export', { year, blockId: null, folder: office.outside })
  for (const bytes of [Buffer.from(pdf), readFileSync(file)]) expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
})

test('统一编号管理: what a year leaves reserved is shown in the next one until its block is called in and it is 作废', async () => {
  let now = new Date().toISOString()
  const office = await openOffice(() => now)
  const zhuize = await office.at('zhuize')
  const reserved = await zhuize.call('numbers.reserve', { reason: '文稿未定' })
  const block = await zhuize.call('numbers.giveBlock', { office: '财务监管处', count: 3, reason: '集中办公在外' })
  const { year } = block
  const past = async () => (await zhuize.call('numbers.register', { year: year + 1 })).past
  expect(await past()).toEqual([])
  now = `${year + 1}-01-05T02:00:00.000Z`
  expect(await past()).toEqual([{ year, reserved: 4 }])
  const asked = async () => (await zhuize.call('today.get', {})).years
  expect(await asked()).toEqual([{ year, reserved: 4, due: `${year}-12-31` }])
  expect((await (await office.at('chengban')).call('today.get', {})).years).toEqual([])
  expect((await zhuize.call('numbers.reconcile', { year })).findings.map((one) => [one.n, one.code])).toEqual([
    [1, 'openBlock'],
    [2, 'openBlock'],
    [3, 'openBlock'],
    [4, 'openBlock'],
  ])
  // Its numbers are of the year that is over: none of them is used any more.
  await zhuize.call('numbers.settleBlock', { blockId: block.id, used: [], close: true, reason: '年终收回' })
  expect(await past()).toEqual([{ year, reserved: 1 }])
  await zhuize.call('numbers.void', { numberId: reserved.id, reason: '年终未用' })
  expect(await past()).toEqual([])
  const { entries } = await zhuize.call('numbers.register', { year })
  expect(entries.map((one) => [one.n, one.state, one.reason])).toEqual([
    [1, 'void', '年终未用'],
    ...[2, 3, 4].map((n) => [n, 'void', '年终收回']),
  ])
  // The new year begins at one.
  expect(await zhuize.call('numbers.reserve', { reason: '文稿未定' })).toMatchObject({ year: year + 1, n: 1 })
  // It is asked about in its last month.
  now = `${year + 1}-11-30T02:00:00.000Z`
  expect(await asked()).toEqual([])
  now = `${year + 1}-12-01T02:00:00.000Z`
  expect(await asked()).toEqual([{ year: year + 1, reserved: 1, due: `${year + 1}-12-31` }])
})

test('统一编号: on a machine without the office, numbers come from a block entered from its slip', async () => {
  let now = new Date().toISOString()
  const office = await openOffice(() => now)
  const giver = await office.at('zhuize')
  const block = await giver.call('numbers.giveBlock', { office: '监督处', count: 2, reason: '另一台机器办理' })
  const { office: name, year, first, last, slip } = block

  const other = await openOffice(() => now)
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
  // Taken back here, its number is 作废 with the reason: the slip will say so, and the next wording draws the next one.
  expect(await chengban.call('notices.withdraw', { ...one, reason: '时间有变' })).toMatchObject({
    state: 'draft',
    number: null,
  })
  await submitNotices(other, caseId, unclassified)
  await classifyAll(other, caseId)
  await (await other.at('fenguan')).call('notices.decide', { ...one, decision: 'approved', opinion: '' })
  expect((await chengban.call('numbers.drawFromBlock', one)).text).toBe(`监管约谈函〔${year}〕${last}号`)
  const [open] = await chengban.call('numbers.blocks', {})
  expect(await chengban.call('numbers.returnBlock', { blockId: open?.id ?? '', reason: '年终退回' })).toMatchObject({
    state: 'closed',
    used: 1,
    void: 1,
  })
  // At the end of a year its block stands before those who draw from it.
  now = `${year + 1}-12-01T02:00:00.000Z`
  const next = await giver.call('numbers.giveBlock', { office: '监督处', count: 2, reason: '另一台机器办理' })
  const again = { office: next.office, year: next.year, first: next.first, last: next.last, slip: next.slip }
  await chengban.call('numbers.takeBlock', again)
  expect((await chengban.call('today.get', {})).years).toEqual([
    { year: year + 1, reserved: 2, due: `${year + 1}-12-31` },
  ])
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

test('改期 or 取消 and the talk exclude each other; a talk under way is ended before its case is withdrawn', async () => {
  const office = await openOffice()
  const chengban = await office.at('chengban')
  const fenguan = await office.at('fenguan')
  const zhuize = await office.at('zhuize')
  const { caseId, enterprises } = await openCase(office, ['渝某实业集团有限公司'])
  await issueNotices(office, caseId, unclassified)
  const { one } = await firstNotice(office, caseId)
  const { interviewId } = await chengban.call('cases.get', { caseId })
  const talk = { caseId, interviewId: interviewId ?? '' }
  const propose = async () =>
    (await chengban.call('notices.proposeChange', { caseId, kind: 'cancel', fields: plainChange })).at(-1)?.id ?? ''
  const change = { caseId, changeId: await propose() }
  await fenguan.call('notices.decideChange', { ...change, decision: 'approved', opinion: '' })
  await expect(holdInterview(office, caseId, enterprises, [])).rejects.toThrow('interviews.changeOpen')
  const { text } = await zhuize.call('numbers.allocate', { ...one, changeId: change.changeId })
  const jilu = await office.at('jilu')
  await expect(jilu.call('interviews.start', talk)).rejects.toThrow('interviews.changeOpen')
  // Begun all the same, on a screen that was faster: the paper does not go out any more.
  const interviews = () => chengban.session.archive.cases?.knex('interviews').where({ id: talk.interviewId })
  await interviews()?.update({ state: 'running' })
  await expect(chengban.call('notices.issueChange', change)).rejects.toThrow('notices.interviewBegun')
  await interviews()?.update({ state: 'planned' })
  // Taking it back: the number is the accountability office's to void.
  await expect(chengban.call('notices.withdrawChange', { ...change, reason: '照常约谈' })).rejects.toThrow(
    'notices.numberFirst',
  )
  const { entries } = await zhuize.call('numbers.register', { year: new Date().getFullYear() })
  const numberId = entries.find((entry) => entry.text === text)?.id ?? ''
  await zhuize.call('numbers.void', { numberId, reason: '照常约谈' })
  await chengban.call('notices.withdrawChange', { ...change, reason: '照常约谈' })

  const late = { caseId, changeId: await propose() }
  await jilu.call('interviews.start', talk)
  await expect(fenguan.call('notices.decideChange', { ...late, decision: 'approved', opinion: '' })).rejects.toThrow(
    'notices.interviewBegun',
  )
  await fenguan.call('notices.decideChange', { ...late, decision: 'returned', opinion: '约谈已开始。' })
  const chuzhang = await office.at('chuzhang')
  const withdraw = () => chuzhang.call('cases.withdraw', { caseId, reason: '情况变化' })
  await expect(withdraw()).rejects.toThrow('cases.interviewUnderWay')
  await jilu.call('interviews.pause', { ...talk, reason: '核对材料' })
  await expect(withdraw()).rejects.toThrow('cases.interviewUnderWay')
  await jilu.call('interviews.resume', talk)
  await jilu.call('interviews.end', talk)
  await withdraw()
  expect((await chengban.call('cases.get', { caseId })).stage).toBe('withdrawn')
})

test('撤销 leaves nothing under way: proposals and changes end with the case, and 对账 asks to void a number that never went out', async () => {
  const office = await openOffice()
  const chengban = await office.at('chengban')
  const fenguan = await office.at('fenguan')
  const zhuize = await office.at('zhuize')
  const chuzhang = await office.at('chuzhang')
  const year = new Date().getFullYear()
  const waiting = async () => (await zhuize.call('numbers.register', { year })).waiting
  const findings = async () => (await zhuize.call('numbers.reconcile', { year })).findings

  const { caseId } = await openCase(office, ['渝某实业集团有限公司', '渝某建投集团有限公司'])
  await submitNotices(office, caseId, unclassified)
  const dingmi = await office.at('dingmi')
  const [first, second] = await chengban.call('notices.list', { caseId })
  if (!first || !second) throw new Error('two notices')
  const proposed = await dingmi.call('secrecy.waiting', {})
  const its = proposed.find((each) => each.id === first.classificationId)
  await dingmi.call('secrecy.decide', { caseId, classificationId: its?.id ?? '', decision: 'approved', opinion: '' })
  const sign = { caseId, decision: 'approved' as const, opinion: '' }
  await fenguan.call('notices.decide', { ...sign, noticeId: first.id })
  const { text } = await zhuize.call('numbers.allocate', { caseId, noticeId: first.id })
  await chuzhang.call('cases.withdraw', { caseId, reason: '已由其他程序处理' })
  expect(await dingmi.call('secrecy.waiting', {})).toEqual([])
  await expect(fenguan.call('notices.decide', { ...sign, noticeId: second.id })).rejects.toThrow('notices.notSubmitted')
  // 统一编号管理: only the accountability office declares its number 作废.
  expect(await findings()).toEqual([{ n: 1, text, code: 'takenBack' }])
  const [entry] = (await zhuize.call('numbers.register', { year })).entries
  expect(entry).toMatchObject({ state: 'used', voidable: true })
  await zhuize.call('numbers.void', { numberId: entry?.id ?? '', reason: '事项撤销' })
  expect(await findings()).toEqual([])

  const other = await openCase(office, ['渝某水务集团有限公司', '渝某能源集团有限公司'])
  await issueNotices(office, other.caseId, unclassified)
  const fields = { ...plainChange, reason: '情况变化' }
  const changes = await chengban.call('notices.proposeChange', { caseId: other.caseId, kind: 'cancel', fields })
  const [signed, sent] = changes.map((one) => ({ caseId: other.caseId, changeId: one.id }))
  if (!signed || !sent) throw new Error('two changes')
  await fenguan.call('notices.decideChange', { ...signed, decision: 'approved', opinion: '' })
  expect(await waiting()).toHaveLength(1)
  await chuzhang.call('cases.withdraw', { caseId: other.caseId, reason: '已由其他程序处理' })
  expect(await waiting()).toEqual([])
  await expect(fenguan.call('notices.decideChange', { ...sent, decision: 'approved', opinion: '' })).rejects.toThrow(
    'notices.notSubmitted',
  )
})

test('时间: no paper goes out for a day that is over, nor asks for materials by one; it is taken back and dated anew', async () => {
  let now = new Date().toISOString()
  const office = await openOffice(() => now)
  const later = (days: number) => {
    now = new Date(Date.now() + days * 86_400_000).toISOString()
  }
  const chengban = await office.at('chengban')
  const fenguan = await office.at('fenguan')
  const zhuize = await office.at('zhuize')
  const { caseId } = await openCase(office, ['渝某实业集团有限公司'])
  const sign = async () => {
    await submitNotices(office, caseId, unclassified)
    await classifyAll(office, caseId)
    const { one } = await firstNotice(office, caseId)
    await fenguan.call('notices.decide', { ...one, decision: 'approved', opinion: '' })
    const { text } = await zhuize.call('numbers.allocate', one)
    return { one, text }
  }
  const unnumber = async (text: string) => {
    const { entries } = await zhuize.call('numbers.register', { year: Number(/〔(\d{4})〕/.exec(text)?.[1]) })
    const numberId = entries.find((entry) => entry.text === text)?.id ?? ''
    await zhuize.call('numbers.void', { numberId, reason: '约谈日期已过' })
  }
  const { one, text } = await sign()
  later(15)
  await expect(chengban.call('notices.issue', one)).rejects.toThrow('notices.dayGone')
  const back = { ...one, reason: '约谈日期已过' }
  await expect(chengban.call('notices.withdraw', back)).rejects.toThrow('notices.numberFirst')
  await unnumber(text)
  expect(await chengban.call('notices.withdraw', back)).toMatchObject({ state: 'draft', number: null, mark: null })
  await fillNotices(office, caseId, { day: dayAhead(20), materialsDue: dayAhead(12) })
  await expect(chengban.call('notices.submit', { ...one, proposal: unclassified })).rejects.toMatchObject({
    code: 'notices.materialsPast',
    params: { field: 'materialsDue' },
  })
  await fillNotices(office, caseId, { day: dayAhead(20), materialsDue: dayAhead(18) })
  await sign()
  await chengban.call('notices.issue', one)

  const fields = { ...plainChange, day: dayAhead(22), clock: '15:00', place: '1号楼第一会议室' }
  const postpone = (materialsDue: string) =>
    chengban.call('notices.proposeChange', { caseId, kind: 'postpone', fields: { ...fields, materialsDue } })
  await expect(postpone(dayAhead(14))).rejects.toMatchObject({ code: 'notices.materialsPast' })
  const [change] = await postpone('')
  const moved = { caseId, changeId: change?.id ?? '' }
  await fenguan.call('notices.decideChange', { ...moved, decision: 'approved', opinion: '' })
  const number = await zhuize.call('numbers.allocate', { ...one, changeId: moved.changeId })
  later(23)
  await expect(chengban.call('notices.issueChange', moved)).rejects.toThrow('notices.dayGone')
  await unnumber(number.text)
  const [gone] = await chengban.call('notices.withdrawChange', { ...moved, reason: '改期日期已过' })
  expect(gone?.state).toBe('withdrawn')
})
