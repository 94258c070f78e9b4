import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Audience, sections, type Utterance, utteranceKinds } from '#shared/domain/interviews.ts'
import { draftSentences, minutesTime, paragraphsIn, partyText } from '#shared/domain/minutes.ts'

const enterprises = ['A', 'B', 'C'] as const
const audience: fc.Arbitrary<Audience> = fc.oneof(
  fc.constant('all' as const),
  fc.subarray([...enterprises], { minLength: 1 }),
)
const utterance: fc.Arbitrary<Utterance> = fc.record({
  id: fc.uuid(),
  seq: fc.nat(),
  version: fc.constant(1),
  speakerId: fc.constant(null),
  kind: fc.constantFrom(...utteranceKinds),
  section: fc.constantFrom(...sections),
  part: fc.constant(null),
  audience,
  text: fc.uuid(),
  marked: fc.boolean(),
  commitment: fc.constant(null),
  startedAt: fc.constant('2026-12-03T01:30:00.000Z'),
  endedAt: fc.constant('2026-12-03T01:30:05.000Z'),
})

test('Art. 6: what is said to one enterprise only never reaches the minutes of another', () => {
  fc.assert(
    fc.property(fc.array(utterance, { maxLength: 60 }), fc.constantFrom(...enterprises), (said, enterprise) => {
      const drafted = draftSentences(said, enterprise, () => 'x')
      const foreign = said.filter((item) => item.audience !== 'all' && !item.audience.includes(enterprise))
      for (const item of foreign) {
        expect(drafted.some((line) => line.text === item.text || line.sources.includes(item.id))).toBe(false)
      }
    }),
    { numRuns: 500 },
  )
})

test('statements, answers and opinions arrive in their sections, in the order spoken', () => {
  const say = (id: string, kind: Utterance['kind']): Utterance => ({
    id,
    kind,
    seq: 1,
    version: 1,
    speakerId: null,
    section: 'hear',
    part: null,
    audience: 'all',
    text: id,
    marked: false,
    commitment: null,
    startedAt: '2026-12-03T01:30:00.000Z',
    endedAt: '2026-12-03T01:30:05.000Z',
  })
  const drafted = draftSentences(
    [say('q', 'question'), say('s', 'statement'), say('a', 'answer'), say('o', 'opinion')],
    'A',
    () => 'x',
  )
  expect(drafted.map((line) => [line.section, line.text])).toEqual([
    ['statements', 's'],
    ['statements', 'a'],
    ['opinions', 'o'],
  ])
})

test('the time of the template says 上午 or 下午', () => {
  expect(minutesTime('2026年12月3日', '09:30')).toBe('2026年12月3日 上午9:30')
  expect(minutesTime('2026年12月3日', '12:05')).toBe('2026年12月3日 下午12:05')
  expect(minutesTime('2026年12月3日', '14:00')).toBe('2026年12月3日 下午2:00')
})

test('what one person goes on saying is one paragraph under the name; a question or another person begins a new one', () => {
  const people = [
    { id: 'p', name: '李某某', title: '总经理' },
    { id: 'q', name: '周某某', title: '' },
  ]
  const say = (id: string, kind: Utterance['kind'], speakerId: string | null): Utterance => ({
    id,
    kind,
    seq: 1,
    version: 1,
    speakerId,
    section: 'hear',
    part: null,
    audience: 'all',
    text: `${id}。`,
    marked: false,
    commitment: kind === 'commitment' ? { owner: '王某某', due: '2026-12-31' } : null,
    startedAt: '2026-12-03T01:30:00.000Z',
    endedAt: '2026-12-03T01:30:05.000Z',
  })
  let n = 0
  const drafted = draftSentences(
    [
      say('甲', 'statement', 'p'),
      say('乙', 'statement', 'p'),
      say('问', 'question', null),
      say('丙', 'answer', 'p'),
      say('丁', 'answer', 'q'),
      say('戊', 'commitment', 'p'),
    ],
    'A',
    () => String(++n),
    people,
  )
  const paragraphs = paragraphsIn(drafted, 'statements').map((one) => one.map((sentence) => sentence.text).join(''))
  expect(paragraphs).toEqual(['李某某（总经理）陈述：甲。乙。', '李某某（总经理）答复：丙。', '周某某答复：丁。'])
  expect(drafted.map((one) => one.sources)).toEqual([['甲'], ['乙'], ['丙'], ['丁'], ['戊']])
  expect(drafted.at(-1)?.text).toBe('李某某（总经理）承诺：戊。（责任人：王某某；时限：2026年12月31日）')
})

test('a party names each unit once', () => {
  const person = (unit: string, name: string, title: string) => ({ unit, name, title })
  expect(
    partyText([person('监督处', '赵某某', '处长'), person('财务处', '孙某某', ''), person('监督处', '钱某某', '')]),
  ).toBe('监督处赵某某（处长）、钱某某；财务处孙某某')
})
