import { describe, expect, test } from 'vitest'
import { highestLevel, markText, type Proposal, proposalFaults } from '#shared/domain/secrecy.ts'

const proposal: Proposal = {
  level: 'secret',
  term: { kind: 'period', length: 5, unit: 'year' },
  basis: '某范围第三条',
  reason: '',
  scope: [],
}

describe('marks (GB/T 9704 7.2.2; 保密法 22)', () => {
  test('a period, a date and a condition', () => {
    expect(markText(proposal)).toBe('秘密★5年')
    expect(markText({ level: 'confidential', term: { kind: 'period', length: 6, unit: 'month' } })).toBe('机密★6个月')
    expect(markText({ level: 'secret', term: { kind: 'date', until: '2027-03-01' } })).toBe('秘密★2027年3月1日')
    expect(markText({ level: 'secret', term: { kind: 'condition', text: '处置完成' } })).toBe('秘密★处置完成')
  })
  test('no secret, no mark; 工作秘密 never carries the star', () => {
    expect(markText({ level: 'none', term: null })).toBeNull()
    expect(markText({ level: 'work', term: null })).toBe('工作秘密')
    expect(markText({ level: 'none', term: { kind: 'period', length: 1, unit: 'year' } })).toBeNull()
  })
})

describe('proposals (保密法 14, 20)', () => {
  test('a sound proposal has no fault', () => expect(proposalFaults(proposal, 'confidential')).toEqual([]))
  test('caps of 10 and 20 years, in months too', () => {
    const years = (level: 'secret' | 'confidential', length: number) =>
      proposalFaults({ ...proposal, level, term: { kind: 'period', length, unit: 'year' } }, 'confidential')
    expect(years('secret', 10)).toEqual([])
    expect(years('secret', 11)).toContain('secrecy.termAboveCap')
    expect(years('confidential', 20)).toEqual([])
    expect(years('confidential', 21)).toContain('secrecy.termAboveCap')
    expect(
      proposalFaults({ ...proposal, term: { kind: 'period', length: 121, unit: 'month' } }, 'confidential'),
    ).toContain('secrecy.termAboveCap')
  })
  test('the ceiling of the unit, a missing term, a missing basis, a term without a level', () => {
    expect(proposalFaults({ ...proposal, level: 'confidential' }, 'secret')).toContain('secrecy.aboveCeiling')
    expect(proposalFaults({ ...proposal, term: null }, 'secret')).toContain('secrecy.termMissing')
    expect(proposalFaults({ ...proposal, basis: '' }, 'secret')).toContain('secrecy.basisMissing')
    expect(proposalFaults({ ...proposal, level: 'none' }, 'secret')).toContain('secrecy.termWithoutLevel')
  })
})

test('a bundle takes the highest level of its members (公文条例 32)', () => {
  expect(highestLevel([])).toBe('none')
  expect(highestLevel(['none', 'secret', 'work'])).toBe('secret')
  expect(highestLevel(['secret', 'confidential'])).toBe('confidential')
})
