import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decode, encode, integer, readInteger } from '#electron/crypto/asn1.ts'
import {
  certificateFingerprint,
  issueCertificate,
  makeAuthority,
  readPem,
  verifyChain,
} from '#electron/crypto/certificates.ts'
import { derToPem, pemToDer } from '#electron/crypto/x509.ts'
import { issuePair, moment, organization, rsaPair, trialAuthority, validity } from '#test/support/certificates.ts'
import { temporaryFolder } from '#test/support/folders.ts'

const authority = trialAuthority()
const signer = issuePair(authority, 'signing', '李某喆')
const reader = issuePair(authority, 'encryption', '李某喆')

function openssl(...args: string[]): string {
  return execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

describe('certificates', () => {
  it('pass strict verification by openssl, with Chinese names in UTF-8', () => {
    const folder = temporaryFolder()
    const ca = join(folder, 'ca.pem')
    writeFileSync(ca, authority.certificate)
    for (const { certificate } of [signer, reader]) {
      const leaf = join(folder, 'leaf.pem')
      writeFileSync(leaf, certificate)
      expect(openssl('verify', '-x509_strict', '-check_ss_sig', '-CAfile', ca, leaf)).toContain('OK')
      const text = openssl('x509', '-in', leaf, '-noout', '-text', '-nameopt', 'utf8')
      expect(text).toContain('CN=李某喆')
      expect(text).toMatch(/X509v3 Basic Constraints: critical/)
      expect(text).toMatch(/X509v3 Key Usage: critical/)
    }
    const shown = openssl('x509', '-in', ca, '-noout', '-fingerprint', '-sha256').split('=')[1]?.trim()
    expect(shown?.replaceAll(':', '').toLowerCase()).toBe(certificateFingerprint(authority.certificate))
  })

  it('say what they are for', () => {
    expect(readPem(authority.certificate)).toMatchObject({ isAuthority: true, keyUsage: ['keyCertSign', 'cRLSign'] })
    expect(readPem(signer.certificate)).toMatchObject({
      isAuthority: false,
      commonName: '李某喆',
      organization,
      subjectSerial: '01JDTEST0000000000000000AA',
      modulusBits: 3072,
      keyUsage: ['digitalSignature', 'nonRepudiation'],
      notBefore: '2020-01-01T00:00:00.000Z',
    })
    expect(readPem(reader.certificate).keyUsage).toEqual(['keyEncipherment'])
  })

  it('chain to their CA only, and only while valid [attack 12]', () => {
    verifyChain(signer.certificate, authority.certificate, moment)
    const chain = (pem: string, ca: string, at: string) => () => verifyChain(pem, ca, at)
    const impostor = trialAuthority()
    const reason = (value: string) => expect.objectContaining({ code: 'certificate.chain', params: { reason: value } })
    expect(chain(signer.certificate, impostor.certificate, moment)).toThrow(reason('keyId'))
    expect(chain(signer.certificate, trialAuthority('另一机构').certificate, moment)).toThrow(reason('issuer'))
    expect(chain(signer.certificate, authority.certificate, '2019-12-31T23:59:59Z')).toThrow(reason('notYetValid'))
    expect(chain(signer.certificate, authority.certificate, '2036-01-01T00:00:01Z')).toThrow(reason('expired'))
    expect(chain(signer.certificate, signer.certificate, moment)).toThrow(reason('notAuthority'))
    expect(chain(authority.certificate, authority.certificate, moment)).toThrow(reason('notEndEntity'))
  })

  it('refuse a changed byte in the signed part [attack 12]', () => {
    const der = Buffer.from(pemToDer(signer.certificate))
    der[der.indexOf(Buffer.from('李某喆')) + 8] = 0x87 // the last character becomes another of the same length
    const forged = derToPem(der)
    expect(() => verifyChain(forged, authority.certificate, moment)).toThrow(
      expect.objectContaining({ params: { reason: 'signature' } }),
    )
  })

  it('are refused as unreadable, whatever stands in their place', () => {
    const unreadable = expect.objectContaining({ code: 'certificate.unreadable' })
    for (const text of ['', 'x', derToPem(Buffer.from('约谈')), derToPem(pemToDer(signer.certificate).slice(0, -1))]) {
      expect(() => readPem(text)).toThrow(unreadable)
    }
    const der = Buffer.from(pemToDer(signer.certificate))
    der[der.indexOf(Buffer.from('李某喆'))] = 0xff // not UTF-8
    expect(() => readPem(derToPem(der))).toThrow(unreadable)
  })

  it('are not made with weak keys, wrong dates, empty names or a key that is not the CA’s', () => {
    const weak = rsaPair(2048)
    const subject = { commonName: '弱', organization }
    const code = (value: string) => expect.objectContaining({ code: value })
    expect(() => makeAuthority({ subject, key: weak.privateKey, ...validity })).toThrow(code('certificate.weakKey'))
    const request = { authority, subject, publicKey: rsaPair().publicKey, usage: 'signing' as const, ...validity }
    expect(() => issueCertificate({ ...request, publicKey: weak.publicKey })).toThrow(code('certificate.weakKey'))
    expect(() => issueCertificate({ ...request, notAfter: validity.notBefore })).toThrow(code('certificate.dates'))
    expect(() => issueCertificate({ ...request, subject: { ...subject, commonName: '' } })).toThrow(
      code('certificate.name'),
    )
    expect(() => issueCertificate({ ...request, authority: { ...authority, key: signer.key } })).toThrow(
      code('certificate.authority'),
    )
    expect(() => issueCertificate({ ...request, serial: 'ff' })).toThrow(code('certificate.serial'))
    expect(readPem(issueCertificate({ ...request, serial: '0a01' })).serial).toBe('0a01')
  })
})

describe('asn1', () => {
  it('refuses what is not DER: padded lengths, indefinite lengths, trailing bytes', () => {
    expect(readInteger(decode(Uint8Array.of(2, 1, 5)))).toBe('05')
    expect(() => decode(Uint8Array.of(2, 0x81, 1, 5))).toThrow('der')
    expect(() => decode(Uint8Array.of(0x30, 0x80, 2, 1, 5, 0, 0))).toThrow('der')
    expect(() => decode(Uint8Array.of(2, 1, 5, 0))).toThrow('der')
    expect(() => decode(Uint8Array.of(2, 2, 0, 5))).toThrow('der')
    expect(() => decode(Uint8Array.of(2, 4, 5))).toThrow('der')
  })

  it('writes positive integers from raw bytes', () => {
    expect([...encode(integer(Uint8Array.of(0, 0, 0xff)))]).toEqual([2, 2, 0, 0xff])
  })
})
