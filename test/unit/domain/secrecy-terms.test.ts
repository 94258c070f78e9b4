import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Term } from '#shared/domain/secrecy.ts'
import { lastSecretDay, longestTerm, outlasts, termState } from '#shared/domain/secrecy-terms.ts'

const years = (length: number): Term => ({ kind: 'period', length, unit: 'year' })
const months = (length: number): Term => ({ kind: 'period', length, unit: 'month' })

describe('the last secret day', () => {
  // The worked cases of the domain handbook §2.1: corresponding day, or the last day of the month.
  test.each([
    ['2026-11-23', years(10), '2036-11-23'],
    ['2024-02-29', years(1), '2025-02-28'],
    ['2026-08-31', months(6), '2027-02-28'],
    ['2026-12-31', { kind: 'period', length: 45, unit: 'day' }, '2027-02-14'],
    ['2026-11-23', { kind: 'date', until: '2027-03-01' }, '2027-03-01'],
    ['2026-11-23', { kind: 'condition', text: '处置完成' }, null],
    ['2026-11-23', { kind: 'permanent', clause: '某条' }, null],
  ] as const)('%s %o', (from, term, last) => expect(lastSecretDay(term, from)).toBe(last))

  test('of months never skips a month and never goes back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 360 }), (offset, length) => {
        const from = new Date(Date.UTC(2000, 0, 1) + offset * 86_400_000).toISOString().slice(0, 10)
        const last = lastSecretDay(months(length), from) ?? ''
        const monthsOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))
        expect(monthsOf(last) - monthsOf(from)).toBe(length)
        expect(Number(last.slice(8))).toBeLessThanOrEqual(Number(from.slice(8)))
      }),
    )
  })
})

test('reminders 180, 90 and 30 days ahead; afterwards 已届满，待核, and nothing more by itself', () => {
  const term: Term = { kind: 'date', until: '2027-06-30' }
  const at = (today: string) => termState(term, '2026-01-01', today).state
  expect(at('2026-12-31')).toBe('running')
  expect(at('2027-01-01')).toBe('due180')
  expect(at('2027-03-31')).toBe('due180')
  expect(at('2027-04-01')).toBe('due90')
  expect(at('2027-05-31')).toBe('due30')
  expect(at('2027-06-30')).toBe('due30')
  expect(at('2027-07-01')).toBe('lapsed')
  expect(termState({ kind: 'condition', text: '公开后' }, '2026-01-01', '2099-01-01').state).toBe('open')
})

test('of several terms a compilation takes the longest; 长期 outlasts all', () => {
  expect(longestTerm([years(3), months(40), { kind: 'date', until: '2028-01-01' }], '2026-01-01')).toEqual(months(40))
  const permanent: Term = { kind: 'permanent', clause: '某条' }
  expect(longestTerm([years(20), permanent], '2026-01-01')).toBe(permanent)
  expect(outlasts(years(20), permanent, '2026-01-01')).toBe(false)
  expect(outlasts({ kind: 'condition', text: '公开后' }, years(1), '2026-01-01')).toBe(false)
  expect(longestTerm([], '2026-01-01')).toBeNull()
})
