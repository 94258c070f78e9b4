import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { type KeyFile, keyFile } from '#electron/crypto/keyring.ts'
import { fail } from '#shared/contract/errors.ts'
import { writeWhole } from '../files.ts'

/** Every readable key file of an archive, by login; a damaged one is left out here and named when it is asked for. */
export function listKeyFiles(accountsFolder: string): readonly KeyFile[] {
  let names: string[]
  try {
    names = readdirSync(accountsFolder)
  } catch {
    return []
  }
  return names
    .filter((name) => name.endsWith('.key'))
    .flatMap((name) => {
      const parsed = v.safeParse(keyFile, readJson(join(accountsFolder, name)))
      return parsed.success && name === `${parsed.output.id}.key` ? [parsed.output] : []
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Where an account's key file stands. */
export function keyFilePath(accountsFolder: string, id: string): string {
  return join(accountsFolder, `${id}.key`)
}

/** One account's key file. Errors: `keyring.damaged`. */
export function readKeyFile(accountsFolder: string, id: string): KeyFile {
  const parsed = v.safeParse(keyFile, readJson(keyFilePath(accountsFolder, id)))
  return parsed.success ? parsed.output : fail('keyring.damaged')
}

export function writeKeyFile(accountsFolder: string, file: KeyFile): void {
  mkdirSync(accountsFolder, { recursive: true, mode: 0o700 })
  writeWhole(keyFilePath(accountsFolder, file.id), `${JSON.stringify(file)}\n`)
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
