import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { atomsOf, breakLines, breakTitle, type Line, notAtEnd, notAtStart } from '#electron/documents/breaking.ts'
import { fontBook } from '#electron/documents/fonts.ts'
import { grid } from '#electron/documents/gbt9704.ts'
import { bodySetting } from '#electron/documents/layout-rows.ts'

const book = fontBook([])
const room = 28 * grid.cell

const textOf = (line: Line): string => line.pieces.map((piece) => piece.text).join('')
const lines = (text: string, width = room): Line[] =>
  breakLines(atomsOf([{ text, face: 'fangsong' }], bodySetting.size, book), bodySetting, () => width)

const words = [
  '国资监管',
  '资产',
  '的',
  '“可行性”',
  '《规则》',
  '（试行）',
  '，',
  '。',
  '、',
  '；',
  '：',
  '！',
  '……',
  '——',
]
const numbers = ['2026年', '12.35亿元', '40%', '3,200万元', '10个工作日', '〔2026〕15号', 'ERP', 'V2.1', ' ']
const prose = fc
  .array(fc.constantFrom(...words, ...words, ...numbers), { minLength: 1, maxLength: 80 })
  .map((parts) => {
    const text = parts.join('').trim()
    return text === '' ? '国' : text
  })

describe('line breaking', () => {
  it('loses and adds nothing', () => {
    fc.assert(
      fc.property(prose, (text) => {
        expect(lines(text).map(textOf).join('').replace(/ /g, '')).toBe(text.replace(/ /g, ''))
      }),
    )
  })

  it('starts no line with a closing mark and ends none with an opening one', () => {
    // A mark is never left out for this: texts begin with a character.
    fc.assert(
      fc.property(prose, (text) => {
        const broken = lines(`国资${text}`).map(textOf)
        for (const line of broken.slice(1)) expect(notAtStart.has(line.charAt(0)), line).toBe(false)
        for (const line of broken.slice(0, -1)) expect(notAtEnd.has(line.slice(-1)), line).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  it('keeps a number and its unit, and a file number, on one line', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.constantFrom(...numbers.slice(0, 6)), (before, number) => {
        const text = `${'国'.repeat(before)}${number}资产`
        expect(lines(text).some((line) => textOf(line).includes(number))).toBe(true)
      }),
    )
  })

  it('fills lines to the edge and never beyond it but for the empty half of a last mark', () => {
    fc.assert(
      fc.property(prose, (text) => {
        for (const line of lines(`国资监管${text}`))
          expect(line.width).toBeLessThanOrEqual(room + bodySetting.size / 2 + 0.1)
      }),
    )
    const full = lines('国'.repeat(60))
    expect(textOf(full[0] as Line)).toHaveLength(28)
    expect((full[0] as Line).width).toBeCloseTo(room, 0)
  })

  it('takes in one closing mark when the line has another to give', () => {
    const text = `${'国'.repeat(10)}，${'资'.repeat(17)}。${'监'.repeat(10)}`
    expect(textOf(lines(text)[0] as Line)).toHaveLength(29)
    const alone = `${'国'.repeat(28)}。${'监'.repeat(10)}`
    expect(textOf(lines(alone)[0] as Line)).toHaveLength(27)
  })

  it('leaves no single character on the last line', () => {
    for (let length = 29; length < 90; length += 1) {
      const broken = lines(`${'国'.repeat(length)}。`)
      expect(textOf(broken.at(-1) as Line).replace('。', '').length).toBeGreaterThan(1)
    }
  })

  it('cuts a stretch longer than the line', () => {
    const broken = lines(`编号${'A1'.repeat(60)}完`)
    expect(broken.map(textOf).join('')).toBe(`编号${'A1'.repeat(60)}完`)
    for (const line of broken) expect(line.width).toBeLessThanOrEqual(room + 0.5)
  })

  it('breaks a title between words', () => {
    const title = '关于对渝某实业集团有限公司违规开展融资性贸易问题责任约谈有关情况的通知'
    const broken = breakTitle(title, (text) => text.length <= 20)
    expect(broken.join('')).toBe(title)
    expect(broken.length).toBe(2)
    for (const line of broken) expect(line.length).toBeGreaterThan(8)
    expect(broken.slice(1).some((line) => /^[的了和及，。]/.test(line))).toBe(false)
  })
})
