import { createPrivateKey, type KeyObject, randomBytes } from 'node:crypto'
import { readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import * as v from 'valibot'
import { syncFolder } from '#db/sync-folder.ts'
import { certificateFingerprint } from '#electron/crypto/certificates.ts'
import { openSecret, sealedSecret, sealSecret } from '#electron/crypto/envelope.ts'
import { expandKey } from '#electron/crypto/kdf.ts'
import { unwrapKey, wrapKey } from '#electron/crypto/keyring.ts'
import type { UnwrappingKey } from '#electron/crypto/token.ts'
import { fail } from '#shared/contract/errors.ts'
import { writeWhole } from '../files.ts'

const caFile = v.strictObject({
  format: v.literal('yuetan-ca/1'),
  /** Fingerprint of the CA's certificate: which CA this key belongs to. */
  authority: v.string(),
  /** One 32-byte half for each of the two officers, RSA-OAEP to the account's encryption key. */
  halves: v.strictObject({ systemAdmin: v.string(), securityOfficer: v.string() }),
  sealed: sealedSecret,
})

const purpose = 'ca-key'

/** Content of `ca.key`: the CA's private key under both officers' halves; neither half alone opens it. */
export function sealCaKey(
  { key, certificate }: { readonly key: KeyObject; readonly certificate: string },
  genesis: string,
  certificates: { systemAdmin: string; securityOfficer: string },
): string {
  const first = randomBytes(32)
  const second = randomBytes(32)
  const whole = expandKey(Buffer.concat([first, second]), Buffer.from(genesis, 'hex'), purpose)
  const inner = key.export({ type: 'pkcs8', format: 'der' })
  const content = {
    format: 'yuetan-ca/1',
    authority: certificateFingerprint(certificate),
    halves: {
      systemAdmin: wrapKey(certificates.systemAdmin, first),
      securityOfficer: wrapKey(certificates.securityOfficer, second),
    },
    sealed: sealSecret(whole, inner, purpose, { genesis }),
  }
  for (const secret of [first, second, whole, inner]) secret.fill(0)
  return `${JSON.stringify(content)}\n`
}

/** Where the key of a new CA waits until the ledger knows its certificate. */
const waitingFile = (file: string): string => `${file}.next`

/** Lays the key of a new CA beside the present one: a kill before or after its record leaves the right one to be found. */
export function layCaKey(file: string, content: string): void {
  writeWhole(waitingFile(file), content)
}

function readCaFile(file: string): v.InferOutput<typeof caFile> | null {
  try {
    const parsed = v.safeParse(caFile, JSON.parse(readFileSync(file, 'utf8')))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}

/** Lets the key of the CA that the ledger names take its place. Errors: `ca.damaged` where neither file is that key. */
export function settleCaKey(file: string, certificate: string): v.InferOutput<typeof caFile> {
  const authority = certificateFingerprint(certificate)
  const present = readCaFile(file)
  if (present?.authority === authority) {
    rmSync(waitingFile(file), { force: true })
    return present
  }
  const next = readCaFile(waitingFile(file))
  if (next?.authority !== authority) return fail('ca.damaged')
  renameSync(waitingFile(file), file)
  syncFolder(dirname(file))
  return next
}

/** Opens the CA's key with both officers' private keys. Errors: `ca.damaged`, `keyring.wrapBroken`, `crypto.sealBroken`. */
export function openCaKey(
  file: string,
  ledger: { readonly genesis: string; readonly caCertificate: string },
  officers: { systemAdmin: UnwrappingKey; securityOfficer: UnwrappingKey },
): KeyObject {
  const { genesis } = ledger
  const { halves, sealed } = settleCaKey(file, ledger.caCertificate)
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
