import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Attendee, Audience, Utterance } from '#shared/domain/interviews.ts'
import { sideLength, sideLines } from '#shared/domain/side.ts'

const enterprises = ['A', 'B', 'C'] as const
const audience: fc.Arbitrary<Audience> = fc.oneof(
  fc.constant('all' as const),
  fc.subarray([...enterprises], { minLength: 1 }),
)
const attendee: fc.Arbitrary<Attendee> = fc.record({
  id: fc.uuid(),
  delegation: fc.constant('enterprise' as const),
  enterpriseId: fc.constantFrom(...enterprises),
  unit: fc.constant(''),
  name: fc.constant('某某'),
  title: fc.constant(''),
  speakerKey: fc.constant(null),
  state: fc.constantFrom('expected', 'present', 'absent', 'late', 'left'),
  reason: fc.constant(''),
  at: fc.constant(null),
})
const utterance: fc.Arbitrary<Utterance> = fc.record({
  id: fc.uuid(),
  seq: fc.nat(),
  version: fc.nat(9),
  speakerId: fc.constant(null),
  kind: fc.constant('statement' as const),
  section: fc.constant('hear' as const),
  part: fc.constant(null),
  audience,
  commitment: fc.constant(null),
  text: fc.uuid(),
  marked: fc.boolean(),
  startedAt: fc.constant('2026-12-03T01:30:00.000Z'),
  endedAt: fc.constant('2026-12-03T01:30:05.000Z'),
})

test('Art. 6: whoever sits in the room never reads on its screen what is meant for others only', () => {
  fc.assert(
    fc.property(fc.array(utterance, { maxLength: 80 }), fc.array(attendee, { maxLength: 8 }), (said, people) => {
      const screen = JSON.stringify(sideLines(said, people))
      const here = people.filter((one) => one.state !== 'absent' && one.state !== 'left')
      for (const one of said) {
        const meant = one.audience
        const foreign = meant !== 'all' && here.some((person) => !meant.includes(person.enterpriseId ?? ''))
        if (foreign) expect(screen.includes(one.text)).toBe(false)
      }
      expect(screen).not.toContain('marked')
      expect(screen).not.toContain('audience')
    }),
    { numRuns: 500 },
  )
})

test('the newest lines are shown, as many as a screen may hold', () => {
  const said = fc.sample(utterance, 200).map((one, seq) => ({ ...one, seq, audience: 'all' as const }))
  const shown = sideLines(said, [])
  expect(shown).toHaveLength(sideLength)
  expect(shown.at(-1)?.key).toBe(said.at(-1)?.id)
})
