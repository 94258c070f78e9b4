import fc from 'fast-check'
import { expect, test } from 'vitest'
import { difference, differenceOfLines, type Stretch } from '#shared/domain/difference.ts'

const side = (stretches: readonly Stretch[], gone: Stretch['kind']) =>
  stretches
    .filter((one) => one.kind !== gone)
    .map((one) => one.text)
    .join('')

const words = fc.array(fc.constantFrom('项目', '未经', '论证', '，', '董事会', '2026年', 'A', '𠮷', '\n'), {
  maxLength: 40,
})

test('the older wording is what stayed and what went, the newer what stayed and what came', () => {
  fc.assert(
    fc.property(words, words, (old, now) => {
      const before = old.join('')
      const after = now.join('')
      const stretches = difference(before, after)
      expect(side(stretches, 'added')).toBe(before)
      expect(side(stretches, 'removed')).toBe(after)
      for (const [index, one] of stretches.entries()) expect(one.kind).not.toBe(stretches[index - 1]?.kind)
      const lines = differenceOfLines(before, after)
      expect(side(lines, 'added')).toBe(before)
      expect(side(lines, 'removed')).toBe(after)
      for (const [index, one] of lines.entries()) expect(one.kind).not.toBe(lines[index - 1]?.kind)
    }),
    { numRuns: 500 },
  )
})

test('only the words that changed are marked', () => {
  expect(difference('该项目未经论证。', '该项目未经可行性论证。')).toEqual([
    { kind: 'same', text: '该项目未经' },
    { kind: 'added', text: '可行性' },
    { kind: 'same', text: '论证。' },
  ])
  expect(difference('相同', '相同')).toEqual([{ kind: 'same', text: '相同' }])
  expect(difference('', '新')).toEqual([{ kind: 'added', text: '新' }])
})

test('two whole papers of many thousand words are compared without the word table growing past bounds', () => {
  const before = '甲方陈述情况如下，'.repeat(4_000)
  const after = `另，${'乙方答复询问如下。'.repeat(4_000)}`
  const stretches = difference(before, after)
  expect(side(stretches, 'added')).toBe(before)
  expect(side(stretches, 'removed')).toBe(after)
})

test('two words far apart in a thick paper stay two words', () => {
  const lines = Array.from({ length: 1_500 }, (_, index) => `第${index}段该项目未经论证即提交董事会审议。`)
  const after = lines.map((line, index) => (index === 5 || index === 1_490 ? line.replace('未经', '已经') : line))
  const changed = differenceOfLines(lines.join('\n'), after.join('\n')).filter((one) => one.kind !== 'same')
  expect(changed.map((one) => one.kind)).toEqual(['removed', 'added', 'removed', 'added'])
  expect(changed.every((one) => one.text.length <= 3)).toBe(true)
})
