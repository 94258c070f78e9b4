import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stages, transitions } from '#shared/domain/cases.ts'
import { articleLines, nextStep, type PanelFacts } from '#shared/domain/cases-panel.ts'
import { shippedProfile } from '#shared/rules/profile.ts'

const fresh: PanelFacts = {
  stage: 'intake',
  form: 'individual',
  officer: '孙某某',
  createdAt: '2026-11-24T01:00:00.000Z',
  triggers: '三、五',
  enterprises: 1,
  notices: { drafted: 0, classified: 0, approved: 0, numbered: 0, issued: 0 },
  submitted: 0,
  confirmed: 0,
  copied: 0,
  host: '',
  jointUnits: '',
  interview: 'none',
  minutes: { drafted: 0, classified: 0, final: 0 },
  minutesSubmitted: 0,
  received: { material: 0, workPlan: 0, progress: 0, specialReport: 0 },
  plans: { accepted: 0, extensions: 0 },
  reports: 0,
  discipline: { asked: 0, approved: 0, sent: 0, received: 0 },
  supervised: { evaluated: 0, closed: 0, answerable: 0 },
  settled: 0,
  outcome: { effects: 0, screening: 0, persons: 0 },
  items: 0,
  openItems: 0,
  volume: 'none',
  volumeHolder: 'office',
  planDue: null,
  planProvisional: false,
  itemDue: null,
  before: { accept: '2026-11-27', notice: '', interview: '' },
  materials: [],
  done: { 'cases.create': { who: '孙某某', when: '2026-11-24' } },
}
const counted = fc.nat(3)
const facts: fc.Arbitrary<PanelFacts> = fc
  .record({
    stage: fc.constantFrom(...stages, 'withdrawn' as const),
    enterprises: fc.integer({ min: 1, max: 3 }),
    notices: fc.record({
      drafted: counted,
      classified: counted,
      approved: counted,
      numbered: counted,
      issued: counted,
    }),
    submitted: counted,
    confirmed: counted,
    interview: fc.constantFrom('none', 'planned', 'running', 'paused', 'ended', 'frozen'),
    minutes: fc.record({ drafted: counted, classified: counted, final: counted }),
    minutesSubmitted: counted,
    received: fc.record({ material: counted, workPlan: counted, progress: counted, specialReport: counted }),
    openItems: counted,
    settled: counted,
    volume: fc.constantFrom('none', 'open', 'filed', 'sealed'),
    volumeHolder: fc.constantFrom('office', 'handed', 'archive'),
  })
  .map((some) => ({ ...fresh, ...some, items: some.openItems }))

test('every case has a line for each of the 23 articles, and each owed line names who owes it', () => {
  fc.assert(
    fc.property(facts, (known) => {
      const list = articleLines(known, shippedProfile)
      expect(list.map((line) => line.article)).toEqual(Array.from({ length: 23 }, (_, index) => index + 1))
      for (const line of list) if (line.state === 'owed') expect(line.who).not.toBe('')
      if (known.stage === 'withdrawn') expect(list.some((line) => line.state === 'owed')).toBe(false)
    }),
    { numRuns: 1000 },
  )
})

test('a living case always has a next step with somebody whose turn it is; an ended one has none', () => {
  fc.assert(
    fc.property(facts, (known) => {
      const next = nextStep(known, shippedProfile)
      const over = known.stage === 'withdrawn' || (known.stage === 'archived' && known.volume === 'sealed')
      expect(next.code === 'none').toBe(over)
      expect(next.role === null).toBe(over)
    }),
    { numRuns: 1000 },
  )
})

test('when the next step of the notice stage is 印发, the transition still waits for it', () => {
  const ready: PanelFacts = {
    ...fresh,
    stage: 'notice',
    submitted: 1,
    notices: { drafted: 1, classified: 1, approved: 1, numbered: 1, issued: 0 },
  }
  expect(nextStep(ready, shippedProfile).code).toBe('notices.issue')
  expect(transitions.issueNotices.missing(ready)).toBe('cases.noticeNotIssued')
  expect(articleLines(ready, shippedProfile)[3]).toMatchObject({ article: 4, state: 'owed', who: '承办人 孙某某' })
})

test('the chain of the notice stage: 送审, 审签, 定密, 编号, 印发', () => {
  const at = (notices: Partial<PanelFacts['notices']>, submitted: number) =>
    nextStep({ ...fresh, stage: 'notice', submitted, notices: { ...fresh.notices, ...notices } }, shippedProfile)
  expect(at({}, 0)).toMatchObject({ code: 'notices.submit', role: 'caseOfficer' })
  expect(at({}, 1)).toMatchObject({ code: 'notices.decide', role: 'deputyLeader' })
  expect(at({ approved: 1 }, 1)).toMatchObject({ code: 'secrecy.decide', role: 'classifier' })
  expect(at({ approved: 1, classified: 1 }, 1)).toMatchObject({
    code: 'numbers.allocate',
    role: 'accountabilityOffice',
  })
})

test('what is owed says until when: the days the notices name, and 暂定 where a year is not announced', () => {
  const before = { accept: '2026-11-27', notice: '2026-12-09', interview: '2026-12-11' }
  const line = (known: Partial<PanelFacts>, article: number) =>
    articleLines({ ...fresh, before, ...known }, shippedProfile)[article - 1]
  expect(line({}, 4)).toMatchObject({ state: 'owed', who: '承办人 孙某某', when: '2026-11-27' })
  const issued = { ...fresh.notices, drafted: 1, classified: 1, approved: 1, numbered: 1, issued: 1 }
  expect(line({ stage: 'notice' }, 4)).toMatchObject({ state: 'owed', who: '承办人 孙某某', when: '2026-12-09' })
  expect(line({ stage: 'notice', submitted: 1 }, 4)).toMatchObject({
    who: '分管负责同志或主要负责同志',
    when: '2026-12-09',
  })
  expect(line({ stage: 'notice', submitted: 1 }, 21)).toMatchObject({ who: '定密责任人', when: '2026-12-09' })
  const planned = { stage: 'interview', notices: issued, submitted: 1, interview: 'planned', host: '赵某某' } as const
  expect(line(planned, 5)).toMatchObject({ state: 'owed', who: '处室负责人', when: '2026-12-11' })
  expect(line(planned, 8)).toMatchObject({ state: 'owed', who: '记录人', when: '2026-12-11' })
  expect(nextStep({ ...fresh, before, ...planned }, shippedProfile)).toMatchObject({
    code: 'interviews.start',
    due: '2026-12-11',
    provisional: false,
  })
  const late = { stage: 'rectification', planDue: '2027-01-11', planProvisional: true } as const
  expect(nextStep({ ...fresh, before, ...late }, shippedProfile)).toMatchObject({
    code: 'rectification.receive',
    due: '2027-01-11',
    provisional: true,
  })
})
