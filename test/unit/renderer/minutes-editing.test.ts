import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  merge,
  move,
  moveSentence,
  moveTo,
  remove,
  rewrite,
  source,
  split,
  take,
  write,
} from '#renderer/features/minutes/editing.ts'
import { History } from '#renderer/features/minutes/history.ts'
import { minutesSections, paragraphsIn, type Sentence } from '#shared/domain/minutes.ts'

const sentence = (id: string, section: Sentence['section'], joined = false): Sentence => ({
  id,
  section,
  text: `${id}。`,
  sources: [id],
  joined,
})
const a = sentence('a', 'statements')
const b = sentence('b', 'statements')
const c = sentence('c', 'opinions')
/** `s:a+b o:c`: paragraphs with their sections, joined sentences together. */
const shape = (sentences: readonly Sentence[]) =>
  minutesSections
    .flatMap((section) =>
      paragraphsIn(sentences, section).map((one) => `${section[0]}:${one.map(({ id }) => id).join('+')}`),
    )
    .join(' ')

describe('editing minutes', () => {
  test('moves a paragraph inside its section, and over its edge into the neighbouring one', () => {
    expect(shape(move([a, b, c], 'b', -1))).toBe('s:b s:a o:c')
    expect(shape(move([a, b, c], 'b', 1))).toBe('s:a o:b o:c')
    expect(shape(move([a, b, c], 'c', -1))).toBe('s:a s:b s:c')
    expect(shape(move([a, b, c], 'a', -1))).toBe('s:a s:b o:c')
    expect(move([a, b, c], 'c', 1).at(-1)?.section).toBe('other')
  })

  test('a joined sentence moves with its paragraph', () => {
    const list = [a, { ...b, joined: true }, sentence('d', 'statements')]
    expect(shape(move(list, 'b', 1))).toBe('s:d s:a+b')
    expect(shape(moveTo(list, 'b', { section: 'other', before: null }))).toBe('s:d o:a+b')
    expect(shape(moveTo(list, 'd', { section: 'statements', before: 'b' }))).toBe('s:d s:a+b')
  })

  test('one sentence leaves its paragraph, and what stood there stays one', () => {
    const list = [a, { ...b, joined: true }, { ...sentence('d', 'statements'), joined: true }, c]
    expect(shape(moveSentence(list, 'b', { section: 'opinions', before: 'c' }))).toBe('s:a+d o:b o:c')
    expect(shape(moveSentence(list, 'a', { section: 'opinions', before: null }))).toBe('s:b+d o:c o:a')
    expect(shape(moveSentence(list, 'd', { section: 'statements', before: 'a' }))).toBe('s:d s:a+b o:c')
    // Before or behind its own paragraph: it becomes one of its own there.
    expect(shape(moveSentence(list, 'a', { section: 'statements', before: 'a' }))).toBe('s:a s:b+d o:c')
    expect(shape(moveSentence(list, 'b', { section: 'statements', before: null }))).toBe('s:a+d s:b o:c')
    expect(moveSentence([a, b], 'b', { section: 'statements', before: 'b' })).toEqual([a, b])
  })

  test('merging joins a paragraph to the one above, then its sentences to one, and keeps the sources of both', () => {
    const once = merge([a, b, c], 'b')
    expect(shape(once)).toBe('s:a+b o:c')
    const twice = merge(once, 'b')
    expect(twice[0]).toEqual({ ...a, text: 'a。b。', sources: ['a', 'b'] })
    expect(shape(merge([a, b, c], 'c'))).toBe('s:a s:b o:c')
  })

  test('splitting breaks at the caret into two paragraphs that rest on the same utterances', () => {
    const whole = { ...a, text: '甲，乙。' }
    const broken = split([whole, c], 'a', 2, 'n')
    expect(broken.map((one) => [one.id, one.text, one.sources, one.joined])).toEqual([
      ['a', '甲，', ['a'], false],
      ['n', '乙。', ['a'], false],
      ['c', 'c。', ['c'], false],
    ])
    expect(split([whole], 'a', 4, 'n')[1]).toMatchObject({ text: '', sources: [] })
    expect(shape(split([a, { ...b, joined: true }], 'b', 0, 'n'))).toBe('s:a s:b')
  })

  test('a line of the record lands at the end of its section, or where it was dropped, with its source', () => {
    const line = { id: '9', kind: 'statement' as const, text: '丁。' }
    expect(shape(take([a, c], line, 'n'))).toBe('s:a s:n o:c')
    expect(take([a, c], line, 'n')[1]).toMatchObject({ text: '丁。', sources: ['9'] })
    expect(shape(take([a, c], { ...line, kind: 'explain' }, 'n'))).toBe('s:a o:c o:n')
    expect(shape(take([a, b, c], line, 'n', { section: 'statements', before: 'b' }))).toBe('s:a s:n s:b o:c')
  })

  test('taking a sentence out leaves its paragraph whole', () => {
    const list = [a, { ...b, joined: true }, sentence('d', 'statements')]
    expect(shape(remove(list, 'a'))).toBe('s:b s:d')
    expect(shape(write([a, c], 'statements', 'n'))).toBe('s:a s:n o:c')
    expect(rewrite([a, b], 'b', '改。')).toEqual([a, { ...b, text: '改。' }])
  })

  test('a source is named and taken away again', () => {
    const named = source([a], 'a', '7')
    expect(named[0]?.sources).toEqual(['a', '7'])
    expect(source(named, 'a', '7')).toEqual([a])
  })

  test('no order of edits loses a sentence, doubles one, or leaves a section out of order', () => {
    const ids = ['a', 'b', 'c', 'd', 'e']
    const step = fc.record({
      act: fc.constantFrom('up', 'down', 'merge', 'place', 'sentence'),
      id: fc.constantFrom(...ids),
      section: fc.constantFrom(...minutesSections),
      before: fc.option(fc.constantFrom(...ids)),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let list: Sentence[] = [a, b, c, sentence('d', 'opinions'), sentence('e', 'other')]
        const words = list.map((one) => one.text).sort()
        for (const { act, id, section, before } of steps) {
          if (act === 'up') list = move(list, id, -1)
          else if (act === 'down') list = move(list, id, 1)
          else if (act === 'place') list = moveTo(list, id, { section, before })
          else if (act === 'sentence') list = moveSentence(list, id, { section, before })
          else if (list.find((one) => one.id === id)?.joined === false) list = merge(list, id)
        }
        expect(list.map((one) => one.text).sort()).toEqual(words)
        const order = list.map((one) => minutesSections.indexOf(one.section))
        expect(order).toEqual([...order].sort())
      }),
      { numRuns: 300 },
    )
  })
})

describe('undo', () => {
  test('goes back step by step and forward again; typing in one place is one step', () => {
    let now = 0
    const history = new History('', () => now)
    for (const value of ['a', 'ab', 'abc']) {
      now += 200
      history.put(value, 'text:1')
    }
    now += 5_000
    history.put('abcd', 'text:1')
    history.put('moved')
    expect([history.undo(), history.now]).toEqual([true, 'abcd'])
    expect([history.undo(), history.now]).toEqual([true, 'abc'])
    expect([history.undo(), history.now]).toEqual([true, ''])
    expect(history.undo()).toBe(false)
    expect([history.redo(), history.now]).toEqual([true, 'abc'])
    history.put('other')
    expect(history.redo()).toBe(false)
  })
})
