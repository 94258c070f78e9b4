import { generateKeyPairSync } from 'node:crypto'
import { openSecret, sealSecret } from '#electron/crypto/envelope.ts'
import { deriveKey, newKdfParameters } from '#electron/crypto/kdf.ts'
import { unwrapKey, wrapKey } from '#electron/crypto/keyring.ts'
import { failedPrimitives } from '#electron/crypto/self-test.ts'
import { signBody, verifyBody } from '#electron/crypto/signature.ts'
import { softKey } from '#electron/crypto/soft-keys.ts'

/** What the archive's crypto gives on the Node that runs this; printed as JSON, to be compared with another Node's. */
const device = Buffer.alloc(32, 7)
const genesis = 'ab'.repeat(32)
const parameters = { ...newKdfParameters(device), salt: Buffer.alloc(32, 1).toString('base64') }
const key = await deriveKey('口令-2026-mima', parameters, device, 'test')
const pair = generateKeyPairSync('rsa', { modulusLength: 3072 })
const wrapped = wrapKey(pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(), key)
const signature = signBody(softKey(pair.privateKey), 'act', genesis, { n: 1 })
const answers = {
  electron: process.versions.electron ?? null,
  failed: failedPrimitives(),
  key: key.toString('hex'),
  sealed: openSecret(key, sealSecret(key, Buffer.from('密'), 'test', { n: 1 }), 'test', { n: 1 }).toString(),
  wrapped: unwrapKey(softKey(pair.privateKey), wrapped, null).equals(key),
  signed: verifyBody(pair.publicKey, 'act', genesis, { n: 1 }, signature),
}
process.stdout.write(JSON.stringify(answers))
