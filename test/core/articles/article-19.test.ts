import { expect, test, vi } from 'vitest'
import { dayInChina } from '#shared/domain/common.ts'
import { intakeFor, ready, sharedOffice } from '../../support/office.ts'

vi.setConfig({ testTimeout: 600_000 })

const office = sharedOffice()
const everything = { since: '2020-01-01', until: '2099-12-31', office: '', enterpriseId: null }

test('汇总分析: by enterprise with all below it, by situation, office, quarter and stage, and what repeats; each row opens its cases', async () => {
  const here = await office()
  const zhuyao = await here.at('zhuyao')
  const names = ['渝某析投集团有限公司', '渝某析港有限公司', '渝某析路有限公司', '渝某析港公司']
  const { chengban, scope, ids } = await ready(here, names, ['chengban', 'zhuyao'])
  const [group = '', port = '', road = '', twin = ''] = ids
  const put = (enterpriseId: string, name: string, parentId: string | null) =>
    chengban.call('parties.updateEnterprise', { enterpriseId, enterprise: { name, shortName: '', code: '', parentId } })
  await put(port, names[1] ?? '', group)
  await put(road, names[2] ?? '', port)
  // Registered twice by mistake and merged: one enterprise again.
  await chengban.call('parties.merge', { kind: 'enterprise', fromId: twin, intoId: port, reason: '重复登记' })
  const open = async (enterpriseIds: string[], triggers: ('one' | 'three' | 'five')[]) => {
    const { caseId } = await chengban.call('cases.create', { ...intakeFor(enterpriseIds, scope), triggers })
    return caseId
  }
  const first = await open([port], ['three', 'five'])
  const second = await open([road], ['three'])
  const third = await open([group, road], ['one', 'three'])
  await chengban.call('cases.accept', { caseId: first })

  const { figures, offices } = await zhuyao.call('analysis.figures', everything)
  const all = (await zhuyao.call('cases.list', {})).rows
  expect(figures.cases).toBe(all.length)
  const row = (list: readonly { value: string; cases: number }[], value: string) =>
    list.find((one) => one.value === value)?.cases
  expect(row(figures.enterprises, group)).toBe(3)
  expect(row(figures.enterprises, port)).toBe(3)
  expect(row(figures.enterprises, road)).toBe(2)
  expect(figures.enterprises.find((one) => one.value === port)?.own).toBe(1)
  expect(row(figures.triggers, 'three')).toBe(3)
  expect(row(figures.triggers, 'one')).toBe(1)
  expect(figures.repeats).toEqual([{ value: `${road}/three`, name: names[2], trigger: 'three', cases: 2 }])
  for (const { value, cases } of figures.stages)
    expect({ value, cases }).toEqual({ value, cases: all.filter((one) => one.stage === value).length })
  expect(offices).toEqual([...new Set(all.map((one) => one.office))].sort())

  const behind = async (kind: 'enterprise' | 'repeat' | 'trigger', value: string) =>
    (await zhuyao.call('analysis.cases', { ...everything, pick: { kind, value } })).rows.map((one) => one.id)
  expect((await behind('enterprise', port)).sort()).toEqual([first, second, third].sort())
  expect((await behind('repeat', `${road}/three`)).sort()).toEqual([second, third].sort())
  expect(await behind('trigger', 'one')).toEqual([third])

  const narrowed = await zhuyao.call('analysis.figures', { ...everything, enterpriseId: road })
  expect(narrowed.figures.cases).toBe(2)
  const today = dayInChina(new Date().toISOString())
  expect((await zhuyao.call('analysis.figures', { ...everything, until: '2020-12-31' })).figures.cases).toBe(0)
  expect((await zhuyao.call('analysis.figures', { ...everything, since: today })).figures.cases).toBe(3)
  expect((await zhuyao.call('analysis.figures', { ...everything, office: '没有的处' })).figures.cases).toBe(0)
})

test('only what lies in the own 知悉范围 is counted; others than 责任追究部门 and the leaders do not ask', async () => {
  const here = await office()
  const [zhuize, chengban] = [await here.at('zhuize'), await here.at('chengban')]
  expect((await zhuize.call('analysis.figures', everything)).figures.cases).toBe(0)
  expect((await zhuize.call('analysis.cases', { ...everything, pick: { kind: 'all', value: '' } })).total).toBe(0)
  await expect(chengban.call('analysis.figures', everything)).rejects.toThrow('door.role')
})
