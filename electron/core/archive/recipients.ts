import { X509Certificate } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { certificateFingerprint } from '#electron/crypto/certificates.ts'
import { encryptionCertificate } from '#electron/crypto/cms-enveloped.ts'
import { fail } from '#shared/contract/errors.ts'

const largestCertificate = 64 * 1024
/** Digits of a typed fingerprint that must agree: 128 bits; fewer could be found by trying. */
export const typedDigits = 32

export interface Recipient {
  readonly certificate: string
  readonly fingerprint: string
  readonly name: string
  readonly notAfter: string
}

/** Reads a recipient's certificate. Errors: `certificate.noFile`, those of `encryptionCertificate`. */
export async function readRecipient(file: string): Promise<Recipient> {
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile() || found.size > largestCertificate) fail('certificate.noFile')
  const certificate = await readFile(file, 'utf8')
  encryptionCertificate(certificate)
  const fingerprint = certificateFingerprint(certificate)
  const shown = new X509Certificate(certificate)
  const name = /^CN=(.*)$/m.exec(shown.subject)?.[1] ?? shown.subject.replaceAll('\n', ', ')
  const organization = /^O=(.*)$/m.exec(shown.subject)?.[1]
  return {
    certificate,
    fingerprint,
    name: organization && organization !== name ? `${organization} ${name}` : name,
    notAfter: new Date(shown.validTo).toISOString(),
  }
}

/**
 * A recipient whose certificate is the one on paper. Errors: `archive.fingerprintShort`, `archive.fingerprintDiffers`,
 * `archive.certificateExpired`.
 */
export async function confirmedRecipient(file: string, typed: string, now: string): Promise<Recipient> {
  const recipient = await readRecipient(file)
  const digits = typed.replaceAll(/[^0-9A-Fa-f]/g, '').toLowerCase()
  if (digits.length < typedDigits) fail('archive.fingerprintShort', { digits: typedDigits })
  if (!recipient.fingerprint.startsWith(digits)) fail('archive.fingerprintDiffers')
  assertCurrent(recipient.notAfter, now)
  return recipient
}

/** Errors: `archive.certificateExpired`. */
export function assertCurrent(notAfter: string, now: string): void {
  if (notAfter < now) fail('archive.certificateExpired', { notAfter })
}
