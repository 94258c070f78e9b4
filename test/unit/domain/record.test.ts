import { expect, test } from 'vitest'
import { type Attendee, heldTime, type Utterance } from '#shared/domain/interviews.ts'
import { correctedLines, type RecordContent } from '#shared/domain/record.ts'

// 2026年3月10日 in Chongqing is eight hours ahead of the moments below.
test.each([
  [null, null, ''],
  ['2026-03-10T01:05:00.000Z', null, '2026年3月10日9时5分'],
  ['2026-03-10T01:05:00.000Z', '2026-03-10T03:40:00.000Z', '2026年3月10日9时5分至11时40分'],
  // One minute past midnight is another day in China, though not in UTC.
  ['2026-03-10T15:50:00.000Z', '2026-03-10T16:01:00.000Z', '2026年3月10日23时50分至2026年3月11日0时1分'],
  ['2026-12-31T07:00:00.000Z', '2027-01-01T02:30:00.000Z', '2026年12月31日15时0分至2027年1月1日10时30分'],
])('held from %s to %s reads %s', (startedAt, endedAt, words) => {
  expect(heldTime(startedAt, endedAt)).toBe(words)
})

const a = '01JDAAAAAAAAAAAAAAAAAAAA01'
const b = '01JDAAAAAAAAAAAAAAAAAAAA02'
const enterprises = new Map([
  [a, '渝某实业'],
  [b, '渝某物流'],
])
const person = (id: string, name: string): Attendee => ({
  id,
  delegation: 'enterprise',
  enterpriseId: a,
  unit: '渝某实业集团有限公司',
  name,
  title: '董事长',
  speakerKey: 1,
  state: 'present',
  reason: '',
  at: null,
})
const line: Utterance = {
  id: '01JDAAAAAAAAAAAAAAAAAAAA11',
  seq: 4,
  version: 1,
  speakerId: 'one',
  kind: 'statement',
  section: 'hear',
  part: 1,
  audience: 'all',
  marked: false,
  commitment: null,
  text: '没有论证。',
  startedAt: '2026-03-10T01:05:00.000Z',
  endedAt: '2026-03-10T01:05:00.000Z',
}
const content = (...utterances: Utterance[]): RecordContent => ({
  interviewId: a,
  caseId: b,
  place: null,
  host: null,
  hostTitle: null,
  startedAt: null,
  endedAt: null,
  attendees: [person('one', '周某堃'), person('two', '吴某喆')],
  utterances,
})

test('a correction names every part that reads otherwise, in the words of the paper', () => {
  const after = { ...line, speakerId: 'two', kind: 'answer' as const, audience: [a, b], text: '部分论证。', version: 2 }
  expect(correctedLines(content(line), content(after), enterprises)).toEqual([
    { seq: 4, part: 'speaker', before: '周某堃', after: '吴某喆' },
    { seq: 4, part: 'kind', before: '陈述', after: '答复' },
    { seq: 4, part: 'audience', before: '全体企业', after: '渝某实业、渝某物流' },
    { seq: 4, part: 'text', before: '没有论证。', after: '部分论证。' },
  ])
})

test('what is the same is not named, and a line that was added stands with nothing before it', () => {
  const added = { ...line, id: '01JDAAAAAAAAAAAAAAAAAAAA12', seq: 5, text: '补记一句。' }
  expect(correctedLines(content(line), content({ ...line, marked: true }, added), enterprises)).toEqual([
    { seq: 5, part: 'text', before: '', after: '补记一句。' },
  ])
})

test('a corrected 承诺 says who answers for it and until when', () => {
  const promised: Utterance = { ...line, kind: 'commitment', commitment: { owner: '周某堃', due: '2026-12-31' } }
  const later: Utterance = { ...promised, commitment: { owner: '周某堃', due: '2027-03-31' } }
  expect(correctedLines(content(promised), content(later), enterprises)).toEqual([
    {
      seq: 4,
      part: 'pledge',
      before: '责任人：周某堃；时限：2026年12月31日',
      after: '责任人：周某堃；时限：2027年3月31日',
    },
  ])
})
