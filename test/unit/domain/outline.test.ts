import { expect, test } from 'vitest'
import { draftAttendees, draftOutline, type Template } from '#shared/domain/outline.ts'
import { shippedProfile } from '#shared/rules/profile.ts'

const template = (trigger: Template['trigger'], text: string, kind: Template['kind'] = 'outline'): Template => ({
  id: '01JDAAAAAAAAAAAAAAAAAAAAA1',
  kind,
  trigger,
  name: '模板',
  lines: [{ section: 'ask', text }],
  updatedAt: '',
  by: '',
})
const facts = {
  matter: '担保超限',
  triggers: ['five' as const],
  facts: '余额超过上限。',
  amountFen: 1_180_000_00,
  instruction: '',
  earlierDemand: '',
  materials: ['情况说明'],
}

test('the outline follows Art. 8, with what the case file says and the templates of its triggers', () => {
  const lines = draftOutline(shippedProfile, facts, [
    template('five', '风险如何处置'),
    template('five', '风险如何处置'),
    template('six', '与本案无关'),
    template(null, '每案都问'),
    template(null, '今天……', 'opening'),
  ])
  const of = (section: string) => lines.filter((one) => one.section === section).map((one) => one.text)
  expect(of('state')).toEqual([
    '说明约谈事由和目的：担保超限（第三条（五））',
    '指出企业存在的问题：余额超过上限。',
    '提示相关人员的责任风险',
    '提出监管要求和整改意见',
  ])
  expect(of('hear')).toHaveLength(5)
  expect(of('hear')[1]).toContain('118万元')
  expect(of('ask')).toEqual(['核对提交的材料：情况说明', '风险如何处置', '每案都问'])
  expect(lines.map((one) => one.section)).toEqual(
    [...lines.map((one) => one.section)].sort((a, b) => order(a) - order(b)),
  )
})

const order = (section: string): number => ['state', 'hear', 'ask', 'other'].indexOf(section)

test('participants come from the notice and the roll, each with a key, the recorder without', () => {
  const form = {
    unit: '监督处',
    hostName: '赵某某',
    hostTitle: '处长',
    interviewees: ['主要负责人', '分管负责人'],
    copies: ['市纪委监委驻市国资委纪检监察组', '某某处'],
    contact: '孙某某',
    jointUnits: [],
    persons: [],
  }
  const people = draftAttendees(
    [
      { enterpriseId: 'A', name: '甲公司', form, substitutes: [], roll: [{ name: '周某某', title: '董事长' }] },
      { enterpriseId: 'B', name: '乙公司', form, substitutes: [], roll: [] },
    ],
    '郝某某',
    '监督处',
  )
  expect(people.map((one) => [one.delegation, one.unit, one.name, one.title, one.speakerKey])).toEqual([
    ['host', '监督处', '赵某某', '处长', 1],
    ['host', '监督处', '孙某某', '', 2],
    ['joint', '市纪委监委驻市国资委纪检监察组', '', '', 3],
    ['enterprise', '甲公司', '周某某', '董事长', 4],
    ['enterprise', '甲公司', '', '分管负责人', 5],
    ['enterprise', '乙公司', '', '主要负责人', 6],
    ['enterprise', '乙公司', '', '分管负责人', 7],
    ['recorder', '监督处', '郝某某', '', null],
  ])
})

test('whom the notice names takes the place of what would be guessed: joint offices, and persons also of a subsidiary', () => {
  const form = {
    unit: '监督处',
    hostName: '赵某某',
    hostTitle: '处长',
    interviewees: ['主要负责人', '分管负责人'],
    copies: ['市纪委监委驻市国资委纪检监察组'],
    contact: '',
    jointUnits: ['财务监管处'],
    persons: [
      { name: '周某某', title: '董事长', unit: '' },
      { name: '吴某某', title: '总经理', unit: '甲子公司' },
    ],
  }
  const roll = [
    { name: '周某某', title: '董事长' },
    { name: '郑某某', title: '副总经理' },
  ]
  const invited = { enterpriseId: 'A', name: '甲公司', form, substitutes: [], roll }
  const people = draftAttendees([invited], '郝某某', '监督处')
  expect(people.map((one) => [one.delegation, one.unit, one.title, one.name])).toEqual([
    ['host', '监督处', '处长', '赵某某'],
    ['joint', '财务监管处', '', ''],
    ['enterprise', '甲公司', '董事长', '周某某'],
    ['enterprise', '甲子公司', '总经理', '吴某某'],
    ['enterprise', '甲公司', '副总经理', '郑某某'],
    ['recorder', '监督处', '', '郝某某'],
  ])
  // Art. 10: who was announced sits where the one who does not come would have sat, also of a subsidiary.
  const substitutes = [
    { instead: '吴某某', name: '蒋某某', title: '常务副总经理' },
    { instead: '分管负责人', name: '沈某某', title: '总会计师' },
    { instead: '', name: '韩某某', title: '法务部部长' },
  ]
  const there = draftAttendees([{ ...invited, substitutes }], '郝某某', '监督处')
  expect(
    there
      .filter((one) => one.delegation === 'enterprise')
      .map((one) => [one.unit, one.title, one.name, one.speakerKey]),
  ).toEqual([
    ['甲公司', '董事长', '周某某', 3],
    ['甲子公司', '常务副总经理', '蒋某某', 4],
    ['甲公司', '总会计师', '沈某某', 5],
    ['甲公司', '法务部部长', '韩某某', 6],
  ])
})
