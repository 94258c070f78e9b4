import { expect, test } from 'vitest'
import {
  audienceAction,
  defaultKeys,
  deskActionNames,
  deskActions,
  deskKeyGroups,
  keyFault,
  keysFit,
  keysInForce,
  speakerAction,
} from '#shared/domain/desk-keys.ts'

test('the shipped keys conflict with nothing', () => {
  for (const action of deskActions)
    expect([action, keyFault(defaultKeys, action, defaultKeys[action])]).toEqual([action, null])
  expect(keysFit({})).toBe(true)
})

test('a key that another act holds is refused by its name', () => {
  expect(keyFault(defaultKeys, 'time', 'F2')).toEqual({ code: 'taken', by: 'question' })
  expect(keyFault(keysInForce({ question: 'Alt+W' }), 'time', 'F2')).toBe(null)
  expect(keysFit({ time: 'F2' })).toBe(false)
  expect(keysFit({ time: 'F2', question: 'F4' })).toBe(true)
})

test.each(['A', 'Shift+1', 'Home', 'ArrowUp', 'Tab', 'Ctrl+Tab', 'F1', 'Alt+F4'])(
  '%s belongs to the text, the frame or the system',
  (key) => {
    expect(keyFault(defaultKeys, 'time', key)).toEqual({ code: 'reserved' })
  },
)

test.each(['Enter', 'Shift+Enter', 'Escape', 'Ctrl+C', 'Ctrl+Z', 'Ctrl+L', 'Ctrl+2'])(
  '%s is fixed, and the refusal says for what and why',
  (key) => {
    const fault = keyFault(defaultKeys, 'time', key)
    if (fault?.code !== 'fixed') throw new Error(`${key} could be given away`)
    expect(fault.by.keys).toContain(key)
    expect(fault.by.action).not.toBe('')
    expect(fault.by.why).not.toBe('')
  },
)

test('speakers, enterprises, completion and the line before have keys of the account like everything else', () => {
  expect(keyFault(defaultKeys, 'time', 'Alt+3')).toEqual({ code: 'taken', by: 'speaker3' })
  expect(keyFault(defaultKeys, 'time', 'Ctrl+Alt+2')).toEqual({ code: 'taken', by: 'audience2' })
  expect(
    keysFit({ speaker3: 'F10', time: 'Alt+3', audienceAll: 'Alt+A', take: 'Ctrl+J', editLast: 'Alt+ArrowUp' }),
  ).toBe(true)
  expect(speakerAction(9)).toBe('speaker9')
  expect([speakerAction(10), speakerAction(null), audienceAction(10)]).toEqual([null, null, null])
  // Tab may come back to what it was shipped with, and to nothing else.
  expect(keyFault(keysInForce({ take: 'Ctrl+J' }), 'take', 'Tab')).toBe(null)
  expect(keyFault(keysInForce({ take: 'Ctrl+J' }), 'editLast', 'Tab')).toEqual({ code: 'reserved' })
})

test('every act stands on the key card once, with a name', () => {
  const all = deskKeyGroups.flatMap((group): readonly string[] => group.actions)
  expect(new Set(all).size).toBe(all.length)
  expect([...all].sort()).toEqual(Object.keys(deskActionNames).sort())
  expect([...all].sort()).toEqual(Object.keys(defaultKeys).sort())
})

test('a name that is no key is refused', () => {
  expect(keyFault(defaultKeys, 'time', 'Alt+Process')).toEqual({ code: 'unusable' })
})
