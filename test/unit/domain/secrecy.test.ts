import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { highestLevel, type Level, markText, type Proposal, proposalFaults, term } from '#shared/domain/secrecy.ts'

const proposal: Proposal = {
  level: 'secret',
  term: { kind: 'period', length: 5, unit: 'year' },
  basis: '某范围第三条',
  reason: '',
  points: '',
  scope: [],
  sources: [],
  unclear: false,
}
const from = '2026-11-23'
const limits = (authority: Level, machine: Level = authority) => ({ authority, machine })
const faults = (value: Proposal, authority: Level = 'confidential', machine: Level = 'confidential') =>
  proposalFaults(value, limits(authority, machine), from)

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
  test('a sound proposal has no fault', () => expect(faults(proposal)).toEqual([]))
  test('caps of 10 and 20 years, in months too', () => {
    const years = (level: 'secret' | 'confidential', length: number) =>
      faults({ ...proposal, level, term: { kind: 'period', length, unit: 'year' } })
    expect(years('secret', 10)).toEqual([])
    expect(years('secret', 11)).toContain('secrecy.termAboveCap')
    expect(years('confidential', 20)).toEqual([])
    expect(years('confidential', 21)).toContain('secrecy.termAboveCap')
    expect(faults({ ...proposal, term: { kind: 'period', length: 121, unit: 'month' } })).toContain(
      'secrecy.termAboveCap',
    )
    expect(faults({ ...proposal, term: { kind: 'period', length: 3651, unit: 'day' } })).toContain(
      'secrecy.termAboveCap',
    )
  })
  test('the ceiling of the unit, a missing term, a missing basis, a term without a level', () => {
    expect(faults({ ...proposal, level: 'confidential' }, 'secret')).toContain('secrecy.aboveCeiling')
    expect(faults({ ...proposal, term: null }, 'secret')).toContain('secrecy.termMissing')
    expect(faults({ ...proposal, basis: '' }, 'secret')).toContain('secrecy.basisMissing')
    expect(faults({ ...proposal, level: 'none' }, 'secret')).toContain('secrecy.termWithoutLevel')
  })
})

describe('派生定密 and 不明确事项 (保密法 18; 实施条例 18, 25)', () => {
  const source = {
    title: '某通报',
    number: '某发〔2026〕1号',
    issuer: '某机关',
    level: 'confidential' as const,
    term: { kind: 'period' as const, length: 10, unit: 'year' as const },
  }
  const derived = { ...proposal, level: 'confidential' as const, term: source.term, basis: '', sources: [source] }

  test('binds to level and term of the source, not to the authority of the organ', () => {
    expect(faults(derived, 'secret')).toEqual([])
    expect(faults({ ...derived, sources: [] }, 'secret')).toContain('secrecy.aboveCeiling')
    expect(faults({ ...derived, level: 'secret' })).toContain('secrecy.belowSource')
    expect(faults({ ...derived, level: 'none', term: null })).toContain('secrecy.belowSource')
    expect(faults({ ...derived, term: { kind: 'period', length: 9, unit: 'year' } })).toContain(
      'secrecy.termShorterThanSource',
    )
    expect(faults(derived, 'confidential', 'secret')).toContain('secrecy.aboveMachine')
  })
  test('of several sources the strictest counts', () => {
    const milder = {
      ...source,
      level: 'secret' as const,
      term: { kind: 'period' as const, length: 3, unit: 'year' as const },
    }
    expect(faults({ ...derived, sources: [milder, source] })).toEqual([])
    expect(faults({ ...derived, ...milder, basis: '', sources: [milder, source] })).toEqual(
      expect.arrayContaining(['secrecy.belowSource', 'secrecy.termShorterThanSource']),
    )
  })
  test('a matter no clause names needs no clause, but is protected all the same', () => {
    expect(faults({ ...proposal, basis: '', unclear: true })).toEqual([])
    expect(faults({ ...proposal, basis: '', unclear: true, term: null })).toContain('secrecy.termMissing')
  })
  test('长期 stands only with its clause and prints as 长期', () => {
    const permanent = { kind: 'permanent' as const, clause: '某范围第二条第三项' }
    expect(v.safeParse(term, { kind: 'permanent', clause: ' ' }).success).toBe(false)
    expect(markText({ level: 'confidential', term: permanent })).toBe('机密★长期')
    expect(faults({ ...proposal, term: permanent })).toEqual([])
  })
})

test('a bundle takes the highest level of its members (公文条例 32)', () => {
  expect(highestLevel([])).toBe('none')
  expect(highestLevel(['none', 'secret', 'work'])).toBe('secret')
  expect(highestLevel(['secret', 'confidential'])).toBe('confidential')
})
