import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject, vi } from 'vitest'

/**
 * Every file of a run signs the same accounts of the founded office in, and each sign-in is a third of a second of
 * scrypt over the same password, salt and parameters. What was derived once is kept for the run, in the folder that is
 * deleted with it; other inputs are derived as ever. Programs and windows under test run without this.
 */
vi.mock('#electron/crypto/kdf.ts', async (original) => {
  const kdf = await original<typeof import('#electron/crypto/kdf.ts')>()
  const folder = join(inject('founded'), 'derived')
  const deriveKey: typeof kdf.deriveKey = async (password, parameters, deviceSecret, purpose) => {
    kdf.checkKdfParameters(parameters)
    const inputs = [password.normalize('NFC'), JSON.stringify(parameters), deviceSecret.toString('hex'), purpose]
    const file = join(folder, createHash('sha256').update(inputs.join('\0')).digest('hex'))
    if (existsSync(file)) return readFileSync(file)
    const key = await kdf.deriveKey(password, parameters, deviceSecret, purpose)
    mkdirSync(folder, { recursive: true })
    writeFileSync(`${file}.${process.pid}`, key)
    renameSync(`${file}.${process.pid}`, file)
    return key
  }
  return { ...kdf, deriveKey }
})
