import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  holdInterview,
  intakeFor,
  issueNotices,
  openCase,
  openOffice,
  secret,
  type TestOffice,
} from '#test/support/office.ts'

const names = ['渝某能源集团有限公司', '渝某港务集团有限公司']
const lines = [
  { key: 2, text: '第三期项目的可行性论证由赟某咨询公司承担，费用24,891.56万元。' },
  { key: 3, text: '港区堆场的租金由法务部门核过。' },
  { key: 2, text: 'ＥＲＰ系统上线之后，数据由集团统一管。' },
]

async function heldCase(office: TestOffice) {
  const { caseId, enterprises } = await openCase(office, names)
  await issueNotices(office, caseId, secret)
  await holdInterview(office, caseId, enterprises, lines)
  return { caseId, enterprises }
}

test('Ctrl+K finds by one character, two, many, parts of numbers, initials, full width, and by all three names of a notice', async () => {
  const office = await openOffice()
  const { caseId } = await heldCase(office)
  const chuzhang = await office.at('chuzhang')
  const found = async (query: string, kind: 'case' | 'notice' | 'utterance' | null = null) =>
    (await chuzhang.call('search.query', { query, kind })).hits

  // Who spoke stands before what was said, and is found with it.
  const said = async (query: string) =>
    (await found(query, 'utterance')).map((hit) => hit.excerpt.text.replace(/^李某.：/, ''))
  expect((await found('李某堃', 'utterance')).map((hit) => hit.excerpt.text)).toEqual([`李某堃：${lines[1]?.text}`])
  expect(await said('赟')).toEqual([lines[0]?.text])
  expect(await said('堆场')).toEqual([lines[1]?.text])
  expect(await said('统一管')).toEqual([lines[2]?.text])
  expect(await said('erp')).toEqual([lines[2]?.text])
  expect(await said('891.5')).toEqual([lines[0]?.text])
  // Every part must stand in the same text, in any order.
  expect(await said('费用 论证')).toEqual([lines[0]?.text])
  expect(await said('费用 租金')).toEqual([])
  // The newest first: 由 stands in all three.
  expect(await said('由')).toEqual([lines[2]?.text, lines[1]?.text, lines[0]?.text])

  expect((await found('ymny', 'case')).map((hit) => hit.caseId)).toEqual([caseId])
  expect((await found('渝某港务', 'case')).map((hit) => hit.caseId)).toEqual([caseId])
  const year = new Date().getFullYear()
  for (const name of ['责任约谈通知书', '责任约谈通知', '监管约谈函', `〔${year}〕2号`])
    expect({ name, count: (await found(name, 'notice')).length }).toEqual({
      name,
      count: name.startsWith('〔') ? 1 : 2,
    })

  const [hit] = await found('论证', 'utterance')
  expect(hit?.within).toBe((await chuzhang.call('cases.get', { caseId })).interviewId)
  expect(hit?.excerpt.marks.map(([from, to]) => hit.excerpt.text.slice(from, to))).toEqual(['论证'])
})

test('a material is found by the words inside it, within the 知悉范围', async () => {
  const office = await openOffice()
  const { caseId, enterprises } = await heldCase(office)
  const [chengban, zhuyao] = [await office.at('chengban'), await office.at('zhuyao')]
  const file = join(office.outside, '附件.txt')
  writeFileSync(file, '堆场面积三万平方米。\n保函由赣某银行开立，编号BH-0917。\n')
  const received = { caseId, enterpriseId: enterprises[0] ?? '', kind: 'material' as const, title: '情况说明', file }
  await chengban.call('rectification.receive', received)
  await chengban.call('cases.attach', { caseId, title: '保函复印件', file })
  const found = async (desk: typeof chengban, query: string) => (await desk.call('search.query', { query })).hits
  const hits = await found(chengban, '赣某银行')
  expect(hits.map((hit) => [hit.kind, hit.title])).toEqual(
    expect.arrayContaining([
      ['document', '情况说明'],
      ['attachment', '保函复印件'],
    ]),
  )
  expect(hits).toHaveLength(2)
  for (const { excerpt } of hits) expect(excerpt.text).toContain('保函由赣某银行开立')
  expect(await found(chengban, 'BH 0917 三万')).toHaveLength(2)
  expect(await found(zhuyao, '赣某银行')).toEqual([])
})

test('only inside the 知悉范围, only what stands now, and signs find nothing', async () => {
  const office = await openOffice()
  const { enterprises } = await heldCase(office)
  const [jilu, chengban, zhuyao] = [await office.at('jilu'), await office.at('chengban'), await office.at('zhuyao')]
  const count = async (desk: typeof jilu, query: string) => (await desk.call('search.query', { query })).count
  expect(await count(jilu, '堆场')).toBe(1)
  expect(await count(zhuyao, '堆场')).toBe(0)
  for (const query of ['', '%', '_', '。！', '"', '*', 'one : "堆"', '(', 'NEAR(']) {
    const answer = await jilu.call('search.query', { query })
    const letters = /\p{L}/u.test(query)
    if (!letters) expect({ query, ...answer }).toEqual({ query, hits: [], count: 0, more: false, pending: 0 })
  }
  await expect(jilu.call('search.query', { query: '堆'.repeat(10_000) })).rejects.toThrow('door.input')

  // An enterprise that is renamed is found by its new name; the notice it was sent still answers to the old one.
  const enterprise = { name: '渝某航运集团有限公司', shortName: '', code: '', parentId: null }
  await chengban.call('parties.updateEnterprise', { enterpriseId: enterprises[1] ?? '', enterprise })
  const kinds = async (query: string) => (await jilu.call('search.query', { query })).hits.map((hit) => hit.kind)
  expect(await kinds('渝某港务')).toEqual(['notice'])
  expect(await kinds('渝某航运')).toEqual(expect.arrayContaining(['case', 'notice']))
})

test('one case, one year, one kind; the best first puts the case before what was said in it', async () => {
  const office = await openOffice()
  const { caseId, enterprises } = await heldCase(office)
  const chengban = await office.at('chengban')
  const other = await chengban.call('cases.create', {
    ...intakeFor([enterprises[0] ?? ''], [(await office.at('jilu')).accountId]),
    matter: '堆场租金长期未收',
  })
  const query = (part: object) => chengban.call('search.query', { query: '堆场', ...part })
  expect((await query({})).count).toBe(2)
  expect((await query({ caseId })).hits.map((hit) => hit.kind)).toEqual(['utterance'])
  expect((await query({ order: 'best' })).hits.map((hit) => hit.caseId)).toEqual([other.caseId, caseId])
  expect((await query({ until: '2020-12-31' })).count).toBe(0)
  expect((await query({ since: '2020-12-31' })).count).toBe(2)
})
