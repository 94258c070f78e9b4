import { describe, expect, test } from 'vitest'
import { checkCaseScript, readCaseScript } from '#build/demo/script.ts'
import individual from '#test/fixtures/cases/individual.json' with { type: 'json' }

const scripts = new URL('../../fixtures/cases/', import.meta.url).pathname

/** A deep copy of the shipped script that a test may spoil. */
function copy() {
  return structuredClone(individual) as Record<string, never> & typeof individual
}

describe('case scripts', () => {
  test('the default script is long enough to prove the live record', async () => {
    const script = await readCaseScript(`${scripts}individual.json`)
    const text = script.interview.utterances.map((item) => item.text).join('')
    expect(script.classified).toBe(true)
    expect(script.interview.utterances.length).toBeGreaterThanOrEqual(300)
    expect(text.length).toBeGreaterThan(19_000)
    const whole = JSON.stringify(script)
    for (const rare of '喆堃赟镕') expect(whole).toContain(rare)
  })

  test('the collective script names three enterprises and keeps their words apart', async () => {
    const script = await readCaseScript(`${scripts}collective.json`)
    expect(script.enterprises).toHaveLength(3)
    for (const { shortName } of script.enterprises) {
      expect(
        script.interview.utterances.some((item) => item.audience !== 'all' && item.audience.includes(shortName)),
      ).toBe(true)
    }
  })

  test('the short script is unclassified', async () => {
    const script = await readCaseScript(`${scripts}unclassified.json`)
    expect(script.classified).toBe(false)
  })

  test('an unknown field is named with its place', () => {
    const script = copy()
    Object.assign(script.interview.attendees[1] ?? {}, { nickname: '某' })
    expect(() => checkCaseScript(script, 'x.json')).toThrow('interview.attendees[1].nickname: unknown field')
  })

  test('a missing field is named with its place', () => {
    const script = copy()
    Reflect.deleteProperty(script.interview.utterances[7] ?? {}, 'kind')
    expect(() => checkCaseScript(script, 'x.json')).toThrow('interview.utterances[7].kind: missing field')
  })

  test('a speaker who does not attend is named', () => {
    const script = copy()
    Object.assign(script.interview.utterances[3] ?? {}, { speaker: '路某某' })
    expect(() => checkCaseScript(script, 'x.json')).toThrow('interview.utterances[3].speaker: 路某某 is no attendee')
  })

  test('a mark that disagrees with "classified" is refused', () => {
    const script = copy()
    script.classified = false
    expect(() => checkCaseScript(script, 'x.json')).toThrow('classification.notice.level: disagrees')
  })

  test('a file that is no JSON says so without a stack', async () => {
    await expect(readCaseScript(`${scripts}no-such.json`)).rejects.toThrow('cannot be read')
  })
})
