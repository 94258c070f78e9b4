import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { certificateFingerprint, issueCertificate, makeAuthority } from '#electron/crypto/certificates.ts'

/** The outside archive that receives the bundle: a key pair of its own, made for this demo only. */
export function makeRecipient(folder: string, names: { organization: string; commonName: string }, now: string) {
  mkdirSync(folder, { recursive: true })
  const pair = () => generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey
  const until = new Date(now)
  until.setUTCFullYear(until.getUTCFullYear() + 5)
  const span = { notBefore: now, notAfter: until.toISOString() }
  const ca = pair()
  const authority = {
    key: ca,
    certificate: makeAuthority({ subject: { ...names, commonName: `${names.organization}根证书` }, key: ca, ...span }),
  }
  const key = pair()
  const certificate = issueCertificate({
    authority,
    subject: names,
    publicKey: createPublicKey(key),
    usage: 'encryption',
    ...span,
  })
  const keyFile = join(folder, 'recipient.key.pem')
  const certificateFile = join(folder, 'recipient.crt.pem')
  writeFileSync(keyFile, key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  writeFileSync(certificateFile, certificate)
  return { keyFile, certificateFile, fingerprint: certificateFingerprint(certificate) }
}
