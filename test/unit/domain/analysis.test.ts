import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type AnalysedCase,
  type AnalysedEnterprise,
  accountabilityStates,
  casesIn,
  casesOf,
  figuresOf,
  quarterOf,
  quartersBetween,
} from '#shared/domain/analysis.ts'
import { stages } from '#shared/domain/cases.ts'

/** Ten enterprises: a tree two deep, one that stands alone, and two whose damaged data name each other. */
const tree: readonly AnalysedEnterprise[] = [
  ['a', null],
  ['b', 'a'],
  ['c', 'a'],
  ['d', 'b'],
  ['e', 'd'],
  ['f', null],
  ['g', null],
  ['h', 'g'],
  ['x', 'y'],
  ['y', 'x'],
].map(([id, parentId]) => ({ id: id as string, name: `渝某${id}公司`, parentId: parentId as string | null }))

const day = fc.integer({ min: 0, max: 1200 }).map((n) => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10))
const one: fc.Arbitrary<Omit<AnalysedCase, 'caseId'>> = fc.record({
  openedOn: day,
  office: fc.constantFrom('监督处', '财务监管处', '规划处'),
  stage: fc.constantFrom(...stages, 'withdrawn' as const),
  enterpriseIds: fc.uniqueArray(fc.constantFrom(...tree.map((each) => each.id)), { minLength: 1, maxLength: 4 }),
  triggers: fc.uniqueArray(fc.constantFrom('one', 'two', 'three', 'six'), { minLength: 1, maxLength: 3 }),
  accountability: fc.constantFrom(...accountabilityStates),
  light: fc.constantFrom('red' as const, 'yellow' as const, 'green' as const, null),
})
const many = fc
  .array(one, { maxLength: 40 })
  .map((list) => list.map((each, index): AnalysedCase => ({ ...each, caseId: `case${index}` })))

/** Slow and plain: is an enterprise another one, or somewhere below it? */
function below(id: string, top: string): boolean {
  let at: string | null = id
  for (let step = 0; at !== null && step < 20; step += 1) {
    if (at === top) return true
    at = tree.find((each) => each.id === at)?.parentId ?? null
  }
  return false
}

test('every figure is what a plain loop over the cases counts, and opens exactly those cases', () => {
  fc.assert(
    fc.property(
      many,
      day,
      day,
      fc.constantFrom('', '监督处'),
      fc.constantFrom(null, 'a', 'd', 'x'),
      (all, p, q, office, top) => {
        const [since = '', until = ''] = [p, q].sort()
        const filter = { since, until, office, enterpriseId: top }
        const cases = casesIn(all, tree, filter)
        expect(cases).toEqual(
          all.filter((each) => {
            if (each.openedOn < since || each.openedOn > until) return false
            if (office !== '' && each.office !== office) return false
            return top === null || each.enterpriseIds.some((id) => below(id, top))
          }),
        )
        const figures = figuresOf(cases, tree, filter)
        expect(figures.cases).toBe(cases.length)
        const count = (belongs: (each: AnalysedCase) => boolean) => cases.filter(belongs).length
        expect(figures.overdue).toBe(count((each) => each.light === 'red'))
        expect(figures.dueSoon).toBe(count((each) => each.light === 'yellow'))
        for (const kind of ['overdue', 'dueSoon'] as const)
          expect(casesOf(cases, tree, { kind, value: '' })).toHaveLength(figures[kind])
        const groups = new Map(figures.enterprises.map((row) => [row.value, row]))
        for (const { id, name } of tree) {
          const [group, own] = [
            count((each) => each.enterpriseIds.some((other) => below(other, id))),
            count((each) => each.enterpriseIds.includes(id)),
          ]
          expect(groups.get(id) ?? null).toEqual(group === 0 ? null : { value: id, name, cases: group, own })
        }
        for (const row of figures.triggers) expect(row.cases).toBe(count((each) => each.triggers.includes(row.value)))
        for (const row of figures.offices) expect(row.cases).toBe(count((each) => each.office === row.value))
        for (const row of figures.stages) expect(row.cases).toBe(count((each) => each.stage === row.value))
        for (const row of figures.accountability)
          expect(row.cases).toBe(count((each) => each.accountability === row.value))
        expect(figures.quarters.reduce((sum, row) => sum + row.cases, 0)).toBe(cases.length)
        for (const { id } of tree)
          for (const trigger of ['one', 'two', 'three', 'six']) {
            const times = count((each) => each.enterpriseIds.includes(id) && each.triggers.includes(trigger))
            const row = figures.repeats.find((each) => each.value === `${id}/${trigger}`)
            // Beyond the thirty most frequent nothing is listed; here there are never so many.
            if (figures.repeats.length < 30) expect(row?.cases ?? null).toBe(times > 1 ? times : null)
          }
        const bars = [
          ...figures.enterprises.map((row) => ({ kind: 'enterprise' as const, ...row })),
          ...figures.triggers.map((row) => ({ kind: 'trigger' as const, ...row })),
          ...figures.offices.map((row) => ({ kind: 'office' as const, ...row })),
          ...figures.quarters.map((row) => ({ kind: 'quarter' as const, ...row })),
          ...figures.stages.map((row) => ({ kind: 'stage' as const, ...row })),
          ...figures.accountability.map((row) => ({ kind: 'accountability' as const, ...row })),
          ...figures.repeats.map((row) => ({ kind: 'repeat' as const, ...row })),
          { kind: 'overdue' as const, value: '', cases: figures.overdue },
          { kind: 'all' as const, value: '', cases: figures.cases },
        ]
        for (const { kind, value, cases: counted } of bars)
          expect({ kind, value, cases: casesOf(cases, tree, { kind, value }).length }).toEqual({
            kind,
            value,
            cases: counted,
          })
      },
    ),
    { numRuns: 150 },
  )
})

test('quarters: each day lies in one, the empty ones stand too, a period that ends before it begins has none', () => {
  expect([quarterOf('2026-01-01'), quarterOf('2026-03-31'), quarterOf('2026-04-01'), quarterOf('2026-12-31')]).toEqual([
    '2026-1',
    '2026-1',
    '2026-2',
    '2026-4',
  ])
  expect(quartersBetween('2025-11-30', '2026-04-01')).toEqual(['2025-4', '2026-1', '2026-2'])
  expect(quartersBetween('2026-02-01', '2026-02-02')).toEqual(['2026-1'])
  expect(quartersBetween('2026-02-02', '2026-01-02')).toEqual([])
})
