import { expect, test } from 'vitest'
import { coverage, elementsHeld, partsOf } from '#shared/domain/coverage.ts'
import type { Attendee, Utterance } from '#shared/domain/interviews.ts'
import { attendanceNote, exhibitSign, exhibitsIn, mayShowInRoom, resumeNote } from '#shared/domain/interviews.ts'
import { shippedProfile } from '#shared/rules/profile.ts'

const person = (id: string, enterpriseId: string | null, state: Attendee['state'] = 'present'): Attendee => ({
  id,
  delegation: enterpriseId === null ? 'host' : 'enterprise',
  enterpriseId,
  unit: '',
  name: id,
  title: '',
  speakerKey: null,
  state,
  reason: '',
  at: null,
})
const people = [person('主', null), person('甲一', 'A'), person('乙一', 'B')]
const said = (value: Partial<Utterance>): Utterance => ({
  id: '',
  seq: 1,
  version: 1,
  speakerId: null,
  kind: 'statement',
  section: 'hear',
  part: 1,
  audience: 'all',
  commitment: null,
  text: '',
  marked: false,
  startedAt: '2026-12-03T01:30:00.000Z',
  endedAt: '2026-12-03T01:30:00.000Z',
  ...value,
})
const count = (utterances: Utterance[], enterpriseId: string | null, section: string, part: number | null) =>
  coverage(shippedProfile, utterances, people, enterpriseId).find((one) => one.section === section && one.part === part)
    ?.count

test('Art. 8: four parts of （一）, five of （二）, and the two contents without parts', () => {
  expect(partsOf(shippedProfile, 'state')).toHaveLength(4)
  expect(partsOf(shippedProfile, 'hear')).toHaveLength(5)
  expect(coverage(shippedProfile, [], people, null).map((one) => [one.section, one.part, one.owed])).toEqual([
    ...[1, 2, 3, 4].map((part) => ['state', part, true]),
    ...[1, 2, 3, 4, 5].map((part) => ['hear', part, true]),
    ['ask', null, false],
    ['other', null, false],
  ])
})

test('what one enterprise says counts for it alone; what the office says, for those it was said to', () => {
  const utterances = [
    said({ speakerId: '甲一' }),
    said({ speakerId: '主', kind: 'opinion', section: 'state', part: 4, audience: ['B'] }),
    said({ speakerId: '主', kind: 'explain', section: 'state', part: 1 }),
    said({ kind: 'note', section: 'other', part: null }),
  ]
  expect(count(utterances, 'A', 'hear', 1)).toBe(1)
  expect(count(utterances, 'B', 'hear', 1)).toBe(0)
  expect(count(utterances, 'A', 'state', 4)).toBe(0)
  expect(count(utterances, 'B', 'state', 4)).toBe(1)
  expect(count(utterances, 'A', 'state', 1)).toBe(1)
  expect(count(utterances, null, 'other', null)).toBe(0)
})

test('Art. 9: the elements of the minutes, for each enterprise', () => {
  const interview = { startedAt: '2026-12-03T01:30:00.000Z', place: '会议室', matter: '担保' }
  const utterances = [
    said({ speakerId: '甲一' }),
    said({ speakerId: '主', kind: 'explain', section: 'state', part: 1 }),
    said({ speakerId: '主', kind: 'opinion', section: 'state', part: 4, audience: ['A'] }),
  ]
  const absent = [people[0] ?? person('主', null), person('甲一', 'A'), person('乙一', 'B', 'absent')]
  expect(elementsHeld(interview, absent, utterances, 'A')).toEqual({
    time: true,
    place: true,
    host: true,
    party: true,
    matter: true,
    statements: true,
    opinions: true,
  })
  expect(elementsHeld(interview, absent, utterances, 'B')).toMatchObject({
    party: false,
    matter: true,
    statements: false,
    opinions: false,
  })
})

test('words for one enterprise stand on the room screen only while no other is there', () => {
  const forA = { audience: ['A'] }
  expect(mayShowInRoom({ audience: 'all' }, people)).toBe(true)
  expect(mayShowInRoom(forA, people)).toBe(false)
  expect(mayShowInRoom(forA, [person('甲一', 'A'), person('乙一', 'B', 'expected')])).toBe(false)
  expect(mayShowInRoom(forA, [person('甲一', 'A'), person('乙一', 'B', 'left')])).toBe(true)
  expect(mayShowInRoom(forA, [person('主', null)])).toBe(false)
})

test('exhibits are read back from the text they were put into', () => {
  const text = `现在${exhibitSign('付款凭证')}，再看${exhibitSign('董事会【2024】决议')}。`
  expect(exhibitsIn(text)).toEqual(['付款凭证', '董事会2024决议'])
  expect(exhibitsIn('没有出示任何材料')).toEqual([])
})

test('the record says who came late and who left, and carries the date when it goes on another day', () => {
  const one = person('李某某', 'A')
  expect(attendanceNote(one, 'late', '交通')).toBe('李某某到会：交通')
  expect(attendanceNote(one, 'left', '')).toBe('李某某离席')
  expect(attendanceNote({ ...one, state: 'left' }, 'present', '')).toBe('李某某返回会场')
  expect(attendanceNote({ ...one, state: 'expected' }, 'present', '')).toBe(null)
  expect(resumeNote('2026-12-03T02:00:00.000Z', '2026-12-03T02:20:00.000Z')).toBe('恢复记录')
  expect(resumeNote('2026-12-03T02:00:00.000Z', '2026-12-04T01:30:00.000Z')).toBe('2026年12月4日09:30，继续约谈')
})
