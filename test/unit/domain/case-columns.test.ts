import { expect, test } from 'vitest'
import { csvOf } from '#shared/domain/case-columns.ts'

test('a list as CSV: quotes doubled, every field quoted, and no field that a spreadsheet would run', () => {
  const text = csvOf([
    ['事由', '企业'],
    ['说"是"', '=1+1'],
    ['-5', '@SUM(A1)'],
  ])
  expect(text).toBe('\uFEFF"事由","企业"\r\n"说""是""","\'=1+1"\r\n"\'-5","\'@SUM(A1)"\r\n')
})
