import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shippedPacks } from '#shared/calendar/packs.ts'
import { addDays, daysBetween, dueDay, lightOf, workingDay } from '#shared/calendar/workingDays.ts'

/** Worked by hand from the State Council notices of 2024 to 2026. */
const worked = [
  ['2026-02-09', '2026-02-28'],
  ['2026-02-13', '2026-03-05'],
  ['2026-02-16', '2026-03-06'],
  ['2026-04-28', '2026-05-14'],
  ['2026-05-08', '2026-05-21'],
  ['2026-06-18', '2026-07-03'],
  ['2026-09-18', '2026-10-09'],
  ['2026-09-28', '2026-10-16'],
  ['2026-10-03', '2026-10-20'],
  ['2025-09-26', '2025-10-16'],
  ['2025-10-10', '2025-10-23'],
  ['2025-01-20', '2025-02-08'],
  ['2024-02-02', '2024-02-21'],
  ['2026-11-23', '2026-12-07'],
  ['2026-12-17', '2026-12-31'],
] as const

describe('ten working days after the interview (Art. 11)', () => {
  test.each(worked)('%s is due on %s', (anchor, due) => {
    expect(dueDay(anchor, 10, shippedPacks)).toMatchObject({ due, provisional: false })
  })
  test('a span that enters a year without a notice is provisional, and New Year is off all the same', () => {
    expect(dueDay('2026-12-18', 10, shippedPacks).provisional).toBe(true)
    expect(dueDay('2026-12-25', 10, shippedPacks)).toMatchObject({ due: '2027-01-11', provisional: true })
  })
  test('every pack departs from the plain week only where the notice does', () => {
    for (const pack of shippedPacks) {
      for (const { day } of pack.off) expect([1, 2, 3, 4, 5]).toContain(new Date(`${day}T00:00:00Z`).getUTCDay())
      for (const day of pack.worked) expect([0, 6]).toContain(new Date(`${day}T00:00:00Z`).getUTCDay())
    }
    expect(shippedPacks.map((pack) => [pack.year, pack.off.length, pack.worked.length])).toEqual([
      [2024, 19, 8],
      [2025, 18, 5],
      [2026, 19, 6],
    ])
  })
})

test('the explanation counts every day once, ends on the due day, and a longer term ends later', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1095 }), fc.integer({ min: 1, max: 60 }), (offset, length) => {
      const anchor = addDays('2024-01-01', offset)
      const answer = dueDay(anchor, length, shippedPacks)
      expect(answer.days[0]?.day).toBe(addDays(anchor, 1))
      expect(answer.days.at(-1)).toMatchObject({ day: answer.due, counted: true, n: length })
      expect(answer.days.length).toBe(daysBetween(anchor, answer.due))
      expect(answer.days.filter((one) => one.counted).length).toBe(length)
      expect(dueDay(anchor, length + 1, shippedPacks).due > answer.due).toBe(true)
    }),
  )
})

test('lights and reasons', () => {
  expect(lightOf('2026-12-07', '2026-12-08')).toBe('red')
  expect(lightOf('2026-12-07', '2026-12-07')).toBe('yellow')
  expect(lightOf('2026-12-07', '2026-12-03')).toBe('green')
  expect(workingDay('2026-02-17', shippedPacks)).toEqual({ works: false, known: true, why: '春节' })
  expect(workingDay('2026-02-14', shippedPacks)).toEqual({ works: true, known: true, why: '调休上班' })
})

test('a term that is no term is refused', () => {
  expect(() => dueDay('2026-03-02', 0, shippedPacks)).toThrow(RangeError)
})
