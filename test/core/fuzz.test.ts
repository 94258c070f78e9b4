import { expect, test } from 'vitest'
import { fuzz } from '#build/attack/fuzz.ts'

/** The short form; `npm run attack -- fuzz` sends 100,000. */
test('3,000 hostile calls: no crash, no hang, no unexpected error, no success without a log line [attack 13]', async () => {
  const report = await fuzz(3000, 20_261_127)
  expect(report.faults).toEqual([])
  expect(report.unexpected).toEqual({})
  expect(report.calls).toBe(3000)
  expect(report.refused).toBeGreaterThan(report.passed)
  expect(report.passed).toBeGreaterThan(50)
})
