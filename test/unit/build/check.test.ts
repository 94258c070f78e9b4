import { expect, test } from 'vitest'
import { checkLayers, importsOf, judgeImport } from '#build/check-layers.ts'
import { checkLicences, licenceAllowed } from '#build/check-licences.ts'
import { wordsOf } from '#build/check-words.ts'

test('finds every way a module can be imported', () => {
  const source = [
    "import a from 'one'",
    "import type { B } from 'two'",
    "import {\n  c,\n} from 'three'",
    "export { d } from 'four'",
    "import 'five'",
    "const e = await import('six')",
    "const text = 'import x from nowhere'",
  ].join('\n')
  expect(importsOf(source)).toEqual(['one', 'two', 'three', 'four', 'five', 'six'])
})

test.each([
  ['shared/domain/cases.ts', '#db/connection.ts'],
  ['shared/domain/cases.ts', 'node:fs'],
  ['db/connection.ts', '#electron/core/core.ts'],
  ['renderer/app/case.tsx', '#electron/core/core.ts'],
  ['renderer/app/case.tsx', '../../db/connection.ts'],
  ['renderer/app/case.tsx', 'electron'],
  ['electron/core/core.ts', 'electron'],
  ['electron/core/core.ts', '../shell/window.ts'],
  ['electron/shell/protocol.ts', 'electron'],
  ['electron/crypto/kdf.ts', '#db/connection.ts'],
  ['electron/parsing/zip.ts', '#db/connection.ts'],
  ['build/start.ts', '#renderer/app/client.ts'],
  ['shared/domain/cases.ts', './common'],
])('%s may not import %s', (file, specifier) => {
  expect(judgeImport(file, specifier)).not.toBeNull()
})

test.each([
  ['db/connection.ts', '#shared/domain/common.ts'],
  ['electron/core/core.ts', '../shell/wire.ts'],
  ['electron/shell/window.ts', 'electron'],
  ['renderer/app/case.tsx', '#shared/contract/index.ts'],
  ['renderer/app/case.tsx', 'react'],
])('%s may import %s', (file, specifier) => {
  expect(judgeImport(file, specifier)).toBeNull()
})

test('the sources keep to the directions, and the dependencies to the licences', () => {
  expect(checkLayers()).toEqual([])
  expect(checkLicences()).toEqual([])
})

test('a licence expression is judged part by part', () => {
  expect(licenceAllowed('MIT')).toBe(true)
  expect(licenceAllowed('(BSD-3-Clause OR GPL-2.0)')).toBe(true)
  expect(licenceAllowed('MIT AND GPL-3.0-only')).toBe(false)
  expect(licenceAllowed('AGPL-3.0-only')).toBe(false)
  expect(licenceAllowed('')).toBe(false)
})

test('names the line of a banned word', () => {
  expect(wordsOf('shared/a.ts', `one\n// ${'TO'}${'DO'} later`)).toEqual([
    'shared/a.ts:2: unfinished work belongs to an issue',
  ])
  expect(wordsOf('README.md', `see ${'/wo'}rk/main`)).toHaveLength(1)
  expect(wordsOf('shared/a.ts', 'nothing')).toEqual([])
})
