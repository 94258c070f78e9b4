import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ulid } from 'ulid'
import { beforeAll, describe, expect, test } from 'vitest'
import { deviceSecret } from '#electron/core/accounts/device.ts'
import { keyFileToken } from '#electron/core/accounts/key-file-token.ts'
import { keyFilePath, readKeyFile, writeKeyFile } from '#electron/core/accounts/key-files.ts'
import { trialPassword } from '#electron/core/accounts/trial.ts'
import { unlockArchive } from '#electron/core/accounts/unlock.ts'
import { archiveLayout } from '#electron/core/session/folder.ts'
import { sealKeyFile } from '#electron/crypto/keyring.ts'
import { SoftKeys } from '#electron/crypto/soft-keys.ts'
import { temporaryFolder } from '#test/support/folders.ts'
import { openOffice } from '#test/support/office.ts'
import { type TokenUnderTest, tokenContract } from '#test/support/token-contract.ts'

const now = '2026-11-24T01:00:00.000Z'
const genesis = 'cd'.repeat(32)
const pin = 'mima-2026-yi'

/** One pair of pairs for the suite: making RSA-3072 keys takes longer than the tests. */
let keys: SoftKeys
beforeAll(async () => {
  keys = await SoftKeys.make()
})

async function keyFile(): Promise<TokenUnderTest> {
  const root = temporaryFolder()
  const place = { folder: join(root, 'archive'), machineFolder: join(root, 'machine'), now }
  const { accounts } = archiveLayout(place.folder)
  const owner = { id: ulid(), login: 'chengban', roles: ['caseOfficer'], trial: true, passwordSince: now }
  const device = deviceSecret(place.machineFolder, true)
  writeKeyFile(accounts, await sealKeyFile(owner, { keys, genesis }, pin, device))
  // The strictest the policy allows: three wrong ones in a row.
  writeFileSync(join(accounts, 'limits.json'), JSON.stringify({ lockAfter: 3, lockMinutes: 15 }))
  const pem = (key: { export(options: { type: 'spki'; format: 'pem' }): string | Buffer }) =>
    key.export({ type: 'spki', format: 'pem' }).toString()
  return {
    token: keyFileToken(place, owner.id),
    pin,
    tries: 3,
    genesis,
    signing: pem(keys.signing.publicKey),
    encryption: pem(keys.encryption.publicKey),
    remove: () => rmSync(keyFilePath(accounts, owner.id)),
  }
}

describe('the key file keeps the contract of a token', () => tokenContract(keyFile))

test('a damaged key file is named, not taken for a wrong PIN', async () => {
  const root = temporaryFolder()
  const place = { folder: join(root, 'archive'), machineFolder: join(root, 'machine'), now }
  const { accounts } = archiveLayout(place.folder)
  deviceSecret(place.machineFolder, true)
  const owner = { id: ulid(), login: 'jilu', roles: [], trial: true, passwordSince: now }
  writeKeyFile(accounts, await sealKeyFile(owner, { keys, genesis }, pin, deviceSecret(place.machineFolder, false)))
  writeFileSync(keyFilePath(accounts, owner.id), '{"format":"yuetan-account/1"}')
  await expect(keyFileToken(place, owner.id).login(pin)).rejects.toMatchObject({ code: 'keyring.damaged' })
})

test('the keys of a session sign nothing once its token is taken out, and come back with it', async () => {
  const { folder, machineFolder } = await openOffice()
  const { archive } = await unlockArchive({ folder, machineFolder, login: 'jilu', password: trialPassword, now })
  const { accounts } = archiveLayout(folder)
  const own = readKeyFile(accounts, archive.identity.id)
  rmSync(keyFilePath(accounts, own.id))
  expect(() => archive.identity.sign('act', { n: 1 })).toThrow(expect.objectContaining({ code: 'token.removed' }))
  writeKeyFile(accounts, own)
  expect(archive.identity.sign('act', { n: 1 })).toMatch(/^[\w+/]{500,}/u)
  await Promise.all([archive.office.close(), archive.cases?.close()])
})
