import { describe, expect, test } from 'vitest'
import {
  completionsAt,
  expansionAt,
  fillPhrase,
  freeCode,
  type Phrase,
  phraseBook,
  type Word,
} from '#shared/domain/phrases.ts'

const phrase = (code: string, text: string, shared = false): Phrase => ({
  id: `01JDAAAAAAAAAAAAAAAAAAAA${code.length}${shared ? 'S' : 'P'}`,
  code,
  text,
  shared,
})
const book = phraseBook([
  phrase('rs', '请如实陈述'),
  phrase('告知', '现将有关事项告知如下：'),
  phrase('事项告知', '有关事项已经告知。'),
  phrase('gz', '全单位的规则', true),
  phrase('gz', '自己的规则'),
])

describe('phrases', () => {
  test.each([
    ['请先rs;', 5, { from: 2, to: 5, text: '请如实陈述' }],
    ['请先rs；', 5, { from: 2, to: 5, text: '请如实陈述' }],
    ['告知；', 3, { from: 0, to: 3, text: '现将有关事项告知如下：' }],
    ['以下事项告知；', 7, { from: 2, to: 7, text: '有关事项已经告知。' }],
    ['gz;', 3, { from: 0, to: 3, text: '自己的规则' }],
    ['中间rs;后面', 5, { from: 2, to: 5, text: '请如实陈述' }],
  ])('%s at %i', (text, caret, expected) => {
    expect(expansionAt(text, caret, book)).toEqual(expected)
  })

  test.each([
    ['yrs;', 4],
    ['没有；', 3],
    [';', 1],
    ['rs', 2],
    ['rs; ', 4],
  ])('%s is left alone', (text, caret) => {
    expect(expansionAt(text, caret, book)).toBe(null)
  })

  test('a phrase made in mid-sentence gets the lowest free number', () => {
    expect(freeCode([phrase('1', 'a'), phrase('3', 'b')])).toBe('2')
  })

  test('facts of the interview stand in for their names, other braces stay', () => {
    const facts = {
      matter: '担保超限',
      enterprises: '渝某公司',
      host: '赵某某处长',
      place: '',
      day: '',
      clock: '09:30',
    }
    expect(fillPhrase('{时间}就{事由}约谈{企业}{其他}', facts)).toBe('09:30就担保超限约谈渝某公司{其他}')
  })
})

describe('completion', () => {
  const words: readonly Word[] = [
    { text: '渝某实业集团有限公司', kind: 'enterprise', initials: 'ymsyjtyxgs' },
    { text: '渝某实业', kind: 'enterprise', initials: 'ymsy' },
    { text: '周某某', kind: 'person', initials: 'zmm' },
    { text: '财务总监', kind: 'post', initials: 'cwzj' },
  ]
  const offered = (text: string) => completionsAt(text, text.length, words).map((one) => [one.word.text, one.typed])

  test('the beginning of a name is enough; the shorter word first', () => {
    expect(offered('会议由周')).toEqual([['周某某', 1]])
    expect(offered('有关渝某')).toEqual([
      ['渝某实业', 2],
      ['渝某实业集团有限公司', 2],
    ])
    expect(offered('渝某实业集')).toEqual([['渝某实业集团有限公司', 5]])
  })

  test('one character is too little for an enterprise or a post, a whole word needs no completion', () => {
    expect(offered('财')).toEqual([])
    expect(offered('财务总监')).toEqual([])
  })

  test('Latin letters are pinyin initials', () => {
    expect(offered('请cwz')).toEqual([['财务总监', 3]])
    expect(offered('c')).toEqual([])
  })
})
