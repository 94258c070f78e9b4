import { expect, test } from 'vitest'
import { decide, reconcile } from '#renderer/features/minutes/reconcile.ts'
import type { MinutesDraft, Sentence } from '#shared/domain/minutes.ts'

const fields = {
  time: '2026年12月3日 上午9:30',
  place: '会议室',
  host: '赵某某',
  hostUnit: '',
  jointUnit: '',
  enterpriseParty: '',
  recorder: '郝某某',
  matter: '事由',
  requirement: '',
  signatures: false,
}
const one = (id: string, text: string): Sentence => ({ id, section: 'statements', text, sources: [], joined: false })
const base: MinutesDraft = { version: 3, fields, sentences: [one('a', '甲'), one('b', '乙'), one('c', '丙')] }
const texts = (draft: MinutesDraft) => draft.sentences.map((sentence) => sentence.text).join('')

test('what only one side changed is taken from that side, without asking', () => {
  const mine = {
    ...base,
    fields: { ...fields, place: '第一会议室' },
    sentences: [one('a', '甲改'), one('b', '乙'), one('c', '丙')],
  }
  const theirs = {
    version: 4,
    fields: { ...fields, host: '钱某某' },
    sentences: [one('a', '甲'), one('n', '新'), one('b', '乙改')],
  }
  const { merged, clashes } = reconcile(base, mine, theirs)
  expect(clashes).toEqual([])
  expect(merged.version).toBe(4)
  expect(merged.fields).toMatchObject({ place: '第一会议室', host: '钱某某' })
  expect(texts(merged)).toBe('甲改新乙改')
})

test('what both changed is asked, field by field and sentence by sentence; mine stands until it is decided', () => {
  const mine = {
    ...base,
    fields: { ...fields, host: '孙某某' },
    sentences: [one('a', '甲我'), one('b', '乙'), one('m', '我加')],
  }
  const theirs = {
    version: 4,
    fields: { ...fields, host: '李某某' },
    sentences: [one('a', '甲他'), one('b', '乙'), one('c', '丙他')],
  }
  const answer = reconcile(base, mine, theirs)
  expect(answer.clashes.map((clash) => [clash.kind, clash.key])).toEqual([
    ['field', 'host'],
    ['sentence', 'a'],
    ['sentence', 'c'],
  ])
  expect(texts(answer.merged)).toBe('甲我乙我加')
  expect(decide(answer, theirs, new Set()).fields.host).toBe('孙某某')
  const decided = decide(answer, theirs, new Set(['host', 'a', 'c']))
  expect(decided.fields.host).toBe('李某某')
  expect(texts(decided)).toBe('甲他乙丙他我加')
})

test('without a common beginning every difference is asked and nothing is dropped', () => {
  const theirs = { ...base, version: 9, sentences: [one('a', '甲'), one('x', '他加')] }
  const { merged, clashes } = reconcile(null, base, theirs)
  expect(texts(merged)).toBe('甲乙丙')
  expect(clashes.map((clash) => clash.key)).toEqual(['x'])
})
