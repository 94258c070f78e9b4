import { expect, test } from 'vitest'
import { killAtRandom } from '#build/attack/kill.ts'

/** The short form; `npm run attack -- kill` kills 200 times. */
test('kill -9 at random moments around commit and copy: no gap, no duplicate, no answer without a line [attack 9]', async () => {
  const report = await killAtRandom(8, 20_261_127)
  expect(report.faults).toEqual([])
  expect(report.answers).toBeGreaterThan(0)
})
