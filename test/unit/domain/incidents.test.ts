import { expect, test } from 'vitest'
import { incidentState, reportDue, selfCheckHeadings } from '#shared/domain/incidents.ts'

test('实施条例 61: the clock runs 24 plain hours from the finding, over a weekend too', () => {
  // Friday evening in China: due Saturday evening, no working day asked.
  expect(reportDue('2026-11-27T12:30:00.000Z')).toBe('2026-11-28T12:30:00.000Z')
})

test('a report in time, late, still missing, closed', () => {
  const due = '2026-11-28T12:30:00.000Z'
  const open = { due, reportedAt: null, closedAt: null }
  expect(incidentState(open, due)).toBe('running')
  expect(incidentState(open, '2026-11-28T12:30:00.001Z')).toBe('overdue')
  expect(incidentState({ ...open, reportedAt: due }, '2027-01-01T00:00:00.000Z')).toBe('reported')
  expect(incidentState({ ...open, reportedAt: '2026-11-28T12:31:00.000Z' }, due)).toBe('reportedLate')
  expect(incidentState({ due, reportedAt: due, closedAt: due }, due)).toBe('closed')
})

test('实施条例 58 names thirteen headings, each once', () => {
  expect(new Set(selfCheckHeadings).size).toBe(13)
})
