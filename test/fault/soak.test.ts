import { afterAll, expect, test } from 'vitest'
import { soak } from '#build/soak/run.ts'
import { suiteFolder } from '#test/support/folders.ts'

// The short form of `npm run soak`: same window, same troubles, fewer of them. `soak` itself throws when a word is lost.
const { folder, remove } = suiteFolder()
afterAll(remove)

test('ten kills, a frozen core, a lock, a full, a refusing and a read-only disk take nothing older than a second', async () => {
  const report = await soak({
    base: folder,
    chromium: process.env.CHROME_PATH ?? '/usr/bin/chromium',
    seed: 20_211_015,
    kills: 10,
    characters: 400,
    expiries: 0,
    minutes: 60,
    tell: () => undefined,
  })
  expect(report.kills.core + report.kills.program).toBeGreaterThanOrEqual(10)
  expect(report.characters).toBeGreaterThanOrEqual(400)
  const { stops, locks, refusingDisks, fullDisks, readOnlyDisks, leftOut } = report
  expect({ stops, locks, refusingDisks }).toEqual({ stops: 1, locks: 1, refusingDisks: 1 })
  if (leftOut === '') expect({ fullDisks, readOnlyDisks }).toEqual({ fullDisks: 1, readOnlyDisks: 1 })
  else console.log(`left out: ${leftOut}`)
}, 900_000)
