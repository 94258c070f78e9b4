import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Knex } from 'knex'
import type { DatabaseName } from '#db/connection.ts'
import { renewedFile } from '#db/renew.ts'
import { keyId } from '#electron/crypto/fingerprint.ts'
import { unwrapKey } from '#electron/crypto/keyring.ts'
import { fail } from '#shared/contract/errors.ts'
import { isOfficerRole } from '#shared/domain/accounts.ts'
import type { RenewInput } from '../jobs/renew.ts'
import { createJobs, type JobProgress } from '../jobs/runner.ts'
import { archiveLayout } from '../session/folder.ts'
import type { OpenArchive } from '../session/types.ts'
import { wrapFor } from './founding.ts'
import { listKeyFiles, readKeyFile, writeKeyFile } from './key-files.ts'
import { appendRecord } from './ledger.ts'
import type { Body } from './ledger-kinds.ts'
import { renewForSheets, settleSheets } from './recovery.ts'
import { encryptionKeyOf, ledgerOf } from './unlock.ts'

const pollInterval = 200
/** The statements themselves tell nothing while they run; what grows to the size of the database meanwhile does. */
const growing: Readonly<Record<string, (file: string) => string>> = {
  'renew.copy': renewedFile,
  'renew.rekey': (file) => `${renewedFile(file)}-journal`,
}

/**
 * Proposes a new key for a database: made here, wrapped for everybody who has the present one, named in the ledger by
 * its id. A second key holder (for `office.db` the second officer) confirms; the database itself is written anew at
 * the next sign-in, when nobody works in it.
 *
 * Errors: `waiting.already`, `accounts.noKey` for an officer who asks for `cases.db`.
 */
export async function proposeRenewal(
  archive: OpenArchive,
  trx: Knex.Transaction,
  database: DatabaseName,
  at: string,
): Promise<void> {
  const { ledger, signer } = ledgerOf(archive)
  if (database === 'cases' && archive.cases === null) fail('accounts.noKey')
  if (ledger.waiting().some((act) => act.kind === 'databaseKey' && isFor(act.body, database))) fail('waiting.already')
  const key = randomBytes(32)
  try {
    wrapForAll(archive, database, key)
    await appendRecord(trx, ledger, 'databaseKey', { database, keyId: keyId(key), at }, signer)
  } finally {
    key.fill(0)
  }
}

/**
 * What confirming a renewal takes beside the signature: the confirmer opens the wrap made for them, so that the key is
 * the one the record names, and wraps it for everybody once more in their own name.
 */
export function takeUpRenewal(archive: OpenArchive, body: Body<'databaseKey'>): void {
  const { signer } = ledgerOf(archive)
  const own = readKeyFile(archiveLayout(archive.folder).accounts, signer.id).renewed?.[body.database]
  if (own === undefined || own.keyId !== body.keyId) fail('keyring.foreignKey')
  const key = unwrapKey(encryptionKeyOf(archive), own.data, body.keyId)
  try {
    wrapForAll(archive, body.database, key)
  } finally {
    key.fill(0)
  }
}

function isFor(body: unknown, database: DatabaseName): boolean {
  return (body as Body<'databaseKey'>).database === database
}

/** A leaver gets no wrap: the account is disabled, and its old key file opens nothing any more. */
function wrapForAll(archive: OpenArchive, database: DatabaseName, key: Buffer): void {
  const { ledger, signer } = ledgerOf(archive)
  const { accounts } = archiveLayout(archive.folder)
  for (const file of listKeyFiles(accounts)) {
    const account = ledger.account(file.id)
    if (account === undefined || account.state === 'disabled' || file.wraps[database] === null) continue
    if (database === 'cases' && account.roles.some(isOfficerRole)) continue
    const wrap = wrapFor(account, database, key, ledger.genesis, signer)
    writeKeyFile(accounts, { ...file, renewed: { ...file.renewed, [database]: wrap } })
  }
  renewForSheets(archive.folder, ledger, database, key, signer)
}

/**
 * Writes a closed database anew under the key the ledger names, then lets the new wraps take the place of the old
 * ones. A kill at any moment leaves a database that opens with one of the two; the next sign-in goes on.
 */
export async function finishRenewal(
  file: string,
  schema: DatabaseName,
  oldKey: Buffer,
  newKey: Buffer,
  progress: (progress: JobProgress) => void = () => undefined,
): Promise<void> {
  const jobs = createJobs()
  const size = statSync(file).size
  let step = 'renew.copy'
  const tell = (): void => {
    const grows = growing[step]
    const done = grows === undefined ? 0 : (statSync(grows(file), { throwIfNoEntry: false })?.size ?? 0)
    progress({ step, done: Math.min(done, size), total: grows === undefined ? 0 : size })
  }
  const timer = setInterval(tell, pollInterval)
  try {
    const input: RenewInput = { file, schema, oldKey, newKey }
    await jobs.run<RenewInput, null>('renew', input, {
      progress: (told) => {
        step = told.step
        tell()
      },
    })
  } finally {
    clearInterval(timer)
    await jobs.close()
  }
  settleWraps(dirname(file), schema, keyId(newKey))
}

/** Lets the wraps of a finished renewal take their place; whoever has none keeps a wrap that opens nothing, so it goes. */
export function settleWraps(folder: string, database: DatabaseName, key: string): void {
  settleSheets(folder, database, key)
  const { accounts } = archiveLayout(folder)
  for (const file of listKeyFiles(accounts)) {
    const next = file.renewed?.[database]
    const wrap = next?.keyId === key ? next : file.wraps[database]?.keyId === key ? file.wraps[database] : null
    const { [database]: _taken, ...rest } = file.renewed ?? {}
    const { renewed: _gone, ...plain } = file
    const wraps = { ...file.wraps, [database]: wrap }
    writeKeyFile(accounts, Object.keys(rest).length > 0 ? { ...plain, wraps, renewed: rest } : { ...plain, wraps })
  }
}
