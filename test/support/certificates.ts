import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { issueCertificate, type KeyPair, makeAuthority } from '#electron/crypto/certificates.ts'
import type { Recipient } from '#electron/crypto/cms-enveloped.ts'
import { softKey } from '#electron/crypto/soft-keys.ts'

/** Validity used by every certificate of the tests, and a moment inside it. */
export const validity = { notBefore: '2020-01-01T00:00:00Z', notAfter: '2036-01-01T00:00:00Z' } as const
export const moment = '2026-03-02T02:00:00.000Z'

export const organization = '重庆市国资委（演练）'

export function rsaPair(bits = 3072): { publicKey: KeyObject; privateKey: KeyObject } {
  return generateKeyPairSync('rsa', { modulusLength: bits })
}

/** A CA of a trial office. */
export function trialAuthority(commonName = '演练档案签发机构'): KeyPair {
  const { privateKey } = rsaPair()
  return {
    key: privateKey,
    certificate: makeAuthority({ subject: { commonName, organization }, key: privateKey, ...validity }),
  }
}

/** A certificate with its key, issued by the given CA. */
export function issuePair(authority: KeyPair, usage: 'signing' | 'encryption', commonName = '张某某'): KeyPair {
  const { publicKey, privateKey } = rsaPair()
  const subject = { commonName, organization, serialNumber: '01JDTEST0000000000000000AA' }
  return { key: privateKey, certificate: issueCertificate({ authority, subject, publicKey, usage, ...validity }) }
}

/** The holder of a pair as one who opens envelopes. */
export function openerOf({ certificate, key }: KeyPair): Recipient {
  return { certificate, key: softKey(key) }
}
