import { describe, expect, test } from 'vitest'
import { readClock, readDay, weekday } from '#renderer/ui/dates.ts'
import { money } from '#shared/domain/common.ts'

describe('days as people write them', () => {
  const today = '2026-03-06'
  test.each([
    ['2026-3-1', '2026-03-01'],
    ['20260301', '2026-03-01'],
    ['2026年3月1日', '2026-03-01'],
    ['2026/12/31', '2026-12-31'],
    ['3.18', '2026-03-18'],
    ['3月18日', '2026-03-18'],
  ])('%s', (typed, day) => expect(readDay(typed, today)).toBe(day))
  test.each(['', '2026-02-30', '13月1日', '明天', '2026'])('%s is none', (typed) =>
    expect(readDay(typed, today)).toBeNull(),
  )
})

describe('clocks as people write them', () => {
  test.each([
    ['9:30', '09:30'],
    ['0930', '09:30'],
    ['９：３０', '09:30'],
    ['14点05', '14:05'],
  ])('%s', (typed, clock) => expect(readClock(typed)).toBe(clock))
  test.each(['24:00', '9:60', '上午', ''])('%s is none', (typed) => expect(readClock(typed)).toBeNull())
})

test('weekday and sums read as an official writes them', () => {
  expect(weekday('2026-03-06')).toBe('星期五')
  expect(money(123_456_789_00)).toBe('12,345.68万元')
  expect(money(99_950)).toBe('999.5元')
})
