import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Followed, issuedIn, outcomeOf, planState, quarterColumns, quarterRows } from '#shared/domain/ledgers.ts'

const day = fc.integer({ min: 0, max: 1_100 }).map((n) => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10))
const maybe = fc.option(day, { nil: null })
const fen = fc.option(fc.integer({ min: 0, max: 10_000_000 }), { nil: null })
const one: fc.Arbitrary<Followed> = fc.record({
  caseId: fc.constantFrom('c1', 'c2', 'c3'),
  matter: fc.constant('担保超限'),
  office: fc.constant('监督处'),
  enterpriseId: fc.constantFrom('a', 'b', 'c'),
  enterprise: fc.constant('渝某公司'),
  triggers: fc.constant(['one']),
  amountFen: fen,
  ended: fc.constantFrom(null, 'withdrawn', 'cancelled'),
  number: fc.constant('监管约谈函〔2026〕1号'),
  issuedOn: day,
  interviews: fc.array(fc.record({ id: fc.uuid(), on: day }), { maxLength: 2 }),
  planDue: maybe,
  planOn: maybe,
  progressOn: fc.array(day, { maxLength: 3 }),
  reportOn: maybe,
  evaluation: fc.constant(null),
  closedOn: maybe,
  accountable: fc.array(
    fc.record({
      name: fc.constant('张某某'),
      post: fc.constant(''),
      basis: fc.constant('办法'),
      handling: fc.constant('诫勉'),
      day,
    }),
    { maxLength: 3 },
  ),
  effects: fc.option(fc.record({ on: day, recoveredFen: fen, reducedFen: fen, words: fc.constant([]) }), { nil: null }),
})

test('every figure of a quarter is what a plain loop over the days counts', () => {
  fc.assert(
    fc.property(fc.array(one, { maxLength: 20 }), day, day, day, (all, from, to, today) => {
      const [since = '', until = ''] = [from, to].sort()
      const rows = quarterRows(all, { since, until, today })
      // Plainly: walk every day of the period and lay what happened on it into its quarter.
      const expected = new Map<string, number[]>()
      const called = new Map<string, Set<string>>()
      for (let at = Date.parse(since); at <= Date.parse(until); at += 86_400_000) {
        const now = new Date(at).toISOString().slice(0, 10)
        const month = Number(now.slice(5, 7))
        const name = `${now.slice(0, 4)}年第${month <= 3 ? 1 : month <= 6 ? 2 : month <= 9 ? 3 : 4}季度`
        const sums = expected.get(name) ?? Array<number>(quarterColumns.length - 1).fill(0)
        const enterprises = called.get(name) ?? new Set<string>()
        const add = (column: number, value = 1) => {
          sums[column] = (sums[column] ?? 0) + value
        }
        for (const each of all) {
          if (each.issuedOn === now) add(0)
          for (const interview of each.interviews)
            if (interview.on === now) {
              add(1)
              enterprises.add(each.enterpriseId)
            }
          if (each.planDue === now) {
            add(3)
            if (each.planOn !== null && each.planOn <= each.planDue) add(4)
            else if (each.planOn !== null || each.planDue < today) add(5)
          }
          if (each.reportOn === now) add(6)
          if (each.closedOn === now) add(7)
          for (const person of each.accountable) if (person.day === now) add(8)
          if (each.effects?.on === now) {
            add(9, (each.effects.recoveredFen ?? 0) / 100)
            add(10, (each.effects.reducedFen ?? 0) / 100)
          }
        }
        sums[2] = enterprises.size
        expected.set(name, sums)
        called.set(name, enterprises)
      }
      expect(rows.map(([name]) => name)).toEqual([...expected.keys()])
      for (const [name, ...figures] of rows)
        for (const [column, figure] of figures.entries())
          expect(figure).toBeCloseTo(expected.get(String(name))?.[column] ?? Number.NaN, 5)
    }),
    { numRuns: 100 },
  )
})

test('a plan against its term, and how a rectification stands', () => {
  const plan = (planDue: string | null, planOn: string | null) => planState({ planDue, planOn }, '2026-11-17')
  expect(plan(null, null)).toBe('未到期')
  expect(plan('2026-11-16', '2026-11-16')).toBe('按期')
  expect(plan('2026-11-16', '2026-11-17')).toBe('逾期')
  expect(plan('2026-11-16', null)).toBe('未报')
  expect(plan('2026-11-17', null)).toBe('未到期')
  const found = (result: 'done' | 'mostly' | 'refused' | 'delayed' | 'poor' | 'false', closedOn: string | null) =>
    outcomeOf({ evaluation: { result, opinion: '' }, closedOn })
  expect(outcomeOf({ evaluation: null, closedOn: null })).toBe('整改中')
  expect(found('done', null)).toBe('整改中')
  expect(found('mostly', '2026-11-17')).toBe('完成')
  expect([found('refused', null), found('delayed', null), found('poor', null), found('false', null)]).toEqual([
    '拒绝',
    '拖延',
    '不力',
    '弄虚作假',
  ])
})

test('a period takes its first and its last day', () => {
  fc.assert(
    fc.property(fc.array(one, { maxLength: 10 }), day, (all, on) => {
      expect(issuedIn(all, on, on)).toEqual(all.filter((each) => each.issuedOn === on))
    }),
  )
})
