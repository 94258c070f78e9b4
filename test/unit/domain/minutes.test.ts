import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Audience, sections, type Utterance, utteranceKinds } from '#shared/domain/interviews.ts'
import { draftSentences, minutesTime } from '#shared/domain/minutes.ts'

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
