import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { assertCurrent, confirmedRecipient } from '#electron/core/archive/recipients.ts'
import { certificateFingerprint } from '#electron/crypto/certificates.ts'
import { issuePair, moment, trialAuthority, validity } from '#test/support/certificates.ts'
import { temporaryFolder } from '#test/support/folders.ts'

test('a bundle is made for nobody whose certificate expired, is not the one on paper, or is none [attack 12]', async () => {
  const folder = temporaryFolder()
  const authority = trialAuthority()
  const reader = issuePair(authority, 'encryption').certificate
  // Whoever exchanges the file can give the other certificate the same names.
  const impostor = issuePair(authority, 'encryption').certificate
  const paper = certificateFingerprint(reader).slice(0, 32)
  const given = (text: string, now = moment, typed = paper) => {
    const file = join(folder, 'recipient.pem')
    writeFileSync(file, text)
    return confirmedRecipient(file, typed, now)
  }
  const refused = (code: string) => expect.objectContaining({ code })

  expect(await given(reader)).toMatchObject({ certificate: reader, fingerprint: certificateFingerprint(reader) })
  await expect(given(impostor)).rejects.toThrow(refused('archive.fingerprintDiffers'))
  await expect(given(reader, moment, paper.slice(0, 31))).rejects.toThrow(refused('archive.fingerprintShort'))
  await expect(given(reader, '2036-01-01T00:00:01.000Z')).rejects.toThrow(refused('archive.certificateExpired'))
  // A certificate that only signs is refused where it is chosen, not when a disc is half made.
  await expect(given(issuePair(authority, 'signing').certificate)).rejects.toThrow(refused('certificate.usage'))
  await expect(given('not a certificate')).rejects.toThrow(refused('certificate.unreadable'))
  // A leave may be used later than it was asked for: the day is looked at again.
  expect(() => assertCurrent(new Date(validity.notAfter).toISOString(), moment)).not.toThrow()
  expect(() => assertCurrent(moment, '2026-03-02T02:00:00.001Z')).toThrow(refused('archive.certificateExpired'))
})
