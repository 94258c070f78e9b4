import { createPrivateKey, type KeyObject, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { openSecret, sealedSecret, sealSecret } from '#electron/crypto/envelope.ts'
import { expandKey } from '#electron/crypto/kdf.ts'
import { unwrapKey, wrapKey } from '#electron/crypto/keyring.ts'
import { fail } from '#shared/contract/errors.ts'

const caFile = v.strictObject({
  format: v.literal('yuetan-ca/1'),
  /** One 32-byte half for each of the two officers, RSA-OAEP to the account's encryption key. */
  halves: v.strictObject({ systemAdmin: v.string(), securityOfficer: v.string() }),
  sealed: sealedSecret,
})

const purpose = 'ca-key'

/** Content of `ca.key`: the CA's private key under both officers' halves; neither half alone opens it. */
export function sealCaKey(
  key: KeyObject,
  genesis: string,
  certificates: { systemAdmin: string; securityOfficer: string },
): string {
  const first = randomBytes(32)
  const second = randomBytes(32)
  const whole = expandKey(Buffer.concat([first, second]), Buffer.from(genesis, 'hex'), purpose)
  const inner = key.export({ type: 'pkcs8', format: 'der' })
  const content = {
    format: 'yuetan-ca/1',
    halves: {
      systemAdmin: wrapKey(certificates.systemAdmin, first),
      securityOfficer: wrapKey(certificates.securityOfficer, second),
    },
    sealed: sealSecret(whole, inner, purpose, { genesis }),
  }
  for (const secret of [first, second, whole, inner]) secret.fill(0)
  return `${JSON.stringify(content)}\n`
}

/** Opens the CA's key with both officers' private keys. Errors: `ca.damaged`, `keyring.wrapBroken`, `crypto.sealBroken`. */
export function openCaKey(
  file: string,
  genesis: string,
  officers: { systemAdmin: KeyObject; securityOfficer: KeyObject },
): KeyObject {
  let raw: unknown
  try {
    raw = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    fail('ca.damaged')
  }
  const parsed = v.safeParse(caFile, raw)
  if (!parsed.success) return fail('ca.damaged')
  const { halves, sealed } = parsed.output
  const first = unwrapKey(officers.systemAdmin, halves.systemAdmin, null)
  const second = unwrapKey(officers.securityOfficer, halves.securityOfficer, null)
  const whole = expandKey(Buffer.concat([first, second]), Buffer.from(genesis, 'hex'), purpose)
  const inner = openSecret(whole, sealed, purpose, { genesis })
  try {
    return createPrivateKey({ key: inner, format: 'der', type: 'pkcs8' })
  } finally {
    for (const secret of [first, second, whole, inner]) secret.fill(0)
  }
}
