import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bare,
  goneOf,
  type Passage,
  replacement,
  strikeRuns,
  strikesBetween,
  strikesOfText,
  struckPassages,
  survivorsOf,
} from '#shared/domain/redactions.ts'

const passages = (...texts: string[]): Passage[] => texts.map((text) => ({ role: 'text', text }))

describe('遮盖', () => {
  test('a strike over several runs leaves one replacement, in the run it begins in', () => {
    const strikes = [{ passage: 0, from: 2, to: 5, text: '丙丁戊' }]
    expect(strikeRuns(['甲乙丙', '丁', '戊己'], strikes)).toEqual([`甲乙${replacement}`, '', '己'])
  })

  test('words left standing are found across blanks, widths and the end of a paragraph', () => {
    const text = passages('某 集团（一）', '与某', '集团(一)无关')
    const [strike] = strikesOfText(text, '某 集团（一）', [])
    expect(strike).toEqual({ passage: 0, from: 0, to: 7, text: '某 集团（一）' })
    expect(survivorsOf(text, strike ? [strike] : [])).toEqual([{ text: '某集团(一)', passage: 1, nth: 1 }])
  })

  test('a selection over three passages is a strike in each, blank stretches apart', () => {
    const text = passages('甲乙丙', '　', '丁戊己')
    const ends = [
      { passage: 2, offset: 2 },
      { passage: 0, offset: 1 },
    ] as const
    expect(strikesBetween(text, ...ends, []).map((one) => one.text)).toEqual(['乙丙', '丁戊'])
    const struck = strikesBetween(text, ...ends, [])
    expect(strikesBetween(text, ...ends, struck)).toEqual([])
  })

  test('what may stand is counted by where it is carried', () => {
    const text: Passage[] = [
      { role: 'data', text: '甲乙' },
      { role: 'edge', text: '甲乙' },
      { role: 'text', text: '甲乙甲乙' },
    ]
    const strikes = [{ passage: 2, from: 2, to: 4, text: '甲乙' }]
    expect(goneOf(text, strikes, survivorsOf(text, strikes))).toEqual([
      { text: '甲乙', written: ['甲乙'], kept: { data: 1, heading: 0, text: 1, edge: 1 } },
    ])
  })

  test('whatever is struck everywhere is nowhere, and nothing else is touched', () => {
    const words = fc.array(fc.constantFrom('甲', '乙', '丙', '丁'), { minLength: 2, maxLength: 12 })
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 6 }), (lists) => {
        const text = passages(...lists.map((list) => list.join('')))
        const sought = '甲乙'
        const strikes = strikesOfText(text, sought, [])
        const struck = struckPassages(text, strikes)
        expect(struck.map((one) => one.text.replaceAll(replacement, sought))).toEqual(text.map((one) => one.text))
        expect(struck.every((one) => !one.text.includes(sought))).toBe(true)
        for (const one of survivorsOf(text, strikes)) expect(one.text).toBe(bare(sought))
      }),
    )
  })
})
