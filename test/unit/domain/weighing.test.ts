import { expect, test } from 'vitest'
import { factorsOf, type Weighed } from '#shared/domain/weighing.ts'

const nothing: Weighed = {
  followed: { planDue: null, planOn: null, evaluation: null, closedOn: null },
  entries: [],
  items: [],
}
const facts = (value: Partial<Weighed>, today = '2026-12-01') =>
  factorsOf({ ...nothing, ...value }, today).map((one) => `${one.direction}|${one.fact}`)

test('nothing entered weighs nothing; a plan weighs by its day', () => {
  expect(facts({})).toEqual([])
  const plan = (planOn: string | null, today: string) =>
    facts({ followed: { ...nothing.followed, planDue: '2026-11-16', planOn } }, today)
  expect(plan(null, '2026-11-16')).toEqual([])
  expect(plan(null, '2026-11-17')).toEqual(['从重、加重|工作方案逾期未报送'])
  expect(plan('2026-11-17', '2026-12-01')).toEqual(['从重、加重|工作方案逾期报送'])
  expect(plan('2026-11-16', '2026-12-01')).toEqual(['从轻、减轻|工作方案按期报送'])
})

test('what weighs heavier stands first; an evaluation weighs by its result, items by their day', () => {
  const evaluation = (result: 'done' | 'refused') => ({
    body: { kind: 'evaluation' as const, result, opinion: '如实', basis: '' },
    on: '2026-11-20',
  })
  const items = [
    { text: '清收', due: '2026-11-30', closed: false },
    { text: '建制', due: '2026-12-31', closed: false },
  ]
  const screening = { body: { kind: 'screening' as const, scope: '全集团', result: '无', day: '2026-11-10' }, on: '' }
  expect(facts({ entries: [screening, evaluation('refused')], items })).toEqual([
    '从重、加重|整改事项逾期未完成：清收',
    '从重、加重|评估认定拒绝整改：如实',
    '从轻、减轻|同类问题排查（全集团）：无',
  ])
  const closed = items.map((one) => ({ ...one, closed: true }))
  expect(facts({ entries: [evaluation('done')], items: closed })).toEqual([
    '从轻、减轻|整改事项2项全部完成',
    '从轻、减轻|评估认定落实到位：如实',
  ])
})
