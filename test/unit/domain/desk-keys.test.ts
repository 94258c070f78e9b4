import { expect, test } from 'vitest'
import { defaultKeys, deskActions, keyFault, keysFit, keysInForce } from '#shared/domain/desk-keys.ts'

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

test.each(['A', 'Shift+1', 'Home', 'Alt+3', 'Ctrl+C', 'Ctrl+Z', 'Ctrl+L', 'Ctrl+2', 'F1', 'Alt+F4'])(
  '%s belongs to the text, the frame or the system',
  (key) => {
    expect(keyFault(defaultKeys, 'time', key)).toEqual({ code: 'reserved' })
  },
)

test('a name that is no key is refused', () => {
  expect(keyFault(defaultKeys, 'time', 'Alt+Process')).toEqual({ code: 'unusable' })
})
