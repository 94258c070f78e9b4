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
  situations: [],
  amountFen: null,
  instructions: [],
  demands: [],
  persons: [],
  recusalAsked: true,
  recusals: [],
  dutyReason: '',
  excluded: 'none',
  accountabilityStarted: null,
  proposedLevel: 'none',
  scope: [],
  scopeUnits: [],
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
    expect(codes({ ...intake, recusalAsked: false })).toEqual(['cases.recusalUnasked'])
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
  settled: fc.nat(4),
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
          const { to } = transitions[name]
          expect(answer.to).toBe(typeof to === 'function' ? to(known) : to)
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
    const reached = new Set(names.map((name) => transitions[name].to as unknown as string))
    for (const stage of stages.slice(1)) expect(reached).toContain(stage)
  })

  test('random walks: every step leads to a declared stage, nothing that was made is lost, and a way back exists', () => {
    const step = fc.record({ name: fc.constantFrom(...names), work: fc.nat(5) })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), fc.array(step, { maxLength: 60 }), (enterprises, steps) => {
        let known: CaseFacts = {
          stage: 'intake',
          enterprises,
          notices: { drafted: 0, classified: 0, approved: 0, numbered: 0, issued: 0 },
          interview: 'none',
          minutes: { drafted: 0, classified: 0, final: 0 },
          openItems: 0,
          settled: 0,
          volume: 'none',
        }
        let papers = 0
        for (const { name, work } of steps) {
          // Work inside a stage, as the rooms do it: papers only ever come to be.
          if (known.stage === 'notice' && work > 1) {
            const issued = Math.min(enterprises, known.notices.issued + 1)
            known = {
              ...known,
              notices: { drafted: enterprises, classified: issued, approved: issued, numbered: issued, issued },
            }
          }
          if (known.stage === 'interview' && work > 2) known = { ...known, interview: 'ended' }
          if (known.stage === 'minutes' && work > 1) {
            const final = Math.min(enterprises, known.minutes.final + 1)
            known = { ...known, minutes: { drafted: enterprises, classified: final, final } }
          }
          if (known.stage === 'filing' && work > 2) known = { ...known, volume: 'filed' }
          const before = known
          const answer = advance(name, known)
          if ('refused' in answer) continue
          expect([...stages, 'withdrawn']).toContain(answer.to)
          known = { ...known, stage: answer.to }
          // A step changes the stage and nothing else: what was issued, talked and decided stands.
          expect({ ...known, stage: before.stage }).toEqual(before)
          const made = known.notices.issued + known.minutes.final + (known.volume === 'filed' ? 1 : 0)
          expect(made).toBeGreaterThanOrEqual(papers)
          papers = made
        }
        // No dead end: an ended case can be opened again, a living one can be withdrawn or goes on.
        if (known.stage === 'archived' || known.stage === 'withdrawn')
          expect('to' in advance('reopen', known)).toBe(true)
        else if (known.volume === 'none') expect('to' in advance('withdraw', known)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
