import { expect, test } from 'vitest'
import { type Compared, compare, countChanges, type Wording } from '#renderer/features/minutes/compare.ts'
import { merge, moveTo, split } from '#renderer/features/minutes/editing.ts'
import type { Sentence } from '#shared/domain/minutes.ts'

const fields = {
  time: '',
  place: '',
  host: '',
  hostUnit: '',
  jointUnit: '',
  enterpriseParty: '',
  recorder: '',
  matter: '',
  requirement: '',
  attended: '渝某集团李某某',
  excused: '',
  observers: '',
  lists: false,
  signatures: false,
}
const one = (id: string, text: string, section: Sentence['section'] = 'statements', joined = false): Sentence => ({
  id,
  section,
  text,
  sources: [],
  joined,
})
const wording = (sentences: readonly Sentence[], over: Partial<typeof fields> = {}): Wording => ({
  fields: { ...fields, ...over },
  sentences,
})
/** `=甲 +乙 -丙`: stretches of a line with what they are; `/` is a paragraph's end. */
const told = ({ place, stretches }: Compared): string =>
  [
    ...(place === null ? [] : [place]),
    ...stretches.map(
      ({ kind, text }) => `${{ same: '=', added: '+', removed: '-' }[kind]}${text.replaceAll('\n', '/')}`,
    ),
  ].join(' ')
const lines = (before: Wording, after: Wording) =>
  compare(before, after).flatMap((part) => part.lines.map(told).filter((line) => line !== ''))
const list = [one('a', '第一句。'), one('b', '第二句。'), one('c', '意见。', 'opinions')]

test('a split paragraph is marked as split, and its words as the same', () => {
  const after = wording(split(list, 'b', 2, 'n'))
  expect(lines(wording(list), after)).toEqual(['=第一句。', '=第二 +/ =句。', '=意见。'])
  expect(countChanges(compare(wording(list), after))).toEqual({ added: 0, removed: 0, split: 1, joined: 0, moved: 0 })
})

test('a paragraph put on to the one above is marked as joined, also when both became one sentence', () => {
  const once = wording(merge(list, 'b'))
  expect(lines(wording(list), once)).toEqual(['=第一句。', 'joined =第二句。', '=意见。'])
  const twice = wording(merge(once.sentences, 'b'))
  expect(lines(wording(list), twice)).toEqual(['=第一句。 -/ =第二句。', '=意见。'])
  expect(countChanges(compare(wording(list), twice))).toMatchObject({ added: 0, removed: 0, joined: 1 })
  // And the other way round: what was one paragraph is two again.
  expect(lines(once, wording(list))).toEqual(['=第一句。', 'parted =第二句。', '=意见。'])
})

test('a sentence in another section or another order is marked as moved, and only it', () => {
  const away = wording(moveTo(list, 'b', { section: 'opinions', before: null }))
  expect(lines(wording(list), away)).toEqual(['=第一句。', '=意见。', 'moved =第二句。'])
  const many = [one('a', '一'), one('b', '二'), one('d', '三'), one('e', '四')]
  const turned = wording(moveTo(many, 'e', { section: 'statements', before: 'a' }))
  expect(lines(wording(many), turned)).toEqual(['moved =四', '=一', '=二', '=三'])
})

test('what is new, gone or rewritten reads where it stands; the lists only where they are asked for', () => {
  const after = wording([one('n', '新增。'), one('b', '第二句改。'), one('c', '意见。', 'opinions')], { lists: true })
  expect(lines(wording(list), after)).toEqual(['+渝某集团李某某', '-第一句 +新增 =。', '=第二句 +改 =。', '=意见。'])
  expect(lines(wording([]), wording([]))).toEqual([])
  expect(lines(wording(list), wording([]))).toEqual(['-第一句。/第二句。', '-意见。'])
})
