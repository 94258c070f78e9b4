import { expect, test } from 'vitest'
import { protectionArgument, protectionFrom, protectionOf } from '#electron/shell/protection.ts'

test('截屏防护: on where the system has it, off for practice, and never claimed where there is none', () => {
  expect((['win32', 'darwin', 'linux', 'freebsd'] as const).map((system) => protectionOf(false, system))).toEqual([
    'on',
    'on',
    'unavailable',
    'unavailable',
  ])
  expect(protectionOf(true, 'win32')).toBe('off')
  expect(protectionOf(true, 'linux')).toBe('unavailable')
  for (const value of ['on', 'off', 'unavailable'] as const)
    expect(protectionFrom(['electron', protectionArgument(value)])).toBe(value)
  expect(protectionFrom([])).toBe('unavailable')
})
