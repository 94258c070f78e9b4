import { expect, test } from 'vitest'
import { figure } from '#test/bench/figure.ts'
import { overLimit } from '#test/bench/limits.ts'

test('a figure over what was promised of it is named, in time or beside its peer; one without a promise is not', () => {
  expect(overLimit([figure('record.keystroke', 'ms', 16, 'a textarea', 15)])).toEqual([])
  expect(overLimit([figure('record.keystroke', 'ms', 17, 'a textarea', 15)])).toEqual([
    'record.keystroke: 17 ms of at most 16',
  ])
  expect(overLimit([figure('record.keystroke', 'ms', 14, 'a textarea', 10)])).toEqual([
    'record.keystroke: 1.4 × of at most 1.3 ×',
  ])
  expect(overLimit([figure('window.ready', 'ms', 9_999, 'an empty window', 1)])).toEqual([])
  // What could not be measured is over every limit.
  expect(overLimit([figure('list.20k', 'ms', Number.NaN, 'one statement', 1)])).toEqual([
    'list.20k: NaN ms of at most 100',
  ])
  // Opening an archive: the key derivation is meant to be slow, the rest is not.
  expect(overLimit([figure('unlock', 'ms', 1_300, 'the key alone', 299)])).toEqual([
    'unlock: 1001 ms above its peer of at most 1000',
  ])
})
