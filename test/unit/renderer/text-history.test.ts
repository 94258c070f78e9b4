import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TextHistory } from '#renderer/ui/text-history.ts'

describe('the undo of one field', () => {
  test('a phrase put in is one step, and the caret comes back to the code', () => {
    const history = new TextHistory('')
    history.note({ text: '请gz', caret: 3 }, 0)
    history.note({ text: '请gz；', caret: 4 }, 5_000)
    history.note({ text: '请如实陈述有关情况，', caret: 10 }, Number.NEGATIVE_INFINITY)
    expect(history.undo()).toEqual({ text: '请gz；', caret: 4 })
    expect(history.undo()).toEqual({ text: '请gz', caret: 3 })
    expect(history.redo()).toEqual({ text: '请gz；', caret: 4 })
    expect(history.redo()).toEqual({ text: '请如实陈述有关情况，', caret: 10 })
    expect(history.redo()).toBe(null)
  })

  test('letters typed in a row go together, a pause or another place separates them', () => {
    const history = new TextHistory('')
    for (const [n, text] of ['a', 'ab', 'abc'].entries()) history.note({ text, caret: n + 1 }, n * 100)
    history.note({ text: 'abcd', caret: 4 }, 9_000)
    expect(history.undo()).toEqual({ text: 'abc', caret: 3 })
    expect(history.undo()).toEqual({ text: '', caret: 0 })
    expect(history.undo()).toBe(null)
  })

  test('the caret goes where the change was, not to the end, also among equal characters', () => {
    const history = new TextHistory('好好好')
    history.note({ text: '好好好好', caret: 2 }, 0)
    expect(history.undo()).toEqual({ text: '好好好', caret: 1 })
  })

  test('whatever was done, undo walks back through every text and redo forward again', () => {
    const edit = fc.record({ at: fc.nat(30), cut: fc.nat(6), put: fc.string({ maxLength: 6 }), wait: fc.nat(3_000) })
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 40 }), (edits) => {
        const history = new TextHistory('甲乙丙')
        let text = '甲乙丙'
        let moment = 0
        const states = new Set([text])
        for (const { at, cut, put, wait } of edits) {
          const from = Math.min(at, text.length)
          text = text.slice(0, from) + put + text.slice(from + cut)
          moment += wait
          states.add(text)
          history.note({ text, caret: from + put.length }, moment)
        }
        const last = text
        for (let back = history.undo(); back !== null; back = history.undo()) {
          expect(states.has(back.text)).toBe(true)
          text = back.text
        }
        expect(text).toBe('甲乙丙')
        for (let forth = history.redo(); forth !== null; forth = history.redo()) text = forth.text
        expect(text).toBe(last)
      }),
    )
  })
})
