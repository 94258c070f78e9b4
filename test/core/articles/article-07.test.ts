import { expect, test, vi } from 'vitest'
import { pdfText, unspaced } from '../../documents/readers.ts'
import { dayAhead, draftedNotice, issueNotices, sharedOffice, unclassified } from '../../support/office.ts'

vi.setConfig({ testTimeout: 600_000 })

const office = sharedOffice()

async function drafted(name: string) {
  const here = await office()
  return { here, ...(await draftedNotice(here, name)) }
}

test('企业有关负责人及相关责任人: the five groups of the template, at least one of them, and no sixth', async () => {
  const { chengban, one, save } = await drafted('渝某甲集团有限公司')
  const submit = () => chengban.call('notices.submit', { ...one, proposal: unclassified })
  const { profile } = await chengban.call('rules.profile', { hash: null })
  expect(profile.intervieweeGroups).toEqual([
    '主要负责人',
    '分管负责人',
    '相关部门负责人',
    '有关子企业负责人',
    '相关责任人',
  ])
  await save({ interviewees: [] })
  await expect(submit()).rejects.toMatchObject({ code: 'notices.missing', params: { field: 'interviewees' } })
  await save({ interviewees: ['主要负责人', '全体职工'] })
  await expect(submit()).rejects.toMatchObject({ code: 'notices.unknownGroup', params: { field: 'interviewees' } })
  await save({ interviewees: [...profile.intervieweeGroups] })
  expect((await submit()).state).toBe('submitted')
})

test('所属子企业相关人员: persons of subsidiaries are found with their present posts, those of other groups are not', async () => {
  const { chengban, enterpriseId } = await drafted('渝某乙集团有限公司')
  const under = async (name: string, parentId: string | null) =>
    (await chengban.call('parties.createEnterprise', { name, shortName: '', code: '', parentId })).id
  const child = await under('渝某乙一公司', enterpriseId)
  const grandchild = await under('渝某乙一一公司', child)
  const stranger = await under('渝某外公司', null)
  for (const [id, name, title, until] of [
    [enterpriseId, '周某某', '董事长', null],
    [child, '吴某某', '总经理', null],
    [child, '郑某某', '前总经理', dayAhead(-1)],
    [grandchild, '王某某', '财务总监', null],
    [stranger, '冯某某', '董事长', null],
  ] as const)
    await chengban.call('parties.createPerson', { enterpriseId: id, name, title, since: '2020-01-01', until })
  const ask = { enterpriseIds: [enterpriseId], on: dayAhead(0) }
  const named = (list: Awaited<ReturnType<typeof holders>>) =>
    list.map((one) => `${one.enterpriseName}${one.title}${one.personName}`).sort()
  const holders = (below: boolean) => chengban.call('parties.holders', { ...ask, below })
  expect(named(await holders(false))).toEqual(['渝某乙集团有限公司董事长周某某'])
  expect(named(await holders(true))).toEqual(
    ['渝某乙集团有限公司董事长周某某', '渝某乙一公司总经理吴某某', '渝某乙一一公司财务总监王某某'].sort(),
  )
})

test('可指定…相关人员参加: whom the office names is called by name in the notice and expected at the interview', async () => {
  const { here, chengban, caseId, one, save } = await drafted('渝某丙集团有限公司')
  const persons = [
    { name: '李某赟', title: '财务总监', unit: '渝某丙子公司' },
    { name: '周某某', title: '董事长', unit: '' },
  ]
  await expect(save({ persons: [{ name: ' ', title: '董事长', unit: '' }] })).rejects.toThrow('door.input')
  await save({ persons })
  const { pdf } = await chengban.call('papers.preview', {
    caseId,
    kind: 'notice',
    objectId: one.noticeId,
    fields: null,
  })
  expect(pdfText(pdf)).toContain(unspaced('请你公司主要负责人、渝某丙子公司财务总监李某赟、董事长周某某按时参加。'))
  await issueNotices(here, caseId, unclassified)
  const { interviewId } = await chengban.call('cases.get', { caseId })
  const { attendees } = await chengban.call('interviews.draft', { caseId, interviewId: interviewId ?? '' })
  expect(
    attendees.filter((one) => one.delegation === 'enterprise').map((one) => [one.unit, one.title, one.name]),
  ).toEqual([
    ['渝某丙子公司', '财务总监', '李某赟'],
    ['渝某丙集团有限公司', '董事长', '周某某'],
  ])
})
