import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeForms } from '#shared/domain/merge.ts'

const form = fc.record({ place: fc.string(), day: fc.string(), copies: fc.array(fc.string(), { maxLength: 2 }) })

test('what only one account changed is kept from that one; what both changed is a clash, and mine stands until chosen', () => {
  const base = { place: '甲', day: '2026-12-01', copies: ['一'] }
  const mine = { ...base, place: '乙', copies: ['一', '二'] }
  const theirs = { ...base, place: '丙', day: '2026-12-02' }
  const { merged, clashes, taken } = mergeForms(base, mine, theirs)
  expect(merged).toEqual({ place: '乙', day: '2026-12-02', copies: ['一', '二'] })
  expect(clashes).toEqual([{ field: 'place', mine: '乙', theirs: '丙' }])
  expect(taken).toEqual(['day'])
})

test('no field of either account is ever dropped, and the order of the two does not decide what clashes', () => {
  fc.assert(
    fc.property(form, form, form, (base, mine, theirs) => {
      const { merged, clashes } = mergeForms(base, mine, theirs)
      for (const field of ['place', 'day', 'copies'] as const)
        expect([mine[field], theirs[field]]).toContainEqual(merged[field])
      const other = mergeForms(base, theirs, mine)
      expect(other.clashes.map((one) => one.field)).toEqual(clashes.map((one) => one.field))
    }),
    { numRuns: 500 },
  )
})
