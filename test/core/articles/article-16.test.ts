import { expect, test, vi } from 'vitest'
import { dayInChina } from '#shared/domain/common.ts'
import { pdfText, unspaced } from '../../documents/readers.ts'
import { frozen } from '../../support/frozen.ts'
import { openCase, secret, sharedOffice } from '../../support/office.ts'
import { accepting, interviewed, planAccepted, rectified } from '../../support/rectifying.ts'

vi.setConfig({ testTimeout: 600_000 })

const monday = '2026-11-02T01:00:00.000Z'
let now = monday
const office = sharedOffice(() => now)

test('指导督促和评估…: 销账 waits for plan, items, report and evaluation, and ends it until it is opened again', async () => {
  now = monday
  const here = await office()
  const { caseId, enterpriseId, chengban, enter, close, evaluate, receive, check, get, article } = await rectified(
    here,
    ['渝某甲集团有限公司'],
  )
  const day = dayInChina(now)
  await enter(enterpriseId, { kind: 'guidance', day, manner: 'visit', spokenTo: '周某某', text: '现场核查追索进度' })
  await expect(close(enterpriseId)).rejects.toThrow('rectification.closePlan')
  const plan = await receive('workPlan')
  await check(plan.id, planAccepted)
  const one = { enterpriseId, text: '清收逾期款', owner: '', due: null, sourceUtteranceId: null }
  const item = await chengban.call('rectification.addItem', { caseId, item: one })
  await expect(close(enterpriseId)).rejects.toThrow('rectification.closeItems')
  await chengban.call('rectification.closeItem', { caseId, itemId: item.id, result: '已收回' })
  await expect(close(enterpriseId)).rejects.toThrow('rectification.closeReport')
  const report = await chengban.call('rectification.receive', {
    caseId,
    enterpriseId,
    kind: 'specialReport',
    title: '专项工作报告',
    formal: { number: '渝某企发〔2026〕3号', sealed: true },
    file: null,
  })
  await check(report.id, accepting('work', 'steps', 'results', 'accountability'))
  await expect(close(enterpriseId)).rejects.toThrow('rectification.closeEvaluation')
  // Each article that is kept leads to the paper of the enterprise that shows it.
  for (const [n, id] of [
    [11, plan.id],
    [15, report.id],
  ] as const)
    expect(await article(n)).toMatchObject({ state: 'done', paper: { id, tab: 'rectification' } })
  expect(await article(16)).toMatchObject({ state: 'owed', note: '评估 0/1 家，销账 0/1 家' })
  await evaluate(enterpriseId, 'delayed')
  await expect(close(enterpriseId)).rejects.toThrow('rectification.closeResult')
  expect(await article(18)).toMatchObject({ state: 'owed', who: '责任追究部门' })
  // A later evaluation takes the place of the one before.
  await evaluate(enterpriseId, 'done')
  expect(await article(18)).toMatchObject({ state: 'notApplicable' })
  await close(enterpriseId)
  expect(await article(16)).toMatchObject({ state: 'done', note: '已销账 1/1 家' })
  expect(await chengban.call('cases.get', { caseId })).toMatchObject({ next: { code: 'cases.beginFiling' } })

  // 评估与销账表: what the room holds, as the paper says it; each stage of it can be kept.
  const working = await chengban.call('papers.working', { caseId })
  expect(working.filter((one) => one.kind === 'evaluation')).toEqual([
    { kind: 'evaluation', objectId: enterpriseId, title: '评估与销账表（渝某甲集团有限公司）' },
  ])
  const { pdf } = await chengban.call('papers.preview', {
    caseId,
    kind: 'evaluation',
    objectId: enterpriseId,
    fields: null,
  })
  const words = pdfText(pdf)
  for (const part of [
    '责任约谈整改评估与销账表',
    '清收逾期款',
    '共1项，销账1项',
    '落实到位。整改要求均已落实',
    '同意销账',
    '相关工作开展情况完整',
  ])
    expect(words).toContain(unspaced(part))

  await expect(close(enterpriseId)).rejects.toThrow('rectification.closed')
  await expect(receive('progress')).rejects.toThrow('rectification.closed')
  await expect(chengban.call('rectification.addItem', { caseId, item: one })).rejects.toThrow('rectification.closed')
  const later = { caseId, enterpriseId, due: '2026-12-01', reason: '情况复杂' }
  await expect(chengban.call('rectification.askExtension', later)).rejects.toThrow(
    'rectification.extensionAfterClosure',
  )
  const reopen = { caseId, enterpriseId, reason: '群众反映款项未全部收回' }
  await expect(chengban.call('rectification.reopen', reopen)).rejects.toThrow('door.role')
  const chuzhang = await here.at('chuzhang')
  await chuzhang.call('rectification.reopen', reopen)
  await expect(chuzhang.call('rectification.reopen', reopen)).rejects.toThrow('rectification.notClosed')
  expect(await article(16)).toMatchObject({ state: 'owed', note: '评估 1/1 家，销账 0/1 家' })
  expect((await get()).entries.map((entry) => entry.body.kind)).toEqual(['guidance', 'evaluation', 'reopening'])
  await close(enterpriseId)
  await chengban.call('cases.beginFiling', { caseId })

  // 销账 and 重新开启 are signed: one that somebody wrote into the file is none, and the case says so.
  const written = { kind: 'closure', body: JSON.stringify({ kind: 'closure', opinion: '同意' }), replaces: null }
  await chuzhang.session.archive.cases?.knex('rectification_entries').insert({
    id: '7ZZZZZZZZZZZZZZZZZZZZZZZZZ',
    case_id: caseId,
    enterprise_id: enterpriseId,
    ...written,
    at: now,
    account_id: chengban.accountId,
  })
  await expect(chengban.call('cases.get', { caseId })).rejects.toMatchObject({
    code: 'acts.invalid',
    params: { object: 'rectificationEntry', act: 'rectification.close' },
  })
})

test('立卷 without 销账 asks for the reason, and keeps it for each enterprise', async () => {
  now = monday
  const { caseId, chengban, get, article } = await rectified(await office(), [
    '渝某乙集团有限公司',
    '渝某丙集团有限公司',
  ])
  await expect(chengban.call('cases.beginFiling', { caseId })).rejects.toThrow('cases.notClosed')
  await chengban.call('cases.beginFiling', { caseId, reason: '整改期限未到，先行立卷' })
  expect((await get()).entries.map((entry) => entry.body)).toEqual(
    Array(2).fill({ kind: 'unclosed', reason: '整改期限未到，先行立卷' }),
  )
  expect(await article(16)).toMatchObject({ state: 'done', note: '已销账 0/2 家，未销账的已说明理由' })
})

test('督促: a late plan is called in by a 催办函, frozen as it is sent; nothing that is in time is', async () => {
  now = monday
  const here = await office()
  const { caseId, enterpriseId, chengban, get, receive } = await interviewed(here, ['渝某丁集团有限公司'])
  const remind = (newDue: string) => chengban.call('rectification.remind', { caseId, enterpriseId, newDue })
  now = '2026-11-16T09:00:00.000Z'
  await expect(remind('2026-11-20')).rejects.toThrow('rectification.notLate')
  now = '2026-11-17T01:00:00.000Z'
  await expect(remind('2026-11-17')).rejects.toMatchObject({
    code: 'rectification.reminderDay',
    params: { field: 'newDue' },
  })
  const first = await remind('2026-11-20')
  const second = await remind('2026-11-24')
  expect((await get()).entries.map((entry) => entry.body)).toMatchObject([
    { kind: 'reminder', ordinal: 1, newDue: '2026-11-20', owed: [{ due: '2026-11-16' }] },
    { kind: 'reminder', ordinal: 2, newDue: '2026-11-24' },
  ])
  const papers = (await chengban.call('papers.list', { caseId })).filter((paper) => paper.kind === 'reminder')
  expect(papers.map((paper) => [paper.objectId, paper.format])).toEqual([
    [first.id, 'pdf'],
    [first.id, 'docx'],
    [second.id, 'pdf'],
    [second.id, 'docx'],
  ])
  // What was sent is not struck out.
  await expect(chengban.call('rectification.strike', { caseId, entryId: first.id, reason: '误发' })).rejects.toThrow(
    'rectification.entryGone',
  )
  await receive('workPlan')
  await expect(remind('2026-11-30')).rejects.toThrow('rectification.notLate')
  // An item past its day is called in by its words, one that is closed or has time is not.
  const add = (text: string, due: string | null) =>
    chengban.call('rectification.addItem', {
      caseId,
      item: { enterpriseId, text, owner: '', due, sourceUtteranceId: null },
    })
  await add('清收逾期款', '2026-11-16')
  await add('修订投资制度', '2026-11-17')
  const closed = await add('停止新增投资', '2026-11-16')
  await chengban.call('rectification.closeItem', { caseId, itemId: closed.id, result: '已停止' })
  const third = await remind('2026-11-30')
  expect(third.body).toMatchObject({
    ordinal: 3,
    owed: [{ name: '整改事项“清收逾期款”的落实情况', article: '十二条', due: '2026-11-16' }],
  })
  expect(await frozen(chengban, caseId, 'reminder')).toContain(
    unspaced('按照第十二条规定应于2026年11月16日前报送的整改事项“清收逾期款”的落实情况，截至目前尚未收到。'),
  )

  // It bears the mark of its notice: whoever may not know that does not know it either (保密法 21).
  const [head, dingmi, fenguan] = [await here.at('chuzhang'), await here.at('dingmi'), await here.at('fenguan')]
  const known = async (desk: typeof head) => [
    (await desk.call('rectification.get', { caseId })).entries.filter((one) => one.body.kind === 'reminder').length,
    (await desk.call('papers.list', { caseId })).filter((paper) => paper.kind === 'reminder').length,
  ]
  expect(await known(head)).toEqual([3, 6])
  const decided = (await chengban.call('secrecy.list', { caseId })).find((one) => one.objectKind === 'notice')
  const proposal = { ...secret, scope: [chengban.accountId, fenguan.accountId], reason: '缩小知悉范围' }
  const change = { caseId, classificationId: decided?.id ?? '', act: 'change' as const, proposal }
  const { id } = await chengban.call('secrecy.proposeChange', change)
  await dingmi.call('secrecy.decide', { caseId, classificationId: id, decision: 'approved', opinion: '' })
  expect(await known(head)).toEqual([0, 0])
  expect(JSON.stringify(await head.call('today.get', {}))).not.toContain('"newDue":"2026-11-30"')
  expect(JSON.stringify(await chengban.call('today.get', {}))).toContain('"newDue":"2026-11-30"')
  expect(await known(chengban)).toEqual([3, 6])
})

test('nothing of it before the interview', async () => {
  now = monday
  const here = await office()
  const { caseId, enterprises } = await openCase(here, ['渝某戊集团有限公司'])
  const entry = { kind: 'evaluation' as const, result: 'done' as const, opinion: '已落实', basis: '' }
  await expect(
    (await here.at('chengban')).call('rectification.enter', {
      caseId,
      enterpriseId: enterprises[0] ?? '',
      entry,
      replaces: null,
    }),
  ).rejects.toThrow('rectification.beforeInterview')
})
