import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shippedPacks } from '#shared/calendar/packs.ts'
import { addDays, daysBetween, dueDay, dueOn, lightOf, workingDay } from '#shared/calendar/workingDays.ts'

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
  expect(lightOf('2026-12-07', '2026-12-08', 3)).toBe('red')
  expect(lightOf('2026-12-07', '2026-12-07', 0)).toBe('yellow')
  expect(lightOf('2026-12-07', '2026-12-04', 3)).toBe('yellow')
  expect(lightOf('2026-12-07', '2026-12-04', 2)).toBe('green')
  expect(lightOf('2026-12-07', '2026-12-03', 3)).toBe('green')
  const notice = '国办发明电〔2025〕7号'
  expect(workingDay('2026-02-17', shippedPacks)).toEqual({ works: false, known: true, why: '春节', notice })
  expect(workingDay('2026-02-14', shippedPacks)).toEqual({ works: true, known: true, why: '调休上班', notice })
  expect(workingDay('2026-02-15', shippedPacks)).toEqual({ works: false, known: true, why: '周末', notice: '' })
})

/** The three notices as published: holidays with their weekend days, and the days worked instead. */
const published = {
  2024: {
    notice: '国办发明电〔2023〕7号',
    holidays: [
      ['2024-01-01', '2024-01-01'],
      ['2024-02-10', '2024-02-17'],
      ['2024-04-04', '2024-04-06'],
      ['2024-05-01', '2024-05-05'],
      ['2024-06-10', '2024-06-10'],
      ['2024-09-15', '2024-09-17'],
      ['2024-10-01', '2024-10-07'],
    ],
    worked: '02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12',
  },
  2025: {
    notice: '国办发明电〔2024〕12号',
    holidays: [
      ['2025-01-01', '2025-01-01'],
      ['2025-01-28', '2025-02-04'],
      ['2025-04-04', '2025-04-06'],
      ['2025-05-01', '2025-05-05'],
      ['2025-05-31', '2025-06-02'],
      ['2025-10-01', '2025-10-08'],
    ],
    worked: '01-26 02-08 04-27 09-28 10-11',
  },
  2026: {
    notice: '国办发明电〔2025〕7号',
    holidays: [
      ['2026-01-01', '2026-01-03'],
      ['2026-02-15', '2026-02-23'],
      ['2026-04-04', '2026-04-06'],
      ['2026-05-01', '2026-05-05'],
      ['2026-06-19', '2026-06-21'],
      ['2026-09-25', '2026-09-27'],
      ['2026-10-01', '2026-10-07'],
    ],
    worked: '01-04 02-14 02-28 05-09 09-20 10-10',
  },
} as const

test('every day of three years stands as the published notice has it, with the notice as its reason', () => {
  for (const [year, { notice, holidays, worked }] of Object.entries(published)) {
    const made = new Set(worked.split(' ').map((day) => `${year}-${day}`))
    for (let day = `${year}-01-01`; day.startsWith(year); day = addDays(day, 1)) {
      const free = holidays.some(([from, to]) => from <= day && day <= to)
      const weekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
      const found = workingDay(day, shippedPacks)
      expect([day, found.works]).toEqual([day, made.has(day) || (!weekend && !free)])
      expect(found.known).toBe(true)
      expect(found.notice).toBe(made.has(day) || (free && !weekend) ? notice : '')
    }
  }
})

test('a count touches the unannounced year exactly when it says so, and names the year it assumes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1400 }), fc.integer({ min: 1, max: 40 }), (offset, length) => {
      const answer = dueDay(addDays('2024-01-01', offset), length, shippedPacks)
      const years = new Set(answer.days.map((one) => one.day.slice(0, 4)).filter((year) => year > '2026'))
      expect(answer.provisional).toBe(years.size > 0)
      expect(answer.assumptions.map((one) => one.slice(0, 4))).toEqual([...years])
    }),
  )
})

test('calendar days count every day and are never provisional', () => {
  const rule = { length: 15, unit: 'calendarDay' } as const
  expect(dueOn(rule, '2026-12-25', shippedPacks)).toMatchObject({ due: '2027-01-09', provisional: false })
  expect(dueOn({ length: 10, unit: 'workingDay' }, '2026-12-25', shippedPacks).due).toBe('2027-01-11')
})

test('a term that is no term is refused', () => {
  expect(() => dueDay('2026-03-02', 0, shippedPacks)).toThrow(RangeError)
})
