import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { pdfText, unspaced } from '../../documents/readers.ts'
import { classifyAll, holdInterview, issueNotices, openCase, sharedOffice, unclassified } from '../../support/office.ts'

vi.setConfig({ testTimeout: 600_000 })

const office = sharedOffice()
const lines = [
  { text: '现在开始约谈。', kind: 'explain' as const, section: 'state' as const, key: 1 },
  { text: '该项目没有开展可行性论证。', kind: 'statement' as const, key: 2 },
  { text: '请立即止损。', kind: 'opinion' as const, section: 'state' as const, key: 1 },
]

async function talked(name: string) {
  const here = await office()
  const { caseId, enterprises } = await openCase(here, [name])
  await issueNotices(here, caseId, unclassified)
  const interviewId = await holdInterview(here, caseId, enterprises, lines)
  return { here, jilu: await here.at('jilu'), caseId, enterprises, interviewId }
}

test('做好责任约谈记录: every line with its order and speaker; a changed line keeps the wording before it', async () => {
  const { jilu, caseId, interviewId } = await talked('渝某甲集团有限公司')
  const one = { caseId, interviewId }
  const { utterances } = await jilu.call('interviews.get', one)
  expect(utterances.map((line) => line.text)).toEqual(lines.map((line) => line.text))
  expect(utterances.map((line) => line.seq)).toEqual([1, 2, 3])
  const [, second] = utterances
  if (!second) throw new Error('no utterance')
  const { id: utteranceId, seq: _, version, ...value } = second
  const edit = { ...one, utteranceId, utterance: { ...value, text: '该项目未经可行性论证。' } }
  await jilu.call('interviews.edit', { ...edit, version })
  await expect(jilu.call('interviews.edit', { ...edit, version })).rejects.toThrow('interviews.changed')
  const versions = await jilu.call('interviews.versions', { ...one, utteranceId })
  expect(versions.map((line) => line.text)).toEqual(['该项目没有开展可行性论证。', '该项目未经可行性论证。'])
})

test('约谈结束后形成约谈纪要: none before the interview has ended, none for another account than those who write', async () => {
  const here = await office()
  const { caseId } = await openCase(here, ['渝某乙集团有限公司'])
  await issueNotices(here, caseId, unclassified)
  const jilu = await here.at('jilu')
  const { interviewId } = await jilu.call('cases.get', { caseId })
  const one = { caseId, interviewId: interviewId ?? '' }
  await expect(jilu.call('minutes.draft', one)).rejects.toThrow('cases.wrongStage')
  const fenguan = await here.at('fenguan')
  await expect(fenguan.call('minutes.draft', one)).rejects.toThrow('door.role')
})

test('约谈纪要内容主要包括: time, place, host, those present, matter, statements, demands stand on the paper', async () => {
  const { jilu, caseId, interviewId } = await talked('渝某丙集团有限公司')
  const [minutes] = await jilu.call('minutes.draft', { caseId, interviewId })
  if (!minutes) throw new Error('no minutes')
  const { pdf } = await jilu.call('papers.preview', { caseId, kind: 'minutes', objectId: minutes.id, fields: null })
  const text = pdfText(pdf)
  for (const part of [
    '约谈时间：',
    '约谈地点：市国资委3号楼第二会议室',
    '约谈主持人：赵某某（处长）',
    '约谈单位及人员：监督处赵某某（处长）',
    '渝某0公司李某喆（董事长）',
    '记录人：郝某某',
    '约谈事由：投资决策失误形成损失风险等',
    '一、被约谈人员陈述情况',
    '该项目没有开展可行性论证。',
    '二、有关监管意见要求',
    '请立即止损。',
    '三、其他事项',
  ])
    expect(text).toContain(unspaced(part))
  // The opening words of the host are of the record only.
  expect(text).not.toContain(unspaced('现在开始约谈。'))
  const empty = {
    caseId,
    minutesId: minutes.id,
    version: minutes.version,
    fields: minutes.fields,
    order: [],
    put: [],
    place: null,
  }
  await jilu.call('minutes.save', empty)
  await expect(jilu.call('minutes.submit', { caseId, minutesId: minutes.id, proposal: unclassified })).rejects.toThrow(
    'minutes.empty',
  )
})

test('可以根据工作需要印送: only final minutes, each decision with its reason; the record never goes to the enterprise', async () => {
  const { here, jilu, caseId, interviewId } = await talked('渝某丁集团有限公司')
  const [minutes] = await jilu.call('minutes.draft', { caseId, interviewId })
  const one = { caseId, minutesId: minutes?.id ?? '' }
  const chengban = await here.at('chengban')
  const chuzhang = await here.at('chuzhang')
  const send = {
    ...one,
    reason: '请企业据此整改',
    method: 'exchange' as const,
    receiver: '周某某',
    act: 'export' as const,
    medium: '',
  }
  await expect(chengban.call('minutes.dispatch', send)).rejects.toThrow('minutes.notFinal')
  await expect(chengban.call('minutes.withhold', { ...one, reason: '不需印送' })).rejects.toThrow('minutes.notFinal')
  await jilu.call('minutes.submit', { ...one, proposal: unclassified })
  await expect(chuzhang.call('minutes.finalise', one)).rejects.toThrow('minutes.notClassified')
  await classifyAll(here, caseId)
  await chuzhang.call('minutes.finalise', one)
  await expect(chengban.call('minutes.dispatch', { ...send, reason: ' ' })).rejects.toThrow('door.input')
  const [sent] = await chengban.call('minutes.dispatch', send)
  expect(sent).toMatchObject({ decision: 'send', reason: '请企业据此整改', receiver: '周某某', label: '第1份' })
  // What is approved leaves as a copy with its number, once.
  const folder = join(here.outside, 'out-09')
  mkdirSync(folder)
  const take = { caseId, ticketId: sent?.ticketId ?? '', folder }
  expect((await chengban.call('copies.take', take)).label).toBe('第1份')
  await expect(chengban.call('copies.take', take)).rejects.toThrow('copies.ticketUsed')
  const record = (await chengban.call('papers.list', { caseId })).find((paper) => paper.kind === 'record')
  const ask = { caseId, paperIds: [record?.id ?? ''], act: 'export' as const, medium: '', parentId: null }
  await expect(
    chengban.call('copies.request', { ...ask, recipient: '渝某丁集团有限公司', purpose: '印送' }),
  ).rejects.toThrow('copies.recordStays')
  expect((await chengban.call('cases.get', { caseId })).articles[8]).toMatchObject({ article: 9, state: 'done' })
})
