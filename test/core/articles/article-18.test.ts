import { expect, test, vi } from 'vitest'
import { dayInChina } from '#shared/domain/common.ts'
import { pdfText, unspaced } from '../../documents/readers.ts'
import { chain, ready, sharedOffice } from '../../support/office.ts'
import { rectified } from '../../support/rectifying.ts'

vi.setConfig({ testTimeout: 600_000 })

let now = '2026-11-02T01:00:00.000Z'
const office = sharedOffice(() => now)
const organ = '市纪委监委驻市国资委纪检监察组'

test('Art. 18: suspected breaches go to the discipline organ: asked, decided by a leader, sent with list and letter, signed for', async () => {
  const here = await office()
  const { caseId, enterpriseId, chengban, enter, article } = await rectified(
    here,
    ['渝某移送集团有限公司'],
    [...chain, 'zhuyao'],
  )
  const [chuzhang, fenguan] = [await here.at('chuzhang'), await here.at('fenguan')]
  expect(await article(18)).toMatchObject({ state: 'notApplicable', note: '未发现需移送的情形' })
  const finding = { kind: 'evaluation' as const, result: 'false' as const, opinion: '报送的整改凭证不实' }
  // A finding stands on something: without it nothing is entered, and a result that finds nothing asks for none.
  await expect(enter(enterpriseId, { ...finding, basis: ' ' })).rejects.toMatchObject({
    code: 'rectification.findingBasis',
    params: { field: 'basis' },
  })
  expect(await article(18)).toMatchObject({ state: 'notApplicable' })
  const basis = '银行回单与原件核对不一致；《违规经营投资责任追究实施办法》'
  await enter(enterpriseId, { ...finding, basis })
  expect(await article(18)).toMatchObject({ state: 'owed', who: '责任追究部门' })

  const choices = await chengban.call('referrals.choices', { caseId })
  const minutes = choices.find((one) => one.code === 'minutes')
  const pieces = [{ paperId: minutes?.paperId ?? null, documentId: null }]
  const request = {
    enterpriseId,
    organ,
    pieces,
    suspicion: '周某某授意编造整改凭证，涉嫌违纪。',
    period: '2026年10月',
    amount: '1,200万元',
    persons: ['周某某'],
    contact: '孙某某',
    telephone: '023-0000 1234',
  }
  const ask = (part: Partial<typeof request> = {}) =>
    chengban.call('referrals.askDiscipline', { caseId, request: { ...request, ...part } })
  const stranger = (await ready(here, ['渝某外人有限公司'])).ids[0] ?? ''
  await expect(ask({ enterpriseId: stranger })).rejects.toThrow('rectification.unknownEnterprise')
  await expect(ask({ pieces: [...pieces, ...pieces] })).rejects.toThrow('referrals.twice')
  await expect(ask({ organ: '渝某移送集团有限公司纪委' })).rejects.toThrow('referrals.notAnOrgan')
  await expect(ask({ persons: [] })).rejects.toThrow('door.input')
  const asked = await ask()
  const one = { caseId, referralId: asked.id }
  // The finding stands in the case already; nobody types it again.
  expect(asked).toMatchObject({
    state: 'asked',
    number: '',
    finding: `弄虚作假：报送的整改凭证不实（认定依据：${basis}）`,
    mayDecide: false,
  })
  expect(await article(18)).toMatchObject({ state: 'owed', note: '申请移送纪检监察机构，待决定' })
  expect((await fenguan.call('today.get', {})).mine.map((step) => step.next.code)).toContain(
    'referrals.decideDiscipline',
  )

  // The leader sees the letter and the list before deciding; nothing is sent before.
  const seen = async (kind: 'transferLetter' | 'transferList') =>
    pdfText((await fenguan.call('papers.preview', { caseId, kind, objectId: asked.id, fields: null })).pdf)
  expect(await seen('transferLetter')).toContain(unspaced('根据《市国资委国资监管责任约谈工作规则》第十八条规定'))
  const sending = { day: dayInChina(now), manner: '专人送达', person: '孙某某' }
  const receipt = { day: dayInChina(now), person: '郑某某', number: '收〔2026〕7号', note: '' }
  await expect(chengban.call('referrals.sendDiscipline', { ...one, sending })).rejects.toThrow(
    'referrals.disciplineState',
  )
  await expect(
    chengban.call('referrals.decideDiscipline', { ...one, decision: 'approved', opinion: '' }),
  ).rejects.toThrow('door.role')
  await expect(
    fenguan.call('referrals.decideDiscipline', { ...one, decision: 'returned', opinion: '' }),
  ).rejects.toThrow('referrals.reasonMissing')
  const decided = await fenguan.call('referrals.decideDiscipline', {
    ...one,
    decision: 'approved',
    opinion: '同意移送',
  })
  expect(decided).toMatchObject({ state: 'approved', number: '移送纪检〔2026〕1号', opinion: '同意移送' })
  const papers = (await chengban.call('papers.list', { caseId })).filter((paper) => paper.objectId === asked.id)
  expect(papers.map((paper) => [paper.kind, paper.format])).toEqual([
    ['transferLetter', 'pdf'],
    ['transferLetter', 'docx'],
    ['transferList', 'pdf'],
  ])
  const list = await seen('transferList')
  for (const part of [
    '移送纪检〔2026〕1号',
    organ,
    '弄虚作假：报送的整改凭证不实',
    '周某某授意编造整改凭证',
    '复制件',
    '周某某',
  ])
    expect(list).toContain(unspaced(part))

  // Sent and signed for: each on a day that can be, once, by the office that answers for the case.
  now = '2026-11-04T01:00:00.000Z'
  const send = (day: string) => chengban.call('referrals.sendDiscipline', { ...one, sending: { ...sending, day } })
  await expect(send('2026-11-01')).rejects.toThrow('referrals.impossibleDay')
  await expect(send('2026-11-05')).rejects.toThrow('referrals.impossibleDay')
  await expect(chengban.call('referrals.receiptDiscipline', { ...one, receipt })).rejects.toThrow(
    'referrals.disciplineState',
  )
  await send('2026-11-03')
  expect(await article(18)).toMatchObject({ state: 'waiting', note: '已移送，待回执' })
  const sign = (day: string) => chuzhang.call('referrals.receiptDiscipline', { ...one, receipt: { ...receipt, day } })
  await expect(sign('2026-11-02')).rejects.toThrow('referrals.impossibleDay')
  expect(await sign('2026-11-04')).toMatchObject({
    state: 'received',
    sending: { day: '2026-11-03', manner: '专人送达', person: '孙某某' },
    receipt: { day: '2026-11-04', person: '郑某某', number: '收〔2026〕7号' },
    sentBy: '孙某某',
  })
  await expect(sign('2026-11-04')).rejects.toThrow('referrals.disciplineState')
  expect(await article(18)).toMatchObject({ state: 'done', note: '已移送纪检监察机构 1 件，均有回执' })
  const { history } = await chengban.call('cases.get', { caseId })
  expect(history.filter((line) => line.article === 18).map((line) => line.act)).toEqual([
    'referrals.receiptDiscipline',
    'referrals.sendDiscipline',
    'referrals.decideDiscipline',
    'referrals.askDiscipline',
  ])

  // 从重从轻参考: what was entered, turned into facts that weigh, each with where it stands (Art. 13, 18).
  await enter(enterpriseId, {
    kind: 'effects',
    stopped: '',
    losses: '追回被占用资金',
    risk: '',
    influence: '',
    recoveredFen: 12_345_600,
    reducedFen: null,
  })
  await enter(enterpriseId, {
    kind: 'accountable',
    name: '吴某某',
    post: '财务总监',
    basis: '违规经营投资责任追究办法',
    handling: '诫勉',
    day: '2026-11-03',
  })
  const sheet = (await chengban.call('papers.working', { caseId })).find((paper) => paper.kind === 'weighing')
  expect(sheet).toMatchObject({ objectId: enterpriseId, title: '责任认定参考表（渝某移送集团有限公司）' })
  const weighing = { caseId, kind: 'weighing' as const, objectId: enterpriseId }
  const printed = pdfText((await chengban.call('papers.preview', { ...weighing, fields: null })).pdf)
  for (const part of [
    '责任约谈整改落实情况责任认定参考表',
    '评估认定弄虚作假：报送的整改凭证不实',
    '（认定依据：银行回单与原件核对不一致；',
    '减少或挽回资产损失：追回被占用资金',
    '挽回损失12.35万元',
    '对吴某某、财务总监追责问责：诫勉',
    '32.56万元',
  ])
    expect(printed).toContain(unspaced(part))
  const [kept] = await chengban.call('papers.freeze', { ...weighing, formats: ['pdf'] })
  expect(kept).toMatchObject({ kind: 'weighing', format: 'pdf' })
  await expect(chengban.call('papers.preview', { ...weighing, objectId: stranger, fields: null })).rejects.toThrow(
    'rectification.unknownEnterprise',
  )

  // One that was not agreed to stays with its reason; nothing was made of it.
  const second = await ask()
  const refusal = { caseId, referralId: second.id, decision: 'returned' as const, opinion: '先由责任追究部门核查' }
  expect(await fenguan.call('referrals.decideDiscipline', refusal)).toMatchObject({ state: 'returned', number: '' })
  await expect(fenguan.call('referrals.decideDiscipline', refusal)).rejects.toThrow('referrals.disciplineState')
  expect((await chengban.call('referrals.discipline', { caseId })).map((row) => row.state)).toEqual([
    'returned',
    'received',
  ])

  // Whoever writes a step into the file takes none.
  const third = await ask()
  await chengban.session.archive.cases
    ?.knex('discipline_referrals')
    .where({ id: third.id })
    .update({ state: 'approved', year: 2026, n: 2, decided_by: fenguan.accountId, decided_at: now })
  await expect(chengban.call('cases.get', { caseId })).rejects.toMatchObject({
    code: 'acts.invalid',
    params: { object: 'discipline', act: 'referrals.decideDiscipline' },
  })
})
