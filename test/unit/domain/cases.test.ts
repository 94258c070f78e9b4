import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  advance,
  type CaseFacts,
  type Intake,
  intakeFaults,
  stages,
  type TransitionName,
  transitions,
} from '#shared/domain/cases.ts'

const id = (n: number) => `01ARZ3NDEKTSV4RRFFQ69G5F${String(n).padStart(2, '0')}`
const intake: Intake = {
  form: 'individual',
  enterpriseIds: [id(1)],
  matter: '投资决策失误等',
  triggers: ['one'],
  areas: [],
  facts: '',
  sources: '',
  amountFen: null,
  instruction: '',
  excluded: 'none',
  accountabilityStarted: null,
  earlierDemand: '',
  proposedLevel: 'none',
  scope: [],
}
const codes = (value: Intake) => intakeFaults(value).map((fault) => fault.code)

describe('intake', () => {
  test('a complete intake has no fault', () => expect(codes(intake)).toEqual([]))
  test('Art. 22: safety accidents and pollution go elsewhere', () => {
    expect(codes({ ...intake, excluded: 'productionSafety' })).toContain('cases.article22')
    expect(codes({ ...intake, excluded: 'pollution' })).toContain('cases.article22')
  })
  test('Art. 6: form and number of enterprises agree', () => {
    expect(codes({ ...intake, enterpriseIds: [id(1), id(2)] })).toContain('cases.individualHasMany')
    expect(codes({ ...intake, form: 'collective' })).toContain('cases.collectiveNeedsTwo')
  })
  test('Art. 3 (四), (六), (八) ask for what they need', () => {
    expect(codes({ ...intake, triggers: ['four'] })).toContain('cases.areasMissing')
    expect(codes({ ...intake, triggers: ['six'] })).toContain('cases.accountabilityUnanswered')
    expect(codes({ ...intake, triggers: ['six'], accountabilityStarted: true })).toContain(
      'cases.accountabilityStarted',
    )
    expect(codes({ ...intake, triggers: ['six'], accountabilityStarted: false })).toEqual([])
    expect(codes({ ...intake, triggers: ['eight'] })).toContain('cases.earlierDemandMissing')
  })
})

const facts: fc.Arbitrary<CaseFacts> = fc.record({
  stage: fc.constantFrom(...stages, 'withdrawn' as const),
  enterprises: fc.integer({ min: 1, max: 4 }),
  notices: fc.record({
    drafted: fc.nat(4),
    classified: fc.nat(4),
    approved: fc.nat(4),
    numbered: fc.nat(4),
    issued: fc.nat(4),
  }),
  interview: fc.constantFrom('none', 'planned', 'running', 'paused', 'ended', 'frozen'),
  minutes: fc.record({ drafted: fc.nat(4), classified: fc.nat(4), final: fc.nat(4) }),
  openItems: fc.nat(9),
  volume: fc.constantFrom('none', 'open', 'filed', 'sealed'),
})
const names = Object.keys(transitions) as TransitionName[]

describe('transitions', () => {
  test('a step is taken only from a stage it declares, and only into the stage it declares', () => {
    fc.assert(
      fc.property(facts, fc.constantFrom(...names), (known, name) => {
        const answer = advance(name, known)
        const declared = (transitions[name].from as readonly string[]).includes(known.stage)
        if ('to' in answer) {
          expect(declared).toBe(true)
          expect(answer.to).toBe(transitions[name].to)
        } else if (!declared) expect(answer.refused).toBe('cases.wrongStage')
      }),
      { numRuns: 2000 },
    )
  })
  test('Art. 4: no interview while one enterprise lacks its notice', () => {
    fc.assert(
      fc.property(facts, (known) => {
        const answer = advance('issueNotices', { ...known, stage: 'notice' })
        expect('to' in answer).toBe(known.notices.issued >= known.enterprises)
      }),
    )
  })
  test('every stage of the rail is reached by some step, except the first', () => {
    const reached = new Set(names.map((name) => transitions[name].to as string))
    for (const stage of stages.slice(1)) expect(reached).toContain(stage)
  })
})
