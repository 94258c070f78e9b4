import { expect, test, vi } from 'vitest'
import { coverage } from '#shared/domain/coverage.ts'
import {
  attendeesFor,
  holdInterview,
  issueNotices,
  openCase,
  said,
  sharedOffice,
  unclassified,
} from '../../support/office.ts'

vi.setConfig({ testTimeout: 600_000 })

const office = sharedOffice()

async function planned(name: string) {
  const here = await office()
  const { caseId, enterprises } = await openCase(here, [name])
  await issueNotices(here, caseId, unclassified)
  const jilu = await here.at('jilu')
  const { interviewId } = await jilu.call('cases.get', { caseId })
  return { here, jilu, caseId, enterprises, one: { caseId, interviewId: interviewId ?? '' } }
}

/** The contents of Art. 8 as the article names them. */
const contents = {
  state: ['说明约谈事由和目的', '指出企业存在的问题', '提示相关人员的责任风险', '提出监管要求和整改意见'],
  hear: [
    '有关问题基本情况',
    '造成的资产损失、损失风险或影响',
    '问题原因分析',
    '已采取整改或责任追究措施',
    '下一步工作计划',
  ],
  ask: [],
  other: [],
}

test('责任约谈包括以下内容: four contents, the first with four parts, the second with five, in the words of the article', async () => {
  const { jilu } = await planned('渝某甲集团有限公司')
  const { profile } = await jilu.call('rules.profile', { hash: null })
  expect(profile.interviewContents.map((one) => [one.code, one.parts])).toEqual(Object.entries(contents))
})

test('（一）（二）（三）（四）: the drafted outline covers every part; an outline may not invent a fifth content', async () => {
  const { jilu, one, enterprises } = await planned('渝某乙集团有限公司')
  const { outline } = await jilu.call('interviews.draft', one)
  const of = (section: string) => outline.filter((line) => line.section === section).map((line) => line.text)
  for (const [section, parts] of Object.entries(contents)) {
    expect(of(section).length).toBeGreaterThanOrEqual(parts.length)
    for (const [index, part] of parts.entries()) expect(of(section)[index]).toContain(part)
  }
  expect(of('state')[0]).toContain('投资决策失误形成损失风险等')
  const attendees = attendeesFor(enterprises)
  await expect(
    jilu.call('interviews.prepare', { ...one, attendees, outline: [{ section: 'fifth' as never, text: '其他' }] }),
  ).rejects.toThrow('door.input')
  const kept = await jilu.call('interviews.prepare', { ...one, attendees, outline })
  expect(kept.outline).toEqual(outline)
})

test('（一）说明…提出: nothing is said before the start, nobody speaks who is not in the room, no enterprise is missing', async () => {
  const { jilu, one } = await planned('渝某丙集团有限公司')
  await expect(
    jilu.call('interviews.append', { ...one, utterance: said({ text: '开始。', kind: 'explain', section: 'state' }) }),
  ).rejects.toThrow('interviews.wrongState')
  await expect(jilu.call('interviews.start', one)).rejects.toThrow('interviews.nobodyFrom')
  await expect(jilu.call('interviews.end', one)).rejects.toThrow('interviews.wrongState')
})

test('（二）听取…（三）询问: what is said stands under its content and part; what is owed and unsaid shows', async () => {
  const { here, jilu, caseId, enterprises, one } = await planned('渝某丁集团有限公司')
  await holdInterview(here, caseId, enterprises, [
    { text: '说明事由。', kind: 'explain', section: 'state', part: 1, key: 1 },
    { text: '请立即止损。', kind: 'opinion', section: 'state', part: 4, key: 1 },
    { text: '基本情况如下。', kind: 'statement', section: 'hear', part: 1, key: 2 },
    {
      text: '年底前整改。',
      kind: 'commitment',
      section: 'hear',
      part: 5,
      key: 2,
      commitment: { owner: '', due: null },
    },
    { text: '谁批准的？', kind: 'question', section: 'ask', key: 1 },
  ])
  const { interview, utterances } = await jilu.call('interviews.get', one)
  expect(utterances.map((line) => [line.section, line.part, line.text])).toEqual([
    ['state', 1, '说明事由。'],
    ['state', 4, '请立即止损。'],
    ['hear', 1, '基本情况如下。'],
    ['hear', 5, '年底前整改。'],
    ['ask', null, '谁批准的？'],
  ])
  const { profile } = await jilu.call('rules.profile', { hash: null })
  const unsaid = coverage(profile, utterances, interview.attendees, null).filter(
    (line) => line.owed && line.count === 0,
  )
  expect(unsaid.map((line) => [line.section, line.part])).toEqual([
    ['state', 2],
    ['state', 3],
    ['hear', 2],
    ['hear', 3],
    ['hear', 4],
  ])
  // 提出监管要求和整改意见: demands and promises become what is followed up (Art. 12).
  const { items } = await jilu.call('rectification.get', { caseId })
  expect(items.map((item) => item.text)).toContain('年底前整改。')
  await expect(jilu.call('interviews.end', one)).rejects.toThrow('interviews.wrongState')
})
