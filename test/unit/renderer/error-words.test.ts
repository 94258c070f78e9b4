import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { failureWords } from '#renderer/app/error-words.ts'
import { wordsFor } from '#renderer/app/errors.ts'
import { caseText } from '#renderer/features/cases/text.ts'

/** Ways in which a code is named: thrown at once, made as an error, or looked up in a table of the driver's codes. */
const named = [
  /\bfail\(\s*'([a-z]+\.[A-Za-z0-9]+)'/g,
  /new YuetanError\(\s*'([a-z]+\.[A-Za-z0-9]+)'/g,
  /\['SQLITE_[A-Z_]+',\s*'([a-z]+\.[A-Za-z0-9]+)'\]/g,
]

/** Every code the core names, with the file it stands in. */
function codesOfTheCore(): Map<string, string> {
  const codes = new Map<string, string>()
  for (const layer of ['shared', 'db', 'electron']) {
    for (const entry of readdirSync(layer, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith('.ts')) continue
      const file = join(entry.parentPath, entry.name)
      const source = readFileSync(file, 'utf8')
      for (const way of named) for (const match of source.matchAll(way)) codes.set(match[1] ?? '', file)
    }
  }
  return codes
}

describe('words of failures', () => {
  test('every code of the core has words of its own', () => {
    const codes = codesOfTheCore()
    expect(codes.size).toBeGreaterThan(80)
    expect([...codes].filter(([code]) => failureWords[code] === undefined)).toEqual([])
  })

  test('each of the three parts says something', () => {
    for (const code of Object.keys(failureWords)) {
      const words = wordsFor({ code, params: {} })
      expect(
        [words.happened, words.kept, words.now].filter((part) => part.trim() === ''),
        code,
      ).toEqual([])
    }
  })

  test('a parameter stands at its place; an unknown code still gets three parts', () => {
    expect(wordsFor({ code: 'ledger.invalid', params: { seq: 7 } }).happened).toContain('第7条')
    const words = wordsFor({ code: 'rooms.neverHeardOf', params: {} })
    expect([words.happened, words.kept, words.now].every((part) => part !== '')).toBe(true)
  })
})

test('按照有关规定执行: the gate of Article 22 says of each matter where its interview belongs', () => {
  expect(Object.keys(caseText.gateStop)).toEqual(Object.keys(caseText.gateAnswers).filter((one) => one !== 'none'))
  expect(caseText.gateStop.productionSafety).toMatch(/第二十二条.*负有安全生产监督管理职责的部门/)
  expect(caseText.gateStop.pollution).toMatch(/第二十二条.*生态环境主管部门/)
  const { happened, now } = wordsFor({ code: 'cases.article22', params: {} })
  expect(`${happened}${now}`).toMatch(/第二十二条.*安全生产.*生态环境/)
})
