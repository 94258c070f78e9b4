import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { openBundle } from '#electron/sealing/open-bundle.ts'
import { openerOf } from '#test/support/certificates.ts'
import { temporaryFolder } from '#test/support/folders.ts'

/*
 * A bundle sealed on 27 November 2026 with certificates that ended with that year, kept as it was. Whatever the program
 * becomes, it must open this one: an archive asks for it after twenty years.
 */
const place = join(import.meta.dirname, '..', '..', 'fixtures', 'bundles')
const pem = readFileSync(join(place, 'case-2026.recipient.pem'), 'utf8')
const { caFingerprint } = JSON.parse(readFileSync(join(place, 'case-2026.json'), 'utf8'))
const recipient = { certificate: pem, key: createPrivateKey(pem.slice(pem.indexOf('-----BEGIN PRIVATE'))) }

afterEach(() => {
  vi.useRealTimers()
})

it('opens and is green long after its certificates expired: it is judged at the time it was signed', async () => {
  vi.useFakeTimers({ now: new Date('2047-01-01T00:00:00Z'), toFake: ['Date'] })
  const tar = join(temporaryFolder(), 'case-2026.tar')
  const verdict = await openBundle(join(place, 'case-2026.sealed'), openerOf(recipient), tar, { caFingerprint })
  expect(verdict.checks.filter(({ passed }) => !passed)).toEqual([])
  expect(verdict).toMatchObject({ colour: 'green', signedAt: '2026-11-27T02:00:00.000Z' })
  expect(verdict.signer).toContain('李某喆')
})
