import { describe, expect, test } from 'vitest'
import { merge, move, remove, rewrite, take, write } from '#renderer/features/minutes/editing.ts'
import type { Utterance } from '#shared/domain/interviews.ts'
import type { Sentence } from '#shared/domain/minutes.ts'

const a: Sentence = { id: 'a', section: 'statements', text: '甲。', sources: ['1'] }
const b: Sentence = { id: 'b', section: 'statements', text: '乙。', sources: ['2', '1'] }
const c: Sentence = { id: 'c', section: 'opinions', text: '丙。', sources: [] }
const order = (sentences: readonly Sentence[]) => sentences.map((one) => `${one.section[0]}${one.id}`).join(' ')

describe('editing minutes', () => {
  test('moves inside a section, and over its edge into the neighbouring one', () => {
    expect(order(move([a, b, c], 'b', -1))).toBe('sb sa oc')
    expect(order(move([a, b, c], 'b', 1))).toBe('sa ob oc')
    expect(order(move([a, b, c], 'c', -1))).toBe('sa sb sc')
    expect(order(move([a, b, c], 'a', -1))).toBe('sa sb oc')
    expect(order(move([a, b, c], 'c', 1))).toBe('sa sb oc')
  })

  test('merging joins texts and keeps the sources of both, never over a section', () => {
    expect(merge([a, b, c], 'b')[0]).toEqual({ ...a, text: '甲。乙。', sources: ['1', '2'] })
    expect(order(merge([a, b, c], 'c'))).toBe('sa sb oc')
  })

  test('a line of the record lands at the end of its section with its source', () => {
    const line = { id: '9', kind: 'statement', text: '丁。' } as Utterance
    expect(order(take([a, c], line, 'n'))).toBe('sa sn oc')
    expect(take([a, c], line, 'n')[1]).toMatchObject({ text: '丁。', sources: ['9'] })
    expect(order(take([a, c], { ...line, kind: 'explain' }, 'n'))).toBe('sa oc on')
  })

  test('writing, rewriting and removing leave the others as they are', () => {
    expect(order(write([a, c], 'statements', 'n'))).toBe('sa sn oc')
    expect(rewrite([a, b], 'b', '改。')).toEqual([a, { ...b, text: '改。' }])
    expect(remove([a, b], 'a')).toEqual([b])
  })
})
