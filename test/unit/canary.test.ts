import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { CanarySearch, runsOf } from '#test/support/canary.ts'

const folder = mkdtempSync(join(tmpdir(), 'yuetan-canary-'))
const text = '该项目于三月提交董事会讨论通过'
const search = new CanarySearch(runsOf([text]))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function found(content: Buffer | string): string | null {
  const file = join(folder, 'sample')
  writeFileSync(file, content)
  return search.inFile(file)
}

test('a run is found in every encoding, at any place', () => {
  const noise = Buffer.from([0, 1, 2, 3, 250, 251])
  expect(found(`前面的话${text}`)).toBe('该项目于三月提交')
  expect(found(Buffer.concat([noise, Buffer.from(text, 'utf16le')]))).not.toBeNull()
  expect(found(Buffer.concat([noise, Buffer.from(text, 'utf16le').swap16()]))).not.toBeNull()
  for (const before of ['', 'a', 'ab', 'abc']) {
    expect(found(Buffer.from(`${before}${text}xyz`, 'utf8').toString('base64'))).not.toBeNull()
    expect(found(Buffer.from(`${before}${text}xyz`, 'utf16le').toString('base64'))).not.toBeNull()
  }
})

test('seven characters, another text and random bytes are no find', () => {
  expect(found('该项目于三月提，交董事会讨论通')).toBeNull()
  expect(found('根据有关规定，请于约谈前报送材料')).toBeNull()
})
