import { expect, test } from 'vitest'
import { excerpt, indexTerms, matchExpression } from '#shared/domain/search.ts'

test('characters once, pairs in their order and never over a sign, digits by three; wide and capital letters are plain ones', () => {
  expect(indexTerms('国企，ＡB企')).toEqual({ one: '国 企 a ab b', two: '国企 · ab b企' })
  expect(indexTerms('共893万a')).toEqual({ one: '共 8 89 9 93 3 万 a', two: '共8 893 93 3万 万a' })
  expect(indexTerms('……')).toEqual({ one: '', two: '' })
})

test('a query is characters and pairs; signs, quotes and operators of the index are nothing but gaps', () => {
  expect(matchExpression('资', null)).toBe('one : "资"')
  expect(matchExpression('资产损', null)).toBe('two : "资产 产损"')
  expect(matchExpression('a" OR b', 'notice')).toBe('one : "a" AND one : "or" AND one : "b" AND kind : "notice"')
  // Where a query ends in a number, the number may go on in the text.
  expect(matchExpression('8930万', null)).toBe('two : "893 930 30 0万"')
  expect(matchExpression('共893', null)).toBe('two : "共8 893"')
  expect(matchExpression('共89', null)).toBe('two : "共8 89" *')
  expect(matchExpression('%_*"()', null)).toBeNull()
})

test('an excerpt stands around the first place, marks every part and cuts no character in two', () => {
  const far = `${'甲'.repeat(60)}𬭎某资产${'乙'.repeat(200)}`
  const cut = excerpt(far, '资产 𬭎')
  expect(cut.text).toBe(`…${'甲'.repeat(24)}𬭎某资产${'乙'.repeat(68)}…`)
  expect(cut.marks.map(([from, to]) => cut.text.slice(from, to))).toEqual(['𬭎', '资产'])
  const short = `${'甲'.repeat(60)}资产`
  expect(excerpt(short, '资产').text).toBe(short)
  expect(excerpt('ＥＲＰ系统', 'erp')).toEqual({ text: 'ＥＲＰ系统', marks: [[0, 3]] })
  expect(excerpt('没有', '别的')).toEqual({ text: '没有', marks: [] })
  expect(excerpt('坏\ud800字', '字').text).toBe('坏\ufffd字')
})
